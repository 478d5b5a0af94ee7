#include "quantile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace banso::engine::lab {
namespace {

TEST(Quantile, LiesBetweenNeighboursInProportion) {
  EXPECT_EQ(quantile({}, 0.5), std::nullopt);
  EXPECT_EQ(quantile({7}, 0.25), 7);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 0), 1);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 1), 4);
}

TEST(Quantile, SeveralAtOnceAreThoseOfTheSortedList) {
  std::mt19937 random(5);
  for (const std::size_t size : {1u, 2u, 3u, 10u, 501u}) {
    std::vector<double> values;
    for (std::size_t i = 0; i < size; ++i) values.push_back(static_cast<double>(random() % 40));
    auto sorted = values;
    std::sort(sorted.begin(), sorted.end());
    const double shares[] = {0, 0.25, 0.5, 0.5, 0.75, 1};
    const auto found = quantiles(values, shares);
    for (std::size_t i = 0; i < std::size(shares); ++i) {
      const double at = shares[i] * static_cast<double>(size - 1);
      const auto below = static_cast<std::size_t>(at);
      const auto above = std::min(below + 1, size - 1);
      EXPECT_DOUBLE_EQ(found[i], sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]));
    }
  }
}

}  // namespace
}  // namespace banso::engine::lab
