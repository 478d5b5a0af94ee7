#include "fraction.hpp"

namespace banso::core {
namespace {

constexpr std::size_t most_digits = 15;

}  // namespace

std::optional<Fraction> parse_fraction(std::string_view text) {
  Fraction fraction{0, 1};
  std::size_t digits = 0;
  bool after_point = false;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
    } else if (c >= '0' && c <= '9' && digits < most_digits) {
      ++digits;
      fraction.numerator = fraction.numerator * 10 + (c - '0');
      if (after_point) fraction.denominator *= 10;
    } else {
      return std::nullopt;
    }
  }
  return fraction.numerator > 0 ? std::optional(fraction) : std::nullopt;
}

std::int64_t rounded_quotient(__int128 numerator, __int128 denominator) {
  const bool negative = numerator < 0;
  if (negative) numerator = -numerator;
  const auto quotient = static_cast<std::int64_t>((numerator * 2 + denominator) / (denominator * 2));
  return negative ? -quotient : quotient;
}

}  // namespace banso::core
