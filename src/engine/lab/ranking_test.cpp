#include "ranking.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "test_rows.hpp"

namespace banso::engine::lab {
namespace {

double published_low(double auc, double variance) {
  return 1 / (1 + std::exp(-(std::log(auc / (1 - auc)) - 1.96 * std::sqrt(variance) / (auc * (1 - auc)))));
}

// With the outcome: 1 and 2; without: 2, 3 and 4. Of six pairs five are in order and one is a tie: 5.5 / 6. Placement
// values 1 and 2.5/3; 1.5/2, 1 and 1: variances 0.0138889 / 2 + 0.0208333 / 3 (DeLong 1988, by hand).
TEST(Auc, EqualsDeLongByHand) {
  const TestRows rows{1, {1, 2, 2, 3, 4}, {1, 1, 0, 0, 0}};
  const auto auc = clustered_auc(rows.ranked(), count_values(rows.ranked()), Predicts::low);
  ASSERT_TRUE(auc);
  EXPECT_NEAR(auc->value, 5.5 / 6, 1e-12);
  EXPECT_NEAR(auc->low, published_low(5.5 / 6, 0.0138889), 1e-4);
  const auto other_way = clustered_auc(rows.ranked(), count_values(rows.ranked()), Predicts::high);
  EXPECT_NEAR(other_way->value, 0.5 / 6, 1e-12);
}

struct Shape {
  const char* name;
  std::vector<std::int32_t> values;
  std::vector<int> labels;
  double auc;
};

TEST(Auc, OfSimpleShapes) {
  const Shape table[] = {
      {"perfect", {0, 10, 90, 100}, {1, 1, 0, 0}, 1.0},
      {"reversed", {90, 100, 0, 10}, {1, 1, 0, 0}, 0.0},
      {"all tied", {50, 50, 50, 50}, {1, 0, 1, 0}, 0.5},
      {"half", {10, 30, 20, 40}, {1, 0, 0, 1}, 0.5},
  };
  for (const auto& shape : table) {
    const TestRows rows{1, shape.values, shape.labels};
    EXPECT_NEAR(clustered_auc(rows.ranked(), count_values(rows.ranked()), Predicts::low)->value, shape.auc, 1e-12)
        << shape.name;
  }
  const TestRows one_sided{1, {1, 2}, {0, 0}};
  EXPECT_FALSE(clustered_auc(one_sided.ranked(), count_values(one_sided.ranked()), Predicts::low));
}

// Obuchowski's formulas (1997) written down pair by pair.
struct Oracle {
  double auc, variance;

  explicit Oracle(const TestRows& rows) {
    struct Row {
      std::size_t cluster;
      double value;
    };
    std::vector<Row> with, without;
    for (std::size_t i = 0; i < rows.values.size(); ++i) {
      if (rows.labels[i] == 2 || rows.values[i] < 0) continue;
      (rows.labels[i] == 1 ? with : without).push_back({i / rows.weeks, static_cast<double>(rows.values[i])});
    }
    const auto wins = [](double a, double b) { return a < b ? 1.0 : a == b ? 0.5 : 0.0; };
    const auto m = static_cast<double>(with.size()), n = static_cast<double>(without.size());
    double sum = 0;
    for (const auto& a : with) {
      for (const auto& b : without) sum += wins(a.value, b.value);
    }
    auc = sum / (m * n);
    const std::size_t clusters = rows.values.size() / rows.weeks;
    std::vector<double> x(clusters), y(clusters), mi(clusters), ni(clusters);
    for (const auto& a : with) {
      double beaten = 0;
      for (const auto& b : without) beaten += wins(a.value, b.value);
      x[a.cluster] += beaten / n;
      ++mi[a.cluster];
    }
    for (const auto& b : without) {
      double beating = 0;
      for (const auto& a : with) beating += wins(a.value, b.value);
      y[b.cluster] += beating / m;
      ++ni[b.cluster];
    }
    double s10 = 0, s01 = 0, s11 = 0, i10 = 0, i01 = 0, all = 0;
    for (std::size_t i = 0; i < clusters; ++i) {
      s10 += std::pow(x[i] - mi[i] * auc, 2);
      s01 += std::pow(y[i] - ni[i] * auc, 2);
      s11 += (x[i] - mi[i] * auc) * (y[i] - ni[i] * auc);
      i10 += mi[i] > 0;
      i01 += ni[i] > 0;
      all += mi[i] + ni[i] > 0;
    }
    s10 *= i10 / ((i10 - 1) * m);
    s01 *= i01 / ((i01 - 1) * n);
    s11 *= all / (all - 1);
    variance = s10 / m + s01 / n + 2 * s11 / (m * n);
  }
};

class RandomRanking : public testing::TestWithParam<unsigned> {};

TEST_P(RandomRanking, EqualsObuchowskiPairByPair) {
  const auto rows = random_rows(GetParam(), 40, 12, 30);
  const Oracle oracle(rows);
  const auto counts = count_values(rows.ranked(), threads());
  const auto auc = clustered_auc(rows.ranked(), counts, Predicts::low, threads());
  ASSERT_TRUE(auc);
  EXPECT_NEAR(auc->value, oracle.auc, 1e-12);
  const auto expected = on_log_odds(oracle.auc, oracle.variance);
  EXPECT_NEAR(auc->low, expected.low, 1e-6);
  EXPECT_NEAR(auc->high, expected.high, 1e-6);
}

// An independent road to the same interval: accounts drawn with replacement.
TEST_P(RandomRanking, IntervalIsAsWideAsTheBootstrapOverAccounts) {
  const auto rows = random_rows(GetParam(), 150, 10, 1000);
  std::mt19937 random(GetParam());
  std::vector<double> drawn;
  for (int round = 0; round < 300; ++round) {
    TestRows sample{rows.weeks, {}, {}, rows.most};
    for (int i = 0; i < 150; ++i) {
      const auto account = static_cast<std::ptrdiff_t>(std::uniform_int_distribution<int>(0, 149)(random));
      const auto width = static_cast<std::ptrdiff_t>(rows.weeks);
      sample.values.insert(sample.values.end(), rows.values.begin() + account * width,
                           rows.values.begin() + (account + 1) * width);
      sample.labels.insert(sample.labels.end(), rows.labels.begin() + account * width,
                           rows.labels.begin() + (account + 1) * width);
    }
    drawn.push_back(clustered_auc(sample.ranked(), count_values(sample.ranked()), Predicts::low)->value);
  }
  std::sort(drawn.begin(), drawn.end());
  const auto auc = clustered_auc(rows.ranked(), count_values(rows.ranked()), Predicts::low);
  const double bootstrap = drawn[292] - drawn[7];
  EXPECT_NEAR((auc->high - auc->low) / bootstrap, 1, 0.25);
}

TEST_P(RandomRanking, ThreadsNeverMatter) {
  const auto rows = random_rows(GetParam(), 100, 20, 100'000);
  const auto alone = clustered_auc(rows.ranked(), count_values(rows.ranked()), Predicts::low);
  const auto together = clustered_auc(rows.ranked(), count_values(rows.ranked(), threads()), Predicts::low, threads());
  EXPECT_EQ(alone, together);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRanking, testing::Values(1u, 2u, 3u));

TEST(Curves, CountWhatEachThresholdFlags) {
  TestRows rows{1, {}, {}};
  for (const int points : {5, 15, 50, 60, 90}) rows.values.push_back(points * Points::scale);
  rows.labels = {1, 0, 1, 0, 0};
  const auto counts = count_values(rows.ranked());
  const auto roc = roc_curve(counts, Predicts::low);
  ASSERT_EQ(roc.size(), 101u);
  EXPECT_EQ(roc[0].true_rate, 0);
  EXPECT_EQ(roc[5].true_rate, 0);  // a threshold of 5 flags what is below 5
  EXPECT_EQ(roc[6].true_rate, 0.5);
  EXPECT_NEAR(roc[51].false_rate, 1.0 / 3, 1e-12);
  EXPECT_EQ(roc[100].false_rate, 1);
  const auto precision = precision_recall_curve(counts, Predicts::low);
  ASSERT_EQ(precision.size(), 95u);  // below 6 nothing is flagged
  EXPECT_EQ(precision.front().score, 6);
  EXPECT_EQ(precision.front().precision, 1);
  EXPECT_NEAR(precision.front().lift, 2.5, 1e-12);
  EXPECT_EQ(precision.back().recall, 1);
  EXPECT_NEAR(precision.back().precision, 0.4, 1e-12);
  const auto upwards = roc_curve(counts, Predicts::high);
  EXPECT_EQ(upwards.front().true_rate, 0);
  EXPECT_EQ(upwards.back().true_rate, 1);
  EXPECT_EQ(counts.quantile_without(0.5), 60.0 * Points::scale);
}

}  // namespace
}  // namespace banso::engine::lab
