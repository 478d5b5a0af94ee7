#include "recurring.hpp"

namespace banso::engine::revenue {

Recurring::Recurring(const Rates& rates, const RevenueRules& rules) : rates_(rates), rules_(rules) {
  const bool held = rules.rates == RateMonth::each_month;
  for (std::size_t i = 0; i < rates.codes().size(); ++i) {
    const auto currency = static_cast<CurrencyIndex>(i);
    const auto look_up = [&](Month month) { return held ? rates.held(currency, month) : rates.of(currency, month); };
    const auto own = rates.own_months(currency);
    Table table{own.first, {}, look_up(own.first - 1), look_up(own.last + 1)};
    for (Month month = own.first; month <= own.last; month = month + 1) table.rates.push_back(look_up(month));
    tables_.push_back(std::move(table));
    moving_.push_back(own.size() > 0);
  }
}

std::optional<Fraction> Recurring::rate(CurrencyIndex currency, Month month) const {
  const auto& table = tables_[currency];
  const int at = month - table.first;
  if (at < 0) return table.before;
  return static_cast<std::size_t>(at) < table.rates.size() ? table.rates[static_cast<std::size_t>(at)] : table.after;
}

std::optional<std::int64_t> Recurring::at_start(const Term& term) const {
  if (!can_count(term)) return std::nullopt;
  if (term.currency == reporting) {
    return rates_.monthly_minor(price(term), reporting, term.billing_period_months, Fraction{});
  }
  const auto its_rate = rate(term.currency, month_of(term.start));
  if (!its_rate) return std::nullopt;
  return rates_.monthly_minor(price(term), term.currency, term.billing_period_months, *its_rate);
}

std::int64_t Recurring::in_month(const Term& term, Month month) const {
  const auto its_rate = rate(term.currency, month);
  if (!its_rate) return 0;
  return rates_.monthly_minor(price(term), term.currency, term.billing_period_months, *its_rate).value_or(0);
}

std::optional<std::int64_t> Recurring::in_own_currency(const Term& term) const {
  if (!can_count(term) || term.billing_period_months == 0) return std::nullopt;
  return core::rounded_quotient(price(term), term.billing_period_months);
}

}  // namespace banso::engine::revenue
