#include <algorithm>
#include <cmath>

#include "routes.hpp"

namespace banso::proof {
namespace {

// Figures are shown, not computed with: four digits are plenty, and JSON knows no infinity.
json::value number(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return nullptr;
  return std::round(*value * 10'000) / 10'000;
}

json::value count(const std::optional<std::size_t>& value) {
  return value ? json::value(static_cast<std::int64_t>(*value)) : json::value(nullptr);
}

json::object render_arm(const effects::Arm& arm) {
  return {{"accounts", arm.cases}, {"value", arm.cases > 0 ? number(arm.value) : json::value(nullptr)}};
}

json::value render_total(const Effect& effect) {
  if (!effect.total || !effect.total_interval) return nullptr;
  return json::object{{"value", number(*effect.total)},
                      {"low", number(effect.total_interval->low)},
                      {"high", number(effect.total_interval->high)}};
}

json::object render_rate(const effects::Rate& rate) {
  return {{"cases", rate.cases}, {"good", rate.good}};
}

json::object render_counts(const RunCounts& runs) {
  return {{"treated", runs.treated},   {"holdout", runs.holdout}, {"alive", runs.alive},     {"done", runs.done},
          {"goal", runs.goal},         {"exited", runs.exited},   {"stopped", runs.stopped}, {"failed", runs.failed},
          {"observed", runs.observed}, {"waiting", runs.waiting}};
}

json::array render_balance(const Cases& cases) {
  json::array items;
  const auto names = covariates();
  for (std::size_t i = 0; i < cases.balance.size(); ++i) {
    const auto& each = cases.balance[i];
    items.push_back(json::object{{"key", names[i].key},
                                 {"name", render(names[i].name)},
                                 {"treated", number(each.treated_mean)},
                                 {"comparison", number(each.matched_mean)},
                                 {"before", number(each.before)},
                                 {"after", number(each.after)}});
  }
  return items;
}

json::array render_people(const Proof& proof, const Desk& desk) {
  json::array items;
  for (const auto& [person, figures] : proof.adherence.by_person) {
    items.push_back(json::object{
        {"key", std::to_string(person.value)}, {"name", desk.name_of(person)}, {"figures", render(figures)}});
  }
  return items;
}

json::array render_teams(const Proof& proof, const Desk& desk, core::Language language) {
  std::map<std::string, core::Text> names;
  for (const auto& team : desk.from.org->teams()) names[team.key] = team.name;
  json::array items;
  for (const auto& [team, figures] : proof.adherence.by_team) {
    const auto name = names.find(team);
    items.push_back(json::object{
        {"key", team}, {"name", name == names.end() ? team : name->second.in(language)}, {"figures", render(figures)}});
  }
  return items;
}

json::array render_steps(const Proof& proof) {
  json::array items;
  for (const auto& step : proof.adherence.steps) {
    const auto name = proof.playbook.steps.find(step.step);
    const auto holdout = proof.playbook.holdouts.find(step.step);
    items.push_back(json::object{
        {"key", step.step},
        {"name", render(name == proof.playbook.steps.end() ? core::Text{step.step, step.step} : name->second)},
        {"kind", step.kind},
        {"holdout_percent", holdout == proof.playbook.holdouts.end() ? json::value(nullptr) : holdout->second},
        {"reached", step.reached},
        {"done", step.done},
        {"skipped", step.skipped},
        {"failed", step.failed},
        {"mailed", step.mailed},
        {"not_mailed", step.not_mailed},
        {"median_days", number(step.median_days)}});
  }
  return items;
}

}  // namespace

std::string Desk::name_of(core::UserId user) const {
  if (!user) return "";
  return from.surroundings.user_name(user).value_or("");
}

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render_money(std::int64_t amount_minor, const std::string& currency) {
  return {{"amount_minor", amount_minor}, {"currency", currency}};
}

json::value render_person(core::UserId user, const std::string& name) {
  return json::object{{"id", json::from(user)}, {"name", name}};
}

json::object render(const Effect& effect) {
  const auto& found = effect.found;
  return {{"measure", word_of(effect.measure)},
          {"name", render(name_of(effect.measure))},
          {"unit", unit_of(effect.measure)},
          {"better", "higher"},
          {"treated", render_arm(found.treated)},
          {"comparison", render_arm(found.comparison)},
          {"difference",
           found.treated.cases > 0 && found.comparison.cases > 0 ? number(found.difference) : json::value(nullptr)},
          {"low", found.interval ? number(found.interval->low) : json::value(nullptr)},
          {"high", found.interval ? number(found.interval->high) : json::value(nullptr)},
          {"p_value", found.interval ? number(found.p_value) : json::value(nullptr)},
          {"adjusted", found.is_adjusted},
          {"total", render_total(effect)},
          {"verdict", word_of(effect.verdict)},
          {"more_accounts_needed", count(effect.more_accounts)},
          {"sentence", render(effect.sentence)}};
}

json::object render(const AdherenceFigures& figures) {
  return {{"runs", figures.runs},
          {"tasks", figures.tasks},
          {"done", figures.done},
          {"on_time", figures.on_time},
          {"late", figures.late},
          {"skipped", figures.skipped},
          {"overdue", figures.overdue},
          {"open", figures.open},
          {"on_time_share", number(figures.on_time_share())},
          {"skipped_share", number(figures.skipped_share())}};
}

json::object render(const PracticeNote& note) {
  const auto& difference = note.found.difference;
  return {{"key", note.key},
          {"name", render(note.name)},
          {"with", render_rate(note.with)},
          {"without", render_rate(note.without)},
          {"difference", number(difference.difference)},
          {"low", difference.interval ? number(difference.interval->low) : json::value(nullptr)},
          {"high", difference.interval ? number(difference.interval->high) : json::value(nullptr)},
          {"p_value", number(difference.p_value)},
          {"q_value", number(note.found.q_value)},
          {"stands_out", note.stands_out},
          {"sentence", render(note.sentence)}};
}

json::object render_summary(const Proof& proof) {
  const auto* headline = proof.headline_effect();
  return {{"key", proof.playbook.key},
          {"name", render(proof.playbook.name)},
          {"purpose", proof.playbook.purpose},
          {"holdout_percent", proof.playbook.holdout_percent},
          {"mails", proof.playbook.mails},
          {"comparison", word_of(proof.cases.comparison)},
          {"runs", render_counts(proof.runs)},
          {"adherence", render(proof.adherence.all)},
          {"verdict", word_of(proof.verdict())},
          {"sentence", render(proof.sentence)},
          {"headline", headline ? json::value(render(*headline)) : json::value(nullptr)}};
}

json::object render_whole(const Proof& proof, const Desk& desk, core::Language language,
                          std::optional<std::int64_t> version) {
  json::array effects, cautions, differences, versions;
  for (const auto& effect : proof.effects) effects.push_back(render(effect));
  for (const auto& caution : proof.cautions) {
    cautions.push_back(json::object{{"code", caution.code}, {"words", render(caution.words)}});
  }
  for (const auto& note : proof.differences) differences.push_back(render(note));
  for (const auto each : proof.versions) versions.emplace_back(each);
  return {{"key", proof.playbook.key},
          {"name", render(proof.playbook.name)},
          {"purpose", proof.playbook.purpose},
          {"as_of", json::from(proof.as_of)},
          {"currency", proof.currency},
          {"horizon_days", proof.horizon_days},
          {"step", proof.step.empty() ? json::value(nullptr) : json::value(proof.step)},
          {"version", json::from(version)},
          {"versions", std::move(versions)},
          {"holdout_percent", proof.playbook.holdout_percent},
          {"mails", proof.playbook.mails},
          {"comparison", word_of(proof.cases.comparison)},
          {"runs", render_counts(proof.runs)},
          {"verdict", word_of(proof.verdict())},
          {"sentence", render(proof.sentence)},
          {"effects", std::move(effects)},
          {"balance", render_balance(proof.cases)},
          {"unmatched", proof.cases.unmatched.size()},
          {"cautions", std::move(cautions)},
          {"adherence", render(proof.adherence.all)},
          {"by_person", render_people(proof, desk)},
          {"by_team", render_teams(proof, desk, language)},
          {"steps", render_steps(proof)},
          {"differences", std::move(differences)}};
}

}  // namespace banso::proof
