#include <gtest/gtest.h>

#include "book_builder.hpp"
#include "definitions_json.hpp"
#include "evaluate.hpp"
#include "explanation.hpp"

namespace banso::engine {
namespace {

constexpr const char* definitions_text = R"json({"version": "1", "measures": [
  {"key": "users", "name": {"en": "Active users (28 days)", "ja": "直近28日の利用者数"}, "source": "usage",
   "aggregate": "people", "window_days": 28, "unit": "people"},
  {"key": "trend", "name": {"en": "Trend", "ja": "利用者数の前期間比"}, "source": "usage", "aggregate": "people",
   "window_days": 28, "compare": "previous_window", "unit": "percent"},
  {"key": "plan", "name": {"en": "Plan", "ja": "プラン"}, "source": "attribute", "aggregate": "value", "attribute": "plan"},
  {"key": "nps", "name": {"en": "NPS", "ja": "NPS回答"}, "source": "surveys", "aggregate": "latest", "unit": "score"},
  {"key": "meetings", "name": {"en": "Meetings", "ja": "面談数"}, "source": "interactions", "aggregate": "count"}],
 "scorecards": [{"key": "health", "name": {"en": "Health", "ja": "ヘルススコア"}, "groups": [
  {"key": "use", "name": {"en": "Use", "ja": "利用"}, "weight": 1, "measures": [
   {"measure": "users", "weight": 2, "missing": "ignore", "curve": {"linear": [[0, 0], [10, 100]]}},
   {"measure": "trend", "weight": 2, "missing": "ignore", "curve": {"linear": [[-50, 0], [0, 80], [50, 100]]}},
   {"measure": "plan", "weight": 1, "missing": "ignore", "curve": {"choices": {"Pro": 90}, "other_points": 50}},
   {"measure": "nps", "weight": 1, "missing": "bad", "curve": {"linear": [[0, 0], [10, 100]]}},
   {"measure": "meetings", "weight": 1, "missing": "ignore", "curve": {"linear": [[0, 0], [10, 100]]}}]}]}]})json";

class Explanations : public testing::Test {
 protected:
  Definitions definitions = definitions_from_json(definitions_text).value();
  Day start = core::day_from(2026, 1, 1);
  Book book = make_book();

  // Ten people until the end of February, five in March.
  Book make_book() const {
    BookBuilder builder;
    const auto acme = builder.add_account(core::AccountId{1}, start);
    const auto post = builder.add_feature({"post", "Post", "", true});
    for (int day = 0; day < 90; ++day) {
      for (int person = 0; person < (day < 60 ? 10 : 5); ++person) {
        builder.add_usage(
            acme, {.day = start + day, .person = builder.person(acme, std::to_string(person)), .feature = post});
      }
    }
    builder.set_text(acme, builder.add_attribute({"plan", {"Plan", "プラン"}, AttributeType::choice}), start, "Pro");
    builder.add(acme, SurveyAnswer{start + 80, SurveyKind::nps, 4, 10, {start + 80}});
    return std::move(builder).build();
  }

  const Reason& reason(const Explanation& explanation, const std::string& measure) const {
    for (const auto& each : explanation.reasons) {
      if (each.measure == measure) return each;
    }
    throw std::out_of_range(measure);
  }
};

TEST_F(Explanations, SayWhatPullsTheScore) {
  const Day as_of = start + 89;
  const auto explanation = explain(book, definitions, evaluate(book, definitions, as_of), 0, 0);
  ASSERT_TRUE(explanation.has_score);
  // users 5 -> 50, trend -50% -> 0, plan -> 90, nps 4 -> 40; weights 2, 2, 1, 1 of 6
  EXPECT_EQ(explanation.score, Points::from(230.0 / 6));
  EXPECT_EQ(explanation.reasons.front().measure, "trend");
  EXPECT_EQ(reason(explanation, "trend").sentence.ja,
            "直近28日の利用者数が前期間比50%減少し、スコアを16.7点下げています。");
  EXPECT_EQ(reason(explanation, "trend").sentence.en,
            "Active users (28 days) fell 50% against the period before, lowering the score by 16.7 points.");
  EXPECT_EQ(reason(explanation, "plan").sentence.ja, "プランは「Pro」で、スコアを6.7点上げています。");
  EXPECT_EQ(reason(explanation, "users").sentence.ja, "直近28日の利用者数は5人で、スコアへの影響はわずかです。");
  EXPECT_EQ(reason(explanation, "meetings").sentence.ja, "面談数はデータがないため、スコアに含めていません。");
  EXPECT_EQ(explanation.summary.ja, reason(explanation, "trend").sentence.ja + reason(explanation, "plan").sentence.ja +
                                        reason(explanation, "nps").sentence.ja);
  Points sum;
  for (const auto& each : explanation.reasons) sum += each.contribution;
  EXPECT_EQ(sum, explanation.score);
}

TEST_F(Explanations, SayHowAMissingValueCounts) {
  const auto explanation = explain(book, definitions, evaluate(book, definitions, start + 58), 0, 0);
  EXPECT_EQ(reason(explanation, "nps").state, ValueState::no_facts);
  EXPECT_EQ(reason(explanation, "nps").sentence.ja,
            "NPS回答はデータがないため0点として扱い、スコアを8.3点下げています。");
  EXPECT_EQ(reason(explanation, "trend").sentence.ja,
            "直近28日の利用者数は前期間比で横ばいで、スコアを10.0点上げています。");
}

TEST_F(Explanations, SayWhatChangedTheScore) {
  const auto then = evaluate(book, definitions, start + 58), now = evaluate(book, definitions, start + 89);
  const auto change = explain_change(book, definitions, then, 0, now, 0, 0);
  ASSERT_TRUE(change.comparable);
  EXPECT_EQ(change.change, change.now - change.then);
  EXPECT_EQ(change.reasons.front().measure, "trend");
  Points sum;
  for (const auto& each : change.reasons) {
    sum += each.change;
    if (each.measure == "users") {
      EXPECT_EQ(each.sentence.ja, "直近28日の利用者数が10人から5人に変わり、スコアを16.7点下げました。");
    }
    if (each.measure == "nps") {
      EXPECT_EQ(each.sentence.en, "NPS now has a value (4) and raised the score by 6.7 points.");
    }
  }
  EXPECT_EQ(sum, change.change);
}

TEST_F(Explanations, RefuseToMixVersions) {
  auto then = evaluate(book, definitions, start + 58);
  then.definitions_version = "0";
  const auto change = explain_change(book, definitions, then, 0, evaluate(book, definitions, start + 89), 0, 0);
  EXPECT_FALSE(change.comparable);
  EXPECT_FALSE(change.summary.ja.empty());
}

}  // namespace
}  // namespace banso::engine
