// The condition language: react-querybuilder's rule groups as JSON, compiled once against a catalogue of fields and run
// over columns. One language for segments, rules, exit criteria and the filters of every list.
//
//   {"combinator": "and", "not": false, "rules": [
//     {"field": "measure.active_users_28d", "operator": "<", "value": 5},
//     {"field": "renewal_day", "operator": "withinDays", "value": {"days": 90, "direction": "next"}},
//     {"field": "score.health", "operator": "fellByPercent", "value": {"percent": 30, "days": 28}}]}
//
// Operators, by type of field:
//   number, money:  = != < <= > >= between notBetween null notNull in notIn, and where the field has a history
//                   fellByPercent roseByPercent {"percent", "days"}, forDays {"days", "operator", "value"},
//                   crossedBelow crossedAbove {"value", "days"}: on the other side of the value within the last days
//   day:            the same comparisons with "2026-11-22", withinDays notWithinDays {"days", "direction":
//   "next"|"last"}
//                   or a plain number of days (next; negative for last); today is within
//   text:           = != contains doesNotContain beginsWith doesNotBeginWith endsWith doesNotEndWith in notIn null
//   notNull choice:         = != in notIn null notNull, and where the field has a history and an order
//                   worsenedWithin improvedWithin {"days"}: worse (better) than at some time within the last days
//   yes_no:         = != null notNull
//   text_set:       contains (has the element) doesNotContain, in (has any of) notIn (has none of), null (empty)
//   notNull
// A missing value satisfies null and the negative operators (!=, notIn, doesNot..., notBetween, notWithinDays), and no
// other. Lists are arrays or comma-separated text. An empty group holds for all.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace banso::engine {

enum class FieldType { number, money, day, yes_no, text, choice, text_set };
std::string_view key_of(FieldType type);
// The operators a field of the type takes, in the order editors show them; time operators only with history.
std::vector<std::string_view> operators_of(FieldType type, bool has_history);

struct Choice {
  std::string value;
  core::Text name;
};

struct Field {
  std::string name;  // "phase", "attribute.contract", "measure.active_users_28d", "score.health", "level.health", "arr"
  core::Text label;
  FieldType type = FieldType::text;
  bool has_history = false;               // number and choice fields whose earlier values can be asked for
  std::vector<Choice> choices;            // of choice fields; a value outside is refused. Empty: any text
  std::vector<std::string> best_first{};  // of choice fields with history: the values in their order
  std::string unit{};                     // as of engine::unit_word, or a currency; empty for none
};

// What conditions may speak of. `normalise` brings the text of a condition into the form of the text columns (width,
// case, kana); identity where absent. It is applied to text and text_set values, not to choices.
class FieldCatalogue {
 public:
  explicit FieldCatalogue(std::vector<Field> fields, std::function<std::string(std::string_view)> normalise = {});

  const Field* find(std::string_view name) const;
  std::span<const Field> fields() const { return fields_; }
  std::string normalised(std::string_view text) const;

 private:
  std::vector<Field> fields_;
  std::unordered_map<std::string, std::size_t> index_;
  std::function<std::string(std::string_view)> normalise_;
};

// ---- columns a condition runs over; views, the caller keeps the data ----

inline constexpr std::int32_t missing_day = std::numeric_limits<std::int32_t>::min();
inline constexpr std::uint32_t missing_code = std::numeric_limits<std::uint32_t>::max();

// Not a number where missing. Money in the unit that conditions write.
struct NumberColumn {
  std::span<const double> values;
};
struct DayColumn {
  std::span<const std::int32_t> days;  // missing_day where missing
};
struct YesNoColumn {
  std::span<const std::int8_t> values;  // 1, 0, or -1 where missing
};
// Text (normalised) and choices. With codes: dictionary[codes[row]], missing_code where missing. Without: one text per
// row, where an empty text is missing.
struct TextColumn {
  std::span<const std::string> dictionary;
  std::span<const std::uint32_t> codes;
};
// Row i has elements dictionary[codes[j]] for j in offsets[i]..offsets[i+1].
struct TextSetColumn {
  std::span<const std::string> dictionary;
  std::span<const std::uint32_t> offsets;
  std::span<const std::uint32_t> codes;
};
using Column = std::variant<NumberColumn, DayColumn, YesNoColumn, TextColumn, TextSetColumn>;

// Any table of columns: the health module's book in memory, or columns made from Assessments.
struct Table {
  std::size_t rows = 0;
  core::Day today;                                  // what withinDays counts from
  std::unordered_map<std::string, Column> columns;  // by field name
  // The field's values as of `days_ago` days before today: the newest kept on or before that day, nothing where
  // history does not reach so far back. Needed only by the operators that speak of history.
  std::function<std::optional<NumberColumn>(std::string_view field, int days_ago)> number_history;
  std::function<std::optional<TextColumn>(std::string_view field, int days_ago)> choice_history{};
};

// One bit per row.
class Selection {
 public:
  explicit Selection(std::size_t rows = 0, bool value = false);
  std::size_t size() const { return size_; }
  bool test(std::size_t row) const { return (words_[row / 64] >> (row % 64)) & 1; }
  void set(std::size_t row) { words_[row / 64] |= std::uint64_t{1} << (row % 64); }
  void reset(std::size_t row) { words_[row / 64] &= ~(std::uint64_t{1} << (row % 64)); }
  std::size_t count() const;
  std::vector<std::uint32_t> rows() const;  // ascending
  Selection& operator&=(const Selection& other);
  Selection& operator|=(const Selection& other);
  void flip();

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
  void clear_tail();
};

struct ConditionNode;

// Compiled; immutable and safe to share between threads. The default one holds for all.
class Condition {
 public:
  Condition();
  explicit Condition(std::shared_ptr<const ConditionNode> root);
  // Throws std::invalid_argument where the table lacks a column of the catalogue's type: a programmer's error.
  Selection run(const Table& table) const;
  std::vector<std::string> fields() const;  // names used, each once, in order of mention

 private:
  std::shared_ptr<const ConditionNode> root_;
};

// Refuses what does not fit, with the path ("rules[1].rules[0].value") of every fault. At most 64 KiB of text, 500
// rules and 16 levels of nesting (too_large).
core::Result<Condition> compile_condition(std::string_view json, const FieldCatalogue& catalogue);

}  // namespace banso::engine
