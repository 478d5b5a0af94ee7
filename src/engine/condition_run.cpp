// Runs compiled conditions over columns.
#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "condition.hpp"
#include "condition_node.hpp"

namespace banso::engine {

Selection::Selection(std::size_t rows, bool value)
    : size_(rows), words_((rows + 63) / 64, value ? ~std::uint64_t{0} : 0) {
  clear_tail();
}

void Selection::clear_tail() {
  if (size_ % 64 != 0) words_.back() &= (std::uint64_t{1} << (size_ % 64)) - 1;
}

std::size_t Selection::count() const {
  std::size_t total = 0;
  for (const auto word : words_) total += static_cast<std::size_t>(std::popcount(word));
  return total;
}

std::vector<std::uint32_t> Selection::rows() const {
  std::vector<std::uint32_t> rows;
  for (std::size_t index = 0; index < words_.size(); ++index) {
    for (auto word = words_[index]; word != 0; word &= word - 1) {
      rows.push_back(static_cast<std::uint32_t>(index * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }
  }
  return rows;
}

Selection& Selection::operator&=(const Selection& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  return *this;
}

Selection& Selection::operator|=(const Selection& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  return *this;
}

void Selection::flip() {
  for (auto& word : words_) word = ~word;
  clear_tail();
}

namespace {

bool is_negative(Operator op) {
  using enum Operator;
  return op == not_equal || op == not_in || op == not_between || op == does_not_contain || op == does_not_begin_with ||
         op == does_not_end_with || op == not_within_days;
}

// What a missing value satisfies.
bool holds_for_missing(Operator op) {
  return op == Operator::null || is_negative(op);
}

template <class Test>
Selection select(std::size_t rows, Test test) {
  Selection selection(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (test(row)) selection.set(row);
  }
  return selection;
}

template <class Kind>
const Kind& column_as(const Table& table, const std::string& field) {
  const auto found = table.columns.find(field);
  if (found == table.columns.end()) throw std::invalid_argument("the table lacks the column " + field);
  const auto* column = std::get_if<Kind>(&found->second);
  if (column == nullptr) throw std::invalid_argument("the column has another type than its field: " + field);
  return *column;
}

// ---- numbers and days ----

bool holds(Operator op, double value, const std::vector<double>& numbers) {
  using enum Operator;
  switch (op) {
    case equal:
      return value == numbers[0];
    case not_equal:
      return value != numbers[0];
    case less:
      return value < numbers[0];
    case less_or_equal:
      return value <= numbers[0];
    case greater:
      return value > numbers[0];
    case greater_or_equal:
      return value >= numbers[0];
    case between:
      return numbers[0] <= value && value <= numbers[1];
    case not_between:
      return value < numbers[0] || numbers[1] < value;
    case in:
      return std::binary_search(numbers.begin(), numbers.end(), value);
    case not_in:
      return !std::binary_search(numbers.begin(), numbers.end(), value);
    default:
      return op == not_null;
  }
}

Selection compare(std::span<const double> values, Operator op, const std::vector<double>& numbers) {
  const bool for_missing = holds_for_missing(op);
  return select(values.size(), [&](std::size_t row) {
    return std::isnan(values[row]) ? for_missing : holds(op, values[row], numbers);
  });
}

Selection changed_by_percent(const ConditionNode& rule, const Table& table, std::span<const double> now) {
  const auto earlier = table.number_history ? table.number_history(rule.field, rule.days) : std::nullopt;
  if (!earlier) return Selection(table.rows);
  const double sign = rule.op == Operator::fell_by_percent ? -1 : 1;
  return select(table.rows, [&](std::size_t row) {
    const double before = earlier->values[row];
    // From nothing or below, a percentage means nothing.
    if (std::isnan(now[row]) || std::isnan(before) || before <= 0) return false;
    return sign * (now[row] - before) * 100 >= rule.percent * before;
  });
}

Selection held_for_days(const ConditionNode& rule, const Table& table, std::span<const double> now) {
  Selection selection = compare(now, rule.held, rule.numbers);
  for (int days_ago = rule.days; days_ago >= 1; --days_ago) {
    const auto earlier = table.number_history ? table.number_history(rule.field, days_ago) : std::nullopt;
    if (!earlier) return Selection(table.rows);  // not long enough on record
    selection &= compare(earlier->values, rule.held, rule.numbers);
  }
  return selection;
}

// Values are kept weekly: days between two that are kept say nothing new.
constexpr int days_between_kept = 7;

// The days ago that are looked at for "within the last `days`", the farthest included.
std::vector<int> looked_at(int days) {
  std::vector<int> all;
  for (int ago = days_between_kept; ago < days; ago += days_between_kept) all.push_back(ago);
  all.push_back(days);
  return all;
}

// On this side of the value now, and on the other at some time within the days.
Selection crossed(const ConditionNode& rule, const Table& table, std::span<const double> now) {
  const bool is_below = rule.op == Operator::crossed_below;
  Selection was_beyond(table.rows);
  for (const int days_ago : looked_at(rule.days)) {
    const auto earlier = table.number_history ? table.number_history(rule.field, days_ago) : std::nullopt;
    if (!earlier) continue;  // history begins later
    was_beyond |=
        compare(earlier->values, is_below ? Operator::greater_or_equal : Operator::less_or_equal, rule.numbers);
  }
  was_beyond &= compare(now, is_below ? Operator::less : Operator::greater, rule.numbers);
  return was_beyond;
}

Selection run_number(const ConditionNode& rule, const Table& table) {
  const auto values = column_as<NumberColumn>(table, rule.field).values;
  switch (rule.op) {
    case Operator::fell_by_percent:
    case Operator::rose_by_percent:
      return changed_by_percent(rule, table, values);
    case Operator::for_days:
      return held_for_days(rule, table, values);
    case Operator::crossed_below:
    case Operator::crossed_above:
      return crossed(rule, table, values);
    default:
      return compare(values, rule.op, rule.numbers);
  }
}

Selection run_day(const ConditionNode& rule, const Table& table) {
  const auto days = column_as<DayColumn>(table, rule.field).days;
  const bool for_missing = holds_for_missing(rule.op);
  if (rule.op == Operator::within_days || rule.op == Operator::not_within_days) {
    const std::int64_t today = table.today.days;
    const std::int64_t first = rule.is_next ? today : today - rule.days;
    const std::int64_t last = rule.is_next ? today + rule.days : today;
    return select(table.rows, [&](std::size_t row) {
      if (days[row] == missing_day) return for_missing;
      return (first <= days[row] && days[row] <= last) == (rule.op == Operator::within_days);
    });
  }
  return select(table.rows, [&](std::size_t row) {
    return days[row] == missing_day ? for_missing : holds(rule.op, days[row], rule.numbers);
  });
}

Selection run_yes_no(const ConditionNode& rule, const Table& table) {
  const auto values = column_as<YesNoColumn>(table, rule.field).values;
  const bool for_missing = holds_for_missing(rule.op);
  return select(table.rows, [&](std::size_t row) {
    return values[row] < 0 ? for_missing : holds(rule.op, values[row], rule.numbers);
  });
}

// ---- texts ----

bool is_listed(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool holds(Operator op, const std::string& text, const std::vector<std::string>& texts) {
  using enum Operator;
  switch (op) {
    case equal:
      return text == texts[0];
    case not_equal:
      return text != texts[0];
    case contains:
      return text.find(texts[0]) != std::string::npos;
    case does_not_contain:
      return text.find(texts[0]) == std::string::npos;
    case begins_with:
      return text.starts_with(texts[0]);
    case does_not_begin_with:
      return !text.starts_with(texts[0]);
    case ends_with:
      return text.ends_with(texts[0]);
    case does_not_end_with:
      return !text.ends_with(texts[0]);
    case in:
      return is_listed(texts, text);
    case not_in:
      return !is_listed(texts, text);
    default:
      return op == not_null;
  }
}

// Places of the column's values in the order, by code; -1 for what is not in it.
std::vector<int> places_of(const TextColumn& column, const std::vector<std::string>& order) {
  std::vector<int> places;
  for (const auto& text : column.dictionary) {
    const auto found = std::find(order.begin(), order.end(), text);
    places.push_back(found == order.end() ? -1 : static_cast<int>(found - order.begin()));
  }
  return places;
}

Selection run_ordered(const ConditionNode& rule, const Table& table, const TextColumn& now) {
  const int sign = rule.op == Operator::worsened_within ? 1 : -1;
  const auto places_now = places_of(now, rule.texts);
  Selection selection(table.rows);
  for (const int days_ago : looked_at(rule.days)) {
    const auto earlier = table.choice_history ? table.choice_history(rule.field, days_ago) : std::nullopt;
    if (!earlier) continue;
    const auto places_then = places_of(*earlier, rule.texts);
    selection |= select(table.rows, [&](std::size_t row) {
      if (now.codes[row] == missing_code || earlier->codes[row] == missing_code) return false;
      const int place = places_now[now.codes[row]], then = places_then[earlier->codes[row]];
      return place >= 0 && then >= 0 && sign * (place - then) > 0;
    });
  }
  return selection;
}

Selection run_text(const ConditionNode& rule, const Table& table) {
  const auto& column = column_as<TextColumn>(table, rule.field);
  if (rule.op == Operator::worsened_within || rule.op == Operator::improved_within) {
    return run_ordered(rule, table, column);
  }
  const bool for_missing = holds_for_missing(rule.op);
  if (column.codes.empty()) {
    return select(table.rows, [&](std::size_t row) {
      const auto& text = column.dictionary[row];
      return text.empty() ? for_missing : holds(rule.op, text, rule.texts);
    });
  }
  std::vector<std::uint8_t> verdicts;  // each distinct text is tested once
  verdicts.reserve(column.dictionary.size());
  for (const auto& text : column.dictionary) verdicts.push_back(holds(rule.op, text, rule.texts) ? 1 : 0);
  return select(table.rows, [&](std::size_t row) {
    return column.codes[row] == missing_code ? for_missing : verdicts[column.codes[row]] != 0;
  });
}

Selection run_text_set(const ConditionNode& rule, const Table& table) {
  const auto& column = column_as<TextSetColumn>(table, rule.field);
  const bool asks_for_empty = rule.op == Operator::null || rule.op == Operator::not_null;
  std::vector<std::uint8_t> verdicts;
  for (const auto& text : column.dictionary) verdicts.push_back(is_listed(rule.texts, text) ? 1 : 0);
  const bool wanted = rule.op == Operator::contains || rule.op == Operator::in;
  return select(table.rows, [&](std::size_t row) {
    const auto first = column.codes.begin() + column.offsets[row],
               last = column.codes.begin() + column.offsets[row + 1];
    if (asks_for_empty) return (first == last) == (rule.op == Operator::null);
    return std::any_of(first, last, [&](std::uint32_t code) { return verdicts[code] != 0; }) == wanted;
  });
}

// ---- the tree ----

Selection run_rule(const ConditionNode& rule, const Table& table) {
  switch (rule.type) {
    case FieldType::number:
    case FieldType::money:
      return run_number(rule, table);
    case FieldType::day:
      return run_day(rule, table);
    case FieldType::yes_no:
      return run_yes_no(rule, table);
    case FieldType::text:
    case FieldType::choice:
      return run_text(rule, table);
    case FieldType::text_set:
      return run_text_set(rule, table);
  }
  return Selection(table.rows);
}

Selection run_node(const ConditionNode& node, const Table& table) {
  if (node.kind == ConditionNode::Kind::rule) return run_rule(node, table);
  Selection selection(table.rows, !node.is_any || node.children.empty());
  for (const auto& child : node.children) {
    if (node.is_any) {
      selection |= run_node(*child, table);
    } else {
      selection &= run_node(*child, table);
    }
  }
  if (node.is_negated) selection.flip();
  return selection;
}

void collect_fields(const ConditionNode& node, std::vector<std::string>& fields) {
  if (node.kind == ConditionNode::Kind::rule && !is_listed(fields, node.field)) fields.push_back(node.field);
  for (const auto& child : node.children) collect_fields(*child, fields);
}

}  // namespace

Condition::Condition() : root_(std::make_shared<ConditionNode>()) {}
Condition::Condition(std::shared_ptr<const ConditionNode> root) : root_(std::move(root)) {}

Selection Condition::run(const Table& table) const {
  return run_node(*root_, table);
}

std::vector<std::string> Condition::fields() const {
  std::vector<std::string> fields;
  collect_fields(*root_, fields);
  return fields;
}

}  // namespace banso::engine
