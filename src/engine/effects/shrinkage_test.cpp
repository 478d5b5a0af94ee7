#include "shrinkage.hpp"

#include <gtest/gtest.h>

namespace banso::engine::effects {
namespace {

// Efron and Morris 1975: 18 batters after 45 times at bat. Towards .265 with the factor .212 (Clemente .400 -> .294,
// Alvis .156 -> .242), the estimates of 1977's Scientific American.
TEST(ShrinkMeans, IsJamesAndSteins) {
  const double hits[] = {18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7};
  const double mean = 0.2654321;
  std::vector<GroupMean> groups;
  for (const double each : hits) groups.push_back({each / 45, mean * (1 - mean) / 45});
  const auto found = shrink_means(groups, 0.9);
  EXPECT_NEAR(found.front().weight, 0.212, 0.001);
  EXPECT_NEAR(found.front().fair, 0.294, 0.0006);
  EXPECT_NEAR(found.back().fair, 0.242, 0.0006);
}

TEST(ShrinkShares, TrustsLargeGroupsMore) {
  const GroupShare groups[] = {{2, 2}, {180, 200}, {100, 200}, {140, 200}, {160, 200}, {120, 200}, {0, 0}};
  const auto found = shrink_shares(groups, 0.9);
  EXPECT_LT(found[0].fair, found[1].fair);  // two of two are no better than 180 of 200
  EXPECT_GT(found[0].fair, 0.7);
  EXPECT_GT(found[1].weight, 0.8);
  EXPECT_NEAR(found[1].fair, 0.9, 0.03);
  EXPECT_GT(found[0].interval.high - found[0].interval.low, found[1].interval.high - found[1].interval.low);
  EXPECT_NEAR(found[6].fair, 700.0 / 1002, 0.01);  // without cases: as all
}

TEST(ShrinkShares, SeesNoDifferenceWhereLuckExplainsIt) {
  const GroupShare groups[] = {{5, 10}, {6, 10}, {4, 10}, {5, 10}, {5, 10}};
  for (const auto& each : shrink_shares(groups, 0.9)) EXPECT_NEAR(each.fair, 0.5, 0.06);
}

TEST(EffectiveCases, CountsUnequalOnesForLess) {
  const double equal[] = {3, 3, 3, 3}, unequal[] = {100, 1, 1};
  EXPECT_DOUBLE_EQ(effective_cases(equal), 4);
  EXPECT_LT(effective_cases(unequal), 1.1);
  EXPECT_EQ(effective_cases({}), 0);
}

}  // namespace
}  // namespace banso::engine::effects
