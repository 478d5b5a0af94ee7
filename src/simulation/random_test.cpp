#include "random.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace banso::simulation {
namespace {

TEST(Random, StreamsAreRepeatableAndIndependent) {
  Random random(1, 2, 3);
  Random same(1, 2, 3);
  Random other(1, 2, 4);
  int differences = 0;
  for (int i = 0; i < 100; ++i) {
    const auto value = random.next();
    EXPECT_EQ(value, same.next());
    if (value != other.next()) ++differences;
  }
  EXPECT_GT(differences, 95);
}

TEST(Random, ExponentialAndLogarithmAgreeWithTheMathematicalLibrary) {
  for (double x = -20.0; x < 20.0; x += 0.037) EXPECT_NEAR(exponential(x) / std::exp(x), 1.0, 1e-11) << x;
  for (double x = 0.001; x < 5000.0; x *= 1.37) EXPECT_NEAR(natural_log(x), std::log(x), 1e-11) << x;
}

TEST(Random, DistributionsHaveTheirMoments) {
  Random random(7, 7, 7);
  constexpr int draws = 200'000;
  double sum = 0, squares = 0, few = 0, many = 0;
  int below_three[3] = {};
  for (int i = 0; i < draws; ++i) {
    const double value = random.normal();
    sum += value;
    squares += value * value;
    few += random.poisson(0.7);
    many += random.poisson(80.0);
    ++below_three[random.below(3)];
  }
  EXPECT_NEAR(sum / draws, 0.0, 0.01);
  EXPECT_NEAR(squares / draws, 1.0, 0.02);
  EXPECT_NEAR(few / draws, 0.7, 0.01);
  EXPECT_NEAR(many / draws, 80.0, 0.2);
  for (const int count : below_three) EXPECT_NEAR(count, draws / 3.0, draws * 0.005);
}

}  // namespace
}  // namespace banso::simulation
