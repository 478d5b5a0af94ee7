#include "interval.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace banso::engine::lab {
namespace {

struct WilsonCase {
  double hits, trials, low, high;
};

// Published values (Newcombe 1998, table I, method 3: score without continuity correction).
TEST(Wilson, EqualsPublishedIntervals) {
  const WilsonCase table[] = {
      {81, 263, 0.2553, 0.3662},
      {15, 148, 0.0624, 0.1605},
      {0, 20, 0.0000, 0.1611},
      {1, 29, 0.0061, 0.1718},
  };
  for (const auto& row : table) {
    const auto interval = wilson(row.hits, row.trials);
    ASSERT_TRUE(interval);
    EXPECT_NEAR(interval->value, row.hits / row.trials, 1e-12);
    EXPECT_NEAR(interval->low, row.low, 5e-5) << row.hits << "/" << row.trials;
    EXPECT_NEAR(interval->high, row.high, 5e-5) << row.hits << "/" << row.trials;
  }
  EXPECT_FALSE(wilson(0, 0));
}

TEST(ClusteredShare, OfSingleTrialsIsNearlyWilson) {
  ClusteredShare share;
  for (int i = 0; i < 263; ++i) share.add(i < 81 ? 1 : 0, 1);
  const auto interval = share.interval();
  ASSERT_TRUE(interval);
  EXPECT_NEAR(interval->low, 0.2553, 1e-3);
  EXPECT_NEAR(interval->high, 0.3662, 1e-3);
}

TEST(ClusteredShare, CountsAccountsAndNotTheirRows) {
  // Each account says the same in all its 50 rows: worth one trial each.
  ClusteredShare repeated, single;
  for (int i = 0; i < 40; ++i) {
    repeated.add(i < 10 ? 50 : 0, 50);
    single.add(i < 10 ? 1 : 0, 1);
  }
  EXPECT_NEAR(repeated.interval()->low, single.interval()->low, 1e-9);
  EXPECT_NEAR(repeated.interval()->high, single.interval()->high, 1e-9);
}

TEST(ClusteredShare, AllHitsAreWorthTheirAccounts) {
  ClusteredShare share;
  for (int i = 0; i < 20; ++i) share.add(0, 104);
  EXPECT_NEAR(share.interval()->high, 0.1611, 5e-5);
  EXPECT_EQ(share.interval()->value, 0);
}

TEST(ClusteredShare, AddsUpFromParts) {
  ClusteredShare whole, first, second;
  for (int i = 0; i < 30; ++i) {
    whole.add(i % 4, 5 + i % 3);
    (i < 11 ? first : second).add(i % 4, 5 + i % 3);
  }
  first.add(second);
  EXPECT_EQ(first.interval(), whole.interval());
  EXPECT_FALSE(ClusteredShare().interval());
}

TEST(OnLogOdds, StaysInsideAndHasTheSlopeOfTheShare) {
  const auto narrow = on_log_odds(0.8, 1e-6);
  EXPECT_NEAR(narrow.high - 0.8, 1.96 * 1e-3, 1e-5);
  const auto wide = on_log_odds(0.95, 0.04);
  EXPECT_LT(wide.high, 1);
  EXPECT_GT(wide.low, 0);
  EXPECT_EQ(on_log_odds(1, 0.1), (Interval{1, 1, 1}));
}

}  // namespace
}  // namespace banso::engine::lab
