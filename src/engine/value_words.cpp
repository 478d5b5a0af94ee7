#include "value_words.hpp"

#include <fmt/format.h>

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

}  // namespace banso::engine
