// Formulas over measures, as people write them: "opens / (seats + 1) * 100". Numbers, keys of measures, + - * /,
// parentheses, min(a, b, ...), max(a, b, ...), abs(a), round(a). Read once, computed many times.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "definitions.hpp"

namespace banso::engine {

class Expression {
 public:
  // At most 1,000 characters, 32 parentheses deep and 64 measures. Errors say what was expected and where.
  static core::Result<Expression> parse(std::string_view text);

  // The measures in it, each once, in order of first mention.
  const std::vector<std::string>& keys() const { return keys_; }

  // `values` as keys(). Nothing where something is divided by zero or the result is too large for a number.
  std::optional<double> compute(std::span<const double> values) const;

  // Powers of what carries a unit: money is {1, 0}, money per day {1, -1}; counts, shares and scores are {0, 0}.
  struct Dimension {
    int money = 0;
    int days = 0;
    bool is_constant = false;  // a number as written: it fits beside anything
  };
  static Dimension dimension_of(Unit unit);
  // `units` as keys(). An error where different things are added or compared, such as money and days.
  core::Result<Dimension> check(std::span<const Unit> units) const;

 private:
  friend class ExpressionParser;
  enum class Operation : std::uint8_t {
    number,
    measure,
    add,
    subtract,
    multiply,
    divide,
    negate,
    minimum,
    maximum,
    absolute,
    round
  };
  struct Step {
    Operation operation;
    double number = 0;          // of numbers
    std::uint32_t operand = 0;  // of measures: index into keys_
  };
  std::vector<Step> steps_;  // operands before what is done to them
  std::vector<std::string> keys_;
};

// The measures in it; none where it cannot be read.
std::vector<std::string> keys_in_expression(std::string_view text);

}  // namespace banso::engine
