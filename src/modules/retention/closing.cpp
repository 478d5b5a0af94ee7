#include "closing.hpp"

#include <algorithm>
#include <cstdlib>

#include "cells.hpp"

namespace banso::retention {
namespace {

constexpr int window_months = 12;

json::object reported(const Reading& reading, core::Day month) {
  const auto index = ledger::month_of(month);
  const auto period = clipped(reading, {index, index});
  if (period.months.size() == 0) return {};
  return render_cell(reading.ledger().figures(period.months), period);
}

// The rates of then, numbered as those of now.
ledger::Rates rates_of(const Reading& reading, const ClosedMonth& closed) {
  const auto& now = reading.contracts().rates();
  ledger::Rates rates(now.reporting_currency());
  for (const auto& code : now.codes()) rates.currency(code);
  const auto kept = json::parse(closed.rates);
  if (!kept || !kept->is_array()) return rates;
  for (const auto& item : kept->get_array()) {
    const auto& row = item.as_array();
    const auto fraction = core::parse_fraction(row.at(2).as_string());
    if (!fraction) continue;
    const auto month = row.at(1).is_null() ? std::nullopt : core::parse_day(row.at(1).as_string());
    rates.set(row.at(0).as_string(), month ? std::optional(ledger::month_of(*month)) : std::nullopt, *fraction);
  }
  return rates;
}

// Terms by what they say, whenever it became known.
ledger::Term without_knowledge(ledger::Term term) {
  term.known_from = {};
  term.known_until = ledger::forever;
  return term;
}

void keep_differences(std::vector<ledger::Term>& gone, std::vector<ledger::Term>& added) {
  const auto same_as = [](const ledger::Term& term) {
    return [said = without_knowledge(term)](const ledger::Term& other) { return without_knowledge(other) == said; };
  };
  for (auto term = gone.begin(); term != gone.end();) {
    const auto same = std::find_if(added.begin(), added.end(), same_as(*term));
    if (same == added.end()) {
      ++term;
      continue;
    }
    added.erase(same);
    term = gone.erase(term);
  }
}

class Restating {
 public:
  Restating(Context& context, const Reading& reading, const ClosedMonth& closed)
      : context_(context),
        reading_(reading),
        closed_(closed),
        month_(ledger::month_of(closed.month)),
        view_{std::min(ledger::last_day(month_), reading.book_day()), {}, {}} {
    result_.products = reading.roster().products;
    result_.plans = reading.roster().plans;
  }

  Restated run() {
    for (const auto id : context_.from.revenue->accounts_recorded_after(closed_.closed_at)) {
      if (const auto account = reading_.roster().find(id)) candidates_.insert(*account);
    }
    read_what_was();
    const auto period = clipped(reading_, {month_, month_}).months;
    const auto then = build(true), now = build(false);
    result_.then = then.figures(period);
    result_.now = now.figures(period);
    const auto before = ledger::first_day(month_) - 1, last = ledger::last_day(month_);
    const auto opening_then = then.mrr_on(before), opening_now = now.mrr_on(before);
    const auto closing_then = then.mrr_on(last), closing_now = now.mrr_on(last);
    for (ledger::AccountIndex account = 0; account < now.account_count(); ++account) {
      RestatedAccount restated{account,
                               opening_then[account],
                               opening_now[account],
                               closing_then[account],
                               closing_now[account],
                               amounts(then, account, period),
                               amounts(now, account, period),
                               {},
                               {}};
      const bool is_same = restated.then == restated.now && opening_then[account] == opening_now[account] &&
                           closing_then[account] == closing_now[account];
      if (is_same) continue;
      add_rows(restated);
      result_.accounts.push_back(std::move(restated));
    }
    std::stable_sort(result_.accounts.begin(), result_.accounts.end(),
                     [](const auto& a, const auto& b) { return size_of(a) > size_of(b); });
    return std::move(result_);
  }

 private:
  static std::int64_t size_of(const RestatedAccount& restated) {
    std::int64_t size = std::abs(restated.opening_now_minor - restated.opening_then_minor);
    for (std::size_t i = 0; i < ledger::movement_kind_count; ++i) size += std::abs(restated.now[i] - restated.then[i]);
    return size;
  }

  static ledger::AmountByKind amounts(const ledger::Ledger& book, ledger::AccountIndex account,
                                      ledger::MonthRange period) {
    ledger::AmountByKind sum{};
    for (const auto& change : book.changes_of(account, period)) {
      for (std::size_t i = 0; i < ledger::movement_kind_count; ++i) sum[i] += change.amounts[i];
    }
    return sum;
  }

  void read_what_was() {
    if (candidates_.empty()) return;  // none listed would mean all
    std::vector<core::AccountId> ids;
    for (const auto account : candidates_) ids.push_back(reading_.roster().ids[account]);
    auto rates = reading_.contracts().rates();
    context_.from.revenue->each_subscription_recorded_by(
        closed_.closed_at, customers::Selection::of(std::move(ids)), [&](const revenue::SubscriptionFact& fact) {
          if (fact.known.until != customers::KnownSpan::still) return;
          const auto account = reading_.roster().find(fact.account);
          if (!account) return;
          recorded_then_[*account].push_back(term_of(fact, *account, result_.products, result_.plans, rates));
        });
  }

  ledger::Ledger build(bool is_then) const {
    const auto& contracts = reading_.contracts();
    const auto& rules = reading_.rules().rules;
    ledger::LedgerInput input;
    input.account_count = static_cast<std::uint32_t>(reading_.roster().ids.size());
    input.rates = is_then ? rates_of(reading_, closed_) : contracts.rates();
    input.rules = rules;
    input.months = {month_ - window_months, month_};
    for (ledger::AccountIndex account = 0; account < input.account_count; ++account) {
      if (!is_then || !candidates_.contains(account)) {
        const auto terms = contracts.believed(account, view_, rules);
        input.terms.insert(input.terms.end(), terms.begin(), terms.end());
        continue;
      }
      const auto found = recorded_then_.find(account);
      if (found == recorded_then_.end()) continue;
      for (const auto& recorded : found->second) {
        if (const auto term = happened_by(recorded, view_.day, rules)) input.terms.push_back(*term);
      }
    }
    return ledger::Ledger::build(std::move(input), context_.ledgers.parallel_for(), context_.ledgers.threads());
  }

  void add_rows(RestatedAccount& restated) const {
    const auto found = recorded_then_.find(restated.account);
    if (found != recorded_then_.end()) restated.rows_gone = found->second;
    if (!candidates_.contains(restated.account)) return;  // the rates are others
    for (const auto& version : reading_.contracts().versions(restated.account)) {
      if (version.known_until == ledger::forever) restated.rows_added.push_back(version);
    }
    keep_differences(restated.rows_gone, restated.rows_added);
  }

  Context& context_;
  const Reading& reading_;
  const ClosedMonth& closed_;
  const ledger::Month month_;
  const Contracts::View view_;
  std::set<ledger::AccountIndex> candidates_;  // with contracts written since
  std::map<ledger::AccountIndex, std::vector<ledger::Term>> recorded_then_;
  Restated result_;
};

}  // namespace

Restated restate(Context& context, const Reading& reading, const ClosedMonth& closed) {
  return Restating(context, reading, closed).run();
}

bool is_restated(const Reading& reading, const ClosedMonth& closed) {
  auto now = reported(reading, closed.month);
  const auto then = json::parse_object(closed.figures);
  if (!then) return true;
  for (const char* key : {"opening", "closing", "new", "expansion", "contraction", "churn", "reactivation",
                          "transfer_in", "transfer_out", "currency"}) {
    const auto* before = then->if_contains(key);
    const auto* after = now.if_contains(key);
    if (!before || !after || *before != *after) return true;
  }
  return false;
}

}  // namespace banso::retention
