// Addresses and keys that definitions name and nobody reads back.
#include <algorithm>

#include "render.hpp"
#include "routes.hpp"

namespace banso::playbooks {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

bool is_name(const std::string& name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Result<Response> list(Context& context) {
  json::array items;
  context.from.records->read([&](store::Session& session) {
    for (const auto& row : session.query("SELECT name, changed_at_us, changed_by FROM playbook_secret ORDER BY name")) {
      items.push_back(
          json::object{{"name", row.text(0)}, {"changed_at", json::from(row.instant(1))}, {"changed_by", row.text(2)}});
    }
  });
  return answer(json::object{{"items", std::move(items)}});
}

Result<Response> put(Context& context, const Request& request) {
  const auto& name = request.parameters.at("name");
  if (!is_name(name)) {
    return core::Error::invalid_field(
        "name", {"A name needs 1 to 64 of a-z, 0-9 and _.", "名前は英小文字・数字・_ の1〜64文字にしてください。"});
  }
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto value = fields.text("value", {.required = true, .max_length = 2000});
  BANSO_TRY(fields.finish());
  context.from.records->write([&](store::Session& session) {
    session.execute(
        "INSERT INTO playbook_secret (name, value, changed_at_us, changed_by) VALUES (:1, :2, :3, :4) ON CONFLICT "
        "(name) "
        "DO UPDATE SET value = excluded.value, changed_at_us = excluded.changed_at_us, changed_by = "
        "excluded.changed_by",
        {name, *value, context.now(), request.caller.name});
  });
  return Response::no_content();
}

Result<Response> remove(Context& context, const Request& request) {
  const auto gone = context.from.records->write([&](store::Session& session) {
    return session.execute("DELETE FROM playbook_secret WHERE name = :1", {request.parameters.at("name")});
  });
  if (gone == 0) return core::Error::not_found({"There is no such secret.", "指定されたシークレットはありません。"});
  return Response::no_content();
}

}  // namespace

http::Routes secret_routes(const std::shared_ptr<const RouteContext>& context) {
  return {
      {Method::get, "/api/playbook-secrets", Permission::leader,
       [context](const Request&) { return list(context->context); }},
      {Method::put, "/api/playbook-secrets/{name}", Permission::admin,
       [context](const Request& request) { return put(context->context, request); }},
      {Method::del, "/api/playbook-secrets/{name}", Permission::admin,
       [context](const Request& request) { return remove(context->context, request); }},
  };
}

}  // namespace banso::playbooks
