// Routes of the versions of the scores, and of what was shown.
#include "book_routes.hpp"
#include "render.hpp"

namespace banso::health {
namespace {

namespace http = platform::http;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr int longest_shown_days = 3650;
constexpr double tenths_per_point = 10;

Response answer(const json::value& body) {
  return Response::json(json::serialize(body));
}

json::object render_one(const ShownScore& shown) {
  return {{"day", json::from(shown.day)},
          {"shown_at", json::from(shown.shown_at)},
          {"score", shown.score_tenths ? render_number(static_cast<double>(*shown.score_tenths) / tenths_per_point)
                                       : json::value(nullptr)},
          {"level", shown.level ? json::value(*shown.level) : json::value(nullptr)},
          {"level_basis", shown.level ? json::value(shown.level_basis) : json::value(nullptr)},
          {"release", shown.release}};
}

}  // namespace

json::value render_shown(const std::optional<ShownScore>& shown) {
  return shown ? json::value(render_one(*shown)) : json::value(nullptr);
}

http::Routes release_routes(const std::shared_ptr<const RouteContext>& context) {
  const auto list = [context](const Request&) -> Result<Response> { return answer(context->releases.list()); };
  const auto level_weeks = [context](const Request& request) -> Result<Response> {
    BANSO_TRY_ASSIGN(const auto release, request.query_integer("release"));
    BANSO_TRY_ASSIGN(auto body, context->releases.level_weeks(release));
    return answer(std::move(body));
  };
  const auto choose_kept = [context](const Request& request) -> Result<Response> {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto kept = fields.integer("kept", true);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(auto result, context->releases.choose_kept(request.caller, *kept));
    return answer(std::move(result));
  };
  const auto shown = [context](const Request& request) -> Result<Response> {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
    BANSO_TRY_ASSIGN(auto to, request.query_day("to"));
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    const auto book_day = context->from.surroundings.book_day();
    core::Day last = to.value_or(book_day);
    if (as_of) last = std::min(last, *as_of);
    if (!context->from.customers->exists({id})) {
      return core::Error::not_found({"There is no such account.", "指定された顧客はありません。"});
    }
    json::array items;
    for (const auto& each : context->shown.of({id}, from.value_or(last - longest_shown_days), last)) {
      items.push_back(render_one(each));
    }
    const auto total = items.size();
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  };
  return {
      {Method::get, "/api/health/releases", Permission::read_only, list},
      {Method::put, "/api/health/releases/kept", Permission::admin, choose_kept},
      {Method::get, "/api/health/levels", Permission::read_only, level_weeks},
      {Method::get, "/api/accounts/{id}/health/shown", Permission::read_only, shown},
  };
}

}  // namespace banso::health
