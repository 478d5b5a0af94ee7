#include "rates.hpp"

#include <limits>

namespace banso::revenue {
namespace {

__int128 power_of_ten(int exponent) {
  __int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

core::Day month_of(core::Day day) {
  const auto [year, month, ignored] = core::year_month_day(day);
  return core::day_from(year, month, 1);
}

Rates::Rates(std::string reporting_currency, std::span<const Rate> rates)
    : reporting_currency_(std::move(reporting_currency)) {
  for (const auto& rate : rates) {
    if (const auto fraction = core::parse_fraction(rate.rate)) {
      rates_[{rate.currency, rate.month ? month_of(*rate.month) : every_month}] = *fraction;
    }
  }
}

std::vector<Rate> load_rates(Session& session) {
  std::vector<Rate> rates;
  session.each(
      "SELECT currency, month_day, rate FROM currency_rate ORDER BY currency, month_day", {},
      [&](const records::Row& row) {
        const auto month = row.day(1);
        rates.push_back({row.text(0), month == every_month ? std::nullopt : std::optional(month), row.text(2)});
      });
  return rates;
}

Rates Rates::load(Session& session, std::string reporting_currency) {
  return {std::move(reporting_currency), load_rates(session)};
}

std::optional<core::Fraction> Rates::rate_of(const std::string& currency, core::Day day) const {
  if (currency == reporting_currency_) return core::Fraction{1, 1};
  auto found = rates_.find(std::pair(currency, month_of(day)));
  if (found == rates_.end()) found = rates_.find(std::pair(currency, every_month));
  return found == rates_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::int64_t> Rates::monthly_minor(const core::Money& amount, std::int64_t months, core::Day day) const {
  const auto rate = rate_of(amount.currency, day);
  if (!rate || months <= 0) return std::nullopt;
  const auto numerator = static_cast<__int128>(amount.amount_minor) * rate->numerator *
                         power_of_ten(core::minor_digits(reporting_currency_));
  const auto denominator =
      static_cast<__int128>(rate->denominator) * months * power_of_ten(core::minor_digits(amount.currency));
  constexpr auto most = static_cast<__int128>(std::numeric_limits<std::int64_t>::max());
  if (numerator / denominator >= most || numerator / denominator <= -most) return std::nullopt;
  return core::rounded_quotient(numerator, denominator);
}

}  // namespace banso::revenue
