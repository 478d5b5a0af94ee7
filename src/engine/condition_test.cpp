#include <gtest/gtest.h>

#include <cmath>

#include "condition.hpp"

namespace banso::engine {
namespace {

const double nan = std::nan("");

class Conditions : public testing::Test {
 protected:
  FieldCatalogue catalogue{
      {{"name", {"Name", "名前"}, FieldType::text, false, {}},
       {"phase",
        {"Phase", "フェーズ"},
        FieldType::choice,
        false,
        {{"adopt", {"Adopt", "定着"}}, {"renew", {"Renew", "更新"}}}},
       {"score", {"Score", "スコア"}, FieldType::number, true, {}},
       {"level", {"Level", "レベル"}, FieldType::choice, true, {}, {"healthy", "at_risk", "critical"}},
       {"arr", {"ARR", "ARR"}, FieldType::money, false, {}},
       {"renewal", {"Renewal", "更新日"}, FieldType::day, false, {}},
       {"vip", {"VIP", "重要"}, FieldType::yes_no, false, {}},
       {"segments", {"Segments", "セグメント"}, FieldType::text_set, false, {}}},
      [](std::string_view text) {  // lower case
        std::string result;
        for (const char c : text) result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        return result;
      }};

  std::vector<std::string> names = {"acme", "beta works", "", "山田商事"};
  std::vector<std::string> phases = {"adopt", "renew"};
  std::vector<std::uint32_t> phase_codes = {0, 1, missing_code, 1};
  std::vector<double> scores = {40, 70, nan, 90};
  std::vector<double> scores_before = {80, 60, 50, nan};
  std::vector<std::string> levels = {"critical", "healthy", "at_risk", "other"};
  std::vector<std::uint32_t> level_codes = {0, 1, missing_code, 2};
  std::vector<std::string> levels_then = {"at_risk", "critical", "healthy"};
  std::vector<std::uint32_t> level_codes_then = {0, 1, 0, 2};
  std::vector<double> arr = {100, 200, 300, nan};
  core::Day today = *core::parse_day("2026-11-22");
  std::vector<std::int32_t> renewals = {today.days, today.days + 90, today.days - 10, missing_day};
  std::vector<std::int8_t> vip = {1, 0, -1, 1};
  std::vector<std::string> segment_names = {"big", "tokyo"};
  std::vector<std::uint32_t> segment_offsets = {0, 2, 3, 3, 4}, segment_codes = {0, 1, 1, 0};

  Table table() {
    Table table;
    table.rows = 4;
    table.today = today;
    table.columns = {
        {"name", TextColumn{names, {}}}, {"phase", TextColumn{phases, phase_codes}},
        {"score", NumberColumn{scores}}, {"level", TextColumn{levels, level_codes}},
        {"arr", NumberColumn{arr}},      {"renewal", DayColumn{renewals}},
        {"vip", YesNoColumn{vip}},       {"segments", TextSetColumn{segment_names, segment_offsets, segment_codes}}};
    table.number_history = [this](std::string_view, int days_ago) -> std::optional<NumberColumn> {
      if (days_ago > 28) return std::nullopt;
      return NumberColumn{days_ago >= 14 ? scores_before : scores};
    };
    table.choice_history = [this](std::string_view, int days_ago) -> std::optional<TextColumn> {
      if (days_ago > 28) return std::nullopt;
      return days_ago >= 14 ? TextColumn{levels_then, level_codes_then} : TextColumn{levels, level_codes};
    };
    return table;
  }

  // Rows that hold, as text: "0 3".
  std::string run(const std::string& json) {
    const auto condition = compile_condition(json, catalogue);
    if (!condition) return condition.error().message.en;
    std::string rows;
    for (const auto row : condition->run(table()).rows()) rows += (rows.empty() ? "" : " ") + std::to_string(row);
    return rows;
  }
  std::string rule(const std::string& field, const std::string& op, const std::string& value) {
    return run(R"({"combinator": "and", "rules": [{"field": ")" + field + R"(", "operator": ")" + op +
               R"(", "value": )" + value + "}]}");
  }
  std::vector<std::string> fault_paths(const std::string& json) {
    std::vector<std::string> paths;
    const auto condition = compile_condition(json, catalogue);
    if (condition) return paths;
    for (const auto& fault : condition.error().fields) {
      paths.push_back(fault.field);
      EXPECT_FALSE(fault.message.en.empty());
      EXPECT_FALSE(fault.message.ja.empty());
    }
    return paths;
  }
};

TEST_F(Conditions, CompareNumbers) {
  EXPECT_EQ(rule("score", "=", "70"), "1");
  EXPECT_EQ(rule("score", "!=", "70"), "0 2 3");
  EXPECT_EQ(rule("score", "<", "70"), "0");
  EXPECT_EQ(rule("score", "<=", "\"70\""), "0 1");
  EXPECT_EQ(rule("score", ">", "70"), "3");
  EXPECT_EQ(rule("score", ">=", "70"), "1 3");
  EXPECT_EQ(rule("score", "between", "[40, 70]"), "0 1");
  EXPECT_EQ(rule("score", "between", "\"40,70\""), "0 1");
  EXPECT_EQ(rule("score", "notBetween", "[50, 70]"), "0 2 3");
  EXPECT_EQ(rule("score", "in", "[90, 40]"), "0 3");
  EXPECT_EQ(rule("score", "notIn", "\"90, 40\""), "1 2");
  EXPECT_EQ(rule("score", "null", "null"), "2");
  EXPECT_EQ(rule("score", "notNull", "null"), "0 1 3");
  EXPECT_EQ(rule("arr", ">", "150"), "1 2");
}

TEST_F(Conditions, CompareTextsInNormalisedForm) {
  EXPECT_EQ(rule("name", "contains", "\"WORK\""), "1");
  EXPECT_EQ(rule("name", "doesNotContain", "\"work\""), "0 2 3");
  EXPECT_EQ(rule("name", "beginsWith", "\"山田\""), "3");
  EXPECT_EQ(rule("name", "endsWith", "\"E\""), "0");
  EXPECT_EQ(rule("name", "in", "\"acme, 山田商事\""), "0 3");
  EXPECT_EQ(rule("name", "null", "\"\""), "2");
  EXPECT_EQ(rule("phase", "=", "\"renew\""), "1 3");
  EXPECT_EQ(rule("phase", "!=", "\"renew\""), "0 2");
  EXPECT_EQ(rule("phase", "notIn", "[\"renew\"]"), "0 2");
  EXPECT_EQ(rule("segments", "contains", "\"tokyo\""), "0 1");
  EXPECT_EQ(rule("segments", "in", "\"big,tokyo\""), "0 1 3");
  EXPECT_EQ(rule("segments", "notIn", "\"tokyo\""), "2 3");
  EXPECT_EQ(rule("segments", "null", "null"), "2");
  EXPECT_EQ(rule("vip", "=", "true"), "0 3");
  EXPECT_EQ(rule("vip", "!=", "true"), "1 2");
}

TEST_F(Conditions, KnowTime) {
  EXPECT_EQ(rule("renewal", "withinDays", R"({"days": 90, "direction": "next"})"), "0 1");
  EXPECT_EQ(rule("renewal", "withinDays", "89"), "0");
  EXPECT_EQ(rule("renewal", "withinDays", R"({"days": 10, "direction": "last"})"), "0 2");
  EXPECT_EQ(rule("renewal", "withinDays", "-9"), "0");
  EXPECT_EQ(rule("renewal", "notWithinDays", "90"), "2 3");
  EXPECT_EQ(rule("renewal", "<", "\"2026-11-22\""), "2");
  EXPECT_EQ(rule("renewal", "between", "\"2026-11-01,2026-11-22\""), "0 2");
  EXPECT_EQ(rule("score", "fellByPercent", R"({"percent": 50, "days": 14})"), "0");
  EXPECT_EQ(rule("score", "fellByPercent", R"({"percent": 51, "days": 14})"), "");
  EXPECT_EQ(rule("score", "fellByPercent", R"({"percent": 10, "days": 29})"), "");  // no history so far back
  EXPECT_EQ(rule("score", "roseByPercent", R"({"percent": 16, "days": 14})"), "1");
  EXPECT_EQ(rule("score", "forDays", R"({"days": 10, "operator": "<", "value": 50})"), "0");
  EXPECT_EQ(rule("score", "forDays", R"({"days": 20, "operator": "<", "value": 50})"), "");
  EXPECT_EQ(rule("score", "forDays", R"({"days": 20, "operator": ">=", "value": 60})"), "1");
}

TEST_F(Conditions, NestAndNegate) {
  EXPECT_EQ(run(R"({"combinator": "and", "rules": []})"), "0 1 2 3");
  EXPECT_EQ(run(R"({"combinator": "or", "rules": []})"), "0 1 2 3");
  EXPECT_EQ(run(R"({"combinator": "or", "rules": [
      {"field": "score", "operator": ">", "value": 80},
      {"combinator": "and", "not": true, "rules": [
        {"field": "vip", "operator": "=", "value": true},
        {"field": "phase", "operator": "notNull"}]}]})"),
            "1 2 3");
  EXPECT_EQ(run(R"({"combinator": "and", "not": true, "rules": [{"field": "vip", "operator": "=", "value": true}]})"),
            "1 2");
}

TEST_F(Conditions, NameThePathOfEveryFault) {
  EXPECT_EQ(fault_paths(R"({"combinator": "xor", "rules": [
      {"field": "nobody", "operator": "=", "value": 1},
      {"combinator": "and", "rules": [
        {"field": "score", "operator": "contains", "value": "x"},
        {"field": "score", "operator": "<", "value": "many"},
        {"field": "phase", "operator": "=", "value": "unknown"},
        {"field": "renewal", "operator": "=", "value": "tomorrow"},
        {"field": "arr", "operator": "fellByPercent", "value": {"percent": 1, "days": 1}},
        {"field": "score", "operator": "fellByPercent", "value": {"percent": 0, "days": 0}},
        {"field": "score", "operator": "between", "value": [3, 1]}]}]})"),
            (std::vector<std::string>{"combinator", "rules[0].field", "rules[1].rules[0].operator",
                                      "rules[1].rules[1].value", "rules[1].rules[2].value", "rules[1].rules[3].value",
                                      "rules[1].rules[4].operator", "rules[1].rules[5].value.days",
                                      "rules[1].rules[5].value.percent", "rules[1].rules[6].value"}));
  EXPECT_EQ(fault_paths("[]"), std::vector<std::string>{"rules"});
  EXPECT_FALSE(compile_condition("{", catalogue));
  EXPECT_EQ(compile_condition(std::string(70'000, ' '), catalogue).error().code, core::ErrorCode::too_large);
  constexpr std::size_t levels = 20;
  std::string deep;
  for (std::size_t level = 0; level < levels; ++level) deep += R"({"rules": [)";
  deep += R"({"rules": []})";
  for (std::size_t level = 0; level < levels; ++level) deep += "]}";
  EXPECT_EQ(fault_paths(deep).size(), 1u);
}

TEST_F(Conditions, TellTheirFields) {
  const auto condition = compile_condition(
      R"({"rules": [{"field": "vip", "operator": "null"}, {"field": "name", "operator": "null"}, {"field": "vip", "operator": "notNull"}]})",
      catalogue);
  ASSERT_TRUE(condition);
  EXPECT_EQ(condition->fields(), (std::vector<std::string>{"vip", "name"}));
}

TEST(Selections, CountAndFlipWithoutTouchingTheTail) {
  Selection selection(70);
  selection.set(0);
  selection.set(69);
  EXPECT_EQ(selection.count(), 2u);
  selection.flip();
  EXPECT_EQ(selection.count(), 68u);
  EXPECT_FALSE(selection.test(69));
  EXPECT_EQ(Selection(70, true).count(), 70u);
}

// Scores now 40 70 - 90, two weeks ago 80 60 50 -.
TEST_F(Conditions, FindsWhatCrossedAValueWithinDays) {
  EXPECT_EQ(rule("score", "crossedBelow", R"({"value": 60, "days": 14})"), "0");
  EXPECT_EQ(rule("score", "crossedBelow", R"({"value": 80, "days": 14})"), "0");  // at the value counts as not below
  EXPECT_EQ(rule("score", "crossedBelow", R"({"value": 81, "days": 14})"), "");
  EXPECT_EQ(rule("score", "crossedBelow", R"({"value": 60, "days": 13})"), "");   // had not crossed yet
  EXPECT_EQ(rule("score", "crossedBelow", R"({"value": 60, "days": 90})"), "0");  // history may begin within the days
  EXPECT_EQ(rule("score", "crossedAbove", R"({"value": 65, "days": 21})"), "1");
  EXPECT_EQ(rule("score", "crossedAbove", R"({"value": 75, "days": 21})"), "");
}

// Levels now critical, healthy, none, at risk; two weeks ago at risk, critical, at risk, healthy.
TEST_F(Conditions, FindsWhatGotWorseOrBetterWithinDays) {
  EXPECT_EQ(rule("level", "worsenedWithin", R"({"days": 14})"), "0 3");
  EXPECT_EQ(rule("level", "worsenedWithin", R"({"days": 13})"), "");
  EXPECT_EQ(rule("level", "worsenedWithin", R"({"days": 60})"), "0 3");
  EXPECT_EQ(rule("level", "improvedWithin", R"({"days": 28})"), "1");
}

TEST_F(Conditions, NamesFaultsOfOperatorsOverHistory) {
  EXPECT_EQ(fault_paths(R"({"rules": [{"field": "score", "operator": "crossedBelow", "value": 5},
        {"field": "score", "operator": "crossedBelow", "value": {"value": "much", "days": 0}},
        {"field": "arr", "operator": "crossedBelow", "value": {"value": 5, "days": 7}},
        {"field": "level", "operator": "worsenedWithin", "value": 7},
        {"field": "phase", "operator": "worsenedWithin", "value": {"days": 7}}]})"),
            (std::vector<std::string>{"rules[0].value", "rules[1].value.days", "rules[1].value.value",
                                      "rules[2].operator", "rules[3].value", "rules[4].operator"}));
}

}  // namespace
}  // namespace banso::engine
