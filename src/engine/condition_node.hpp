// A compiled condition: a tree of groups and rules. Internal to the engine.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "condition.hpp"

namespace banso::engine {

enum class Operator {
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  between,
  not_between,
  in,
  not_in,
  contains,
  does_not_contain,
  begins_with,
  does_not_begin_with,
  ends_with,
  does_not_end_with,
  null,
  not_null,
  within_days,
  not_within_days,
  fell_by_percent,
  rose_by_percent,
  for_days,
  crossed_below,
  crossed_above,
  worsened_within,
  improved_within,
};

struct ConditionNode {
  enum class Kind { group, rule };
  Kind kind = Kind::group;

  // group
  bool is_any = false;  // "or"
  bool is_negated = false;
  std::vector<std::unique_ptr<ConditionNode>> children;

  // rule
  std::string field;
  FieldType type = FieldType::text;
  Operator op = Operator::equal;
  std::vector<double> numbers;     // numbers and days, ascending for in and between
  std::vector<std::string> texts;  // normalised; of worsened_within and improved_within the values, best first
  int days = 0;                    // time operators
  bool is_next = true;             // within_days: ahead or back
  double percent = 0;
  Operator held = Operator::equal;  // for_days: the comparison that must have held
};

}  // namespace banso::engine
