// How often intervals hold the truth, in worlds where it is known. 90 % intervals; the bounds leave room for the luck
// of the simulation (its standard error is in the comments).
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "difference.hpp"
#include "watching.hpp"

namespace banso::engine::effects {
namespace {

constexpr double confidence = 0.9;

TEST(Coverage, OfMeansWithUnequalSpread) {
  std::mt19937_64 random(1);
  std::normal_distribution<double> calm(3, 1), wild(1, 5);
  constexpr int worlds = 4000;  // standard error 0.5 %
  int held = 0;
  for (int world = 0; world < worlds; ++world) {
    std::vector<double> a(12), b(30);
    for (auto& each : a) each = wild(random);
    for (auto& each : b) each = calm(random);
    const auto found = difference_of_means(a, b, confidence);
    held += found.interval->low <= -2 && -2 <= found.interval->high;
  }
  EXPECT_NEAR(static_cast<double>(held) / worlds, confidence, 0.015);
}

TEST(Coverage, OfRates) {
  std::mt19937_64 random(2);
  constexpr int worlds = 4000;
  for (const auto& [p, q] : {std::pair{0.9, 0.8}, {0.5, 0.5}, {0.97, 0.9}}) {
    std::binomial_distribution<int> a(40, p), b(60, q);
    int held = 0;
    for (int world = 0; world < worlds; ++world) {
      const auto found = difference_of_rates({static_cast<std::size_t>(a(random)), 40},
                                             {static_cast<std::size_t>(b(random)), 60}, confidence);
      held += found.interval->low <= p - q && p - q <= found.interval->high;
    }
    EXPECT_GT(static_cast<double>(held) / worlds, 0.88);
    EXPECT_LT(static_cast<double>(held) / worlds, 0.95);
  }
}

// As ARR changes: most by nothing, some are lost whole, and the whole is lognormal.
TEST(Coverage, OfAmountsWithLongTails) {
  std::mt19937_64 random(3);
  std::lognormal_distribution<double> size(0, 1.2);
  std::uniform_real_distribution<double> uniform;
  const double mean_size = std::exp(1.2 * 1.2 / 2);
  const auto change = [&](double lost) {
    const double arr = size(random);
    return uniform(random) < lost ? -arr : 0;
  };
  constexpr int worlds = 500;  // standard error 1.3 %
  int held = 0, welch_held = 0;
  const double truth = mean_size * (0.25 - 0.10);
  for (int world = 0; world < worlds; ++world) {
    std::vector<double> treated(300), comparison(150);
    for (auto& each : treated) each = change(0.10);
    for (auto& each : comparison) each = change(0.25);
    const auto found = difference_of_amounts(treated, comparison, confidence, world);
    held += found.interval->low <= truth && truth <= found.interval->high;
    const auto welch = difference_of_means(treated, comparison, confidence);
    welch_held += welch.interval->low <= truth && truth <= welch.interval->high;
  }
  EXPECT_GT(static_cast<double>(held) / worlds, 0.86);
  EXPECT_LT(static_cast<double>(held) / worlds, 0.95);
  EXPECT_GE(held, welch_held);
}

TEST(Coverage, OfAdjustedMeans) {
  std::mt19937_64 random(4);
  std::normal_distribution<double> normal;
  constexpr int worlds = 3000;
  int held = 0;
  double plain_width = 0, width = 0;
  for (int world = 0; world < worlds; ++world) {
    std::vector<BeforeAfter> a(40), b(25);
    std::vector<double> a_after, b_after;
    for (auto* side : {&a, &b}) {
      for (auto& each : *side) {
        each.before = 60 + 15 * normal(random);
        each.after = 20 + 0.7 * each.before + 6 * normal(random) + (side == &a ? 4 : 0);
        (side == &a ? a_after : b_after).push_back(each.after);
      }
    }
    const auto found = adjusted_difference_of_means(a, b, confidence);
    const auto plain = difference_of_means(a_after, b_after, confidence);
    held += found.interval->low <= 4 && 4 <= found.interval->high;
    width += found.interval->high - found.interval->low;
    plain_width += plain.interval->high - plain.interval->low;
  }
  EXPECT_NEAR(static_cast<double>(held) / worlds, confidence, 0.02);
  EXPECT_LT(width, 0.6 * plain_width);
}

TEST(Coverage, OfRatiosOfSums) {
  std::mt19937_64 random(5);
  std::lognormal_distribution<double> size(0, 0.8);
  std::normal_distribution<double> normal;
  constexpr int worlds = 300;
  int held = 0;
  for (int world = 0; world < worlds; ++world) {
    std::vector<BeforeAfter> a(80), b(50);
    for (auto& each : a) each = {size(random), 0}, each.after = each.before * (1.04 + 0.2 * normal(random));
    for (auto& each : b) each = {size(random), 0}, each.after = each.before * (0.98 + 0.2 * normal(random));
    const auto found = difference_of_ratios(a, b, confidence, world);
    held += found.interval->low <= 0.06 && 0.06 <= found.interval->high;
  }
  EXPECT_GT(static_cast<double>(held) / worlds, 0.85);
  EXPECT_LT(static_cast<double>(held) / worlds, 0.96);
}

// Nothing differs, and somebody looks after every ten cases until something shows.
TEST(Watching, KeepsItsPromiseUnderManyLooks) {
  std::mt19937_64 random(6);
  std::normal_distribution<double> normal;
  constexpr int worlds = 1500;
  int fooled = 0, fooled_by_fixed = 0;
  for (int world = 0; world < worlds; ++world) {
    std::vector<double> a, b;
    bool always = false, fixed = false;
    for (int look = 0; look < 50; ++look) {
      for (int i = 0; i < 10; ++i) {
        a.push_back(normal(random));
        b.push_back(normal(random));
      }
      if (a.size() < 20) continue;
      const auto found = difference_of_means(a, b, confidence);
      fixed |= found.interval->excludes(0);
      always |= always_valid(found.difference, found.standard_error, 2 * a.size(), 400, confidence).excludes(0);
    }
    fooled += always;
    fooled_by_fixed += fixed;
  }
  EXPECT_LE(static_cast<double>(fooled) / worlds, 0.10);
  EXPECT_GT(static_cast<double>(fooled_by_fixed) / worlds, 0.30);
}

}  // namespace
}  // namespace banso::engine::effects
