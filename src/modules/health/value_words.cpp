#include "engine/value_words.hpp"
#include "core/day_in_words.hpp"

#include "health.hpp"

namespace banso::health {

core::Text value_in_words(const BookView& book, std::string_view field, const CellValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return book.choice_name(field, *text);
  if (const auto* keys = std::get_if<std::vector<std::string>>(&value)) {
    core::Text names;
    for (const auto& key : *keys) {
      const auto name = book.choice_name(field, key);
      names.en += (names.en.empty() ? "" : ", ") + name.en;
      names.ja += (names.ja.empty() ? "" : "、") + name.ja;
    }
    return names;
  }
  if (const auto* number = std::get_if<double>(&value)) {
    const auto* described = book.fields().find(field);
    const bool has_currency = described && described->type == engine::FieldType::money && !described->unit.empty();
    return engine::number_in_words(*number, described ? described->type : engine::FieldType::number,
                                   has_currency ? described->unit : book.currency());
  }
  if (const auto* day = std::get_if<core::Day>(&value)) return core::day_in_words(*day);
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? core::Text{"yes", "はい"} : core::Text{"no", "いいえ"};
  return {"none", "なし"};
}

core::Text value_with_unit(const BookView& book, std::string_view field, const CellValue& value) {
  auto words = value_in_words(book, field, value);
  const auto* described = book.fields().find(field);
  if (!std::holds_alternative<double>(value) || !described || described->type == engine::FieldType::money) return words;
  return engine::with_unit(words.en, described->unit);
}

}  // namespace banso::health
