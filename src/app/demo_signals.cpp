#include "demo_signals.hpp"

#include <algorithm>
#include <array>

#include "platform/json/json.hpp"

namespace banso::app {
namespace {

namespace json = platform::json;
using platform::http::Method;

// What a team would begin with; those without data in the demo are left out.
constexpr std::array<std::string_view, 16> wanted{
    "silent_struggle", "sudden_drop",      "level_worsened",       "champion_gone",       "ticket_storm",
    "low_csat",        "low_nps",          "non_engaged",          "onboarding_behind",   "utilisation_falling",
    "renewal_at_risk", "upcoming_renewal", "seats_nearly_used_up", "power_users_growing", "no_use",
    "score_drop"};
// Renewals of all the next months at once would drown the rest.
constexpr std::array<std::string_view, 3> quiet{"upcoming_renewal", "level_worsened", "utilisation_falling"};

core::Result<json::object> ask(platform::http::Routes& routes, Method method, std::string_view pattern,
                               const core::Caller& caller, std::string body = {}) {
  for (const auto& route : routes) {
    if (route.method != method || route.pattern != pattern) continue;
    platform::http::Request request;
    request.method = method;
    request.path = pattern;
    request.body = std::move(body);
    request.caller = caller;
    BANSO_TRY_ASSIGN(const auto response, route.handler(request));
    return json::parse_object(response.body);
  }
  return core::Error::not_found({"no such route", "no such route"});
}

}  // namespace

core::Result<> add_demo_signals(Application& application) {
  const auto caller = core::Caller::system("Banso");
  auto routes = application.signals->routes();
  BANSO_TRY_ASSIGN(const auto starters, ask(routes, Method::get, "/api/signals/starters", caller));
  json::array items;
  for (const auto& starter : starters.at("items").as_array()) {
    const std::string_view key = starter.at("key").as_string();
    const bool is_wanted = std::find(wanted.begin(), wanted.end(), key) != wanted.end();
    if (is_wanted && starter.at("available").as_bool()) items.push_back(json::object{{"starter", key}});
  }
  if (items.empty()) return {};
  BANSO_TRY(ask(routes, Method::post, "/api/signals/starters", caller,
                json::serialize(json::object{{"items", items}, {"publish", false}})));
  // New measures are scored before the rules ask for them.
  BANSO_TRY(application.health->evaluate_all([](double, const core::Text&) { return true; }));
  definitions::Bodies bodies;
  for (const auto& item : items) {
    const definitions::Name name{std::string(signals::signal_kind), std::string(item.at("starter").as_string())};
    BANSO_TRY_ASSIGN(const auto definition, application.definitions->get(name));
    if (!definition.draft) continue;
    BANSO_TRY_ASSIGN(auto body, json::parse_object(*definition.draft));
    body["fires_on_existing"] = std::find(quiet.begin(), quiet.end(), name.key) == quiet.end();
    bodies[name] = json::serialize(body);
  }
  BANSO_TRY(application.definitions->publish_all(caller, bodies, {"Starter signals", "標準シグナル"}));
  application.signals->refresh();
  return {};
}

}  // namespace banso::app
