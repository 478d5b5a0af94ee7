#include "platform/http/dispatcher.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::platform::http {
namespace {

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> segments;
  std::size_t begin = 1;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    segments.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return segments;
}

bool is_parameter(const std::string& segment) {
  return segment.starts_with('{');
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_parameter(pattern[i]) && pattern[i] != path[i]) return false;
  }
  return true;
}

std::optional<Method> method_from(std::string_view name) {
  if (name == "GET" || name == "HEAD") return Method::get;
  if (name == "POST") return Method::post;
  if (name == "PUT") return Method::put;
  if (name == "PATCH") return Method::patch;
  if (name == "DELETE") return Method::del;
  return std::nullopt;
}

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
  return permission != Permission::anyone && permission != Permission::write_key;
}

// A page of another site can make a browser send our cookies, but it can neither read them nor set this header.
bool forged(const Request& request) {
  const std::string cookie = request.cookie("banso_csrf");
  return cookie.empty() || cookie != request.header("x-csrf-token");
}

void allow_any_origin(Response& response) {
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  response.headers.emplace_back("Access-Control-Allow-Headers", "Authorization, Content-Type, Content-Encoding");
  response.headers.emplace_back("Access-Control-Allow-Methods", "POST, OPTIONS");
  response.headers.emplace_back("Access-Control-Max-Age", "86400");
}

core::Error no_such_page() {
  return core::Error::not_found({"There is nothing at this address.", "このアドレスには何もありません。"});
}

}  // namespace

Dispatcher::Dispatcher(Routes routes, Authenticate authenticate, std::shared_ptr<const StaticFiles> files)
    : routes_(std::move(routes)), authenticate_(std::move(authenticate)), files_(std::move(files)) {
  // Fixed words win over parameters ("/api/users/choices" over "/api/users/{id}").
  std::stable_sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) {
    return std::count(a.pattern.begin(), a.pattern.end(), '{') < std::count(b.pattern.begin(), b.pattern.end(), '{');
  });
  for (const Route& route : routes_) segments_.push_back(split_path(route.pattern));
}

Dispatcher::Match Dispatcher::find(Method method, Request& request) const {
  const auto path = split_path(request.path);
  Match match;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!matches(segments_[i], path)) continue;
    match.path_known = true;
    if (routes_[i].method != method) continue;
    match.route = &routes_[i];
    for (std::size_t s = 0; s < path.size(); ++s) {
      const std::string& pattern = segments_[i][s];
      if (is_parameter(pattern)) request.parameters[pattern.substr(1, pattern.size() - 2)] = path[s];
    }
    return match;
  }
  return match;
}

core::Result<Response> Dispatcher::handle(const Route& route, Request& request) const {
  if (request.body.size() > route.body_limit_bytes) {
    return core::Error::too_large(
        {fmt::format("The body is larger than the {} bytes that this address takes. Send less at once.",
                     route.body_limit_bytes),
         fmt::format("本文が上限({}バイト)を超えています。分割して送信してください。", route.body_limit_bytes)});
  }
  if (needs_user(route.permission)) {
    if (!request.caller.user) {
      return core::Error::unauthenticated({"Please log in.", "ログインしてください。"});
    }
    if (!request.caller.at_least(role_needed(route.permission))) {
      return core::Error::forbidden({"Your role does not allow this. Ask an administrator.",
                                     "この操作の権限がありません。管理者にご相談ください。"});
    }
  }
  if (request.method != Method::get && request.caller.user && route.permission != Permission::write_key &&
      forged(request)) {
    return core::Error::forbidden({"The request lacks its protection token. Reload the page and try again.",
                                   "保護トークンがありません。ページを再読み込みしてから、もう一度お試しください。"});
  }
  return route.handler(request);
}

Response Dispatcher::answer(std::string_view method_name, Request request) const {
  try {
    request.language = core::language_from_tag(request.header("accept-language"));
    const auto method = method_from(method_name);
    Match match;
    if (method_name == "OPTIONS") {
      for (const Method candidate : {Method::post, Method::put}) {
        match = find(candidate, request);
        if (match.route != nullptr && match.route->permission == Permission::write_key) {
          Response preflight = Response::no_content();
          allow_any_origin(preflight);
          return preflight;
        }
      }
    }
    if (!method) {
      Response refused = problem(no_such_page(), request.language);
      refused.status = 405;
      return refused;
    }
    request.method = *method;
    match = find(*method, request);
    if (match.route == nullptr) {
      if (*method == Method::get && !match.path_known && files_ && !request.path.starts_with("/api/") &&
          !request.path.starts_with("/v1/")) {
        if (auto file = files_->find(request)) return std::move(*file);
      }
      Response refused = problem(no_such_page(), request.language);
      if (match.path_known) refused.status = 405;
      return refused;
    }
    if (auto caller = authenticate_(request)) {
      request.caller = std::move(*caller);
      request.language = request.caller.language;
    }
    auto result = handle(*match.route, request);
    Response response = result ? std::move(*result) : problem(result.error(), request.language);
    if (match.route->permission == Permission::write_key) allow_any_origin(response);
    return response;
  } catch (const std::exception& error) {
    log::error(fmt::format("{} {} failed: {}", method_name, request.path, error.what()));
    return problem(
        core::Error{core::ErrorCode::unavailable,
                    {"Something went wrong on our side. It has been logged; please try again.",
                     "サーバー側で問題が発生しました。記録済みですので、しばらくしてからもう一度お試しください。"},
                    {}},
        request.language);
  }
}

}  // namespace banso::platform::http
