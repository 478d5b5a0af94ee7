#include <algorithm>
#include <cmath>

#include "figures.hpp"
#include "routes.hpp"

namespace banso::renewals {
namespace {

json::value render_words(const MachineView& view) {
  return view.words.en.empty() ? json::value(nullptr) : json::value(render(view.words));
}

double rounded(double share) {
  return std::round(share * 1000) / 1000;
}

json::value render_machine(const Renewal& renewal, const Pipeline& pipeline) {
  if (!renewal.is_open()) return nullptr;
  const auto& view = renewal.machine;
  json::object rendered{{"probability", nullptr},
                        {"low", nullptr},
                        {"high", nullptr},
                        {"cases", view.cases},
                        {"renewed", view.renewed},
                        {"all_cases", view.all_cases},
                        {"expected", render_money(renewal.expected_minor, pipeline.currency)},
                        {"words", render_words(view)}};
  if (view.probability) {
    rendered["probability"] = rounded(*view.probability);
    rendered["low"] = rounded(view.low);
    rendered["high"] = rounded(view.high);
  }
  return rendered;
}

json::array render_products(const Renewal& renewal) {
  std::vector<std::string> names;
  for (const auto position : renewal.due.terms) names.push_back((*renewal.terms)[position].fact.product);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  json::array products;
  for (auto& name : names) products.emplace_back(std::move(name));
  return products;
}

json::object render_term(const Term& term, const std::string& currency) {
  const auto& fact = term.fact;
  return {{"subscription_id", fact.subscription.value},
          {"external_id", fact.external_id},
          {"product", fact.product},
          {"plan", fact.plan},
          {"seats", fact.seats},
          {"start", json::from(fact.start)},
          {"end", json::from(fact.end)},
          {"amount", render_money(fact.amount.amount_minor, fact.amount.currency)},
          {"billing_period_months", fact.billing_period_months},
          {"mrr", render_money(fact.mrr_minor, currency)},
          {"auto_renewal", fact.auto_renewal},
          {"notice_days", fact.notice_days},
          {"cancelled_on", json::from(fact.cancelled_on)}};
}

json::array render_terms(const Renewal& renewal, std::span<const std::size_t> positions, const std::string& currency) {
  json::array terms;
  for (const auto position : positions) terms.push_back(render_term((*renewal.terms)[position], currency));
  return terms;
}

json::object render_input(const Input& input, const std::string& currency) {
  json::array reasons;
  for (const auto& reason : input.reasons) reasons.emplace_back(reason);
  return {{"category", word_of(input.category)},
          {"forecast", render_money(input.forecast_minor, currency)},
          {"target", render_money(input.target_minor, currency)},
          {"final", render_money(input.final_minor, currency)},
          {"owner_id", json::from(input.owner)},
          {"next_step", input.next_step},
          {"next_step_day", json::from(input.next_step_day)},
          {"notes", input.notes},
          {"rise_percent", input.rise_hundredths_percent
                               ? json::value(static_cast<double>(*input.rise_hundredths_percent) / 100)
                               : json::value(nullptr)},
          {"rise", render_money(input.rise_minor, currency)},
          {"rise_announced_day", json::from(input.rise_announced_day)},
          {"outcome", input.outcome.empty() ? json::value(nullptr) : json::value(input.outcome)},
          {"outcome_day", json::from(input.outcome_day)},
          {"reasons", std::move(reasons)},
          {"reason_note", input.reason_note}};
}

json::array render_co_terming(const Renewal& renewal, const std::string& currency) {
  json::array proposals;
  for (const auto& proposal : co_terming(*renewal.terms, renewal.due)) {
    proposals.push_back(json::object{{"term", render_term((*renewal.terms)[proposal.term], currency)},
                                     {"aligned_end", json::from(proposal.aligned_end)},
                                     {"days", proposal.days},
                                     {"amount", render_money(proposal.amount_minor, currency)}});
  }
  return proposals;
}

}  // namespace

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::value render_money(const std::optional<std::int64_t>& amount_minor, const std::string& currency) {
  if (!amount_minor) return nullptr;
  return json::object{{"amount_minor", *amount_minor}, {"currency", currency}};
}

json::value render_user(core::UserId user, const std::string& name) {
  if (!user && name.empty()) return nullptr;
  return json::object{{"id", json::from(user)}, {"name", name}};
}

json::object render_sums(const Sums& sums, const std::string& currency) {
  return {{"renewals", sums.renewals},
          {"due", render_money(sums.due_minor, currency)},
          {"target", render_money(sums.target_minor, currency)},
          {"forecast", render_money(sums.forecast_minor, currency)},
          {"final", render_money(sums.final_minor, currency)},
          {"expected", render_money(sums.expected_minor, currency)},
          {"expected_of", sums.expected_of}};
}

json::object render_renewal(const Renewal& renewal, const Pipeline& pipeline, const core::BusinessCalendar& calendar) {
  const auto& due = renewal.due;
  const auto act_by = calendar.on_or_before(due.notice_day);
  const bool is_ahead = act_by >= pipeline.as_of;
  return {
      {"id", to_string(renewal.key)},
      {"account", json::object{{"id", renewal.key.account.value}, {"name", renewal.account.name}}},
      {"due_day", json::from(renewal.key.due)},
      {"notice_day", json::from(due.notice_day)},
      {"act_by", json::from(act_by)},
      {"business_days_left", is_ahead ? json::value(calendar.between(pipeline.as_of, act_by)) : json::value(nullptr)},
      {"products", render_products(renewal)},
      {"seats", due.seats},
      {"terms", due.terms.size()},
      {"without_rate", due.without_rate},
      {"auto_renewal", due.has_auto_renewal},
      {"cancelled_on", json::from(due.cancelled_on)},
      {"level", renewal.account.level.empty() ? json::value(nullptr) : json::value(renewal.account.level)},
      {"score", renewal.account.score ? json::value(*renewal.account.score) : json::value(nullptr)},
      {"owner", render_user(renewal.owner, renewal.owner_name)},
      {"due", render_money(renewal.due_minor, pipeline.currency)},
      {"mrr", render_money(due.mrr_minor, pipeline.currency)},
      {"target", render_money(renewal.target_minor, pipeline.currency)},
      {"forecast", render_money(renewal.total_minor(), pipeline.currency)},
      {"forecast_basis", word_of(renewal.basis)},
      {"expansion", render_money(renewal.expansion_minor, pipeline.currency)},
      {"final", render_money(renewal.final_minor, pipeline.currency)},
      {"category", word_of(renewal.category)},
      {"outcome", word_of(renewal.outcome)},
      {"machine_outcome", word_of(due.outcome)},
      {"confirmed", renewal.is_confirmed},
      {"late", due.is_late},
      {"at_risk", is_at_risk(renewal)},
      {"machine", render_machine(renewal, pipeline)},
      {"input", render_input(renewal.input.value_or(Input{}), pipeline.currency)}};
}

json::object render_details(const Renewal& renewal, const Pipeline& pipeline, const core::BusinessCalendar& calendar,
                            std::span<const InputVersion> versions) {
  auto rendered = render_renewal(renewal, pipeline, calendar);
  rendered["due_terms"] = render_terms(renewal, renewal.due.terms, pipeline.currency);
  rendered["following_terms"] = render_terms(renewal, renewal.due.following, pipeline.currency);
  rendered["co_terming"] = render_co_terming(renewal, pipeline.currency);
  json::array history;
  for (const auto& version : versions) {
    history.push_back(json::object{{"at", json::from(version.recorded_at)},
                                   {"known_at", json::from(version.known_at)},
                                   {"author", version.author},
                                   {"why", version.why},
                                   {"removed", version.is_removed},
                                   {"input", render_input(version.input, pipeline.currency)}});
  }
  rendered["history"] = std::move(history);
  return rendered;
}

}  // namespace banso::renewals
