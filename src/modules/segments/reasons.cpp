#include "reasons.hpp"

#include "platform/json/json.hpp"
#include "rule_words.hpp"

namespace banso::segments {
namespace {

namespace json = platform::json;

constexpr std::size_t most_rules_named = 3;

bool holds(const health::BookView& book, const engine::Condition& condition, std::size_t row) {
  const std::uint32_t rows[] = {static_cast<std::uint32_t>(row)};
  return book.run(condition, rows).test(0);
}

core::Text joined(const std::vector<core::Text>& sentences) {
  core::Text all;
  for (const auto& sentence : sentences) {
    all.en += (all.en.empty() ? "" : ". ") + sentence.en;
    all.ja += (all.ja.empty() ? "" : "。") + sentence.ja;
  }
  return all;
}

}  // namespace

ReasonWriter::ReasonWriter(const health::SegmentRule& segment, const health::BookView& now,
                           const health::BookView* before)
    : now_(now), before_(before) {
  collect(segment.condition_json);
}

void ReasonWriter::collect(const std::string& condition_json) {
  const auto parsed = json::parse(condition_json);
  if (!parsed) return;
  const auto visit = [&](const auto& self, const json::value& node, bool is_negated) -> void {
    const auto& object = node.get_object();
    if (const auto* rules = object.if_contains("rules")) {
      const auto* negated = object.if_contains("not");
      const bool turns = negated && negated->is_bool() && negated->get_bool();
      for (const auto& rule : rules->as_array()) self(self, rule, is_negated != turns);
      return;
    }
    const auto* field = now_.fields().find(std::string_view(object.at("field").as_string()));
    if (!field) return;
    const std::string alone = json::serialize(json::object{{"combinator", "and"}, {"rules", json::array{node}}});
    auto compiled = engine::compile_condition(alone, now_.fields());
    if (!compiled) return;
    Rule rule{field->name, field->label, field->type, needs_in_words(object, *field, now_), is_negated, *compiled, {}};
    if (before_) {
      if (auto then = engine::compile_condition(alone, before_->fields())) rule.before = std::move(*then);
    }
    rules_.push_back(std::move(rule));
  };
  visit(visit, *parsed, false);
}

core::Text ReasonWriter::why(std::size_t row, bool has_entered) const {
  const auto row_before = before_ ? before_->find(now_.id(row)) : std::nullopt;
  std::vector<core::Text> turned, deciding;
  for (const auto& rule : rules_) {
    const bool is_true = holds(now_, rule.now, row) != rule.is_negated;
    // A group of "or" may have turned the other way besides; only what speaks for the step explains it.
    if (is_true != has_entered) continue;
    const bool is_known = row_before && rule.before;
    const bool was_true = is_known && holds(*before_, *rule.before, *row_before) != rule.is_negated;
    auto& list = is_known && was_true != is_true ? turned : deciding;
    if (list.size() < most_rules_named) list.push_back(statement(rule, row, row_before));
  }
  if (!turned.empty()) return joined(turned);
  if (!deciding.empty()) return joined(deciding);
  return has_entered ? core::Text{"Meets the condition", "条件を満たしています"}
                     : core::Text{"No longer meets the condition", "条件を満たさなくなりました"};
}

core::Text ReasonWriter::statement(const Rule& rule, std::size_t row, std::optional<std::size_t> row_before) const {
  const auto value = now_.value(row, rule.field);
  const auto present = health::value_in_words(now_, rule.field, value);
  const core::Text needs =
      rule.is_negated ? core::Text{" (must not be " + rule.needs.en + ")", "(条件: " + rule.needs.ja + "ではない)"}
                      : core::Text{" (needs " + rule.needs.en + ")", "(条件: " + rule.needs.ja + ")"};
  const auto then = row_before ? before_->value(*row_before, rule.field) : health::CellValue();
  const auto earlier = health::value_in_words(now_, rule.field, then);
  if (!row_before || earlier.en == present.en) {
    return {rule.label.en + " is " + present.en + needs.en, rule.label.ja + "は" + present.ja + "です" + needs.ja};
  }
  const auto* number = std::get_if<double>(&value);
  const auto* number_then = std::get_if<double>(&then);
  if (number && number_then) {
    const bool fell = *number < *number_then;
    return {rule.label.en + (fell ? " fell" : " rose") + " from " + earlier.en + " to " + present.en + needs.en,
            rule.label.ja + "が" + earlier.ja + "から" + present.ja + "に" + (fell ? "下がりました" : "上がりました") +
                needs.ja};
  }
  return {rule.label.en + " changed from " + earlier.en + " to " + present.en + needs.en,
          rule.label.ja + "が" + earlier.ja + "から" + present.ja + "に変わりました" + needs.ja};
}

}  // namespace banso::segments
