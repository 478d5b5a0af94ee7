// Exact conversion between currencies: rates are decimal texts, kept as fractions; one rounding at the end.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/fraction.hpp"
#include "core/money.hpp"
#include "core/time.hpp"
#include "modules/revenue/revenue.hpp"
#include "rows.hpp"

namespace banso::revenue {

class Rates {
 public:
  Rates(std::string reporting_currency, std::span<const Rate> rates);
  static Rates load(Session& session, std::string reporting_currency);

  // What `amount` per `months` is worth a month, in minor units of the reporting currency, at the rate of the month of
  // `day`. Nothing where the currency has no rate, or where the result does not fit.
  std::optional<std::int64_t> monthly_minor(const core::Money& amount, std::int64_t months, core::Day day) const;
  const std::string& reporting_currency() const { return reporting_currency_; }

 private:
  std::optional<core::Fraction> rate_of(const std::string& currency, core::Day day) const;

  std::string reporting_currency_;
  std::map<std::pair<std::string, core::Day>, core::Fraction, std::less<>> rates_;
};

// The first of the day's month.
core::Day month_of(core::Day day);
// Where the rate for all other months is kept.
inline constexpr core::Day every_month{std::numeric_limits<std::int32_t>::min()};

std::vector<Rate> load_rates(Session& session);

}  // namespace banso::revenue
