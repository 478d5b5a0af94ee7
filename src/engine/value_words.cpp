#include "value_words.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace banso::engine {

std::string with_separators(double value) {
  const double rounded = std::round(value * 10) / 10;
  const bool is_whole = rounded == std::floor(rounded);
  const std::string text = fmt::format("{:.{}f}", std::abs(rounded), is_whole ? 0 : 1);
  const auto point = std::min(text.find('.'), text.size());
  std::string grouped = rounded < 0 ? "-" : "";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && i < point && (point - i) % 3 == 0) grouped += ',';
    grouped += text[i];
  }
  return grouped;
}

core::Text number_in_words(double value, FieldType type, const std::string& currency) {
  const auto text = with_separators(value);
  if (type != FieldType::money) return {text, text};
  if (currency == "JPY") return {"JPY " + text, text + "円"};
  return {currency + " " + text, currency + " " + text};
}

core::Text day_in_words(core::Day day) {
  const auto iso = core::to_string(day);  // 2026-11-22
  static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  int year = 0, month = 1, date = 1;
  std::from_chars(iso.data(), iso.data() + 4, year);
  std::from_chars(iso.data() + 5, iso.data() + 7, month);
  std::from_chars(iso.data() + 8, iso.data() + 10, date);
  return {fmt::format("{} {} {}", date, months[static_cast<std::size_t>(month - 1)], year),
          fmt::format("{}年{}月{}日", year, month, date)};
}

}  // namespace banso::engine
