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

json::object render(const events::Unmatched& item) {
  return {{"source_id", json::from(item.source)},
          {"group_key", item.group_key},
          {"user_key", item.person_key},
          {"events", item.events},
          {"people", item.people},
          {"first_at", json::from(item.first_at)},
          {"last_at", json::from(item.last_at)}};
}

class Handlers {
 public:
  explicit Handlers(ServiceImpl& service) : service_(service) {}

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
  ServiceImpl& service_;
};

}  // namespace

http::Routes matching_routes(ServiceImpl& service) {
  const auto handlers = std::make_shared<Handlers>(service);
  return {
      {Method::get, "/api/unmatched-events", Permission::csm, bound(handlers, &Handlers::unmatched)},
      {Method::post, "/api/unmatched-events/assign", Permission::leader, bound(handlers, &Handlers::assign)},
  };
}

}  // namespace banso::usage
