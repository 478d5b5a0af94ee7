// The fields of the book: what the Book page shows, filters and sorts by. Each knows its names, its type, and how to
// read its value from a row; conditions, sorting, the field catalogue and the CSV export all follow from this one list.
#pragma once

#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "account_row.hpp"
#include "engine/condition.hpp"

namespace banso::health {

// What a row holds under a field. Numbers: not a number where missing. Money in units (not minor ones) of the
// reporting currency. Days: engine::missing_day. Yes/no: -1. Texts: empty.
using ReadNumber = std::function<double(const AccountRow&)>;
using ReadDay = std::function<std::int32_t(const AccountRow&)>;
using ReadYesNo = std::function<std::int8_t(const AccountRow&)>;
using ReadText = std::function<std::string(const AccountRow&)>;
// Which segments an account is in is told by the table that holds it.
struct ReadSegments {};
using Read = std::variant<ReadNumber, ReadDay, ReadYesNo, ReadText, ReadSegments>;
inline constexpr std::string_view segments_field = "segments";

enum class FieldGroup { account, health, measures, usage, revenue, activity, attributes };
std::string_view word_of(FieldGroup group);
core::Text name_of(FieldGroup group);

struct BookField {
  std::string key;
  core::Text name;
  FieldGroup group = FieldGroup::account;
  engine::FieldType type = engine::FieldType::text;
  Read read;
  std::string unit;  // "percent", "people", "days", a currency, ...; empty for none
  bool has_history = false;
  // Choices in their own order (levels, attribute choices, segments); empty: the values that occur.
  std::vector<engine::Choice> choices;
  std::vector<std::string> best_first{};  // of a choice field with history
};

struct BookFieldsInput {
  const DefinitionSet& set;
  std::span<const customers::AttributeDefinition> attributes;
  std::string currency;
  std::span<const SegmentRule> segments{};
};
std::vector<BookField> book_fields(const BookFieldsInput& input);

// What stands for the owner in conditions: the user's id, or the bare name where no such user exists.
std::string owner_value(const customers::BookRow& record);
const customers::AttributeValue* find_attribute(const customers::Attributes& attributes, std::string_view key);

}  // namespace banso::health
