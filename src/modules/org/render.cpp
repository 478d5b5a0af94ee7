#include "render.hpp"

namespace banso::org {

platform::http::Response answer(const json::value& body, int status) {
  return platform::http::Response::json(json::serialize(body), status);
}

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render_money(std::int64_t amount_minor, const std::string& currency) {
  return {{"amount_minor", amount_minor}, {"currency", currency}};
}

json::object render(const Load& load, const std::string& currency) {
  return {{"accounts", load.accounts}, {"arr", render_money(load.arr_minor, currency)}, {"effort", load.effort}};
}

json::object render(const Limits& limits) {
  return {{"accounts", json::from(limits.accounts)},
          {"arr_minor", json::from(limits.arr_minor)},
          {"effort", json::from(limits.effort)}};
}

json::object render_count(std::int64_t accounts, std::int64_t arr_minor, const std::string& currency) {
  return {{"accounts", accounts}, {"arr", render_money(arr_minor, currency)}};
}

std::string Renderer::currency() const {
  return service_.from.surroundings.reporting_currency();
}

json::object Renderer::person(core::UserId user) const {
  return {{"id", user.value}, {"name", service_.name_of_user(user)}};
}

json::value Renderer::maybe_person(core::UserId user) const {
  if (!user) return nullptr;
  return person(user);
}

json::object Renderer::account(core::AccountId account) const {
  const auto row = book_ ? book_->find(account) : std::nullopt;
  return {{"id", account.value},
          {"name", row ? book_->name(*row) : std::string()},
          {"arr", render_money(row ? book_->arr_minor(*row) : 0, currency())}};
}

json::object Renderer::team(const Team& team) const {
  json::array members;
  for (const auto& member : team.members) {
    if (!service_.is_user(member.user)) continue;
    members.push_back(json::object{{"user", person(member.user)}, {"lead", member.is_lead}});
  }
  return {{"id", team.id},
          {"key", team.key},
          {"name", render(team.name)},
          {"direction", team.direction == Direction::size ? "size" : "function"},
          {"parent_id", team.parent ? json::value(team.parent) : json::value(nullptr)},
          {"members", std::move(members)}};
}

json::object Renderer::absence(const Absence& absence) const {
  return {{"id", absence.id},
          {"user", person(absence.user)},
          {"from_day", json::from(absence.from_day)},
          {"until_day", json::from(absence.until_day)},
          {"substitute", maybe_person(absence.substitute)},
          {"note", absence.note}};
}

json::object Renderer::assignment(const Assignment& assignment) const {
  return {{"id", assignment.id},
          {"rule", assignment.rule},
          {"name", render(assignment.name)},
          {"role", word_of(assignment.role)},
          {"state", word_of(assignment.state)},
          {"moving", assignment.moving},
          {"done", assignment.done},
          {"by", maybe_person(assignment.actor)},
          {"at", json::from(assignment.at)},
          {"job_id", json::from(assignment.job)},
          {"why", assignment.why}};
}

json::object Renderer::handover_line(const HandoverLine& line) const {
  return {{"id", line.handover.id},
          {"from", person(line.handover.from)},
          {"to", person(line.handover.to)},
          {"role", word_of(line.handover.role)},
          {"state", word_of(line.handover.state)},
          {"accounts", line.accounts},
          {"items_done", line.items_done},
          {"items", line.items},
          {"due_day", json::from(line.handover.due_day)},
          {"created_at", json::from(line.created_at)},
          {"closed_at", json::from(line.closed_at)}};
}

json::object Renderer::handover(const HandoverDetails& details) const {
  json::array checklist, accounts, history;
  for (const auto& item : details.items) {
    checklist.push_back(json::object{{"id", item.id},
                                     {"title", render(item.title)},
                                     {"done_at", json::from(item.done_at)},
                                     {"done_by", maybe_person(item.done_by)}});
  }
  for (const auto& each : details.accounts) {
    accounts.push_back(json::object{
        {"account", account(each.account)}, {"introduced_at", json::from(each.introduced_at)}, {"note", each.note}});
  }
  for (const auto& event : details.events) {
    history.push_back(
        json::object{{"at", json::from(event.at)}, {"by", event.actor_name}, {"what", render(event.what)}});
  }
  return {{"id", details.handover.id},
          {"from", person(details.handover.from)},
          {"to", person(details.handover.to)},
          {"role", word_of(details.handover.role)},
          {"state", word_of(details.handover.state)},
          {"note", details.handover.note},
          {"due_day", json::from(details.handover.due_day)},
          {"moved", details.has_moved},
          {"created_at", json::from(details.created_at)},
          {"closed_at", json::from(details.closed_at)},
          {"checklist", std::move(checklist)},
          {"accounts", std::move(accounts)},
          {"history", std::move(history)}};
}

}  // namespace banso::org
