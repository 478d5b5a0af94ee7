#include <gtest/gtest.h>

#include <map>
#include <random>

#include "noise_budget.hpp"

namespace banso::engine::signals {
namespace {

using enum AlertSeverity;

TEST(NoiseBudget, LetsTheMostValuableThrough) {
  const std::vector<Candidate> candidates{{1, medium, 10, 0}, {1, medium, 30, 1}, {1, medium, 20, 2},
                                          {2, low, 1, 3},     {0, low, 1, 4},     {1, critical, 0, 5}};
  const std::vector<Used> used{{1, 1}};
  EXPECT_EQ(within_budget(candidates, used, 3), (std::vector<bool>{false, true, false, true, true, true}));
  EXPECT_EQ(within_budget(candidates, used, std::nullopt), std::vector<bool>(6, true));
  EXPECT_EQ(within_budget(candidates, {{{1, 9}, {2, 9}}}, 3),
            (std::vector<bool>{false, false, false, false, true, true}));
}

TEST(NoiseBudget, OfEqualValueWhatWaitsLongestGoesFirst) {
  const std::vector<Candidate> candidates{{1, medium, 10, 7}, {1, medium, 10, 3}};
  EXPECT_EQ(within_budget(candidates, {}, 1), (std::vector<bool>{false, true}));
}

TEST(NoiseBudget, NobodyGetsMoreThanTheBudgetButForCriticalOnes) {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    std::vector<Candidate> candidates;
    candidates.reserve(60);
    for (int i = 0; i < 60; ++i) {
      candidates.push_back({static_cast<std::int64_t>(random() % 5), static_cast<AlertSeverity>(random() % 4),
                            static_cast<double>(random() % 10), i});
    }
    const int limit = 1 + static_cast<int>(random() % 9);
    const auto let = within_budget(candidates, {}, limit);
    std::map<std::int64_t, int> counts, critical_counts;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].severity == critical) {
        EXPECT_TRUE(let[i]);
        ++critical_counts[candidates[i].person];
      }
      if (let[i]) ++counts[candidates[i].person];
    }
    for (const auto& [person, count] : counts) {
      if (person != 0) {
        EXPECT_LE(count, std::max(limit, critical_counts[person]));
      }
    }
    // Nothing that is held back is worth more than what its person was given.
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      for (std::size_t j = 0; j < candidates.size(); ++j) {
        if (let[i] || !let[j] || candidates[i].person != candidates[j].person) continue;
        if (candidates[j].severity == critical) continue;
        EXPECT_LE(candidates[i].expected_value, candidates[j].expected_value);
      }
    }
  }
}

TEST(NoiseBudget, FeedbackMovesPrecision) {
  EXPECT_DOUBLE_EQ(precision_of({}, std::nullopt), 0.5);
  EXPECT_DOUBLE_EQ(precision_of({}, 0.2), 0.2);
  EXPECT_LT(precision_of({0, 5}, 0.5), precision_of({0, 1}, 0.5));
  EXPECT_DOUBLE_EQ(precision_of({10, 0}, 0.5), 0.75);
  EXPECT_DOUBLE_EQ(expected_value(1000, 0.5, high), 1000);
}

}  // namespace
}  // namespace banso::engine::signals
