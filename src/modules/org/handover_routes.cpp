#include "render.hpp"

namespace banso::org {
namespace {

using core::Result;
using platform::http::Method;
using platform::http::Permission;
using platform::http::Request;
using platform::http::Response;

core::Error not_open() {
  return core::Error::conflict(
      {"There is no such entry, or the handover is closed.", "この項目がないか、引き継ぎはすでに終了しています。"});
}

Result<Response> render_handover(OrgService& service, std::int64_t id, int status = 200) {
  const auto details = service.handovers.find(id);
  if (!details) return core::Error::not_found({"There is no such handover.", "この引き継ぎはありません。"});
  return answer(Renderer(service).handover(*details), status);
}

Result<Response> list(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto page, request.page());
  BANSO_TRY_ASSIGN(const auto user, request.query_integer("user_id"));
  BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
  HandoverQuery query;
  if (const auto word = request.query_text("state")) {
    query.state = handover_state_from(*word);
    if (!query.state) {
      return core::Error::invalid_field(
          "state", {"open, completed or cancelled.", "open、completed、cancelled のいずれかを指定してください。"});
    }
  }
  if (user) query.user = core::UserId{*user};
  if (account) query.account = core::AccountId{*account};
  const auto found = service.handovers.list(query, page);
  const Renderer renderer(service);
  json::array items;
  for (const auto& line : found.items) items.push_back(renderer.handover_line(line));
  return answer(json::object{{"items", std::move(items)}, {"total", found.total}});
}

Result<Response> begin(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  NewHandover handover;
  handover.from = {fields.integer("from_user_id", true).value_or(0)};
  handover.to = {fields.integer("to_user_id", true).value_or(0)};
  if (const auto role = fields.text("role")) {
    const auto known = account_role_from(*role);
    if (!known) fields.fail("role", {"There is no such role.", "この役割はありません。"});
    handover.role = known.value_or(AccountRole::csm);
  }
  if (const auto* accounts = fields.list("accounts")) {
    for (const auto& account : *accounts) {
      if (account.is_int64()) handover.accounts.push_back({account.as_int64()});
    }
  }
  handover.note = fields.text("note", {.max_length = 4000, .allow_empty = true}).value_or("");
  handover.due_day = fields.day("due_day");
  handover.moves_now = fields.yes_no("moves_now").value_or(false);
  if (const auto* items = fields.has("items") ? fields.list("items") : nullptr) {
    for (const auto& item : *items) {
      const auto* object = item.if_object();
      if (!object) continue;
      json::Fields inner(*object);
      handover.items.push_back({inner.text("en").value_or(""), inner.text("ja").value_or("")});
    }
  }
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto begun, service.begin_handover(request.caller, handover));
  return render_handover(service, begun.id, 201);
}

Result<Response> checklist(OrgService&, const Request&) {
  json::array items;
  for (const auto& item : usual_checklist()) items.push_back(render(item));
  return answer(json::object{{"items", std::move(items)}});
}

Result<Response> get(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  return render_handover(service, id);
}

Result<Response> tick(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto item, request.path_id("item_id"));
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto is_done = fields.yes_no("done", true);
  BANSO_TRY(fields.finish());
  if (!service.handovers.tick(id, item, *is_done, request.caller, service.from.surroundings.now())) return not_open();
  return render_handover(service, id);
}

Result<Response> note_account(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto account, request.path_id("account_id"));
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto is_introduced = fields.yes_no("introduced");
  const auto note = fields.text("note", {.max_length = 4000, .allow_empty = true});
  BANSO_TRY(fields.finish());
  if (!service.handovers.note(id, {account}, is_introduced, note, request.caller, service.from.surroundings.now())) {
    return not_open();
  }
  return render_handover(service, id);
}

Result<Response> complete(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY(service.complete_handover(request.caller, id));
  return render_handover(service, id);
}

Result<Response> cancel(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY(service.cancel_handover(request.caller, id));
  return render_handover(service, id);
}

}  // namespace

platform::http::Routes handover_routes(const std::shared_ptr<OrgService>& service) {
  return {
      {Method::get, "/api/handovers", Permission::read_only, with(service, list)},
      {Method::post, "/api/handovers", Permission::csm, with(service, begin)},
      {Method::get, "/api/handovers/checklist", Permission::read_only, with(service, checklist)},
      {Method::get, "/api/handovers/{id}", Permission::read_only, with(service, get)},
      {Method::patch, "/api/handovers/{id}/items/{item_id}", Permission::csm, with(service, tick)},
      {Method::patch, "/api/handovers/{id}/accounts/{account_id}", Permission::csm, with(service, note_account)},
      {Method::post, "/api/handovers/{id}/complete", Permission::csm, with(service, complete)},
      {Method::post, "/api/handovers/{id}/cancel", Permission::csm, with(service, cancel)},
  };
}

}  // namespace banso::org
