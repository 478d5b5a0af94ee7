#include "matching.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "difference.hpp"

namespace banso::engine::effects {
namespace {

struct World {
  Covariates treated, others;
  std::vector<double> treated_outcomes, other_outcomes;
};

// Weak accounts are treated more often, and weak accounts end worse: treatment adds `effect`, but looks harmful.
World confounded(std::uint64_t seed, double effect) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  World world;
  world.treated.columns = world.others.columns = 2;
  for (int i = 0; i < 3000; ++i) {
    const double health = 60 + 15 * normal(random);
    const double size = normal(random);
    const bool is_treated = uniform(random) < 0.5 / (1 + std::exp((health - 45) / 6));
    const double outcome = 0.8 * health + 4 * size + 5 * normal(random) + (is_treated ? effect : 0);
    auto& side = is_treated ? world.treated : world.others;
    side.values.push_back(health);
    side.values.push_back(size);
    side.strata.push_back(0);
    (is_treated ? world.treated_outcomes : world.other_outcomes).push_back(outcome);
  }
  return world;
}

TEST(Matching, FindsTheEffectThatTheNaiveDifferenceHides) {
  int covered = 0;
  constexpr int worlds = 60;
  double error = 0;
  for (int i = 0; i < worlds; ++i) {
    const auto world = confounded(100 + i, 5);
    const auto naive = difference_of_means(world.treated_outcomes, world.other_outcomes, 0.9);
    EXPECT_LT(naive.interval->high, 0);  // looks harmful
    const auto found = match(world.treated, world.others, {0.25});
    EXPECT_GT(found.pairs.size(), world.treated.rows() * 3 / 4);
    EXPECT_LT(found.balance[0].before, -0.8);
    EXPECT_LT(std::abs(found.balance[0].after), 0.06);
    EXPECT_LT(std::abs(found.balance[1].after), 0.06);
    std::vector<Matched> pairs;
    for (const auto& pair : found.pairs) {
      pairs.push_back({world.treated_outcomes[pair.treated], world.other_outcomes[pair.candidate]});
    }
    const auto effect = difference_of_pairs(pairs, 0.9, 1);
    ASSERT_TRUE(effect.interval);
    error += (effect.difference - 5) / worlds;
    covered += effect.interval->low <= 5 && 5 <= effect.interval->high;
  }
  EXPECT_LT(std::abs(error), 0.4);
  EXPECT_GE(covered, worlds * 3 / 4);
}

TEST(Matching, TakesNobodyTwiceAndStaysWithinStrataAndCalipers) {
  std::mt19937_64 random(9);
  std::normal_distribution<double> normal;
  Covariates treated{2, {}, {}}, others{2, {}, {}};
  for (int i = 0; i < 200; ++i) {
    treated.values.insert(treated.values.end(), {normal(random), normal(random)});
    treated.strata.push_back(i % 3);
  }
  for (int i = 0; i < 400; ++i) {
    others.values.insert(others.values.end(), {normal(random), normal(random)});
    others.strata.push_back(i % 3);
  }
  const auto found = match(treated, others, {0.4});
  std::set<std::size_t> taken;
  for (const auto& pair : found.pairs) {
    EXPECT_TRUE(taken.insert(pair.candidate).second);
    EXPECT_EQ(treated.strata[pair.treated], others.strata[pair.candidate]);
    for (std::size_t column = 0; column < 2; ++column) {
      EXPECT_LT(std::abs(treated.at(pair.treated, column) - others.at(pair.candidate, column)), 0.4 * 1.15);
    }
  }
  EXPECT_EQ(found.pairs.size() + found.unmatched.size(), treated.rows());
  EXPECT_GT(found.pairs.size(), 120u);
}

TEST(Matching, KeepsApartWhatIsUnknownOfOneOnly) {
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  const Covariates treated{2, {1, unknown, 1, 5}, {0, 0}};
  const Covariates others{2, {1, 5, 1.1, unknown, 9, 5}, {0, 0, 0}};
  const auto found = match(treated, others, {0.5});
  ASSERT_EQ(found.pairs.size(), 2u);
  EXPECT_EQ(found.pairs[0].candidate, 1u);
  EXPECT_EQ(found.pairs[1].candidate, 0u);
}

TEST(Balance, IsInStandardDeviations) {
  const Covariates treated{1, {3, 5, 7}, {0, 0, 0}};
  const Covariates others{1, {1, 3, 5}, {0, 0, 0}};
  const auto found = balance_of(treated, others);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_DOUBLE_EQ(found[0].after, 1);  // 2 apart, both vary by 2
  EXPECT_DOUBLE_EQ(found[0].treated_mean, 5);
}

TEST(Matching, LeavesAloneWhomNobodyIsLike) {
  const Covariates treated{1, {0, 100}, {0, 7}};
  const Covariates others{1, {0.01, 3, 5}, {0, 0, 0}};
  const auto found = match(treated, others, {0.3});
  ASSERT_EQ(found.pairs.size(), 1u);
  EXPECT_EQ(found.unmatched, std::vector<std::size_t>{1});
}

}  // namespace
}  // namespace banso::engine::effects
