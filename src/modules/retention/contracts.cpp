#include "contracts.hpp"

#include <algorithm>
#include <atomic>
#include <limits>

namespace banso::retention {
namespace {

constexpr int most_months = 600;  // of a ledger; what was before is its opening
constexpr int least_months = 25;  // so that a year before the last twelve months can be shown
const std::string no_text;

}  // namespace

ledger::Rates load_rates(revenue::Service& revenue) {
  ledger::Rates rates(revenue.reporting_currency());
  for (const auto& rate : revenue.rates()) {
    const auto fraction = core::parse_fraction(rate.rate);
    if (!fraction) continue;
    rates.set(rate.currency, rate.month ? std::optional(ledger::month_of(*rate.month)) : std::nullopt, *fraction);
  }
  return rates;
}

std::optional<ledger::Term> happened_by(ledger::Term term, core::Day day, const ledger::RevenueRules& rules) {
  if (term.start > day) return std::nullopt;
  if (term.end > day) term.end = ledger::forever;
  if (term.cancelled_on > day) term.cancelled_on = ledger::forever;
  const bool is_unpaid = term.past_due_from != ledger::forever;
  if (is_unpaid && (!rules.past_due_days || term.past_due_from + *rules.past_due_days > day)) {
    term.past_due_from = ledger::forever;
  }
  return term;
}

ledger::Term term_of(const revenue::SubscriptionFact& fact, ledger::AccountIndex account, Names& products, Names& plans,
                     ledger::Rates& rates) {
  ledger::Term term;
  term.account = account;
  term.subscription = fact.subscription.value;
  term.product = products.number_of(fact.product);
  term.plan = plans.number_of(fact.plan);
  term.start = fact.start;
  term.end = fact.end.value_or(ledger::forever);
  term.amount_minor = fact.amount.amount_minor;
  term.discount_minor = fact.discount_minor;
  term.currency = rates.currency(fact.amount.currency);
  term.billing_period_months =
      static_cast<std::uint16_t>(std::clamp<std::int64_t>(fact.billing_period_months, 1, 1200));
  term.is_trial = fact.is_trial;
  term.past_due_from = fact.past_due_from.value_or(ledger::forever);
  term.cancelled_on = fact.cancelled_on.value_or(ledger::forever);
  term.known_from = fact.known.from;
  term.known_until = fact.known.until == customers::KnownSpan::still ? ledger::forever : fact.known.until;
  return term;
}

void Contracts::load() {
  static std::atomic<std::uint64_t> generations{0};
  generation_ = ++generations;
  reloaded_.clear();
  size_ = 0;
  roster_ = {};
  versions_.clear();
  by_external_id_.clear();
  external_ids_.clear();
  transferred_from_.clear();
  rates_ = load_rates(*from_->revenue);
  make_dimensions();
  load_accounts(customers::Selection::all());
  load_segments();
  load_contracts(customers::Selection::all());
}

void Contracts::reload(std::span<const core::AccountId> accounts) {
  const auto selection = customers::Selection::of({accounts.begin(), accounts.end()});
  for (const auto account : accounts) {
    const auto index = roster_.find(account);
    if (!index) continue;
    versions_[*index].clear();
    for (std::size_t i = 0; i < roster_.dimensions.size(); ++i) {
      if (roster_.dimensions[i].key != "segment") roster_.memberships[i][*index].clear();
    }
  }
  load_accounts(selection);
  load_contracts(selection);
  for (const auto account : accounts) {
    if (const auto index = roster_.find(account)) reloaded_.push_back(*index);
  }
}

const std::string& Contracts::external_id(ledger::SubscriptionNumber subscription) const {
  const auto found = external_ids_.find(subscription);
  return found == external_ids_.end() ? no_text : found->second;
}

const ledger::Term* Contracts::recorded(ledger::AccountIndex account, const ledger::Term& row) const {
  for (const auto& version : versions_[account]) {
    if (version.subscription == row.subscription && version.known_from == row.known_from) return &version;
  }
  return nullptr;
}

void Contracts::load_contracts(const customers::Selection& selection) {
  from_->revenue->each_subscription(selection, [&](const revenue::SubscriptionFact& fact) {
    const auto account = roster_.add(fact.account);
    const auto term = retention::term_of(fact, account, roster_.products, roster_.plans, rates_);
    versions_.resize(roster_.ids.size());
    versions_[term.account].push_back(term);
    ++size_;
    if (!fact.external_id.empty()) {
      external_ids_[term.subscription] = fact.external_id;
      by_external_id_[fact.external_id] = {term.account, term.subscription};
    }
    if (!fact.transferred_from.empty()) transferred_from_[term.subscription] = fact.transferred_from;
  });
  versions_.resize(roster_.ids.size());
  resolve_transfers();
}

void Contracts::resolve_transfers() {
  if (transferred_from_.empty()) return;
  for (auto& of_account : versions_) {
    for (auto& term : of_account) {
      const auto source = transferred_from_.find(term.subscription);
      if (source == transferred_from_.end()) continue;
      const auto found = by_external_id_.find(source->second);
      // An unknown source is kept as one that is not there, so that it is listed among the things to mend.
      term.transferred_from =
          found == by_external_id_.end()
              ? ledger::TransferSource{term.account, std::numeric_limits<ledger::SubscriptionNumber>::max()}
              : ledger::TransferSource{found->second.account, found->second.subscription};
    }
  }
}

std::vector<ledger::Term> Contracts::believed(ledger::AccountIndex account, const View& view,
                                              const ledger::RevenueRules& rules) const {
  std::vector<ledger::Term> terms;
  if (account >= versions_.size() || roster_.deleted_from[account] <= view.day) return terms;
  for (const auto& version : versions_[account]) {
    const bool is_believed = view.as_of ? version.known_on(*view.as_of) : version.known_until == ledger::forever;
    if (!is_believed || view.without.contains(version.product)) continue;
    if (auto term = happened_by(version, view.day, rules)) terms.push_back(*term);
  }
  return terms;
}

ledger::MonthRange Contracts::months(core::Day day) const {
  const auto last = ledger::month_of(day);
  auto first = last - (least_months - 1);
  for (const auto& of_account : versions_) {
    for (const auto& term : of_account) first = std::min(first, ledger::month_of(term.start));
  }
  return {std::max(first, last - (most_months - 1)), last};
}

ledger::LedgerInput Contracts::input(const View& view, const ledger::RevenueRules& rules) const {
  ledger::LedgerInput input;
  input.account_count = static_cast<std::uint32_t>(roster_.ids.size());
  input.rates = rates_;
  input.rules = rules;
  input.months = months(view.day);
  for (ledger::AccountIndex account = 0; account < input.account_count; ++account) {
    const auto terms = believed(account, view, rules);
    input.terms.insert(input.terms.end(), terms.begin(), terms.end());
  }
  for (std::size_t i = 0; i < roster_.dimensions.size(); ++i) {
    input.dimensions.push_back(
        {roster_.dimensions[i].key, roster_.dimensions[i].values.size(), roster_.memberships[i]});
  }
  return input;
}

}  // namespace banso::retention
