#include "money_in_words.hpp"

#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace banso::core {
namespace {

struct CurrencyWords {
  std::string_view code;
  std::string_view symbol;    // before the number in English
  std::string_view japanese;  // after the number
};
constexpr std::array<CurrencyWords, 4> spoken{
    {{"USD", "$", "ドル"}, {"EUR", "€", "ユーロ"}, {"GBP", "£", "ポンド"}, {"JPY", "", "円"}}};

// One decimal where it says something.
std::string short_number(double number) {
  const double rounded = std::round(number * 10) / 10;
  if (rounded >= 100) return with_commas(std::llround(number));
  if (rounded == std::floor(rounded)) return with_commas(std::llround(rounded));
  return fmt::format("{:.1f}", rounded);
}

std::int64_t to_three_digits(double number) {
  if (number < 1000) return std::llround(number);
  const double step = std::pow(10, std::floor(std::log10(number)) - 2);
  return std::llround(std::round(number / step) * step);
}

std::string english_number(double units) {
  if (units >= 999'500'000) return short_number(units / 1e9) + " billion";
  if (units >= 999'500) return short_number(units / 1e6) + " million";
  return with_commas(to_three_digits(units));
}

std::string japanese_number(double units) {
  if (units >= 99'995'000) return short_number(units / 1e8) + "億";
  if (units >= 99'950) return with_commas(to_three_digits(std::round(units / 1e4))) + "万";
  if (units >= 9'995) return short_number(units / 1e4) + "万";
  return with_commas(to_three_digits(units));
}

}  // namespace

std::string with_commas(std::int64_t number) {
  const std::string digits = std::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

Text money_in_words(const Money& money) {
  const double units = std::abs(static_cast<double>(money.amount_minor)) / std::pow(10, minor_digits(money.currency));
  const std::string en = english_number(units), ja = japanese_number(units);
  const std::string_view minus = money.amount_minor < 0 ? "-" : "";
  for (const CurrencyWords& words : spoken) {
    if (words.code != money.currency) continue;
    if (words.symbol.empty())
      return {fmt::format("{}{} yen", minus, en), fmt::format("{}{}{}", minus, ja, words.japanese)};
    return {fmt::format("{}{}{}", minus, words.symbol, en), fmt::format("{}{}{}", minus, ja, words.japanese)};
  }
  return {fmt::format("{}{} {}", minus, money.currency, en), fmt::format("{}{} {}", minus, ja, money.currency)};
}

}  // namespace banso::core
