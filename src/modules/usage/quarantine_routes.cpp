#include <map>

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

constexpr std::size_t most_ids = 1'000;

// The call as an object where it is one, else as the text that came.
json::value render_call(const std::string& call) {
  if (auto parsed = json::parse(call)) return std::move(*parsed);
  return json::value(call);
}

json::object render(const QuarantinedCall& item, const std::map<core::SourceId, std::string>& names) {
  const auto name = names.find(item.call.source);
  return {{"id", item.id},
          {"source_id", item.call.source.value},
          {"source", name == names.end() ? json::value(nullptr) : json::value(name->second)},
          {"received_at", json::from(item.call.received_at)},
          {"kind", item.call.kind ? json::value(platform::events::to_string(*item.call.kind)) : json::value(nullptr)},
          {"reason", item.call.reason},
          {"field", item.call.field},
          {"message", render_text(item.call.message)},
          {"call", render_call(item.call.call)}};
}

json::object render(const ReplayOutcome& outcome) {
  return {{"replayed", outcome.replayed},
          {"accepted", outcome.accepted},
          {"duplicates", outcome.duplicates},
          {"still_refused", outcome.still_refused}};
}

// `{ids: [..]}`, or `{source_id?, reason?}`; an empty object means all of them.
core::Result<QuarantineFilter> read_filter(const std::string& text) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(text));
  json::Fields fields(body);
  QuarantineFilter filter;
  if (const auto source = fields.integer("source_id")) filter.source = core::SourceId{*source};
  filter.reason = fields.text("reason", {.required = false, .max_length = 100});
  if (const auto* ids = fields.list("ids")) {
    for (const auto& id : *ids) {
      if (id.is_int64() && filter.ids.size() < most_ids) filter.ids.push_back(id.get_int64());
    }
    if (filter.ids.empty() || filter.ids.size() != ids->size()) {
      fields.fail("ids", {"Give 1 to 1,000 ids.", "IDは1件から1,000件で指定してください。"});
    }
  }
  BANSO_TRY(fields.finish());
  return filter;
}

class QuarantineHandlers {
 public:
  explicit QuarantineHandlers(ServiceImpl& service) : service_(service) {}

  core::Result<Response> list_calls(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    BANSO_TRY_ASSIGN(const auto source, request.query_integer("source_id"));
    QuarantineFilter filter;
    if (source) filter.source = core::SourceId{*source};
    filter.reason = request.query_text("reason");
    const auto found = service_.quarantine().list(filter, page);
    std::map<core::SourceId, std::string> names;
    for (auto& each : service_.source_names()) names.emplace(each.id, std::move(each.name));
    json::array items;
    for (const auto& item : found.items) items.push_back(render(item, names));
    json::array reasons;
    for (const auto& [reason, count] : service_.quarantine().reasons(filter.source)) {
      reasons.push_back(json::object{{"reason", reason}, {"count", count}});
    }
    return respond(json::object{{"items", std::move(items)}, {"total", found.total}, {"reasons", std::move(reasons)}});
  }

  core::Result<Response> replay(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto filter, read_filter(request.body));
    BANSO_TRY_ASSIGN(const auto outcome, service_.replay_quarantine(filter, request.caller));
    return respond(render(outcome));
  }

  core::Result<Response> replay_mended(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto* call = fields.child("call");
    if (!call) fields.fail("call", {"Give the mended call.", "修正した呼び出しを指定してください。"});
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto outcome, service_.replay_mended(id, json::serialize(*call), request.caller));
    return respond(render(outcome));
  }

  core::Result<Response> discard(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto filter, read_filter(request.body));
    BANSO_TRY_ASSIGN(const auto discarded, service_.discard_quarantine(filter, request.caller));
    return respond(json::object{{"discarded", discarded}});
  }

 private:
  ServiceImpl& service_;
};

}  // namespace

http::Routes quarantine_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<QuarantineHandlers>(service);
  return {
      {Method::get, "/api/intake/quarantine", Permission::leader, bound(handlers, &QuarantineHandlers::list_calls)},
      {Method::post, "/api/intake/quarantine/replay", Permission::admin, bound(handlers, &QuarantineHandlers::replay)},
      {Method::post, "/api/intake/quarantine/discard", Permission::admin,
       bound(handlers, &QuarantineHandlers::discard)},
      {Method::post, "/api/intake/quarantine/{id}/replay", Permission::admin,
       bound(handlers, &QuarantineHandlers::replay_mended)},
  };
}

}  // namespace banso::usage
