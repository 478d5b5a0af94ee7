#include "core/money.hpp"

#include <array>
#include <limits>

#include <fmt/format.h>

namespace banso::core {
namespace {

constexpr std::array<std::string_view, 16> currencies_without_decimals{
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF"};
constexpr std::array<std::string_view, 7> currencies_with_three_decimals{"BHD", "IQD", "JOD", "KWD",
                                                                         "LYD", "OMR", "TND"};

bool skip_symbol(std::string_view& text) {
  for (std::string_view symbol : {"¥", "¥", "$", "€", "£", " ", "\\"}) {
    if (text.starts_with(symbol)) {
      text.remove_prefix(symbol.size());
      return true;
    }
  }
  return false;
}

}  // namespace

int minor_digits(std::string_view currency) {
  for (const auto code : currencies_without_decimals) {
    if (code == currency) return 0;
  }
  for (const auto code : currencies_with_three_decimals) {
    if (code == currency) return 3;
  }
  return 2;
}

std::optional<Money> parse_money(std::string_view text, std::string_view currency) {
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.ends_with("円")) text.remove_suffix(std::string_view("円").size());
  bool negative = false;
  bool signed_already = false;
  while (!text.empty()) {
    if (text.front() == '-' || text.front() == '+') {
      if (signed_already) return std::nullopt;
      signed_already = true;
      negative = text.front() == '-';
      text.remove_prefix(1);
    } else if (!skip_symbol(text)) {
      break;
    }
  }
  const int digits = minor_digits(currency);
  std::int64_t amount = 0;
  int decimals = -1;  // digits seen after the point; -1 before it
  bool any_digit = false;
  for (const char c : text) {
    if (c == ',' && decimals < 0) continue;
    if (c == '.' && decimals < 0) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    any_digit = true;
    if (decimals >= digits) {
      if (c != '0') return std::nullopt;
      continue;
    }
    if (amount > (std::numeric_limits<std::int64_t>::max() - 9) / 10) return std::nullopt;
    amount = amount * 10 + (c - '0');
    if (decimals >= 0) ++decimals;
  }
  if (!any_digit) return std::nullopt;
  for (int i = decimals < 0 ? 0 : decimals; i < digits; ++i) {
    if (amount > std::numeric_limits<std::int64_t>::max() / 10) return std::nullopt;
    amount *= 10;
  }
  return Money{negative ? -amount : amount, std::string(currency)};
}

std::string decimal_string(const Money& money) {
  const int digits = minor_digits(money.currency);
  if (digits == 0) return fmt::format("{}", money.amount_minor);
  std::int64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  const bool negative = money.amount_minor < 0;
  const std::uint64_t magnitude =
      negative ? 0 - static_cast<std::uint64_t>(money.amount_minor) : static_cast<std::uint64_t>(money.amount_minor);
  return fmt::format("{}{}.{:0{}}", negative ? "-" : "", magnitude / static_cast<std::uint64_t>(scale),
                     magnitude % static_cast<std::uint64_t>(scale), digits);
}

}  // namespace banso::core
