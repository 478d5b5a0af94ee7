#include "rendering.hpp"
#include "routes.hpp"
#include "service_impl.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
namespace http = platform::http;
namespace json = platform::json;
using events::EventKind;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

json::object render(const Feature& feature) {
  json::array types;
  for (const auto& type : feature.types)
    types.push_back(json::object{{"kind", events::to_string(type.kind)}, {"name", type.name}});
  return {{"id", feature.id.value},
          {"key", feature.key},
          {"name", render_text(feature.name)},
          {"module", feature.module},
          {"is_active", feature.is_active},
          {"ignored", feature.ignored},
          {"types", std::move(types)},
          {"events", feature.events},
          {"first_at", json::from(feature.first_at)},
          {"last_at", json::from(feature.last_at)}};
}

json::object render(const FeatureProperty& property) {
  json::array examples;
  for (const auto& example : property.examples) examples.push_back(json::value(example));
  return {{"name", property.name},
          {"type", property.type},
          {"events", property.events},
          {"examples", std::move(examples)},
          {"first_at", json::from(property.first_at)},
          {"last_at", json::from(property.last_at)}};
}

std::optional<EventKind> kind_from(std::string_view word) {
  for (const auto kind : {EventKind::track, EventKind::page, EventKind::screen}) {
    if (word == events::to_string(kind)) return kind;
  }
  return std::nullopt;
}

std::optional<core::Text> read_name(json::Fields& fields) {
  const auto* name = fields.child("name");
  if (!name) return std::nullopt;
  json::Fields texts(*name, "name.");
  auto en = texts.text("en", {.required = false, .max_length = 200, .allow_empty = true});
  auto ja = texts.text("ja", {.required = false, .max_length = 200, .allow_empty = true});
  if (!texts.ok())
    fields.fail("name",
                {"Give the name as texts of at most 200 bytes.", "名前は200バイト以内の文字列で入力してください。"});
  return core::Text{en.value_or(""), ja.value_or("")};
}

std::optional<std::vector<events::EventType>> read_types(json::Fields& fields, std::string_view field) {
  const auto* list = fields.list(field);
  if (!list) return std::nullopt;
  std::vector<events::EventType> types;
  for (const auto& item : *list) {
    const auto* object = item.if_object();
    const auto* kind = object ? object->if_contains("kind") : nullptr;
    const auto* name = object ? object->if_contains("name") : nullptr;
    const auto known = kind && kind->is_string() ? kind_from(kind->get_string()) : std::nullopt;
    if (!known || !name || !name->is_string()) {
      fields.fail(field,
                  {"Give each as {\"kind\": \"track\", \"name\": \"...\"}; kinds are track, page and screen.",
                   "{\"kind\": \"track\", \"name\": \"...\"} の形で指定してください(kind は track・page・screen)。"});
      return std::nullopt;
    }
    types.push_back({*known, std::string(name->get_string())});
  }
  return types;
}

class CatalogueHandlers {
 public:
  explicit CatalogueHandlers(ServiceImpl& service) : service_(service) {}

  core::Result<Response> features(const Request&) const {
    const auto all = service_.features();
    return list(all, static_cast<std::int64_t>(all.size()), [](const Feature& feature) { return render(feature); });
  }

  core::Result<Response> change_feature(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    FeatureChange change;
    change.name = read_name(fields);
    change.module = fields.text("module", {.required = false, .max_length = 200, .allow_empty = true});
    if (fields.is_null("module")) change.module = "";
    change.is_active = fields.yes_no("is_active");
    change.ignored = fields.yes_no("ignored");
    change.types = read_types(fields, "types");
    change.separated_types = read_types(fields, "separated_types");
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto feature, service_.change_feature({id}, change, request.caller));
    return respond(render(feature));
  }

  core::Result<Response> properties(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto properties, service_.feature_properties({id}));
    json::array items;
    for (const auto& property : properties.items) items.push_back(render(property));
    return respond(json::object{{"items", std::move(items)},
                                {"observed_events", properties.observed_events},
                                {"is_estimated", properties.is_estimated},
                                {"more", properties.more}});
  }

  core::Result<Response> usage(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto from_asked, request.query_day("from"));
    BANSO_TRY_ASSIGN(const auto to_asked, request.query_day("to"));
    const auto to = to_asked.value_or(service_.view(std::nullopt).day);
    BANSO_TRY_ASSIGN(const auto usage, service_.feature_usage({id}, from_asked.value_or(to - (default_days - 1)), to));
    json::array days, counts, users, accounts;
    for (std::size_t index = 0; index < usage.days.size(); ++index) {
      days.push_back(json::from(usage.days[index]));
      counts.push_back(usage.events[index]);
      users.push_back(usage.users[index]);
    }
    for (const auto& account : usage.accounts) {
      accounts.push_back(json::object{
          {"id", account.account.value}, {"name", account.name}, {"events", account.events}, {"users", account.users}});
    }
    return respond(json::object{{"days", std::move(days)},
                                {"events", std::move(counts)},
                                {"users", std::move(users)},
                                {"accounts", std::move(accounts)}});
  }

 private:
  static constexpr int default_days = 90;
  ServiceImpl& service_;
};

}  // namespace

http::Routes catalogue_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<CatalogueHandlers>(service);
  return {
      {Method::get, "/api/features", Permission::read_only, bound(handlers, &CatalogueHandlers::features)},
      {Method::patch, "/api/features/{id}", Permission::leader, bound(handlers, &CatalogueHandlers::change_feature)},
      {Method::get, "/api/features/{id}/properties", Permission::read_only,
       bound(handlers, &CatalogueHandlers::properties)},
      {Method::get, "/api/features/{id}/usage", Permission::read_only, bound(handlers, &CatalogueHandlers::usage)},
  };
}

}  // namespace banso::usage
