#include "passage.hpp"

#include <gtest/gtest.h>

namespace banso::engine::journeys {
namespace {

using core::Day;
constexpr Day began{20'000};
constexpr Day today{20'100};

TEST(Passage, CountsWhoReachedAndHowLongItTook) {
  const std::vector<Passage> passages{
      {began, std::nullopt, {began, began + 10, std::nullopt}, 0},
      {began, std::nullopt, {began, began + 20, began + 50}, 0},
      {began, std::nullopt, {began, began + 30, std::nullopt}, 0},
      {began, std::nullopt, {began, std::nullopt, std::nullopt}, 1},
  };
  const auto cohorts = passages_by_cohort(passages, 3, 2, today);
  ASSERT_EQ(cohorts.size(), 3u);
  EXPECT_EQ(cohorts[0].accounts, 3);
  EXPECT_EQ(cohorts[0].stages[0].reached, 3);
  EXPECT_DOUBLE_EQ(cohorts[0].stages[0].median_days.value(), 0);
  EXPECT_DOUBLE_EQ(cohorts[0].stages[1].median_days.value(), 20);
  EXPECT_EQ(cohorts[0].stages[2].reached, 1);
  EXPECT_FALSE(cohorts[0].stages[2].median_days);  // two of three are still on their way
  EXPECT_EQ(cohorts[1].stages[1].reached, 0);
  EXPECT_EQ(cohorts[2].accounts, 0);
}

// Those still on their way make the median later than that of the ones who have arrived alone.
TEST(Passage, WhoIsStillOnTheWayCounts) {
  std::vector<Passage> passages;
  for (int i = 1; i <= 4; ++i) passages.push_back({began, std::nullopt, {began, began + 10 * i}, 0});
  for (int i = 0; i < 3; ++i) passages.push_back({began, std::nullopt, {began, std::nullopt}, 0});
  EXPECT_DOUBLE_EQ(passages_by_cohort(passages, 1, 1, today)[0].stages[1].median_days.value(), 40);
  // Who left before says nothing about the time after.
  for (std::size_t i = 4; i < passages.size(); ++i) passages[i].ended = began + 5;
  EXPECT_DOUBLE_EQ(passages_by_cohort(passages, 1, 1, today)[0].stages[1].median_days.value(), 25);
}

}  // namespace
}  // namespace banso::engine::journeys
