// Teams, workload, absences, and who looks after an account.
#include "render.hpp"

namespace banso::org {
namespace {

using core::Result;
using platform::http::Method;
using platform::http::Permission;
using platform::http::Request;
using platform::http::Response;

constexpr std::size_t most_members = 1000;

std::int64_t id_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? value->as_int64() : 0;
}

std::vector<Member> read_members(json::Fields& fields) {
  std::vector<Member> members;
  const auto* list = fields.list("members");
  if (list && list->size() > most_members) {
    fields.fail("members", {"At most 1,000 members.", "メンバーは1,000人までです。"});
    return members;
  }
  for (const auto& item : list ? *list : json::array{}) {
    const auto* object = item.if_object();
    const auto* lead = object ? object->if_contains("lead") : nullptr;
    members.push_back({{object ? id_in(*object, "user_id") : 0}, lead && lead->is_bool() && lead->as_bool()});
  }
  return members;
}

Result<Team> read_team(const Request& request, Team team) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  if (team.id == 0) team.key = fields.text("key").value_or("");
  if (const auto* name = fields.has("name") ? fields.child("name") : nullptr) {
    json::Fields inner(*name, "name.");
    if (auto en = inner.text("en")) team.name.en = *en;
    if (auto ja = inner.text("ja")) team.name.ja = *ja;
  }
  if (const auto direction = fields.choice("direction", {"size", "function"})) {
    team.direction = *direction == "size" ? Direction::size : Direction::function;
  }
  if (fields.has("parent_id")) team.parent = fields.integer("parent_id").value_or(0);
  if (fields.has("members")) team.members = read_members(fields);
  BANSO_TRY(fields.finish());
  return team;
}

Result<Response> list_teams(OrgService& service, const Request& request) {
  const Renderer renderer(service);
  json::array items, mine;
  for (const auto& team : service.teams()) items.push_back(renderer.team(team));
  for (const auto user : service.team_mates(request.caller.user)) mine.push_back(user.value);
  return answer(json::object{{"items", std::move(items)}, {"mine", std::move(mine)}});
}

Result<Response> create_team(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto wanted, read_team(request, {}));
  BANSO_TRY_ASSIGN(const auto team, service.put_team(request.caller, wanted));
  return answer(Renderer(service).team(team), 201);
}

Result<Response> change_team(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  const auto present = service.store.team(id);
  if (!present) return core::Error::not_found({"There is no such team.", "このチームはありません。"});
  BANSO_TRY_ASSIGN(const auto wanted, read_team(request, *present));
  BANSO_TRY_ASSIGN(const auto team, service.put_team(request.caller, wanted));
  return answer(Renderer(service).team(team));
}

Result<Response> delete_team(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY(service.remove_team(request.caller, id));
  return Response::no_content();
}

json::object render_person(const Renderer& renderer, const PersonLoad& person,
                           const std::vector<EngagementModel>& models) {
  static const core::Text none{"None", "なし"};
  json::array teams, by_model, answers_for;
  for (const auto& key : person.teams) teams.push_back(json::value(key));
  for (const auto& part : person.by_model) {
    core::Text name = part.model.empty() ? none : core::Text{part.model, part.model};
    for (const auto& model : models) {
      if (model.key == part.model) name = model.name;
    }
    by_model.push_back(json::object{{"key", part.model.empty() ? json::value(nullptr) : json::value(part.model)},
                                    {"name", render(name)},
                                    {"accounts", part.accounts},
                                    {"effort", part.effort}});
  }
  for (const auto user : person.answers_for) answers_for.push_back(renderer.person(user));
  return {{"user", renderer.person(person.user)},
          {"teams", std::move(teams)},
          {"load", render(person.load, renderer.currency())},
          {"capacity", render(person.limits)},
          {"share", json::from(share_of(person.load, person.limits))},
          {"absence", person.absence ? json::value(renderer.absence(*person.absence)) : json::value(nullptr)},
          {"by_model", std::move(by_model)},
          {"answers_for", std::move(answers_for)}};
}

Result<Response> get_workload(OrgService& service, const Request&) {
  BANSO_TRY_ASSIGN(const auto workload, service.workload());
  const Renderer renderer(service);
  json::array items;
  for (const auto& person : workload.people) items.push_back(render_person(renderer, person, workload.models));
  return answer(json::object{{"as_of", json::from(workload.book->as_of())},
                             {"currency", renderer.currency()},
                             {"items", std::move(items)},
                             {"unassigned", render(workload.unassigned, renderer.currency())}});
}

Result<Response> put_capacity(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto user, request.path_id("user_id"));
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const Limits limits{fields.integer("accounts"), fields.integer("arr_minor"), fields.number("effort")};
  const core::Text not_negative{"Not below zero.", "0以上にしてください。"};
  if (limits.accounts.value_or(0) < 0) fields.fail("accounts", not_negative);
  if (limits.arr_minor.value_or(0) < 0) fields.fail("arr_minor", not_negative);
  if (limits.effort.value_or(0) < 0) fields.fail("effort", not_negative);
  BANSO_TRY(fields.finish());
  BANSO_TRY(service.set_capacity(request.caller, {user}, limits.accounts, limits.arr_minor, limits.effort));
  return Response::no_content();
}

Result<Response> list_absences(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto day, request.query_day("from"));
  BANSO_TRY_ASSIGN(const auto user, request.query_integer("user_id"));
  const Renderer renderer(service);
  json::array items;
  const auto who = user ? std::optional(core::UserId{*user}) : std::nullopt;
  for (const auto& absence : service.store.absences(day.value_or(service.from.surroundings.book_day()), who)) {
    items.push_back(renderer.absence(absence));
  }
  return answer(json::object{{"items", std::move(items)}});
}

Result<Absence> read_absence(const Request& request, Absence absence) {
  const bool is_new = absence.id == 0;
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  if (is_new) absence.user = {fields.integer("user_id", true).value_or(0)};
  if (const auto day = fields.day("from_day", is_new)) absence.from_day = *day;
  if (const auto day = fields.day("until_day", is_new)) absence.until_day = *day;
  if (fields.has("substitute_id")) absence.substitute = {fields.integer("substitute_id").value_or(0)};
  if (const auto note = fields.text("note", {.allow_empty = true})) absence.note = *note;
  BANSO_TRY(fields.finish());
  return absence;
}

Result<Response> create_absence(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto wanted, read_absence(request, {}));
  BANSO_TRY_ASSIGN(const auto absence, service.put_absence(request.caller, wanted));
  return answer(Renderer(service).absence(absence), 201);
}

Result<Response> change_absence(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  const auto present = service.store.absence(id);
  if (!present) return core::Error::not_found({"There is no such absence.", "この不在予定はありません。"});
  BANSO_TRY_ASSIGN(const auto wanted, read_absence(request, *present));
  BANSO_TRY_ASSIGN(const auto absence, service.put_absence(request.caller, wanted));
  return answer(Renderer(service).absence(absence));
}

Result<Response> delete_absence(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY(service.remove_absence(request.caller, id));
  return Response::no_content();
}

// What is known all along has no first day.
json::value since_day(const std::optional<core::Day>& day) {
  return day && day->days > 0 ? json::from(*day) : json::value(nullptr);
}

Result<Response> render_people(OrgService& service, core::AccountId account) {
  BANSO_TRY_ASSIGN(const auto people, service.people_of(account));
  const Renderer renderer(service);
  json::array roles, history;
  for (const auto& line : people.roles) {
    roles.push_back(json::object{{"role", word_of(line.role)},
                                 {"name", render(name_of(line.role))},
                                 {"user", renderer.maybe_person(line.user)},
                                 {"since", since_day(line.since)},
                                 {"stood_in_by", renderer.maybe_person(line.stood_in_by)}});
  }
  for (const auto& spell : people.history) {
    history.push_back(json::object{{"role", word_of(spell.role)},
                                   {"user", renderer.person(spell.user)},
                                   {"since", since_day(spell.since)},
                                   {"until", json::from(spell.until)}});
  }
  json::value team = nullptr, model = nullptr;
  for (const auto& each : service.teams()) {
    if (each.key == people.team) team = render(each.name);
  }
  for (const auto& each : service.published_models()) {
    if (each.key == people.model) model = render(each.name);
  }
  return answer(json::object{{"roles", std::move(roles)},
                             {"history", std::move(history)},
                             {"team", std::move(team)},
                             {"engagement_model", std::move(model)}});
}

Result<Response> get_people(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  return render_people(service, {id});
}

Result<Response> put_person(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  const auto role = account_role_from(request.parameters.at("role"));
  if (!role || !service.from.customers->exists({id})) {
    return core::Error::not_found({"There is no such account or role.", "この顧客企業、または役割はありません。"});
  }
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  if (!fields.has("user_id")) fields.fail("user_id", {"Name a person, or null.", "担当者を指定してください。"});
  const auto user = fields.integer("user_id");
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto provenance, customers::provenance_of(request));
  const core::AccountId account{id};
  BANSO_TRY(service.set_role(request.caller, {&account, 1}, *role, {user.value_or(0)}, provenance.why, std::nullopt));
  return render_people(service, account);
}

}  // namespace

platform::http::Routes team_routes(const std::shared_ptr<OrgService>& service) {
  return {
      {Method::get, "/api/teams", Permission::read_only, with(service, list_teams)},
      {Method::post, "/api/teams", Permission::leader, with(service, create_team)},
      {Method::patch, "/api/teams/{id}", Permission::leader, with(service, change_team)},
      {Method::del, "/api/teams/{id}", Permission::leader, with(service, delete_team)},
      {Method::get, "/api/workload", Permission::read_only, with(service, get_workload)},
      {Method::put, "/api/workload/{user_id}", Permission::leader, with(service, put_capacity)},
      {Method::get, "/api/absences", Permission::read_only, with(service, list_absences)},
      {Method::post, "/api/absences", Permission::csm, with(service, create_absence)},
      {Method::patch, "/api/absences/{id}", Permission::csm, with(service, change_absence)},
      {Method::del, "/api/absences/{id}", Permission::csm, with(service, delete_absence)},
      {Method::get, "/api/accounts/{id}/roles", Permission::read_only, with(service, get_people)},
      {Method::put, "/api/accounts/{id}/roles/{role}", Permission::csm, with(service, put_person)},
  };
}

}  // namespace banso::org
