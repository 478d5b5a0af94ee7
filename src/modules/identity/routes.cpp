#include <fmt/format.h>

#include "identity.hpp"
#include "platform/json/json.hpp"
#include "secrets.hpp"

namespace banso::identity {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr const char* session_cookie = "banso_session";
constexpr const char* csrf_cookie = "banso_csrf";
constexpr int cookie_lasts_seconds = 30 * 86'400;

json::object render(const User& user) {
  return {{"id", user.id.value},
          {"name", user.name},
          {"email", user.email},
          {"role", word_of(user.role)},
          {"language", core::language_tag(user.language)},
          {"theme", user.theme},
          {"timezone", user.timezone},
          {"disabled", user.disabled},
          {"last_seen_at", json::from(user.last_seen_at)}};
}

json::object render(const Workspace& workspace) {
  return {{"name", workspace.name},
          {"reporting_currency", workspace.reporting_currency},
          {"fiscal_year_start_month", workspace.fiscal_year_start_month},
          {"timezone", workspace.timezone},
          {"book_day", json::from(workspace.book_day())},
          {"book_day_fixed", workspace.fixed_book_day.has_value()}};
}

json::object signed_in(const User& user, const Workspace& workspace) {
  return {{"state", "signed_in"}, {"user", render(user)}, {"workspace", render(workspace)}};
}

// Lax: the cookie comes along when somebody follows a link to Banso, not with forms or scripts of other sites.
std::string cookie(std::string_view name, std::string_view value, int seconds, bool hidden_from_scripts, bool https) {
  return fmt::format("{}={}; Path=/; Max-Age={}; SameSite=Lax{}{}", name, value, seconds,
                     hidden_from_scripts ? "; HttpOnly" : "", https ? "; Secure" : "");
}

bool is_https(const Request& request) {
  return request.header("x-forwarded-proto") == "https";
}

Response with_session(const Request& request, const LoggedIn& logged_in, const Workspace& workspace) {
  Response response = Response::json(json::serialize(signed_in(logged_in.user, workspace)));
  const bool https = is_https(request);
  response.headers.emplace_back("Set-Cookie",
                                cookie(session_cookie, logged_in.session_token, cookie_lasts_seconds, true, https));
  response.headers.emplace_back("Set-Cookie", cookie(csrf_cookie, random_token(), cookie_lasts_seconds, false, https));
  return response;
}

// Keeps other sites from logging a browser in with a plain form: those cannot send this content type.
core::Result<json::object> read_json(const Request& request) {
  if (!request.header("content-type").starts_with("application/json")) {
    return core::Error::invalid({"Send the body as application/json.", "本文は application/json で送信してください。"});
  }
  return json::parse_object(request.body);
}

class Handlers {
 public:
  explicit Handlers(std::shared_ptr<Service> service) : service_(std::move(service)) {}

  core::Result<Response> get_session(const Request& request) const {
    if (service_->needs_setup()) return Response::json(R"({"state":"setup_needed"})");
    const auto user = service_->user_of_session(request.cookie(session_cookie));
    if (!user) return Response::json(R"({"state":"signed_out"})");
    return Response::json(json::serialize(signed_in(*user, service_->workspace())));
  }

  core::Result<Response> set_up(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    NewUser user = read_new_user(fields);
    Workspace workspace;
    workspace.name = fields.text("workspace_name", {.required = true, .max_length = 200}).value_or("");
    workspace.reporting_currency = fields.text("reporting_currency").value_or(workspace.reporting_currency);
    workspace.fiscal_year_start_month =
        static_cast<int>(fields.integer("fiscal_year_start_month").value_or(workspace.fiscal_year_start_month));
    workspace.timezone = fields.text("timezone").value_or(workspace.timezone);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto logged_in, service_->set_up(user, workspace));
    return with_session(request, logged_in, service_->workspace());
  }

  core::Result<Response> log_in(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    const auto email = fields.text("email", {.required = true, .max_length = 254});
    const auto password = fields.text("password", {.required = true, .max_length = 200});
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto logged_in, service_->log_in(*email, *password, request.remote_address));
    return with_session(request, logged_in, service_->workspace());
  }

  core::Result<Response> log_out(const Request& request) const {
    service_->log_out(request.cookie(session_cookie));
    Response response = Response::no_content();
    response.headers.emplace_back("Set-Cookie", cookie(session_cookie, "", 0, true, is_https(request)));
    response.headers.emplace_back("Set-Cookie", cookie(csrf_cookie, "", 0, false, is_https(request)));
    return response;
  }

  core::Result<Response> list_users(const Request&) const {
    json::array items;
    for (const User& user : service_->users()) items.push_back(render(user));
    const auto total = items.size();
    return Response::json(json::serialize(json::object{{"items", std::move(items)}, {"total", total}}));
  }

  core::Result<Response> list_choices(const Request&) const {
    json::array items;
    for (const User& user : service_->users()) {
      if (!user.disabled) items.push_back(json::object{{"id", user.id.value}, {"name", user.name}});
    }
    return Response::json(json::serialize(json::object{{"items", std::move(items)}}));
  }

  core::Result<Response> create_user(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    NewUser user = read_new_user(fields);
    const auto role = fields.choice("role", {"admin", "leader", "csm", "read_only"}, true);
    BANSO_TRY(fields.finish());
    user.role = *role_from(*role);
    BANSO_TRY_ASSIGN(const auto created, service_->create_user(request.caller, user));
    return Response::json(json::serialize(render(created)), 201);
  }

  core::Result<Response> change_user(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    UserChange change;
    change.name = fields.text("name", {.max_length = 200});
    change.theme = fields.text("theme");
    change.timezone = fields.text("timezone", {.allow_empty = true});
    change.disabled = fields.yes_no("disabled");
    if (const auto role = fields.choice("role", {"admin", "leader", "csm", "read_only"}))
      change.role = role_from(*role);
    if (const auto language = fields.choice("language", {"ja", "en"}))
      change.language = core::language_from_tag(*language);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto user, service_->change_user(request.caller, {id}, change));
    return Response::json(json::serialize(render(user)));
  }

  core::Result<Response> set_password(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto password = fields.text("password", {.required = true, .max_length = 200});
    const auto current = fields.text("current_password", {.max_length = 200});
    BANSO_TRY(fields.finish());
    BANSO_TRY(service_->set_password(request.caller, {id}, *password, current));
    return Response::no_content();
  }

  core::Result<Response> get_workspace(const Request&) const {
    return Response::json(json::serialize(render(service_->workspace())));
  }

  core::Result<Response> change_workspace(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    WorkspaceChange change;
    change.name = fields.text("name", {.max_length = 200});
    change.reporting_currency = fields.text("reporting_currency");
    change.timezone = fields.text("timezone");
    if (const auto month = fields.integer("fiscal_year_start_month"))
      change.fiscal_year_start_month = static_cast<int>(*month);
    if (fields.has("book_day")) change.fixed_book_day = fields.day("book_day");
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto workspace, service_->change_workspace(request.caller, change));
    return Response::json(json::serialize(render(workspace)));
  }

 private:
  static NewUser read_new_user(json::Fields& fields) {
    NewUser user;
    user.name = fields.text("name", {.required = true, .max_length = 200}).value_or("");
    user.email = fields.text("email", {.required = true, .max_length = 254}).value_or("");
    user.password = fields.text("password", {.required = true, .max_length = 200}).value_or("");
    user.language = core::language_from_tag(fields.choice("language", {"ja", "en"}).value_or("en"));
    return user;
  }

  std::shared_ptr<Service> service_;
};

}  // namespace

http::Routes routes(std::shared_ptr<Service> service) {
  const auto handlers = std::make_shared<Handlers>(std::move(service));
  const auto to = [&](core::Result<Response> (Handlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/session", Permission::anyone, to(&Handlers::get_session)},
      {Method::post, "/api/session", Permission::anyone, to(&Handlers::log_in)},
      {Method::del, "/api/session", Permission::read_only, to(&Handlers::log_out)},
      {Method::post, "/api/setup", Permission::anyone, to(&Handlers::set_up)},
      {Method::get, "/api/users", Permission::admin, to(&Handlers::list_users)},
      {Method::get, "/api/users/choices", Permission::read_only, to(&Handlers::list_choices)},
      {Method::post, "/api/users", Permission::admin, to(&Handlers::create_user)},
      {Method::patch, "/api/users/{id}", Permission::read_only, to(&Handlers::change_user)},
      {Method::put, "/api/users/{id}/password", Permission::read_only, to(&Handlers::set_password)},
      {Method::get, "/api/workspace", Permission::read_only, to(&Handlers::get_workspace)},
      {Method::patch, "/api/workspace", Permission::admin, to(&Handlers::change_workspace)},
  };
}

std::optional<core::Caller> caller_of(Service& service, const Request& request) {
  const auto user = service.user_of_session(request.cookie(session_cookie));
  return user ? std::optional(user->caller()) : std::nullopt;
}

}  // namespace banso::identity
