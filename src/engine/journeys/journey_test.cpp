#include "journey.hpp"

#include <gtest/gtest.h>

namespace banso::engine::journeys {
namespace {

constexpr auto body = R"({
  "name": {"en": "First year", "ja": "初年度"},
  "rank": 10,
  "condition": {"combinator": "and", "rules": [{"field": "plan", "operator": "=", "value": "team"}]},
  "stages": [
    {"key": "start", "name": {"en": "We try it", "ja": "試してみる"}, "our_role": "onboarding", "expected_days": 45,
     "moments_of_truth": [{"key": "kick_off", "name": {"en": "Kick-off", "ja": "キックオフ"}}],
     "milestones": [{"key": "first_login", "name": {"en": "First log-in", "ja": "初回ログイン"},
                     "condition": {"combinator": "and", "rules": []}}]},
    {"key": "use", "name": {"en": "We use it", "ja": "日々使う"}, "their_role": "champion",
     "milestones": [{"key": "goal", "name": {"en": "Goal met", "ja": "目標達成"}, "confirmed_by_customer": true}]}]})";

std::vector<std::string> faults_of(const std::string& text) {
  const auto read = journey_from_json(text);
  std::vector<std::string> fields;
  if (!read) {
    for (const auto& fault : read.error().fields) fields.push_back(fault.field);
  }
  return fields;
}

TEST(JourneyText, IsCanonical) {
  const auto journey = journey_from_json(body);
  ASSERT_TRUE(journey);
  EXPECT_EQ(journey->stages.size(), 2u);
  EXPECT_EQ(journey->milestone_count(), 2u);
  EXPECT_EQ(journey->stages[1].their_role, "champion");
  EXPECT_EQ(journey->stages[1].expected_days, 30);
  const auto text = to_json(*journey);
  const auto again = journey_from_json(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(to_json(*again), text);
}

TEST(JourneyText, NamesEveryFault) {
  EXPECT_EQ(faults_of(R"({"name": {"en": "A"}, "stages": []})"), (std::vector<std::string>{"name"}));
  EXPECT_EQ(faults_of(R"({"name": {"en": "A", "ja": "あ"}, "stages": []})"), (std::vector<std::string>{"stages"}));
  EXPECT_EQ(faults_of(R"({"name": {"en": "A", "ja": "あ"}, "color": 1, "stages": [
      {"key": "Start", "name": {"en": "A", "ja": "あ"}, "expected_days": 0, "our_role": "boss",
       "milestones": [{"key": "m", "name": {"en": "A", "ja": "あ"}}]},
      {"key": "b", "name": {"en": "A", "ja": "あ"},
       "milestones": [{"key": "m", "name": {"en": "A", "ja": "あ"}, "confirmed_by_customer": true}]}]})"),
            (std::vector<std::string>{"stages[0].key", "stages[0].expected_days", "stages[0].our_role",
                                      "stages[0].milestones[0].condition", "stages[1].milestones[0].key", "color"}));
  EXPECT_EQ(faults_of(R"({"name": {"en": "A", "ja": "あ"}, "stages": [1]})"), (std::vector<std::string>{"stages[0]"}));
}

TEST(JourneyText, RefusesWhatIsNoObjectOrTooLong) {
  EXPECT_FALSE(journey_from_json("[]"));
  EXPECT_FALSE(journey_from_json("{"));
  EXPECT_EQ(journey_from_json(std::string(300 * 1024, ' ')).error().code, core::ErrorCode::too_large);
}

TEST(Journey, KnowsItsHandovers) {
  const auto journey = *journey_from_json(body);
  EXPECT_TRUE(is_handover(journey, 0, 1));  // onboarding hands over to the CSM
  EXPECT_FALSE(is_handover(journey, 1, 1));
  EXPECT_FALSE(is_handover(journey, 1, 2));  // arrived: nobody takes over
}

}  // namespace
}  // namespace banso::engine::journeys
