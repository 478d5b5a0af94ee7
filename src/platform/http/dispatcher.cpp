#include "platform/http/dispatcher.hpp"

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::platform::http {
namespace {

core::Role role_needed(Permission permission) {
  switch (permission) {
    case Permission::csm:
      return core::Role::csm;
    case Permission::leader:
      return core::Role::leader;
    case Permission::admin:
      return core::Role::admin;
    default:
      return core::Role::read_only;
  }
}

bool needs_user(Permission permission) {
  return permission != Permission::anyone && permission != Permission::write_key && permission != Permission::customer;
}

// A page of another site can make a browser send our cookies, but it can neither read them nor set this header.
bool forged(const Request& request, std::string_view cookie_name = "banso_csrf") {
  const std::string cookie = request.cookie(cookie_name);
  return cookie.empty() || cookie != request.header("x-csrf-token");
}

core::Error lacks_token() {
  return core::Error::forbidden({"The request lacks its protection token. Reload the page and try again.",
                                 "保護トークンがありません。ページを再読み込みしてから、もう一度お試しください。"});
}

core::Result<> let_customer_in(const Request& request) {
  if (!request.customer) {
    return core::Error::unauthenticated(
        {"Please log in with the link from your mail.", "メールに届いたリンクからログインしてください。"});
  }
  if (request.method == Method::get) return {};
  // Nobody of us acts in a customer's name, whatever the page offers.
  if (request.customer->viewed_by) {
    return core::Error::forbidden({"You look at this as the customer would; only the customer can do this.",
                                   "お客様の画面を確認中のため、操作はできません。"});
  }
  if (forged(request, "banso_portal_csrf")) return lacks_token();
  return {};
}

// Errors too: a browser shows its page neither their status nor Retry-After otherwise.
void allow_any_origin(Response& response) {
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  response.headers.emplace_back("Access-Control-Expose-Headers", "Retry-After");
}

Response answer_preflight(const RouteTable::Match& match) {
  Response preflight = Response::no_content();
  preflight.headers.emplace_back("Access-Control-Allow-Headers",
                                 "Authorization, Content-Type, Content-Encoding, X-Retry-Count");
  preflight.headers.emplace_back("Access-Control-Allow-Methods", match.methods());
  preflight.headers.emplace_back("Access-Control-Max-Age", "86400");
  allow_any_origin(preflight);
  return preflight;
}

core::Error no_such_page() {
  return core::Error::not_found({"There is nothing at this address.", "このアドレスには何もありません。"});
}

core::Error body_too_large(std::size_t limit_bytes) {
  return core::Error::too_large(
      {fmt::format("The body is larger than the {} KB that this address takes. Send less at once.", limit_bytes / 1024),
       fmt::format("本文が上限({}KB)を超えています。分割して送信してください。", limit_bytes / 1024)});
}

// The address exists, but not for this method.
Response wrong_method(const RouteTable::Match& match, core::Language language) {
  Response refused = problem(no_such_page(), language);
  refused.status = 405;
  refused.headers.emplace_back("Allow", match.methods());
  return refused;
}

}  // namespace

Dispatcher::Dispatcher(Routes routes, Authenticate authenticate, std::shared_ptr<const StaticFiles> files,
                       AuthenticateCustomer authenticate_customer)
    : table_(std::move(routes)),
      authenticate_(std::move(authenticate)),
      authenticate_customer_(std::move(authenticate_customer)),
      files_(std::move(files)) {}

Plan Dispatcher::plan(std::string_view method_name, Request& request,
                      std::optional<std::uint64_t> announced_bytes) const {
  Plan plan;
  try {
    request.language = core::language_from_tag(request.header("accept-language"));
    const auto method = method_from(method_name);
    RouteTable::Match match = table_.find(request.path);
    plan.intake = match.takes_write_key();
    if (plan.intake && method_name == "OPTIONS") {
      plan.refusal = answer_preflight(match);
      return plan;
    }
    if (!method || (match.known() && match.of(*method) == nullptr)) {
      plan.refusal = wrong_method(match, request.language);
    } else {
      request.method = *method;
      request.parameters = std::move(match.parameters);
      plan.route = match.of(*method);
      if (plan.route == nullptr && *method != Method::get) plan.refusal = problem(no_such_page(), request.language);
    }
    if (plan.route != nullptr) {
      plan.body_limit_bytes = plan.route->body_limit_bytes;
      if (announced_bytes.value_or(0) > plan.body_limit_bytes) {
        plan.refusal = problem(body_too_large(plan.body_limit_bytes), request.language);
      } else if (plan.route->admit) {
        if (const auto admitted = plan.route->admit(request); !admitted) {
          plan.refusal = problem(admitted.error(), request.language);
        }
      }
    }
  } catch (const std::exception& error) {
    log::error(fmt::format("{} {} failed: {}", method_name, request.path, error.what()));
    plan.refusal = defect(request.language);
  }
  if (plan.refusal && plan.intake) allow_any_origin(*plan.refusal);
  return plan;
}

core::Result<Response> Dispatcher::handle(const Route& route, Request& request) const {
  if (request.body.size() > route.body_limit_bytes) return body_too_large(route.body_limit_bytes);
  if (needs_user(route.permission)) {
    if (!request.caller.user) {
      return core::Error::unauthenticated({"Please log in.", "ログインしてください。"});
    }
    if (!request.caller.at_least(role_needed(route.permission))) {
      return core::Error::forbidden({"Your role does not allow this. Ask an administrator.",
                                     "この操作の権限がありません。管理者にご相談ください。"});
    }
  }
  if (route.permission == Permission::customer) BANSO_TRY(let_customer_in(request));
  if (request.method != Method::get && request.caller.user && forged(request)) return lacks_token();
  return route.handler(request);
}

// The intake knows its callers by their write keys, pages behind signed links by those; whose browser it is does not
// matter. Routes for customers never see one of us by our own cookie.
void Dispatcher::recognise(const Route& route, Request& request) const {
  if (route.permission == Permission::write_key) return;
  if (route.permission == Permission::customer) {
    if (authenticate_customer_) request.customer = authenticate_customer_(request);
    if (request.customer) request.language = request.customer->language;
    return;
  }
  const bool is_for_strangers = route.permission == Permission::anyone && !request.path.starts_with("/api/");
  if (is_for_strangers) return;
  if (auto caller = authenticate_(request)) {
    request.caller = std::move(*caller);
    request.language = request.caller.language;
  }
}

Response Dispatcher::answer_without_route(const Plan& plan, const Request& request) const {
  const bool is_of_api =
      request.path.starts_with("/api/") || request.path.starts_with("/v1/") || request.path.starts_with("/portal/api/");
  const bool page = request.method == Method::get && !is_of_api;
  if (page && files_) {
    if (auto file = files_->find(request)) return std::move(*file);
  }
  return refuse(plan, no_such_page(), request.language);
}

Response Dispatcher::answer(const Plan& plan, Request request) const {
  if (plan.refusal) return *plan.refusal;
  try {
    if (plan.route == nullptr) return answer_without_route(plan, request);
    recognise(*plan.route, request);
    auto result = handle(*plan.route, request);
    if (!result) return refuse(plan, result.error(), request.language);
    if (plan.intake) allow_any_origin(*result);
    return std::move(*result);
  } catch (const std::exception& error) {
    log::error(fmt::format("{} {} failed: {}", name_of(request.method), request.path, error.what()));
    Response response = defect(request.language);
    if (plan.intake) allow_any_origin(response);
    return response;
  }
}

Response Dispatcher::answer(std::string_view method_name, Request request) const {
  const Plan plan = this->plan(method_name, request, request.body.size());
  return answer(plan, std::move(request));
}

Response Dispatcher::refuse(const Plan& plan, const core::Error& error, core::Language language) const {
  Response response = problem(error, language);
  if (plan.intake) allow_any_origin(response);
  return response;
}

}  // namespace banso::platform::http
