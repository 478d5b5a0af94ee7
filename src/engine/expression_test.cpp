#include "expression.hpp"

#include <gtest/gtest.h>

#include "definitions_json.hpp"

namespace banso::engine {
namespace {

std::optional<double> computed(const std::string& text, std::vector<double> values = {}) {
  const auto read = Expression::parse(text);
  if (!read) throw std::runtime_error(read.error().message.en);
  return read->compute(values);
}

std::string fault(const std::string& text) {
  const auto read = Expression::parse(text);
  return read ? "" : read.error().message.en;
}

TEST(Expressions, ComputeAsWritten) {
  EXPECT_EQ(computed("1 + 2 * 3"), 7);
  EXPECT_EQ(computed("(1 + 2) * 3"), 9);
  EXPECT_EQ(computed("8 - 4 - 2"), 2);
  EXPECT_EQ(computed("8 / 4 / 2"), 1);
  EXPECT_EQ(computed("-2 * -3"), 6);
  EXPECT_EQ(computed("1.5e2 + .5"), 150.5);
  EXPECT_EQ(computed("min(3, 1, 2) + max(3, 1, 2) * 10"), 31);
  EXPECT_EQ(computed("abs(-2.5) + round(2.5)"), 5.5);
  EXPECT_EQ(computed("a / (b + 1) * 100", {3, 2}), 100);
  EXPECT_EQ(computed("a - a + b_2", {3, 2}), 2);
  EXPECT_EQ(computed("1 / (a - 3)", {3}), std::nullopt);
}

TEST(Expressions, SayWhatIsWrongAndWhere) {
  EXPECT_EQ(fault("a +"), "Character 4: The formula ends too early.");
  EXPECT_EQ(fault("a b"), "Character 3: \"b\" does not fit here.");
  EXPECT_EQ(fault("(a"), "Character 3: The formula ends too early.");
  EXPECT_EQ(fault("sqrt(a)"), "Character 1: There is no function \"sqrt\". Use min, max, abs or round.");
  EXPECT_EQ(fault("abs(a, b)"), "Character 6: \",\" does not fit here.");
  EXPECT_EQ(fault("a & b"), "Character 3: \"&\" does not fit here.");
  EXPECT_NE(fault(std::string(100, '(') + "a" + std::string(100, ')')), "");
  EXPECT_NE(fault(std::string(1001, '1')), "");
  EXPECT_EQ(fault(std::string(30, '-') + "1"), "");
}

core::Result<Definitions> with(const std::string& formula, const std::string& unit = "count") {
  return definitions_from_json(R"({"measures": [
    {"key": "mrr", "name": {"en": "MRR"}, "source": "subscriptions", "aggregate": "mrr", "unit": "money"},
    {"key": "seats", "name": {"en": "Seats"}, "source": "subscriptions", "aggregate": "seats", "unit": "people"},
    {"key": "idle", "name": {"en": "Idle"}, "source": "usage", "aggregate": "days_since_latest", "unit": "days"},
    {"key": "x", "name": {"en": "X"}, "source": "measures", "aggregate": "expression", "expression": ")" +
                               formula + R"(", "unit": ")" + unit + R"("}], "scorecards": []})");
}

std::string field(const core::Result<Definitions>& read) {
  return read || read.error().fields.empty() ? "" : read.error().fields[0].field;
}

TEST(Expressions, AreTypedByTheUnitsOfTheirMeasures) {
  EXPECT_TRUE(with("mrr / seats", "money"));
  EXPECT_TRUE(with("mrr / mrr * 100", "percent"));
  EXPECT_TRUE(with("idle + 1", "days"));
  EXPECT_EQ(field(with("mrr + idle", "money")), "measures[3].expression");
  EXPECT_EQ(field(with("max(seats, mrr)", "money")), "measures[3].expression");
  EXPECT_EQ(field(with("mrr / seats", "count")), "measures[3].unit");
  EXPECT_EQ(field(with("seats * 2", "money")), "measures[3].unit");
  EXPECT_EQ(field(with("nothing + 1")), "measures[3].expression");
}

TEST(Expressions, ThatRestOnThemselvesAreRefusedWithTheCircle) {
  const auto read = definitions_from_json(R"({"measures": [
    {"key": "a", "name": {"en": "A"}, "source": "measures", "aggregate": "expression", "expression": "b + 1"},
    {"key": "b", "name": {"en": "B"}, "source": "measures", "aggregate": "sum", "of": ["a"]}], "scorecards": []})");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fields[0].field, "measures[0].expression");
  EXPECT_NE(read.error().fields[0].message.en.find("a → b → a"), std::string::npos);
}

}  // namespace
}  // namespace banso::engine
