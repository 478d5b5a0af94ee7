// What the explanation says of levels: forced, set by hand, and what would lift them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "book_builder.hpp"
#include "definitions_json.hpp"
#include "evaluate.hpp"
#include "explanation.hpp"

namespace banso::engine {
namespace {

using testing::HasSubstr;

constexpr const char* definitions_text = R"json({"version": "1", "measures": [
  {"key": "use", "name": {"en": "Use", "ja": "利用率"}, "source": "attribute", "aggregate": "value", "attribute": "use", "unit": "percent"},
  {"key": "late", "name": {"en": "Days late", "ja": "遅れ"}, "source": "attribute", "aggregate": "value", "attribute": "late", "unit": "days"},
  {"key": "mood", "name": {"en": "Mood", "ja": "見立て"}, "source": "attribute", "aggregate": "value", "attribute": "mood"}],
 "scorecards": [{"key": "health", "name": {"en": "Health", "ja": "ヘルススコア"}, "groups": [
  {"key": "all", "name": {"en": "All", "ja": "全体"}, "weight": 1, "measures": [
   {"measure": "use", "weight": 60, "missing": "ignore", "curve": {"linear": [[0, 0], [100, 100]]}},
   {"measure": "late", "weight": 40, "missing": "ignore", "curve": {"bands": [{"to": 10, "points": 90}, {"from": 10, "points": 20}]}},
   {"measure": "mood", "weight": 0, "missing": "ignore", "curve": {"choices": {"red": 10, "green": 90}, "other_points": 50}}]}],
  "levels": [{"key": "green", "name": {"en": "Green", "ja": "緑"}, "from": 75},
             {"key": "yellow", "name": {"en": "Yellow", "ja": "黄"}, "from": 50},
             {"key": "red", "name": {"en": "Red", "ja": "赤"}, "from": 0}],
  "forced": [{"measure": "mood", "at_most_points": 25, "level": "red"}]}]})json";

class Levels : public testing::Test {
 protected:
  Definitions definitions = definitions_from_json(definitions_text).value();
  Day today = core::day_from(2026, 3, 1);

  Book book_of(double use, double late, const std::string& mood = "", bool is_overridden = false) const {
    BookBuilder builder;
    const auto account = builder.add_account(core::AccountId{1}, today - 100);
    const auto number = [&](const char* key, double value) {
      builder.set_number(account, builder.add_attribute({key, {key, key}, AttributeType::number}), today - 50, value);
    };
    number("use", use);
    number("late", late);
    if (!mood.empty()) {
      builder.set_text(account, builder.add_attribute({"mood", {"m", "m"}, AttributeType::choice}), today - 50, mood);
    }
    if (is_overridden) {
      builder.add(account, LevelOverride{builder.add_level("red"), today - 3, today + 10, {today - 3}});
    }
    return std::move(builder).build();
  }
  // With a value changed, the level is what the path promises.
  std::int8_t level(const Book& book) const {
    return evaluate(book, definitions, today).scorecards[0].machine_levels[0];
  }
  Path path(const Book& book) const {
    return path_upwards(book, definitions, evaluate(book, definitions, today), 0, 0);
  }
};

// 60% of 50 and 40% of 20 are 38: yellow needs 12 more, 20 points of use or the better band.
TEST_F(Levels, NameTheSmallestChangesThatWouldLiftThem) {
  const Book book = book_of(50, 12);
  EXPECT_EQ(level(book), 2);
  const auto found = path(book);
  EXPECT_EQ(found.level, 1);
  EXPECT_EQ(found.missing, Points::from(12));
  ASSERT_EQ(found.each.size(), 2u);
  EXPECT_EQ(found.each[0].measure, "use");
  EXPECT_NEAR(found.each[0].value_needed, 70, 1e-6);
  EXPECT_EQ(found.each[1].measure, "late");
  EXPECT_THAT(found.summary.en,
              HasSubstr("Yellow is reached with: Use from 50% to 70%; or Days late from 12 days to below 10 days."));
  EXPECT_THAT(found.summary.ja, HasSubstr("次の変化で「黄」になります: 利用率を50%から70%へ、または"));
  EXPECT_EQ(level(book_of(70, 12)), 1);
  EXPECT_EQ(level(book_of(50, found.each[1].value_needed - 0.01)), 1);
}

// Green at 95 takes 45 more: use alone gives 18, being in time 28, both 46.
TEST_F(Levels, NameSeveralWhereNoneIsEnough) {
  definitions.scorecards[0].levels[0].from = 95;
  const auto found = path(book_of(70, 12));
  EXPECT_EQ(found.level, 0);
  EXPECT_TRUE(found.each.empty());
  ASSERT_EQ(found.together.size(), 2u);
  EXPECT_TRUE(found.is_reachable);
  EXPECT_EQ(level(book_of(100, 9)), 0);
  EXPECT_EQ(path(book_of(100, 5)).level, no_level);  // nothing above the best
}

TEST_F(Levels, SayWhoForcesThem) {
  const Book book = book_of(100, 5, "red");
  const auto assessed = evaluate(book, definitions, today);
  const auto explanation = explain(book, definitions, assessed, 0, 0);
  EXPECT_EQ(explanation.level_note.en,
            "The level is forced to Red because Mood is \"red\"; the score alone would give Green.");
  EXPECT_EQ(explanation.level_note.ja, "見立てが「red」のため、レベルを「赤」としています。スコアだけなら「緑」です。");
  const auto found = path(book);
  EXPECT_EQ(found.level, 0);
  ASSERT_EQ(found.each.size(), 1u);
  EXPECT_EQ(found.each[0].choice_needed, "green");
}

TEST_F(Levels, SayThatAPersonSetThem) {
  const Book book = book_of(100, 5, "", true);
  const auto assessed = evaluate(book, definitions, today);
  EXPECT_EQ(assessed.scorecards[0].levels[0], 2);
  EXPECT_EQ(assessed.scorecards[0].machine_levels[0], 0);
  const auto explanation = explain(book, definitions, assessed, 0, 0);
  EXPECT_EQ(explanation.level_note.en, "The level is set by hand to Red until 2026-03-10; the machine says Green.");
  EXPECT_EQ(explanation.level_note.ja,
            "レベルは手動で「赤」に設定されています(2026-03-10まで)。自動判定は「緑」です。");
}

}  // namespace
}  // namespace banso::engine
