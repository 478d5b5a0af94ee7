#include <gtest/gtest.h>

#include "definitions_json.hpp"

namespace banso::engine {
namespace {

std::string wrap(const std::string& measures, const std::string& groups = "") {
  std::string scorecards;
  if (!groups.empty()) {
    scorecards = R"({"key": "health", "name": {"en": "Health"}, "groups": [)" + groups + "]}";
  }
  return R"({"version": "7", "measures": [)" + measures + R"(], "scorecards": [)" + scorecards + "]}";
}

std::vector<std::string> faults(const std::string& json) {
  std::vector<std::string> paths;
  const auto result = definitions_from_json(json);
  if (result) return paths;
  for (const auto& fault : result.error().fields) {
    paths.push_back(fault.field);
    EXPECT_FALSE(fault.message.en.empty());
    EXPECT_FALSE(fault.message.ja.empty());
  }
  return paths;
}

using Paths = std::vector<std::string>;

const std::string people =
    R"({"key": "people", "name": {"en": "People", "ja": "利用者"}, "source": "usage", "aggregate": "people", "window_days": 28})";

std::string group_with(const std::string& curve) {
  return R"({"key": "g", "name": {"en": "G"}, "weight": 1, "measures": [{"measure": "people", "weight": 1, "missing": "ignore", )" +
         curve + "}]}";
}

TEST(DefinitionsText, ReadsWhatItWrites) {
  const auto read = definitions_from_json(wrap(people, group_with(R"("curve": {"linear": [[0, 0], [12.5, 100]]})")));
  ASSERT_TRUE(read) << read.error().message.en;
  EXPECT_EQ(read->version, "7");
  EXPECT_EQ(read->scorecards[0].name.ja, "Health");  // one language serves for both
  EXPECT_EQ(read->scorecards[0].levels.size(), 5u);
  const auto again = definitions_from_json(to_json(*read));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *read);
  EXPECT_NE(to_json(*read).find("[12.5, 100]"), std::string::npos);
}

TEST(DefinitionsText, NamesThePathOfEveryWrongType) {
  EXPECT_EQ(
      faults(wrap(
          R"({"key": "a", "name": {"en": "A"}, "source": "usages", "aggregate": "people", "window_days": "28", "colour": 1})")),
      (Paths{"measures[0].source", "measures[0].window_days", "measures[0].colour"}));
  EXPECT_EQ(faults(R"({"measures": {}, "scorecards": []})"), Paths{"measures"});
  EXPECT_EQ(
      faults(wrap(people, group_with(R"("curve": {"linear": [[0]], "bands": []})"))),
      (Paths{"scorecards[0].groups[0].measures[0].curve", "scorecards[0].groups[0].measures[0].curve.linear[0]"}));
  EXPECT_NE(definitions_from_json("{\n\n,}").error().message.en.find("line 3"), std::string::npos);
  EXPECT_EQ(definitions_from_json(std::string(5'000'000, ' ')).error().code, core::ErrorCode::too_large);
}

TEST(DefinitionsCheck, RefusesWhatMakesNoSense) {
  const auto measure = [](const std::string& rest) {
    return wrap(R"({"key": "a", "name": {"en": "A"}, )" + rest + "}");
  };
  EXPECT_EQ(faults(measure(R"("source": "tickets", "aggregate": "people")")), Paths{"measures[0].aggregate"});
  EXPECT_EQ(faults(measure(R"("source": "usage", "aggregate": "people", "window_days": -1)")),
            Paths{"measures[0].window_days"});
  EXPECT_EQ(faults(measure(R"("source": "usage", "aggregate": "people", "compare": "previous_window")")),
            Paths{"measures[0].compare"});
  EXPECT_EQ(faults(measure(R"("source": "tickets", "aggregate": "open", "divide_by": "unfiltered")")),
            Paths{"measures[0].divide_by"});
  EXPECT_EQ(faults(measure(R"("source": "surveys", "aggregate": "mean", "filter": {"kinds": ["nps", "smile"]})")),
            Paths{"measures[0].filter.kinds[1]"});
  EXPECT_EQ(faults(measure(R"("source": "surveys", "aggregate": "mean", "filter": {"features": ["x"]})")),
            Paths{"measures[0].filter.features"});
  EXPECT_EQ(faults(measure(R"("source": "attribute", "aggregate": "value")")), Paths{"measures[0].attribute"});
  EXPECT_EQ(faults(measure(R"("source": "measures", "aggregate": "ratio", "of": ["b"])")),
            (Paths{"measures[0].of", "measures[0].of[0]"}));
  EXPECT_EQ(faults(wrap(people + ", " + people)), Paths{"measures[1].key"});
}

TEST(DefinitionsCheck, ShowsTheCircleOfAFormula) {
  const auto result = definitions_from_json(wrap(
      R"({"key": "a", "name": {"en": "A"}, "source": "measures", "aggregate": "sum", "of": ["b"]},
         {"key": "b", "name": {"en": "B"}, "source": "measures", "aggregate": "sum", "of": ["a"]})"));
  ASSERT_FALSE(result);
  ASSERT_EQ(result.error().fields.size(), 1u);
  EXPECT_EQ(result.error().fields[0].field, "measures[0].of");
  EXPECT_NE(result.error().fields[0].message.en.find("a → b → a"), std::string::npos);
}

TEST(DefinitionsCheck, RefusesBandsThatOverlapOrLeaveGaps) {
  const auto bands = [](const std::string& list) {
    return faults(wrap(people, group_with(R"("curve": {"bands": [)" + list + "]}")));
  };
  const std::string at = "scorecards[0].groups[0].measures[0].curve.bands";
  EXPECT_EQ(bands(R"({"to": 50, "points": 1}, {"from": 50, "points": 2})"), Paths{});
  EXPECT_EQ(
      bands(R"({"to": 50, "to_inclusive": true, "points": 1}, {"from": 50, "from_inclusive": false, "points": 2})"),
      Paths{});
  EXPECT_EQ(bands(R"({"to": 50, "points": 1}, {"from": 51, "points": 2})"), Paths{at + "[1]"});
  EXPECT_EQ(bands(R"({"to": 50, "points": 1}, {"from": 50, "from_inclusive": false, "points": 2})"), Paths{at + "[1]"});
  EXPECT_EQ(bands(R"({"to": 50, "to_inclusive": true, "points": 1}, {"from": 50, "points": 2})"), Paths{at + "[1]"});
  EXPECT_EQ(bands(R"({"to": 60, "points": 1}, {"from": 50, "points": 2})"), Paths{at + "[1]"});
  EXPECT_EQ(bands(R"({"from": 0, "to": 50, "points": 1}, {"from": 50, "points": 200})"),
            (Paths{at + "[0].from", at + "[1].points"}));
}

TEST(DefinitionsCheck, NamesBothBandsAndTheValuesConcerned) {
  const auto message = [](const std::string& list) {
    const auto read = definitions_from_json(wrap(people, group_with(R"("curve": {"bands": [)" + list + "]}")));
    return read ? core::Text{} : read.error().fields.at(0).message;
  };
  const auto gap = message(R"({"to": 50, "to_inclusive": true, "points": 1}, {"from": 51, "points": 2})");
  EXPECT_EQ(gap.en, "Band 1 (up to 50) and band 2 (from 51) leave a gap: no band holds the values between 50 and 51.");
  EXPECT_EQ(gap.ja, "区間1(50以下)と区間2(51以上)の間に隙間があります。50と51の間の値がどの区間にも含まれません。");
  const auto both = message(R"({"to": 15, "to_inclusive": true, "points": 1}, {"from": 15, "points": 2})");
  EXPECT_EQ(both.en, "Band 1 (up to 15) and band 2 (from 15) overlap: both hold 15; say which one does.");
  const auto overlap = message(R"({"to": 60, "points": 1}, {"from": 50, "points": 2})");
  EXPECT_EQ(overlap.en,
            "Band 1 (under 60) and band 2 (from 50) overlap between 50 and 60: say which one holds those values.");
}

TEST(DefinitionsCheck, RefusesWhatNoAccountCouldHave) {
  const std::string curve = R"("curve": {"linear": [[0, 0], [1, 100]]})";
  const auto item = [&](const std::string& more) {
    return R"({"measure": "people", "weight": 1, "missing": "ignore", )" + more + ", " + curve + "}";
  };
  const auto group = [](const std::string& inner) {
    return R"({"key": "g", "name": {"en": "G"}, "weight": 1, "measures": [)" + inner + "]}";
  };
  const std::string at = "scorecards[0].groups[0].measures[0]";
  EXPECT_EQ(faults(wrap(people, group(item(R"("applies_when": {"attribute": "x", "in": []})")))),
            Paths{at + ".applies_when.in"});
  EXPECT_EQ(faults(wrap(people, group(item(R"("applies_when": {"attribute": "x"})")))), Paths{at + ".applies_when"});
  EXPECT_EQ(faults(wrap(people, group(item(R"("decay": {"after_days": 1, "half_life_days": 0})")))),
            Paths{at + ".decay.half_life_days"});
  std::string deep = group(R"({"measure": "people", "weight": 1, "missing": "ignore", )" + curve + "}");
  for (int i = 0; i < deepest_group; ++i) {
    deep = R"({"key": "g)" + std::to_string(i) + R"(", "name": {"en": "G"}, "weight": 1, "groups": [)" + deep + "]}";
  }
  EXPECT_FALSE(faults(wrap(people, deep)).empty());
}

TEST(DefinitionsCheck, RefusesScorecardsThatCannotScore) {
  const std::string good = R"("curve": {"linear": [[0, 0], [1, 100]]})";
  const std::string item = R"({"measure": "people", "weight": 1, "missing": "ignore", )" + good + "}";
  const auto group = [&](const std::string& weight, const std::string& items) {
    return R"({"key": "g", "name": {"en": "G"}, "weight": )" + weight + R"(, "measures": [)" + items + "]}";
  };
  EXPECT_EQ(faults(wrap(people, group("1", item))), Paths{});
  EXPECT_EQ(faults(wrap(people, group("0", item))), Paths{"scorecards[0].groups"});
  EXPECT_EQ(faults(wrap(people, group("-1", item))), (Paths{"scorecards[0].groups[0].weight", "scorecards[0].groups"}));
  EXPECT_EQ(faults(wrap(people, group("1", item + "," + item))), Paths{"scorecards[0].groups[0].measures[1].measure"});
  EXPECT_EQ(faults(wrap("", group("1", item))), Paths{"scorecards[0].groups[0].measures[0].measure"});
  EXPECT_EQ(faults(wrap(people, group_with(R"("curve": {"choices": {"x": 1}})"))),
            Paths{"scorecards[0].groups[0].measures[0].curve"});
}

}  // namespace
}  // namespace banso::engine
