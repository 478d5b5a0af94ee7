#include "lab_routes.hpp"

namespace banso::health {
namespace {

namespace http = platform::http;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t body_limit_bytes = 512 << 10;

using Answer = core::Result<json::object> (Lab::*)(const LabRequest&);

Result<LabPeriod> period_in(const Request& request) {
  if (request.body.empty()) return LabPeriod{};
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const LabPeriod period{fields.day("from"), fields.day("to")};
  BANSO_TRY(fields.finish());
  return period;
}

}  // namespace

http::Routes lab_routes(std::shared_ptr<void> owner, Lab& lab, SubmitPanel submit) {
  const auto status = [owner, &lab](const Request&) -> Result<Response> {
    return Response::json(json::serialize(lab.status()));
  };
  const auto build = [owner, &lab, submit](const Request& request) -> Result<Response> {
    BANSO_TRY_ASSIGN(const auto period, period_in(request));
    BANSO_TRY(lab.check(period));
    BANSO_TRY(submit(request.caller, period));
    return Response::json(json::serialize(json::object{{"state", "building"}}), 202);
  };
  const auto answer = [&](Answer method) {
    return [owner, &lab, method](const Request& request) -> Result<Response> {
      BANSO_TRY_ASSIGN(const auto wanted, read_lab_request(request.body));
      BANSO_TRY_ASSIGN(auto body, (lab.*method)(wanted));
      return Response::json(json::serialize(body));
    };
  };
  return {
      {Method::get, "/api/lab/panel", Permission::leader, status},
      {Method::post, "/api/lab/panel", Permission::leader, build},
      {Method::post, "/api/lab/judge", Permission::leader, answer(&Lab::judge), body_limit_bytes},
      {Method::post, "/api/lab/compare", Permission::leader, answer(&Lab::compare), body_limit_bytes},
      {Method::post, "/api/lab/suggest", Permission::leader, answer(&Lab::suggest), body_limit_bytes},
  };
}

}  // namespace banso::health
