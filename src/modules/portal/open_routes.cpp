// What anybody may ask for: the look of the page to log in, a link, and what a link opens.
#include <fmt/format.h>

#include "house.hpp"
#include "render.hpp"
#include "vendor.hpp"

namespace banso::portal {
namespace {

namespace http = platform::http;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t body_limit_bytes = 4 << 10;

Response answer(const json::value& body) {
  auto response = Response::json(json::serialize(body));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

class OpenHandlers {
 public:
  OpenHandlers(std::shared_ptr<House> house, std::function<void()> wake)
      : house_(std::move(house)), wake_(std::move(wake)) {}

  Result<Response> branding(const Request&) const { return answer(render_vendor(*house_)); }

  Result<Response> logo(const Request&) const {
    const auto logo = house_->logo();
    if (!logo) return core::Error::not_found({"There is no picture.", "ロゴは登録されていません。"});
    auto response = Response::text(logo->bytes, logo->content_type);
    response.headers = {{"Content-Security-Policy", "sandbox; default-src 'none'"},
                        {"Cache-Control", "public, max-age=3600"}};
    return response;
  }

  Result<Response> ask(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    const auto email = fields.text("email", {.required = true, .max_length = 254});
    BANSO_TRY(fields.finish());
    BANSO_TRY(house_->entrance.ask_for_link(*email, request.remote_address));
    wake_();
    auto response = Response::no_content();
    response.status = 202;
    return response;
  }

  Result<Response> open(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, read_json(request));
    json::Fields fields(body);
    const auto token = fields.text("token", {.required = true, .max_length = 200});
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto opened, house_->entrance.open(*token, request.remote_address));
    auto response = Response::no_content();
    const auto seconds = (opened.until.microseconds - house_->now().microseconds) / core::microseconds_per_second;
    set_cookies(response, request, *house_, opened.token, seconds);
    return response;
  }

  Result<Response> close(const Request& request) const {
    house_->entrance.close(request.cookie(session_cookie));
    auto response = Response::no_content();
    set_cookies(response, request, *house_, "", 0);
    return response;
  }

 private:
  std::shared_ptr<House> house_;
  std::function<void()> wake_;
};

}  // namespace

http::Routes make_open_routes(std::shared_ptr<House> house, std::function<void()> wake) {
  const auto handlers = std::make_shared<OpenHandlers>(std::move(house), std::move(wake));
  const auto to = [&](Result<Response> (OpenHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/portal/api/branding", Permission::anyone, to(&OpenHandlers::branding)},
      {Method::get, "/portal/api/logo", Permission::anyone, to(&OpenHandlers::logo)},
      {Method::post, "/portal/api/log-in", Permission::anyone, to(&OpenHandlers::ask), body_limit_bytes},
      {Method::post, "/portal/api/session", Permission::anyone, to(&OpenHandlers::open), body_limit_bytes},
      {Method::del, "/portal/api/session", Permission::anyone, to(&OpenHandlers::close), body_limit_bytes},
  };
}

}  // namespace banso::portal
