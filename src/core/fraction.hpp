// Exact fractions of whole numbers, for money: nothing here is ever a floating point number.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace banso::core {

// numerator / denominator, both above zero.
struct Fraction {
  std::int64_t numerator = 1;
  std::int64_t denominator = 1;

  bool operator==(const Fraction&) const = default;
};

// "151.25" = 15125/100; nothing for anything but a decimal number above zero of at most 15 digits.
std::optional<Fraction> parse_fraction(std::string_view text);

// numerator / denominator to the nearest whole number, halves away from zero; denominator above zero.
std::int64_t rounded_quotient(__int128 numerator, __int128 denominator);

}  // namespace banso::core
