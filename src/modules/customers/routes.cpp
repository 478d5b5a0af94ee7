// The routes of this module: parse, call the service, render.
#include <algorithm>

#include "parse.hpp"
#include "render.hpp"
#include "service.hpp"

namespace banso::customers {
namespace {

using platform::http::Method;
using platform::http::Permission;
using platform::http::Request;
using platform::http::Response;
using platform::http::Routes;
using ServicePointer = std::shared_ptr<CustomersService>;
using Answer = core::Result<Response>;

constexpr std::size_t bulk_body_bytes = 4 << 20;
constexpr std::int64_t search_limit_default = 20;
constexpr std::int64_t search_limit_most = 100;

Answer ok(json::object body, int status = 200) {
  return Response::json(json::serialize(std::move(body)), status);
}

core::Result<core::AccountId> account_in(const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  return core::AccountId{id};
}

core::Result<View> view_in(const Request& request) {
  BANSO_TRY_ASSIGN(const auto as_of, request.query_day("as_of"));
  return View{as_of};
}

Answer account_answer(CustomersService& service, core::AccountId id, int status = 200) {
  BANSO_TRY_ASSIGN(const auto page, service.account_page(id, {}));
  return ok(render(page), status);
}

// ---- accounts ----

Answer get_account(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, account_in(request));
  BANSO_TRY_ASSIGN(const auto view, view_in(request));
  BANSO_TRY_ASSIGN(const auto page, service.account_page(id, view));
  return ok(render(page));
}

Answer post_account(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto input = parse_account(fields);
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY_ASSIGN(const auto id, service.create_account(provenance, input));
  return account_answer(service, id, 201);
}

Answer patch_account(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, account_in(request));
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  auto input = parse_account(fields);
  BANSO_TRY(fields.finish());
  input.id = id;
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY(service.change_account(provenance, input));
  return account_answer(service, id);
}

Answer erase_account(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, account_in(request));
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY(service.delete_account(provenance, id));
  return Response::no_content();
}

Answer post_bulk(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto set = parse_bulk_set(fields);
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY_ASSIGN(const auto outcome, service.set_many(provenance, set));
  return ok({{"changed", outcome.changed}, {"batch_id", outcome.batch.value}});
}

Answer post_bulk_undo(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto batch, request.path_id("batch_id"));
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY_ASSIGN(const auto report, service.undo_bulk(provenance, {batch}));
  json::array conflicts;
  for (const auto& conflict : report.conflicts) {
    conflicts.push_back(json::object{{"entity", conflict.entity},
                                     {"entity_id", conflict.entity_id},
                                     {"reason", conflict.reason.in(request.language)}});
  }
  return ok({{"restored", report.restored}, {"conflicts", std::move(conflicts)}});
}

// ---- what belongs to an account ----

template <class Read>
Answer list_answer(const Request& request, Read&& read) {
  BANSO_TRY_ASSIGN(const auto id, account_in(request));
  BANSO_TRY_ASSIGN(const auto view, view_in(request));
  BANSO_TRY_ASSIGN(const auto page, request.page());
  BANSO_TRY_ASSIGN(const auto found, read(id, view, page));
  return ok(render_page(found));
}

Answer get_changes(CustomersService& service, const Request& request) {
  return list_answer(request, [&](auto id, auto view, auto page) { return service.changes(id, view, page); });
}
Answer get_tickets(CustomersService& service, const Request& request) {
  return list_answer(request, [&](auto id, auto view, auto page) { return service.ticket_lines(id, view, page); });
}
Answer get_surveys(CustomersService& service, const Request& request) {
  return list_answer(request, [&](auto id, auto view, auto page) { return service.survey_lines(id, view, page); });
}
Answer get_attendance(CustomersService& service, const Request& request) {
  return list_answer(request, [&](auto id, auto view, auto page) { return service.attendance_lines(id, view, page); });
}

Answer get_contacts(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, account_in(request));
  BANSO_TRY_ASSIGN(const auto view, view_in(request));
  BANSO_TRY_ASSIGN(const auto lines, service.contact_lines(id, view));
  return ok(render_list(lines));
}

std::vector<std::string> kinds_in(const Request& request) {
  std::vector<std::string> kinds;
  const auto text = request.query_text("kinds").value_or("");
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = std::min(text.find(',', begin), text.size());
    if (end > begin) kinds.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return kinds;
}

Answer get_timeline(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, account_in(request));
  BANSO_TRY_ASSIGN(const auto view, view_in(request));
  BANSO_TRY_ASSIGN(const auto page, request.page());
  BANSO_TRY_ASSIGN(const auto found, service.timeline(id, view, kinds_in(request), page, request.language));
  return ok(render_page(found, request.language));
}

Answer post_interaction(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, account_in(request));
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  auto input = parse_interaction(fields);
  BANSO_TRY(fields.finish());
  input.account_id = id;
  input.author = request.caller.name;
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY_ASSIGN(const auto made, service.put_interaction(provenance, input));
  return ok({{"id", made}}, 201);
}

Answer patch_interaction(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  auto input = parse_interaction(fields);
  BANSO_TRY(fields.finish());
  input.id = {id};
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY(service.put_interaction(provenance, input));
  return ok({{"id", id}});
}

Answer delete_interaction(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY(service.remove_interaction(provenance, {id}));
  return Response::no_content();
}

Answer post_contact(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, account_in(request));
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  auto input = parse_contact(fields);
  BANSO_TRY(fields.finish());
  input.account_id = id;
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY_ASSIGN(const auto made, service.put_contact(provenance, input));
  return ok({{"id", made}}, 201);
}

bool changes_the_place(const ContactInput& input) {
  return input.title.given() || input.department.given() || input.roles.given() || input.first_day.given() ||
         input.left_day.given();
}

// Title, department, roles and days belong to the person's place on an account: the body then names it with account_id.
Answer patch_contact(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  auto input = parse_contact(fields);
  input.id = {id};
  input.account_id = {fields.integer("account_id").value_or(0)};
  if (!input.account_id && changes_the_place(input)) {
    fields.fail("account_id", {"Say on which account.", "どの顧客企業での変更かを指定してください。"});
  }
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY(service.put_contact(provenance, input));
  return ok({{"id", id}});
}

Answer delete_contact(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, account_in(request));
  BANSO_TRY_ASSIGN(const auto contact, request.path_id("contact_id"));
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY(service.remove_contact(provenance, id, {contact}));
  return Response::no_content();
}

// ---- attributes and search ----

Answer get_attributes(CustomersService& service, const Request&) {
  return ok(render_list(service.attributes()));
}

Answer post_attribute(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  (void)fields.text("type", {.required = true});
  auto definition = parse_definition(fields, {});
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY_ASSIGN(const auto made, service.define_attribute(provenance, std::move(definition)));
  return ok(render(made), 201);
}

Answer patch_attribute(CustomersService& service, const Request& request) {
  const auto key = request.parameters.at("key");
  const auto all = service.attributes();
  const auto present = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.key == key; });
  if (present == all.end()) return core::Error::not_found({"There is no such attribute.", "この項目はありません。"});
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  auto definition = parse_definition(fields, *present);
  BANSO_TRY(fields.finish());
  definition.key = key;
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY_ASSIGN(const auto changed, service.change_attribute(provenance, std::move(definition)));
  return ok(render(changed));
}

Answer erase_attribute(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto provenance, provenance_of(request));
  BANSO_TRY(service.delete_attribute(provenance, request.parameters.at("key")));
  return Response::no_content();
}

Answer get_search(CustomersService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto limit, request.query_integer("limit"));
  const auto most = std::clamp<std::int64_t>(limit.value_or(search_limit_default), 1, search_limit_most);
  return ok(render_list(service.search(request.query_text("q").value_or(""), static_cast<int>(most))));
}

}  // namespace

Routes CustomersService::routes() {
  const auto serve = [service = shared_from_this()](Answer (*handler)(CustomersService&, const Request&)) {
    return [service, handler](const Request& request) { return handler(*service, request); };
  };
  return {
      {Method::post, "/api/accounts", Permission::csm, serve(post_account)},
      {Method::get, "/api/accounts/{id}", Permission::read_only, serve(get_account)},
      {Method::patch, "/api/accounts/{id}", Permission::csm, serve(patch_account)},
      {Method::del, "/api/accounts/{id}", Permission::admin, serve(erase_account)},
      {Method::post, "/api/accounts/bulk", Permission::csm, serve(post_bulk), bulk_body_bytes},
      {Method::post, "/api/accounts/bulk/{batch_id}/undo", Permission::csm, serve(post_bulk_undo)},
      {Method::get, "/api/accounts/{id}/changes", Permission::read_only, serve(get_changes)},
      {Method::get, "/api/accounts/{id}/timeline", Permission::read_only, serve(get_timeline)},
      {Method::post, "/api/accounts/{id}/interactions", Permission::csm, serve(post_interaction)},
      {Method::patch, "/api/interactions/{id}", Permission::csm, serve(patch_interaction)},
      {Method::del, "/api/interactions/{id}", Permission::csm, serve(delete_interaction)},
      {Method::get, "/api/accounts/{id}/contacts", Permission::read_only, serve(get_contacts)},
      {Method::post, "/api/accounts/{id}/contacts", Permission::csm, serve(post_contact)},
      {Method::patch, "/api/contacts/{id}", Permission::csm, serve(patch_contact)},
      {Method::del, "/api/accounts/{id}/contacts/{contact_id}", Permission::csm, serve(delete_contact)},
      {Method::get, "/api/accounts/{id}/tickets", Permission::read_only, serve(get_tickets)},
      {Method::get, "/api/accounts/{id}/surveys", Permission::read_only, serve(get_surveys)},
      {Method::get, "/api/accounts/{id}/attendance", Permission::read_only, serve(get_attendance)},
      {Method::get, "/api/attributes", Permission::read_only, serve(get_attributes)},
      {Method::post, "/api/attributes", Permission::leader, serve(post_attribute)},
      {Method::patch, "/api/attributes/{key}", Permission::leader, serve(patch_attribute)},
      {Method::del, "/api/attributes/{key}", Permission::leader, serve(erase_attribute)},
      {Method::get, "/api/search", Permission::read_only, serve(get_search)},
  };
}

}  // namespace banso::customers
