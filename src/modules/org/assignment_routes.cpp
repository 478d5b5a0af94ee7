// Assignment by rules: preview, deed, undo.
#include <algorithm>

#include "render.hpp"

namespace banso::org {
namespace {

using core::Result;
using platform::http::Method;
using platform::http::Permission;
using platform::http::Request;
using platform::http::Response;

constexpr std::size_t body_limit_bytes = 128 << 10;
constexpr std::int64_t usual_moves = 50, most_moves = 1000;
constexpr std::size_t longest_why_bytes = 2000;

Result<Response> list_rules(OrgService& service, const Request&) {
  json::array items;
  for (const auto& summary : service.from.definitions->list(std::string(assignment_rule_kind))) {
    if (summary.retired) continue;
    const auto definition = service.from.definitions->get(summary.name);
    if (!definition) continue;
    const auto& text = definition->body ? definition->body : definition->draft;
    auto body = json::parse(text.value_or("{}"));
    items.push_back(json::object{{"key", summary.name.key},
                                 {"name", render(summary.title)},
                                 {"version", summary.version},
                                 {"draft", summary.has_draft},
                                 {"body", body ? std::move(*body) : json::value(json::object{})}});
  }
  return answer(json::object{{"items", std::move(items)}});
}

struct Question {
  AssignmentRule rule;
  std::int64_t offset = 0, limit = usual_moves;
  std::string basis, why;
};

Result<Question> read_question(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto key = fields.has("key") && !fields.is_null("key") ? fields.text("key", {.max_length = 64}) : std::nullopt;
  const auto* given = fields.has("body") && !fields.is_null("body") ? fields.child("body") : nullptr;
  Question question;
  question.offset = std::max<std::int64_t>(fields.integer("offset").value_or(0), 0);
  question.limit = std::clamp<std::int64_t>(fields.integer("limit").value_or(usual_moves), 1, most_moves);
  question.basis = fields.text("basis").value_or("");
  question.why = fields.text("why", {.max_length = longest_why_bytes, .allow_empty = true}).value_or("");
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(question.rule, service.rule_of(key, given ? std::optional(json::serialize(*given)) : std::nullopt));
  return question;
}

json::object render_plan(const Renderer& renderer, const Plan& plan, const Question& question) {
  const auto currency = renderer.currency();
  json::array people, moves, left_out;
  for (const auto& person : plan.people) {
    people.push_back(json::object{{"user", renderer.person(person.user)},
                                  {"before", render(person.before, currency)},
                                  {"after", render(person.after, currency)},
                                  {"capacity", render(person.limits)},
                                  {"gets", person.gets},
                                  {"gives", person.gives}});
  }
  const auto total = static_cast<std::int64_t>(plan.moves.size());
  for (auto i = std::min(question.offset, total); i < std::min(question.offset + question.limit, total); ++i) {
    const auto& move = plan.moves[static_cast<std::size_t>(i)];
    moves.push_back(json::object{{"account", renderer.account(move.account)},
                                 {"from", renderer.maybe_person(move.from)},
                                 {"to", renderer.maybe_person(move.to)}});
  }
  for (const auto& out : plan.left_out) {
    left_out.push_back(json::object{{"user", renderer.person(out.user)}, {"why", render(out.why)}});
  }
  return {{"basis", plan.basis},       {"role", word_of(plan.rule.role)}, {"matched", plan.matched},
          {"moving", total},           {"unplaced", plan.unplaced},       {"people", std::move(people)},
          {"moves", std::move(moves)}, {"left_out", std::move(left_out)}};
}

Result<Response> preview(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto question, read_question(service, request));
  BANSO_TRY_ASSIGN(const auto plan, service.plan(question.rule));
  return answer(render_plan(Renderer(service), plan, question));
}

Result<Response> start(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto question, read_question(service, request));
  BANSO_TRY_ASSIGN(const auto assignment,
                   service.start_assignment(request.caller, question.rule, question.basis, question.why));
  return answer(Renderer(service).assignment(assignment), 202);
}

Result<Response> list(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto page, request.page());
  const auto found = service.assignments.list(page);
  const Renderer renderer(service);
  json::array items;
  for (const auto& assignment : found.items) items.push_back(renderer.assignment(assignment));
  return answer(json::object{{"items", std::move(items)}, {"total", found.total}});
}

Result<Response> get(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  const auto found = service.assignments.find(id);
  if (!found) return core::Error::not_found({"There is no such assignment.", "この割り当てはありません。"});
  return answer(Renderer(service).assignment(*found));
}

Result<Response> undo(OrgService& service, const Request& request) {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto undone, service.assignments.undo(id, request.caller));
  return answer(json::object{{"restored", undone.restored}, {"changed_since", undone.changed_since}});
}

}  // namespace

platform::http::Routes assignment_routes(const std::shared_ptr<OrgService>& service) {
  return {
      {Method::get, "/api/assignment-rules", Permission::read_only, with(service, list_rules)},
      {Method::post, "/api/assignments/preview", Permission::read_only, with(service, preview), body_limit_bytes},
      {Method::get, "/api/assignments", Permission::read_only, with(service, list)},
      {Method::post, "/api/assignments", Permission::leader, with(service, start), body_limit_bytes},
      {Method::get, "/api/assignments/{id}", Permission::read_only, with(service, get)},
      {Method::post, "/api/assignments/{id}/undo", Permission::leader, with(service, undo)},
  };
}

}  // namespace banso::org
