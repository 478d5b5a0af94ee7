#include "regression.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace banso::engine::lab {
namespace {

struct Examples {
  std::vector<float> features;
  std::vector<std::uint8_t> labels;
};

// Two of ten where the feature is 0, six of ten where it is 1: the odds are 1/4 and 3/2.
TEST(Regression, OfOneFeatureHasItsClosedForm) {
  Examples examples;
  for (int i = 0; i < 20; ++i) {
    examples.features.push_back(i < 10 ? 0.0f : 1.0f);
    examples.labels.push_back(i < 10 ? i < 2 : i < 16);
  }
  const auto model = fit_logistic(examples.features, 1, examples.labels, 0);
  EXPECT_NEAR(model.intercept, std::log(0.25), 1e-6);
  EXPECT_NEAR(model.coefficients[0], std::log(6.0), 1e-6);
}

TEST(Regression, NeverWeighsAgainstTheCurve) {
  Examples examples;
  for (int i = 0; i < 20; ++i) {
    examples.features.push_back(i < 10 ? 1.0f : 0.0f);
    examples.labels.push_back(i < 10 ? i < 2 : i < 16);
  }
  const auto model = fit_logistic(examples.features, 1, examples.labels, 0);
  EXPECT_EQ(model.coefficients[0], 0);
  EXPECT_NEAR(model.intercept, std::log(8.0 / 12), 1e-6);
}

class RandomExamples : public testing::TestWithParam<unsigned> {};

// At the least loss every slope is zero, or points upwards where the coefficient is held at zero.
TEST_P(RandomExamples, MeetTheConditionsOfAMinimum) {
  constexpr std::size_t features = 5, rows = 800;
  constexpr double penalty = 0.02;
  const double truth[features] = {2, -1.5, 0, 0.7, 4};
  std::mt19937 random(GetParam());
  std::uniform_real_distribution<float> uniform(0, 1);
  Examples examples;
  for (std::size_t row = 0; row < rows; ++row) {
    double odds = -2.5;
    for (std::size_t feature = 0; feature < features; ++feature) {
      examples.features.push_back(uniform(random));
      odds += truth[feature] * static_cast<double>(examples.features.back());
    }
    examples.labels.push_back(static_cast<double>(uniform(random)) < 1 / (1 + std::exp(-odds)));
  }
  const auto model = fit_logistic(examples.features, features, examples.labels, penalty);
  std::vector<double> slope(features + 1);
  for (std::size_t row = 0; row < rows; ++row) {
    double odds = model.intercept;
    for (std::size_t i = 0; i < features; ++i) {
      odds += model.coefficients[i] * static_cast<double>(examples.features[row * features + i]);
    }
    const double residual = 1 / (1 + std::exp(-odds)) - examples.labels[row];
    for (std::size_t i = 0; i < features; ++i) {
      slope[i] += residual * static_cast<double>(examples.features[row * features + i]) / rows;
    }
    slope[features] += residual / rows;
  }
  EXPECT_NEAR(slope[features], 0, 1e-6);
  for (std::size_t i = 0; i < features; ++i) {
    const double with_penalty = slope[i] + penalty * model.coefficients[i];
    if (model.coefficients[i] > 0) {
      EXPECT_NEAR(with_penalty, 0, 1e-6) << i;
    } else {
      EXPECT_GE(with_penalty, -1e-6) << i;
    }
  }
  EXPECT_EQ(model.coefficients[1], 0);
  EXPECT_GT(model.coefficients[4], model.coefficients[0]);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomExamples, testing::Values(1u, 2u, 3u));

}  // namespace
}  // namespace banso::engine::lab
