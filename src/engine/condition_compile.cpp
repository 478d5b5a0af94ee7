// From react-querybuilder's JSON to a compiled condition, with the path of every fault.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <limits>

#include "condition.hpp"
#include "condition_node.hpp"

namespace banso::engine {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_text_bytes = 64 * 1024;
constexpr int most_rules = 500, deepest_nesting = 16, longest_days = 3650;
constexpr std::size_t deepest_json = 64;  // two levels per group, and room to name the fault

struct OperatorWord {
  Operator op;
  std::string_view word;
};
constexpr OperatorWord operator_words[] = {
    {Operator::equal, "="},
    {Operator::not_equal, "!="},
    {Operator::less, "<"},
    {Operator::less_or_equal, "<="},
    {Operator::greater, ">"},
    {Operator::greater_or_equal, ">="},
    {Operator::between, "between"},
    {Operator::not_between, "notBetween"},
    {Operator::in, "in"},
    {Operator::not_in, "notIn"},
    {Operator::contains, "contains"},
    {Operator::does_not_contain, "doesNotContain"},
    {Operator::begins_with, "beginsWith"},
    {Operator::does_not_begin_with, "doesNotBeginWith"},
    {Operator::ends_with, "endsWith"},
    {Operator::does_not_end_with, "doesNotEndWith"},
    {Operator::null, "null"},
    {Operator::not_null, "notNull"},
    {Operator::within_days, "withinDays"},
    {Operator::not_within_days, "notWithinDays"},
    {Operator::fell_by_percent, "fellByPercent"},
    {Operator::rose_by_percent, "roseByPercent"},
    {Operator::for_days, "forDays"},
    {Operator::crossed_below, "crossedBelow"},
    {Operator::crossed_above, "crossedAbove"},
    {Operator::worsened_within, "worsenedWithin"},
    {Operator::improved_within, "improvedWithin"},
};

std::vector<Operator> operators_for(FieldType type, bool has_history) {
  using enum Operator;
  std::vector<Operator> list;
  switch (type) {
    case FieldType::number:
    case FieldType::money:
      list = {equal,   not_equal,   less, less_or_equal, greater, greater_or_equal,
              between, not_between, in,   not_in,        null,    not_null};
      if (has_history) {
        list.insert(list.end(), {fell_by_percent, rose_by_percent, for_days, crossed_below, crossed_above});
      }
      return list;
    case FieldType::day:
      return {within_days, not_within_days,  equal,   not_equal,   less, less_or_equal,
              greater,     greater_or_equal, between, not_between, null, not_null};
    case FieldType::yes_no:
      return {equal, not_equal, null, not_null};
    case FieldType::text:
      return {contains,  does_not_contain,  equal, not_equal, begins_with, does_not_begin_with,
              ends_with, does_not_end_with, in,    not_in,    null,        not_null};
    case FieldType::choice:
      list = {equal, not_equal, in, not_in, null, not_null};
      if (has_history) list.insert(list.end(), {worsened_within, improved_within});
      return list;
    case FieldType::text_set:
      return {contains, does_not_contain, in, not_in, null, not_null};
  }
  return list;
}

std::string_view word_of(Operator op) {
  for (const auto& each : operator_words) {
    if (each.op == op) return each.word;
  }
  return "?";
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// One compilation: carries the faults found so far.
class Compiler {
 public:
  explicit Compiler(const FieldCatalogue& catalogue) : catalogue_(catalogue) {}

  std::unique_ptr<ConditionNode> group(const json::value& value, const std::string& path, int depth);
  core::Result<Condition> finish(std::unique_ptr<ConditionNode> root);

 private:
  const FieldCatalogue& catalogue_;
  std::vector<core::FieldError> faults_;
  int rules_ = 0;

  void fault(std::string path, std::string en, std::string ja) {
    faults_.push_back({std::move(path), {std::move(en), std::move(ja)}});
  }
  std::unique_ptr<ConditionNode> rule(const json::object& object, const std::string& path);
  void operand(const json::value& value, const Field& field, const std::string& path, ConditionNode& node);
  void list_operand(const json::value& value, const Field& field, const std::string& path, ConditionNode& node);
  void single_operand(const json::value& value, const Field& field, const std::string& path, ConditionNode& node);
  void within_operand(const json::value& value, const std::string& path, ConditionNode& node);
  void change_operand(const json::value& value, const std::string& path, ConditionNode& node);
  void held_operand(const json::value& value, const Field& field, const std::string& path, ConditionNode& node);
  void crossed_operand(const json::value& value, const Field& field, const std::string& path, ConditionNode& node);
  void ordered_operand(const json::value& value, const Field& field, const std::string& path, ConditionNode& node);
  int days_member(const json::object& object, const std::string& path, int least);
  static std::string joined(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
  }
};

std::unique_ptr<ConditionNode> Compiler::group(const json::value& value, const std::string& path, int depth) {
  auto node = std::make_unique<ConditionNode>();
  const auto* object = value.if_object();
  const auto* rules = object == nullptr ? nullptr : object->if_contains("rules");
  if (rules == nullptr || !rules->is_array()) {
    fault(joined(path, "rules"), "A group needs a list of rules.", "グループには rules の配列が必要です。");
    return node;
  }
  if (depth > deepest_nesting) {
    fault(path, fmt::format("Groups may be nested {} deep at most.", deepest_nesting),
          fmt::format("グループの入れ子は{}段までです。", deepest_nesting));
    return node;
  }
  if (const auto* combinator = object->if_contains("combinator")) {
    if (*combinator != "and" && *combinator != "or") {
      fault(joined(path, "combinator"), "Use \"and\" or \"or\".", "and または or を指定してください。");
    }
    node->is_any = *combinator == "or";
  }
  if (const auto* negated = object->if_contains("not")) {
    if (!negated->is_bool())
      fault(joined(path, "not"), "This must be true or false.", "true または false を指定してください。");
    node->is_negated = negated->is_bool() && negated->get_bool();
  }
  const auto& list = rules->get_array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string at = fmt::format("{}[{}]", joined(path, "rules"), i);
    const auto* child = list[i].if_object();
    if (child == nullptr) {
      fault(at, "This must be a rule or a group.", "条件またはグループを指定してください。");
    } else if (child->contains("rules")) {
      node->children.push_back(group(list[i], at, depth + 1));
    } else {
      node->children.push_back(rule(*child, at));
    }
  }
  return node;
}

std::unique_ptr<ConditionNode> Compiler::rule(const json::object& object, const std::string& path) {
  auto node = std::make_unique<ConditionNode>();
  node->kind = ConditionNode::Kind::rule;
  if (++rules_ > most_rules) {
    if (rules_ == most_rules + 1) {
      fault(path, fmt::format("At most {} rules.", most_rules), fmt::format("条件は{}個までです。", most_rules));
    }
    return node;
  }
  const auto text = [&](std::string_view key) -> std::string_view {
    const auto* value = object.if_contains(key);
    if (value == nullptr || !value->is_string()) return {};
    return {value->get_string().data(), value->get_string().size()};
  };
  const Field* field = catalogue_.find(text("field"));
  if (field == nullptr) {
    fault(joined(path, "field"), fmt::format("There is no field \"{}\".", text("field")),
          fmt::format("項目「{}」は存在しません。", text("field")));
    return node;
  }
  node->field = field->name;
  node->type = field->type;
  const auto allowed = operators_for(field->type, field->has_history);
  const auto found =
      std::find_if(allowed.begin(), allowed.end(), [&](Operator op) { return word_of(op) == text("operator"); });
  if (found == allowed.end()) {
    std::string list;
    for (const auto op : allowed) list += (list.empty() ? "" : ", ") + std::string(word_of(op));
    fault(joined(path, "operator"),
          fmt::format("{} cannot be tested with \"{}\". Use one of: {}.", field->label.en, text("operator"), list),
          fmt::format("「{}」に演算子「{}」は使えません。{} のいずれかを指定してください。", field->label.ja,
                      text("operator"), list));
    return node;
  }
  node->op = *found;
  if (node->op == Operator::null || node->op == Operator::not_null) return node;
  const auto* value = object.if_contains("value");
  if (value == nullptr) {
    fault(joined(path, "value"), "A value is missing.", "値がありません。");
    return node;
  }
  operand(*value, *field, joined(path, "value"), *node);
  return node;
}

void Compiler::operand(const json::value& value, const Field& field, const std::string& path, ConditionNode& node) {
  switch (node.op) {
    case Operator::within_days:
    case Operator::not_within_days:
      return within_operand(value, path, node);
    case Operator::fell_by_percent:
    case Operator::rose_by_percent:
      return change_operand(value, path, node);
    case Operator::for_days:
      return held_operand(value, field, path, node);
    case Operator::crossed_below:
    case Operator::crossed_above:
      return crossed_operand(value, field, path, node);
    case Operator::worsened_within:
    case Operator::improved_within:
      return ordered_operand(value, field, path, node);
    case Operator::in:
    case Operator::not_in:
    case Operator::between:
    case Operator::not_between:
      return list_operand(value, field, path, node);
    default:
      return single_operand(value, field, path, node);
  }
}

void Compiler::single_operand(const json::value& value, const Field& field, const std::string& path,
                              ConditionNode& node) {
  const auto* string = value.if_string();
  const std::string_view text = string == nullptr ? std::string_view() : trimmed({string->data(), string->size()});
  switch (field.type) {
    case FieldType::number:
    case FieldType::money: {
      if (value.is_number()) {
        node.numbers.push_back(value.to_number<double>());
        return;
      }
      // The browser's input fields hand over numbers as text.
      double number = 0;
      const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (text.empty() || problem != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) {
        return fault(path, "This must be a number.", "数値で指定してください。");
      }
      node.numbers.push_back(number);
      return;
    }
    case FieldType::day:
      if (const auto day = core::parse_day(text)) {
        node.numbers.push_back(day->days);
        return;
      }
      return fault(path, "This must be a date such as 2026-11-22.", "2026-11-22 の形式の日付で指定してください。");
    case FieldType::yes_no:
      if (value.is_bool() || text == "true" || text == "false") {
        node.numbers.push_back(value.is_bool() ? value.get_bool() : text == "true");
        return;
      }
      return fault(path, "This must be true or false.", "true または false で指定してください。");
    case FieldType::choice: {
      const bool is_known =
          field.choices.empty() || std::any_of(field.choices.begin(), field.choices.end(),
                                               [&](const Choice& choice) { return choice.value == text; });
      if (string != nullptr && is_known) {
        node.texts.emplace_back(text);
        return;
      }
      return fault(path, fmt::format("{} has no such choice.", field.label.en),
                   fmt::format("「{}」にこの選択肢はありません。", field.label.ja));
    }
    case FieldType::text:
    case FieldType::text_set:
      if (!text.empty()) {
        node.texts.push_back(catalogue_.normalised(text));
        return;
      }
      return fault(path, "This must be a text that is not empty.", "空でない文字列を指定してください。");
  }
}

void Compiler::list_operand(const json::value& value, const Field& field, const std::string& path,
                            ConditionNode& node) {
  json::array list;
  if (const auto* array = value.if_array()) {
    list = *array;
  } else if (const auto* string = value.if_string()) {
    std::string_view rest(string->data(), string->size());
    while (!rest.empty()) {
      const auto comma = std::min(rest.find(','), rest.size());
      list.emplace_back(trimmed(rest.substr(0, comma)));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  const bool is_range = node.op == Operator::between || node.op == Operator::not_between;
  if (is_range ? list.size() != 2 : list.empty()) {
    return fault(path, is_range ? "Give two values: lowest and highest." : "Give a list of values.",
                 is_range ? "下限と上限の2つの値を指定してください。" : "値の一覧を指定してください。");
  }
  for (std::size_t i = 0; i < list.size(); ++i) single_operand(list[i], field, fmt::format("{}[{}]", path, i), node);
  if (is_range && node.numbers.size() == 2 && node.numbers[0] > node.numbers[1]) {
    fault(path, "The lowest value is above the highest.", "下限が上限より大きくなっています。");
  }
  std::sort(node.numbers.begin(), node.numbers.end());
}

int Compiler::days_member(const json::object& object, const std::string& path, int least) {
  const auto* days = object.if_contains("days");
  if (days != nullptr && days->is_int64() && days->get_int64() >= least && days->get_int64() <= longest_days) {
    return static_cast<int>(days->get_int64());
  }
  fault(joined(path, "days"), fmt::format("Give {} to {} days.", least, longest_days),
        fmt::format("{}〜{}日で指定してください。", least, longest_days));
  return 0;
}

void Compiler::within_operand(const json::value& value, const std::string& path, ConditionNode& node) {
  if (const auto* object = value.if_object()) {
    node.days = days_member(*object, path, 0);
    const auto* direction = object->if_contains("direction");
    if (direction != nullptr && *direction != "next" && *direction != "last") {
      fault(joined(path, "direction"), "Use \"next\" or \"last\".", "next または last を指定してください。");
    }
    node.is_next = direction == nullptr || *direction == "next";
    return;
  }
  double days = std::nan("");
  if (value.is_number()) {
    days = value.to_number<double>();
  } else if (const auto* string = value.if_string()) {
    std::from_chars(string->data(), string->data() + string->size(), days);
  }
  if (!(std::abs(days) <= longest_days) || days != std::floor(days)) {
    return fault(path, "Give a whole number of days, or {\"days\", \"direction\"}.",
                 "日数を整数で、または {\"days\", \"direction\"} の形で指定してください。");
  }
  node.is_next = days >= 0;
  node.days = static_cast<int>(std::abs(days));
}

void Compiler::change_operand(const json::value& value, const std::string& path, ConditionNode& node) {
  const auto* object = value.if_object();
  if (object == nullptr) {
    return fault(path, "Give {\"percent\", \"days\"}.", "{\"percent\", \"days\"} の形で指定してください。");
  }
  node.days = days_member(*object, path, 1);
  const auto* percent = object->if_contains("percent");
  node.percent = percent != nullptr && percent->is_number() ? percent->to_number<double>() : 0;
  if (!(node.percent > 0 && node.percent <= 1'000'000)) {
    fault(joined(path, "percent"), "Give a percentage above 0.", "0より大きい割合(%)を指定してください。");
  }
}

void Compiler::held_operand(const json::value& value, const Field& field, const std::string& path,
                            ConditionNode& node) {
  const auto* object = value.if_object();
  const auto* word = object == nullptr ? nullptr : object->if_contains("operator");
  const auto* held_value = object == nullptr ? nullptr : object->if_contains("value");
  if (word == nullptr || held_value == nullptr || !word->is_string()) {
    return fault(path, "Give {\"days\", \"operator\", \"value\"}.",
                 "{\"days\", \"operator\", \"value\"} の形で指定してください。");
  }
  node.days = days_member(*object, path, 1);
  const auto allowed = operators_for(field.type, false);
  const auto found =
      std::find_if(allowed.begin(), allowed.end(), [&](Operator op) { return word->get_string() == word_of(op); });
  if (found == allowed.end() || *found == Operator::null || *found == Operator::not_null) {
    return fault(joined(path, "operator"), "This comparison cannot hold for days.",
                 "この比較は期間の条件に使えません。");
  }
  node.op = node.held = *found;
  operand(*held_value, field, joined(path, "value"), node);
  node.op = Operator::for_days;
}

void Compiler::crossed_operand(const json::value& value, const Field& field, const std::string& path,
                               ConditionNode& node) {
  const auto* object = value.if_object();
  const auto* threshold = object == nullptr ? nullptr : object->if_contains("value");
  if (threshold == nullptr) {
    return fault(path, "Give {\"value\", \"days\"}.", "{\"value\", \"days\"} の形で指定してください。");
  }
  node.days = days_member(*object, path, 1);
  single_operand(*threshold, field, joined(path, "value"), node);
}

void Compiler::ordered_operand(const json::value& value, const Field& field, const std::string& path,
                               ConditionNode& node) {
  const auto* object = value.if_object();
  if (object == nullptr) return fault(path, "Give {\"days\"}.", "{\"days\"} の形で指定してください。");
  node.days = days_member(*object, path, 1);
  node.texts = field.best_first;
}

core::Result<Condition> Compiler::finish(std::unique_ptr<ConditionNode> root) {
  if (!faults_.empty()) {
    core::Error error = core::Error::invalid({fmt::format("The condition has {} fault(s). First: {}: {}",
                                                          faults_.size(), faults_[0].field, faults_[0].message.en),
                                              fmt::format("条件に{}件の誤りがあります。最初の誤りは {} です。{}",
                                                          faults_.size(), faults_[0].field, faults_[0].message.ja)});
    error.fields = std::move(faults_);
    return error;
  }
  return Condition(std::shared_ptr<const ConditionNode>(std::move(root)));
}

}  // namespace

std::string_view key_of(FieldType type) {
  constexpr std::string_view keys[] = {"number", "money", "day", "yes_no", "text", "choice", "text_set"};
  return keys[static_cast<std::size_t>(type)];
}

std::vector<std::string_view> operators_of(FieldType type, bool has_history) {
  std::vector<std::string_view> words;
  for (const auto op : operators_for(type, has_history)) words.push_back(word_of(op));
  return words;
}

FieldCatalogue::FieldCatalogue(std::vector<Field> fields, std::function<std::string(std::string_view)> normalise)
    : fields_(std::move(fields)), normalise_(std::move(normalise)) {
  for (std::size_t i = 0; i < fields_.size(); ++i) index_.emplace(fields_[i].name, i);
}

const Field* FieldCatalogue::find(std::string_view name) const {
  const auto found = index_.find(std::string(name));
  return found == index_.end() ? nullptr : &fields_[found->second];
}

std::string FieldCatalogue::normalised(std::string_view text) const {
  return normalise_ ? normalise_(text) : std::string(text);
}

core::Result<Condition> compile_condition(std::string_view text, const FieldCatalogue& catalogue) {
  if (text.size() > longest_text_bytes) {
    return core::Error::too_large({"A condition may have at most 64 KiB of text.", "条件は64 KiB以内にしてください。"});
  }
  boost::system::error_code problem;
  json::parse_options options;
  options.max_depth = deepest_json;
  const json::value root = json::parse(text, problem, {}, options);
  if (problem) {
    return core::Error::invalid({"The condition is not valid JSON.", "条件がJSONとして正しくありません。"});
  }
  Compiler compiler(catalogue);
  auto node = compiler.group(root, "", 1);
  return compiler.finish(std::move(node));
}

}  // namespace banso::engine
