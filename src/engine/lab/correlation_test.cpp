#include "correlation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace banso::engine::lab {
namespace {

// The textbook example of Spearman's rank correlation: intelligence quotient and hours of television, rho = -29/165.
TEST(RankCorrelation, EqualsThePublishedExample) {
  const std::vector<double> quotient{106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
  const std::vector<double> hours{7, 27, 2, 50, 28, 29, 20, 12, 6, 17};
  EXPECT_NEAR(*rank_correlation(quotient, hours), -29.0 / 165, 1e-12);
}

TEST(RankCorrelation, TiesShareTheirRanks) {
  EXPECT_EQ(mid_ranks(std::vector<double>{3, 1, 3, 2, 3}), (std::vector<double>{4, 1, 4, 2, 4}));
  // Ranks 1.5 1.5 3.5 3.5 against 1 2 3 4: covariance 4, squares 4 and 5.
  EXPECT_NEAR(*rank_correlation(std::vector<double>{1, 1, 2, 2}, std::vector<double>{1, 2, 3, 4}), 4 / std::sqrt(20.0),
              1e-12);
}

TEST(RankCorrelation, OfAConstantIsNothing) {
  EXPECT_FALSE(rank_correlation(std::vector<double>{1, 1, 1}, std::vector<double>{1, 2, 3}));
  EXPECT_FALSE(rank_correlation(std::vector<double>{1, 2}, std::vector<double>{1, 2}));
}

}  // namespace
}  // namespace banso::engine::lab
