#include <algorithm>
#include <map>

#include "inflate.hpp"
#include "platform/json/json.hpp"
#include "service_impl.hpp"
#include "write_key.hpp"

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

constexpr int default_days = 90;
constexpr int most_days = 1100;
// A packed body is smaller than what it opens to; a little room for what gzip adds to bytes it cannot pack.
constexpr std::size_t longest_body_bytes = longest_batch_bytes + 4096;

Response respond(json::value body, int status = 200) {
  return Response::json(json::serialize(body), status);
}

template <class T, class Render>
Response list(const std::vector<T>& items, std::int64_t total, Render render) {
  json::array rendered;
  for (const auto& item : items) rendered.push_back(render(item));
  return respond(json::object{{"items", std::move(rendered)}, {"total", total}});
}

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render(const Source& source) {
  return {{"id", source.id.value},
          {"name", source.name},
          {"disabled", source.disabled},
          {"key_hint", source.key_hint},
          {"created_at", json::from(source.created_at)},
          {"events", source.events},
          {"unmatched", source.unmatched},
          {"last_received_at", json::from(source.last_received_at)}};
}

json::object render(const SourceWithKey& made) {
  auto body = render(made.source);
  body["write_key"] = made.write_key;
  return body;
}

json::object render(const Feature& feature) {
  json::array types;
  for (const auto& type : feature.types)
    types.push_back(json::object{{"kind", events::to_string(type.kind)}, {"name", type.name}});
  return {{"id", feature.id.value},
          {"key", feature.key},
          {"name", render(feature.name)},
          {"module", feature.module},
          {"is_active", feature.is_active},
          {"ignored", feature.ignored},
          {"types", std::move(types)},
          {"events", feature.events},
          {"first_at", json::from(feature.first_at)},
          {"last_at", json::from(feature.last_at)}};
}

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

json::object render(const events::Unmatched& item) {
  return {{"source_id", json::from(item.source)},
          {"group_key", item.group_key},
          {"user_key", item.person_key},
          {"events", item.events},
          {"people", item.people},
          {"first_at", json::from(item.first_at)},
          {"last_at", json::from(item.last_at)}};
}

// Stored texts were checked when they came in; what cannot be read is shown as it is.
json::value render_properties(const std::string& properties) {
  if (properties.empty()) return json::object{};
  if (auto parsed = json::parse(properties)) return std::move(*parsed);
  return json::value(properties);
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

std::optional<std::vector<events::EventType>> read_types(json::Fields& fields) {
  const auto* list = fields.list("types");
  if (!list) return std::nullopt;
  std::vector<events::EventType> types;
  for (const auto& item : *list) {
    const auto* object = item.if_object();
    const auto* kind = object ? object->if_contains("kind") : nullptr;
    const auto* name = object ? object->if_contains("name") : nullptr;
    const auto known = kind && kind->is_string() ? kind_from(kind->get_string()) : std::nullopt;
    if (!known || !name || !name->is_string()) {
      fields.fail("types",
                  {"Give each as {\"kind\": \"track\", \"name\": \"...\"}; kinds are track, page and screen.",
                   "{\"kind\": \"track\", \"name\": \"...\"} の形で指定してください(kind は track・page・screen)。"});
      return std::nullopt;
    }
    types.push_back({*known, std::string(name->get_string())});
  }
  return types;
}

class Handlers {
 public:
  explicit Handlers(ServiceImpl& service) : service_(service) {}

  // ------------------------------------------------------------------------------------------------- Segment's calls
  core::Result<Response> take(const Request& request, std::optional<EventKind> kind) const {
    std::string opened;
    std::string_view body = request.body;
    if (const auto encoding = request.header("content-encoding"); encoding == "gzip") {
      auto plain = inflate_gzip(request.body, longest_batch_bytes);
      if (!plain) {
        return core::Error::invalid({"The gzip body is damaged, or longer than 500 KB when opened.",
                                     "gzipの本文が壊れているか、展開後の大きさが500KBを超えています。"});
      }
      opened = std::move(*plain);
      body = opened;
    } else if (!encoding.empty() && encoding != "identity") {
      return core::Error::invalid({"Send the body plain or as gzip.", "本文は無圧縮またはgzipで送信してください。"});
    }
    const auto parsed = parse_calls(body, kind);
    if (!parsed) return core::Error(parsed.error());
    const auto key = basic_user(request.header("authorization")).value_or(parsed->write_key);
    BANSO_TRY_ASSIGN(const auto answer, service_.take(key, *parsed));
    json::object reply{{"success", true}};
    if (!answer.rejected.empty()) {
      json::array rejected;
      for (const auto& error : answer.rejected) {
        rejected.push_back(json::object{{"field", error.field}, {"message", error.message.in(request.language)}});
      }
      reply["rejected"] = std::move(rejected);
    }
    return respond(std::move(reply));
  }

  // ----------------------------------------------------------------------------------------------- pages of an account
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

  // --------------------------------------------------------------------------------------------- catalogue and sources
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
    change.types = read_types(fields);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto feature, service_.change_feature({id}, change, request.caller));
    return respond(render(feature));
  }

  core::Result<Response> sources(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto all, service_.sources(request.caller));
    return list(all, static_cast<std::int64_t>(all.size()), [](const Source& source) { return render(source); });
  }

  core::Result<Response> create_source(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto name = fields.text("name", {.required = true, .max_length = 200});
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto made, service_.create_source(*name, request.caller));
    return respond(render(made), 201);
  }

  core::Result<Response> rotate_key(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto made, service_.rotate_key({id}, request.caller));
    return respond(render(made));
  }

  core::Result<Response> change_source(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto name = fields.text("name", {.required = false, .max_length = 200});
    const auto disabled = fields.yes_no("disabled");
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto source, service_.change_source({id}, name, disabled, request.caller));
    return respond(render(source));
  }

  // ----------------------------------------------------------------------------------------------------- not matched
  // yet
  core::Result<Response> unmatched(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    const auto found = service_.unmatched(page);
    return list(found.items, found.total, [](const events::Unmatched& item) { return render(item); });
  }

  core::Result<Response> assign(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto source = fields.integer("source_id", true);
    const auto group_key = fields.text("group_key", {.required = true, .max_length = longest_id_bytes});
    const auto account = fields.integer("account_id", true);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto found, service_.assign_group({*source}, *group_key, {*account}, request.caller));
    return respond(json::object{{"events", found}});
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
                                      {"name", render(feature.name)},
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

http::Routes ServiceImpl::routes() {
  const auto handlers = std::make_shared<Handlers>(*this);
  const auto call = [&](core::Result<Response> (Handlers::*handler)(const Request&) const) -> http::Handler {
    return [handlers, handler](const Request& request) { return ((*handlers).*handler)(request); };
  };
  http::Routes routes{
      {Method::get, "/api/accounts/{id}/usage", Permission::read_only, call(&Handlers::usage)},
      {Method::get, "/api/accounts/{id}/people", Permission::read_only, call(&Handlers::people)},
      {Method::get, "/api/accounts/{id}/events", Permission::read_only, call(&Handlers::event_rows)},
      {Method::get, "/api/features", Permission::read_only, call(&Handlers::features)},
      {Method::patch, "/api/features/{id}", Permission::leader, call(&Handlers::change_feature)},
      {Method::get, "/api/sources", Permission::admin, call(&Handlers::sources)},
      {Method::post, "/api/sources", Permission::admin, call(&Handlers::create_source)},
      {Method::patch, "/api/sources/{id}", Permission::admin, call(&Handlers::change_source)},
      {Method::post, "/api/sources/{id}/rotate-key", Permission::admin, call(&Handlers::rotate_key)},
      {Method::get, "/api/unmatched-events", Permission::csm, call(&Handlers::unmatched)},
      {Method::post, "/api/unmatched-events/assign", Permission::leader, call(&Handlers::assign)},
  };
  const std::pair<const char*, std::optional<EventKind>> calls[] = {
      {"/v1/track", EventKind::track},   {"/v1/page", EventKind::page},
      {"/v1/screen", EventKind::screen}, {"/v1/identify", EventKind::identify},
      {"/v1/group", EventKind::group},   {"/v1/alias", EventKind::alias},
      {"/v1/batch", std::nullopt}};
  for (const auto& [path, kind] : calls) {
    routes.push_back({Method::post, path, Permission::write_key,
                      [handlers, kind = kind](const Request& request) { return handlers->take(request, kind); },
                      longest_body_bytes});
  }
  return routes;
}

}  // namespace banso::usage
