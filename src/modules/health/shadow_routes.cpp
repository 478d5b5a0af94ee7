#include "shadow_routes.hpp"

namespace banso::health {
namespace {

namespace http = platform::http;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t longest_key_bytes = 64;

}  // namespace

http::Routes shadow_routes(std::shared_ptr<void> owner, Shadow& shadow) {
  const auto status = [owner, &shadow](const Request&) -> Result<Response> {
    return Response::json(json::serialize(shadow.status()));
  };
  const auto turn = [owner, &shadow](const Request& request) -> Result<Response> {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto scorecard = fields.text("scorecard", {.required = true, .max_length = longest_key_bytes});
    const auto on = fields.yes_no("on", true);
    BANSO_TRY(fields.finish());
    BANSO_TRY(shadow.turn(request.caller, *scorecard, *on));
    return Response::json(json::serialize(shadow.status()));
  };
  return {
      {Method::get, "/api/lab/shadow", Permission::leader, status},
      {Method::put, "/api/lab/shadow", Permission::leader, turn},
  };
}

}  // namespace banso::health
