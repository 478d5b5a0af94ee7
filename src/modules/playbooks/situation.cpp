#include "situation.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/day_in_words.hpp"

namespace banso::playbooks {
namespace {

constexpr std::size_t most_facts = 4;

std::string number_text(double value) {
  return std::floor(value) == value && std::abs(value) < 1e15 ? fmt::format("{:.0f}", value)
                                                              : fmt::format("{:.1f}", value);
}

}  // namespace

core::Text value_in_words(const health::BookView& book, std::size_t row, std::string_view field) {
  const auto* known = book.fields().find(field);
  const auto value = book.value(row, field);
  if (!known || std::holds_alternative<std::monostate>(value)) return {};
  if (const auto* number = std::get_if<double>(&value)) {
    const auto text = number_text(*number);
    if (known->type == engine::FieldType::money) return {text + " " + book.currency(), text + " " + book.currency()};
    return {text, text};
  }
  if (const auto* day = std::get_if<core::Day>(&value)) return {core::to_string(*day), core::day_in_words(*day).ja};
  if (const auto* yes = std::get_if<bool>(&value)) {
    return *yes ? core::Text{"yes", "はい"} : core::Text{"no", "いいえ"};
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (known->type == engine::FieldType::choice) return book.choice_name(field, *text);
    return {*text, *text};
  }
  const auto& list = std::get<std::vector<std::string>>(value);
  return {fmt::format("{}", fmt::join(list, ", ")), fmt::format("{}", fmt::join(list, "、"))};
}

const engine::Condition* Conditions::compiled(const std::string& json) const {
  const std::lock_guard lock(mutex_);
  auto found = compiled_.find(json);
  if (found == compiled_.end()) {
    auto condition = engine::compile_condition(json, book_->fields());
    found = compiled_.emplace(json, condition ? std::optional(*condition) : std::nullopt).first;
  }
  return found->second ? &*found->second : nullptr;
}

bool Conditions::holds(const std::string& json, std::size_t row) const {
  const std::uint32_t rows[] = {static_cast<std::uint32_t>(row)};
  const auto* condition = compiled(json);
  return condition && book_->run(*condition, rows).test(0);
}

engine::Selection Conditions::of_rows(const std::string& json, std::span<const std::uint32_t> rows) const {
  const auto* condition = compiled(json);
  return condition ? book_->run(*condition, rows) : engine::Selection(rows.size());
}

engine::Selection Conditions::of_all(const std::string& json) const {
  const auto* condition = compiled(json);
  return condition ? book_->run(*condition) : engine::Selection(book_->size());
}

core::Text Conditions::facts(const std::string& json, std::size_t row) const {
  const auto* condition = compiled(json);
  if (!condition) {
    return {"the condition speaks of fields that are not there any more", "条件の項目が現在は存在しません"};
  }
  core::Text words;
  const auto fields = condition->fields();
  for (std::size_t i = 0; i < fields.size() && i < most_facts; ++i) {
    const auto* field = book_->fields().find(fields[i]);
    if (!field) continue;
    const auto value = health::value_with_unit(*book_, fields[i], book_->value(row, fields[i]));
    words.en += fmt::format("{}{}: {}", words.en.empty() ? "" : ", ", field->label.en, value.en);
    words.ja += fmt::format("{}{}: {}", words.ja.empty() ? "" : "、", field->label.ja, value.ja);
  }
  return words;
}

std::optional<core::Day> AccountSituation::day_of(const std::string& field) const {
  if (!row_) return std::nullopt;
  const auto value = conditions_.book().value(*row_, field);
  const auto* day = std::get_if<core::Day>(&value);
  return day ? std::optional(*day) : std::nullopt;
}

}  // namespace banso::playbooks
