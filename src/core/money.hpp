// Money in whole minor units: 1,250 yen is {1250, "JPY"}, 12.50 dollars is {1250, "USD"}. Never a floating point
// number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banso::core {

struct Money {
  std::int64_t amount_minor = 0;
  std::string currency;  // ISO 4217, upper case

  bool operator==(const Money&) const = default;
};

// Digits after the decimal point in a currency's usual notation: JPY 0, USD 2, KWD 3. Two for unknown codes.
int minor_digits(std::string_view currency);

// "1,250", "¥1,250", "12.50", "-3.5" in the given currency. Nothing where digits are missing, more decimals are given
// than the currency has (unless they are zeros), or the amount does not fit.
std::optional<Money> parse_money(std::string_view text, std::string_view currency);

// "1250" for yen, "12.50" for dollars: no symbol, no grouping (people's notation is made in the browser).
std::string decimal_string(const Money& money);

}  // namespace banso::core
