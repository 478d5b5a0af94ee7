#include "rates.hpp"

#include <algorithm>

#include "core/money.hpp"

namespace banso::engine::revenue {

namespace {

// No contract is worth more a month; thousands of them still add up in 64 bits.
constexpr std::int64_t most_minor = 1'000'000'000'000'000;

std::int64_t minor_units(std::string_view currency) {
  std::int64_t units = 1;
  for (int i = 0; i < core::minor_digits(currency); ++i) units *= 10;
  return units;
}

// The same in 64 bits, where everything fits: 128-bit division is ten times slower, and most amounts are small.
std::optional<std::int64_t> rounded_in_64_bits(std::int64_t amount, std::int64_t factor, std::int64_t divisor) {
  std::int64_t product = 0, doubled = 0, sum = 0, twice = 0;
  if (amount < 0 || __builtin_mul_overflow(amount, factor, &product) || __builtin_mul_overflow(product, 2, &doubled) ||
      __builtin_add_overflow(doubled, divisor, &sum) || __builtin_mul_overflow(divisor, 2, &twice)) {
    return std::nullopt;
  }
  return sum / twice;
}

}  // namespace

Rates::Rates(std::string reporting_currency) {
  currencies_.push_back({Fraction{}, {}, minor_units(reporting_currency)});
  codes_.push_back(std::move(reporting_currency));
}

CurrencyIndex Rates::currency(std::string_view code) {
  const auto found = std::find(codes_.begin(), codes_.end(), code);
  if (found != codes_.end()) return static_cast<CurrencyIndex>(found - codes_.begin());
  codes_.emplace_back(code);
  currencies_.push_back({std::nullopt, {}, minor_units(code)});
  return static_cast<CurrencyIndex>(codes_.size() - 1);
}

void Rates::set(std::string_view code, std::optional<Month> month, Fraction rate) {
  auto& each = currencies_[currency(code)];
  if (&each == &currencies_[reporting]) return;  // worth itself
  if (month) {
    each.by_month[*month] = rate;
  } else {
    each.every_month = rate;
  }
}

bool Rates::has_rate(CurrencyIndex currency) const {
  return currencies_[currency].every_month || !currencies_[currency].by_month.empty();
}

MonthRange Rates::own_months(CurrencyIndex currency) const {
  const auto& by_month = currencies_[currency].by_month;
  if (by_month.empty()) return {Month{0}, Month{-1}};
  return {by_month.begin()->first, by_month.rbegin()->first};
}

std::optional<Fraction> Rates::of(CurrencyIndex currency, Month month) const {
  const auto& each = currencies_[currency];
  const auto found = each.by_month.find(month);
  return found != each.by_month.end() ? std::optional(found->second) : each.every_month;
}

std::optional<Fraction> Rates::held(CurrencyIndex currency, Month month) const {
  if (const auto own = of(currency, month)) return own;
  const auto& by_month = currencies_[currency].by_month;
  if (by_month.empty()) return std::nullopt;
  const auto next = by_month.upper_bound(month);
  return next == by_month.begin() ? next->second : std::prev(next)->second;
}

std::optional<std::int64_t> Rates::monthly_minor(std::int64_t amount_minor, CurrencyIndex currency, int months,
                                                 Fraction rate) const {
  if (months <= 0) return std::nullopt;
  const std::int64_t to = currencies_[reporting].units, from = currencies_[currency].units;
  const std::int64_t common = std::min(to, from);  // powers of ten: one divides the other
  std::int64_t factor = 0, divisor = 0;
  if (!__builtin_mul_overflow(rate.numerator, to / common, &factor) &&
      !__builtin_mul_overflow(rate.denominator, months * (from / common), &divisor)) {
    const auto small = rounded_in_64_bits(amount_minor, factor, divisor);
    if (small && *small <= most_minor) return small;
  }
  const auto numerator = static_cast<__int128>(amount_minor) * rate.numerator * (to / common);
  const auto denominator = static_cast<__int128>(rate.denominator) * months * (from / common);
  if (numerator / denominator >= most_minor || numerator / denominator <= -most_minor) return std::nullopt;
  return core::rounded_quotient(numerator, denominator);
}

}  // namespace banso::engine::revenue
