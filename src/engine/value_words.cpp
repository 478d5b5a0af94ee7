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

std::string_view unit_word(Unit unit) {
  switch (unit) {
    case Unit::people:
      return "people";
    case Unit::events:
      return "events";
    case Unit::days:
      return "days";
    case Unit::features:
      return "features";
    case Unit::percent:
      return "percent";
    case Unit::ratio:
      return "ratio";
    case Unit::score:
      return "score";
    case Unit::money:
      return "money";
    case Unit::count:
      break;
  }
  return "count";
}

core::Text with_unit(const std::string& number, std::string_view unit_word) {
  struct Words {
    std::string_view unit, one, many, japanese;
  };
  static constexpr Words all[] = {{"people", " person", " people", "人"},
                                  {"events", " event", " events", "回"},
                                  {"days", " day", " days", "日"},
                                  {"features", " feature", " features", "機能"},
                                  {"percent", "%", "%", "%"},
                                  {"score", "", "", "点"},
                                  {"count", "", "", "件"}};
  for (const auto& words : all) {
    if (words.unit != unit_word) continue;
    return {fmt::format("{}{}", number, number == "1" ? words.one : words.many),
            fmt::format("{}{}", number, words.japanese)};
  }
  return {number, number};
}

}  // namespace banso::engine
