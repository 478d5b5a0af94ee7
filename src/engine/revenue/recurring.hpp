// What a term is worth a month: amount / months × rate, one rounding. Internal to the ledger.
#pragma once

#include <optional>
#include <vector>

#include "rates.hpp"
#include "rules.hpp"
#include "terms.hpp"

namespace banso::engine::revenue {

class Recurring {
 public:
  // Keeps references: both must outlive it.
  Recurring(const Rates& rates, const RevenueRules& rules);

  // In minor units of the reporting currency. Nothing where the term cannot count at all: it ends before it starts, is
  // a trial that the rules exclude, its currency has no rate, or the amount does not fit.
  std::optional<std::int64_t> at_start(const Term& term) const;
  // On the first day of a month within the term; differs from at_start() only where moves_with_exchange().
  std::int64_t in_month(const Term& term, Month month) const;
  bool moves_with_exchange(const Term& term) const {
    return rules_.rates == RateMonth::each_month && term.currency != reporting && moving_[term.currency];
  }
  // A month in its own currency, in that currency's minor units.
  std::optional<std::int64_t> in_own_currency(const Term& term) const;

  const RevenueRules& rules() const { return rules_; }

 private:
  bool can_count(const Term& term) const {
    return term.start < term.end && !(term.is_trial && rules_.trials == Trials::excluded);
  }
  std::int64_t price(const Term& term) const {
    return rules_.price == Price::list ? term.amount_minor + term.discount_minor : term.amount_minor;
  }
  std::optional<Fraction> rate(CurrencyIndex currency, Month month) const;

  const Rates& rates_;
  const RevenueRules& rules_;
  std::vector<bool> moving_;  // by currency: whether its rate ever changes
  // Rates looked up once: by currency, from the first month that has one of its own to the last.
  struct Table {
    Month first;
    std::vector<std::optional<Fraction>> rates;
    std::optional<Fraction> before, after;
  };
  std::vector<Table> tables_;
};

}  // namespace banso::engine::revenue
