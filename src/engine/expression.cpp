#include "expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace banso::engine {

namespace {

constexpr std::size_t longest_text = 1000, most_keys = 64;
constexpr int deepest_nesting = 32;
// Each open parenthesis keeps at most two results waiting, and so does each of the three ranks of operators.
constexpr std::size_t most_waiting = 256;

core::Error fault(std::size_t position, std::string_view en, std::string_view ja) {
  return core::Error::invalid(
      {fmt::format("Character {}: {}", position + 1, en), fmt::format("{}文字目: {}", position + 1, ja)});
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

// Precedence by descent: sums of products of factors.
class ExpressionParser {
 public:
  explicit ExpressionParser(std::string_view text) : text_(text) {}

  core::Result<Expression> run() {
    if (text_.size() > longest_text) {
      return core::Error::invalid({fmt::format("A formula may have at most {} characters.", longest_text),
                                   fmt::format("計算式は{}文字以内にしてください。", longest_text)});
    }
    BANSO_TRY(sum());
    if (peek() != '\0') return unexpected();
    return std::move(expression_);
  }

 private:
  using Operation = Expression::Operation;
  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Expression expression_;

  char peek() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char wanted) {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }
  void emit(Operation operation, double number = 0, std::uint32_t operand = 0) {
    expression_.steps_.push_back({operation, number, operand});
  }

  core::Error unexpected() {
    if (peek() == '\0') return fault(at_, "The formula ends too early.", "計算式が途中で終わっています。");
    return fault(at_, fmt::format("\"{}\" does not fit here.", text_.substr(at_, 1)),
                 fmt::format("「{}」はここには書けません。", text_.substr(at_, 1)));
  }

  core::Result<void> sum() {
    BANSO_TRY(product());
    for (;;) {
      if (take('+')) {
        BANSO_TRY(product());
        emit(Operation::add);
      } else if (take('-')) {
        BANSO_TRY(product());
        emit(Operation::subtract);
      } else {
        return {};
      }
    }
  }

  core::Result<void> product() {
    BANSO_TRY(factor());
    for (;;) {
      if (take('*')) {
        BANSO_TRY(factor());
        emit(Operation::multiply);
      } else if (take('/')) {
        BANSO_TRY(factor());
        emit(Operation::divide);
      } else {
        return {};
      }
    }
  }

  core::Result<void> factor() {
    if (++depth_ > deepest_nesting) {
      return fault(at_, "The formula is nested too deeply.", "計算式の入れ子が深すぎます。");
    }
    BANSO_TRY(nested_factor());
    --depth_;
    return {};
  }

  core::Result<void> nested_factor() {
    const char next = peek();
    if (take('-')) {
      BANSO_TRY(factor());
      emit(Operation::negate);
      return {};
    }
    if (take('(')) {
      BANSO_TRY(sum());
      return take(')') ? core::Result<void>() : unexpected();
    }
    if (is_digit(next) || next == '.') return number();
    if (is_letter(next)) return name();
    return unexpected();
  }

  core::Result<void> number() {
    double value = 0;
    const auto [end, problem] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (problem != std::errc()) return unexpected();
    at_ = static_cast<std::size_t>(end - text_.data());
    emit(Operation::number, value);
    return {};
  }

  core::Result<void> name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    const auto word = text_.substr(begin, at_ - begin);
    if (peek() == '(') return call(word, begin);
    auto& keys = expression_.keys_;
    auto found = std::find(keys.begin(), keys.end(), word);
    if (found == keys.end()) {
      if (keys.size() == most_keys) {
        return fault(begin, fmt::format("A formula may name at most {} measures.", most_keys),
                     fmt::format("計算式で使える指標は{}個までです。", most_keys));
      }
      found = keys.insert(keys.end(), std::string(word));
    }
    emit(Operation::measure, 0, static_cast<std::uint32_t>(found - keys.begin()));
    return {};
  }

  core::Result<void> call(std::string_view word, std::size_t begin) {
    struct Function {
      std::string_view name;
      Operation operation;
      bool takes_many;
    };
    static constexpr std::array<Function, 4> functions = {{{"min", Operation::minimum, true},
                                                           {"max", Operation::maximum, true},
                                                           {"abs", Operation::absolute, false},
                                                           {"round", Operation::round, false}}};
    const auto* function =
        std::find_if(functions.begin(), functions.end(), [&](const auto& f) { return f.name == word; });
    if (function == functions.end()) {
      return fault(begin, fmt::format("There is no function \"{}\". Use min, max, abs or round.", word),
                   fmt::format("関数「{}」はありません。min・max・abs・round を使ってください。", word));
    }
    take('(');
    BANSO_TRY(sum());
    if (!function->takes_many) {
      emit(function->operation);
    } else {
      while (take(',')) {
        BANSO_TRY(sum());
        emit(function->operation);
      }
    }
    return take(')') ? core::Result<void>() : unexpected();
  }
};

core::Result<Expression> Expression::parse(std::string_view text) {
  return ExpressionParser(text).run();
}

std::optional<double> Expression::compute(std::span<const double> values) const {
  std::array<double, most_waiting> waiting;
  std::size_t count = 0;
  for (const auto& step : steps_) {
    switch (step.operation) {
      case Operation::number:
        waiting[count++] = step.number;
        continue;
      case Operation::measure:
        waiting[count++] = values[step.operand];
        continue;
      case Operation::negate:
        waiting[count - 1] = -waiting[count - 1];
        continue;
      case Operation::absolute:
        waiting[count - 1] = std::abs(waiting[count - 1]);
        continue;
      case Operation::round:
        waiting[count - 1] = std::round(waiting[count - 1]);
        continue;
      default:
        break;
    }
    const double right = waiting[--count];
    double& left = waiting[count - 1];
    switch (step.operation) {
      case Operation::add:
        left += right;
        break;
      case Operation::subtract:
        left -= right;
        break;
      case Operation::multiply:
        left *= right;
        break;
      case Operation::divide:
        if (right == 0) return std::nullopt;
        left /= right;
        break;
      case Operation::minimum:
        left = std::min(left, right);
        break;
      default:
        left = std::max(left, right);
        break;
    }
  }
  if (!std::isfinite(waiting[0])) return std::nullopt;
  return waiting[0];
}

Expression::Dimension Expression::dimension_of(Unit unit) {
  return {unit == Unit::money ? 1 : 0, unit == Unit::days ? 1 : 0, false};
}

core::Result<Expression::Dimension> Expression::check(std::span<const Unit> units) const {
  std::vector<Dimension> waiting;
  for (const auto& step : steps_) {
    if (step.operation == Operation::number) {
      waiting.push_back({0, 0, true});
      continue;
    }
    if (step.operation == Operation::measure) {
      waiting.push_back(dimension_of(units[step.operand]));
      continue;
    }
    const bool is_unary = step.operation == Operation::negate || step.operation == Operation::absolute ||
                          step.operation == Operation::round;
    if (is_unary) continue;
    const Dimension right = waiting.back();
    waiting.pop_back();
    Dimension& left = waiting.back();
    if (step.operation == Operation::multiply || step.operation == Operation::divide) {
      const int sign = step.operation == Operation::multiply ? 1 : -1;
      left = {left.money + sign * right.money, left.days + sign * right.days, left.is_constant && right.is_constant};
      continue;
    }
    if (left.is_constant) {
      left = right;
    } else if (!right.is_constant && (left.money != right.money || left.days != right.days)) {
      return core::Error::invalid(
          {"The formula adds or compares different things, such as money and days. Divide or multiply them instead.",
           "金額と日数のように単位の異なる値を足し引き・比較しています。掛け算・割り算にしてください。"});
    }
  }
  return waiting.front();
}

std::vector<std::string> keys_in_expression(std::string_view text) {
  const auto read = Expression::parse(text);
  return read ? read->keys() : std::vector<std::string>();
}

}  // namespace banso::engine
