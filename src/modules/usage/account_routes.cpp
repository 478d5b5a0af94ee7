#include <algorithm>
#include <map>

#include "rendering.hpp"
#include "routes.hpp"
#include "service_impl.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
namespace http = platform::http;
namespace json = platform::json;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr int default_days = 90;
constexpr int most_days = 1100;

json::object render(const PersonUsage& person) {
  return {{"user_key", person.usage.person_key},
          {"name", person.who.name},
          {"email", person.who.email},
          {"contact_id", json::from(person.who.contact)},
          {"events_28d", person.usage.events_in_window},
          {"days_active_28d", person.usage.days_active_in_window},
          {"features_28d", person.features_28d},
          {"first_seen_at", json::from(person.usage.first_seen_at)},
          {"last_active_at", json::from(person.usage.last_seen_at)}};
}

class AccountHandlers {
 public:
  explicit AccountHandlers(ServiceImpl& service) : service_(service) {}

  core::Result<Response> usage(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto asked, account_and_view(request));
    const auto& [account, view] = asked;
    BANSO_TRY_ASSIGN(const auto from_asked, request.query_day("from"));
    BANSO_TRY_ASSIGN(const auto to_asked, request.query_day("to"));
    const auto to = std::min(to_asked.value_or(view.day), view.day);
    const auto from = from_asked.value_or(to - (default_days - 1));
    if (from > to || to - from >= most_days) {
      return core::Error::invalid_field("from", {"Ask for 1 to 1,100 days that end on or before the day of the page.",
                                                 "表示日までの1日から1,100日の範囲で指定してください。"});
    }
    const auto usage = service_.usage_of(account, from, to, view);
    json::array days, active, active_28d, counts;
    for (std::size_t index = 0; index < usage.days.size(); ++index) {
      days.push_back(json::from(usage.days[index]));
      active.push_back(usage.active_users[index]);
      active_28d.push_back(usage.active_users_28d[index]);
      counts.push_back(usage.events[index]);
    }
    return respond(json::object{{"as_of", json::from(view.day)},
                                {"days", std::move(days)},
                                {"active_users", std::move(active)},
                                {"active_users_28d", std::move(active_28d)},
                                {"events", std::move(counts)},
                                {"features", render_features(usage.features)},
                                {"seats", json::from(service_.seats_of(account, view.day))}});
  }

  core::Result<Response> people(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto asked, account_and_view(request));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    const auto people = service_.people_of(asked.first, asked.second, page);
    return list(people.items, people.total, [](const PersonUsage& person) { return render(person); });
  }

  core::Result<Response> event_rows(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto asked, account_and_view(request));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto filter, read_filter(request));
    const auto found = service_.events_of(asked.first, filter, asked.second, page);
    std::map<core::SourceId, std::string> names;
    for (auto& source : service_.source_names()) names.emplace(source.id, std::move(source.name));
    return list(found.items, found.total, [&](const events::StoredEvent& stored) {
      const auto& event = stored.event;
      const auto name = names.find(event.source);
      return json::object{{"at", json::from(event.occurred_at)},
                          {"received_at", json::from(event.received_at)},
                          {"event", event.name},
                          {"kind", events::to_string(event.kind)},
                          {"user_key", event.person_key},
                          {"properties", render_properties(event.properties)},
                          {"source", name == names.end() ? json::value(nullptr) : json::value(name->second)},
                          {"import_id", json::from(event.import)}};
    });
  }

 private:
  core::Result<std::pair<core::AccountId, View>> account_and_view(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
    const core::AccountId account{id};
    BANSO_TRY(service_.check_account(account));
    return std::pair(account, service_.view(as_of));
  }

  core::Result<EventFilter> read_filter(const Request& request) const {
    EventFilter filter;
    filter.user_key = request.query_text("user_key");
    BANSO_TRY_ASSIGN(filter.from, request.query_day("from"));
    BANSO_TRY_ASSIGN(filter.to, request.query_day("to"));
    BANSO_TRY_ASSIGN(const auto day, request.query_day("day"));
    if (day) filter.from = filter.to = day;
    if (const auto asked = request.query_text("feature")) {
      filter.feature = FeatureId{};
      for (const auto& feature : service_.features()) {
        if (feature.key == *asked || std::to_string(feature.id.value) == *asked) filter.feature = feature.id;
      }
    }
    return filter;
  }

  json::array render_features(const std::vector<FeatureUsage>& used) const {
    std::map<FeatureId, Feature> known;
    for (auto& feature : service_.features()) known.emplace(feature.id, std::move(feature));
    json::array rendered;
    for (const auto& usage : used) {
      const auto& feature = known.at(usage.feature);
      rendered.push_back(json::object{{"id", feature.id.value},
                                      {"key", feature.key},
                                      {"name", render_text(feature.name)},
                                      {"module", feature.module},
                                      {"is_active", feature.is_active},
                                      {"events", usage.events},
                                      {"users", usage.users},
                                      {"last_day", json::from(usage.last_day)},
                                      {"trend", json::from(usage.trend)}});
    }
    return rendered;
  }

  ServiceImpl& service_;
};

}  // namespace

http::Routes account_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<AccountHandlers>(service);
  return {
      {Method::get, "/api/accounts/{id}/usage", Permission::read_only, bound(handlers, &AccountHandlers::usage)},
      {Method::get, "/api/accounts/{id}/people", Permission::read_only, bound(handlers, &AccountHandlers::people)},
      {Method::get, "/api/accounts/{id}/events", Permission::read_only, bound(handlers, &AccountHandlers::event_rows)},
  };
}

}  // namespace banso::usage
