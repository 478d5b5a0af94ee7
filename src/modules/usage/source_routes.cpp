#include "rendering.hpp"
#include "routes.hpp"
#include "service_impl.hpp"

namespace banso::usage {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

json::object render(const Source& source) {
  return {{"id", source.id.value},
          {"name", source.name},
          {"disabled", source.disabled},
          {"key_hint", source.key_hint},
          {"created_at", json::from(source.created_at)},
          {"events", source.events},
          {"unmatched", source.unmatched},
          {"last_received_at", json::from(source.last_received_at)},
          {"silent_after_minutes", json::from(source.silent_after_minutes)},
          {"most_events_per_second", json::from(source.most_events_per_second)}};
}

json::object render(const SourceWithKey& made) {
  auto body = render(made.source);
  body["write_key"] = made.write_key;
  return body;
}

class SourceHandlers {
 public:
  explicit SourceHandlers(ServiceImpl& service) : service_(service) {}

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
    SourceChange change;
    change.name = fields.text("name", {.required = false, .max_length = 200});
    change.disabled = fields.yes_no("disabled");
    if (fields.has("silent_after_minutes")) change.silent_after_minutes = fields.integer("silent_after_minutes");
    if (fields.has("most_events_per_second")) change.most_events_per_second = fields.integer("most_events_per_second");
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto source, service_.change_source({id}, change, request.caller));
    return respond(render(source));
  }

 private:
  ServiceImpl& service_;
};

}  // namespace

http::Routes source_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<SourceHandlers>(service);
  return {
      {Method::get, "/api/sources", Permission::admin, bound(handlers, &SourceHandlers::sources)},
      {Method::post, "/api/sources", Permission::admin, bound(handlers, &SourceHandlers::create_source)},
      {Method::patch, "/api/sources/{id}", Permission::admin, bound(handlers, &SourceHandlers::change_source)},
      {Method::post, "/api/sources/{id}/rotate-key", Permission::admin, bound(handlers, &SourceHandlers::rotate_key)},
  };
}

}  // namespace banso::usage
