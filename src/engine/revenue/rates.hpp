// Exchange rates as exact fractions, per currency and month. Never a floating point number.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fraction.hpp"
#include "months.hpp"

namespace banso::engine::revenue {

using core::Fraction;

// Position of a currency in Rates.
using CurrencyIndex = std::uint16_t;
inline constexpr CurrencyIndex reporting = 0;

// What one unit of a currency is worth in units of the reporting currency. Filled once, then read by any thread.
class Rates {
 public:
  explicit Rates(std::string reporting_currency);

  // The currency's position; a currency not seen before is added without a rate.
  CurrencyIndex currency(std::string_view code);
  const std::vector<std::string>& codes() const { return codes_; }
  const std::string& reporting_currency() const { return codes_[reporting]; }

  // For one month, or, without a month, for all months that have no rate of their own.
  void set(std::string_view code, std::optional<Month> month, Fraction rate);

  bool has_rate(CurrencyIndex currency) const;
  // From the first month with a rate of its own to the last; empty where there is none.
  MonthRange own_months(CurrencyIndex currency) const;
  // The month's own rate, or the one for all other months; nothing where there is neither.
  std::optional<Fraction> of(CurrencyIndex currency, Month month) const;
  // As of(), but a rate holds until the next one is known, and the first one known holds before it. Nothing only where
  // the currency has no rate at all. For books that are valued anew each month: they have no month to be left out of.
  std::optional<Fraction> held(CurrencyIndex currency, Month month) const;

  // amount_minor of `currency` per `months` is worth how much a month, in minor units of the reporting currency, at
  // `rate`: one rounding, halves away from zero. Nothing where it is more than 10^15.
  std::optional<std::int64_t> monthly_minor(std::int64_t amount_minor, CurrencyIndex currency, int months,
                                            Fraction rate) const;

 private:
  struct OfCurrency {
    std::optional<Fraction> every_month;
    std::map<Month, Fraction> by_month;
    std::int64_t units = 1;  // minor units of the currency in one unit
  };
  std::vector<std::string> codes_;
  std::vector<OfCurrency> currencies_;
};

}  // namespace banso::engine::revenue
