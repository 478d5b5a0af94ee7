#include "survival.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "hazard_by_age.hpp"
#include "log_rank.hpp"

namespace banso::engine::retention_statistics {
namespace {

std::vector<Lifetime> random_lifetimes(std::mt19937& random, std::size_t count, int longest) {
  std::uniform_int_distribution<int> time(1, longest), coin(0, 2), group(0, 2);
  std::vector<Lifetime> lifetimes;
  for (std::size_t i = 0; i < count; ++i) {
    Lifetime life{from_the_begin, static_cast<double>(time(random)), coin(random) > 0,
                  static_cast<std::uint32_t>(group(random))};
    if (coin(random) == 0) life.entry = std::uniform_int_distribution<int>(0, static_cast<int>(life.exit) - 1)(random);
    lifetimes.push_back(life);
  }
  return lifetimes;
}

// The product over all times, straight from its definition.
double survival_by_definition(const std::vector<Lifetime>& lifetimes, double time) {
  std::vector<double> times;
  for (const Lifetime& life : lifetimes)
    if (life.ended && life.exit <= time) times.push_back(life.exit);
  std::ranges::sort(times);
  times.erase(std::ranges::unique(times).begin(), times.end());
  double survival = 1;
  for (const double t : times) {
    double at_risk = 0, ended = 0;
    for (const Lifetime& life : lifetimes) {
      at_risk += life.entry < t && t <= life.exit;
      ended += life.ended && life.exit == t;
    }
    survival *= 1 - ended / at_risk;
  }
  return survival;
}

// Freireich's leukaemia trial, the example of every textbook (Kalbfleisch and Prentice): 6-mercaptopurine.
std::vector<Lifetime> leukaemia(std::uint32_t group = 0) {
  std::vector<Lifetime> lifetimes;
  for (const int t : {6, 6, 6, 7, 10, 13, 16, 22, 23}) lifetimes.push_back({from_the_begin, double(t), true, group});
  for (const int t : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35})
    lifetimes.push_back({from_the_begin, double(t), false, group});
  return lifetimes;
}

TEST(SurvivalCurve, GivesTheTextbookTable) {
  const SurvivalCurve curve = survival_curve(leukaemia());
  EXPECT_EQ(curve.customers(), 21u);
  EXPECT_EQ(curve.ended(), 9u);
  EXPECT_NEAR(*curve.survival_at(6), 0.857, 5e-4);
  EXPECT_NEAR(*curve.survival_at(10), 0.753, 5e-4);
  EXPECT_NEAR(*curve.survival_at(23), 0.448, 5e-4);
  const SurvivalPoint& at_six = *curve.at(6);
  EXPECT_EQ(at_six.at_risk, 21);
  EXPECT_EQ(at_six.ended, 3);
  EXPECT_EQ(at_six.censored, 1);
  EXPECT_NEAR(at_six.log_standard_error * at_six.survival, 0.0764, 5e-5);
  EXPECT_EQ(curve.median().value, 23);
}

TEST(SurvivalCurve, SaysNothingBeyondWhatWasSeen) {
  const SurvivalCurve curve = survival_curve(leukaemia());
  EXPECT_EQ(*curve.survival_at(0), 1);
  EXPECT_TRUE(curve.survival_at(35).has_value());
  EXPECT_FALSE(curve.survival_at(35.5).has_value());
  const std::vector<Lifetime> all_ended{{from_the_begin, 1, true, 0}, {from_the_begin, 2, true, 0}};
  EXPECT_EQ(survival_curve(all_ended).survival_at(9), 0);
  EXPECT_FALSE(survival_curve({}).survival_at(1).has_value());
}

TEST(SurvivalCurve, StaysAtOneWhereNobodyLeft) {
  std::vector<Lifetime> lifetimes;
  for (int t = 1; t < 40; ++t) lifetimes.push_back({from_the_begin, double(t % 7), false, 0});
  const SurvivalCurve curve = survival_curve(lifetimes);
  for (const SurvivalPoint& point : curve.points()) {
    EXPECT_EQ(point.survival, 1);
    EXPECT_EQ(point.band->low, 1);
  }
  EXPECT_FALSE(curve.median().value.has_value());
  EXPECT_EQ(curve.restricted_mean(6).value, 6);
  EXPECT_EQ(curve.restricted_mean(6).standard_error, 0);
}

TEST(SurvivalCurve, IsTheProductOfItsDefinitionInAnyOrder) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    auto lifetimes = random_lifetimes(random, 1 + random() % 60, 12);
    const SurvivalCurve curve = survival_curve(lifetimes);
    double before = 1;
    for (const SurvivalPoint& point : curve.points()) {
      EXPECT_NEAR(point.survival, survival_by_definition(lifetimes, point.time), 1e-12);
      EXPECT_LE(point.survival, before);
      EXPECT_GE(point.survival, 0);
      if (point.band) {
        EXPECT_LE(point.band->low, point.survival);
        EXPECT_GE(point.band->high, point.survival);
      }
      before = point.survival;
    }
    std::ranges::shuffle(lifetimes, random);
    const SurvivalCurve shuffled = survival_curve(lifetimes);
    ASSERT_EQ(shuffled.points().size(), curve.points().size());
    for (std::size_t i = 0; i < curve.points().size(); ++i) {
      EXPECT_EQ(shuffled.points()[i].survival, curve.points()[i].survival);
      EXPECT_EQ(shuffled.points()[i].log_standard_error, curve.points()[i].log_standard_error);
    }
  }
}

TEST(SurvivalCurve, LeavesOutWhatWasNeverAtRisk) {
  const std::vector<Lifetime> lifetimes{{3, 3, true, 0}, {5, 2, true, 0}, {0, NAN, true, 0}, {1, 4, true, 0}};
  const SurvivalCurve curve = survival_curve(lifetimes);
  EXPECT_EQ(curve.left_out(), 3u);
  EXPECT_EQ(curve.customers(), 1u);
}

TEST(SurvivalCurve, SplitsByGroup) {
  std::mt19937 random(11);
  const auto lifetimes = random_lifetimes(random, 200, 30);
  const auto curves = survival_curves(lifetimes, 3);
  ASSERT_EQ(curves.size(), 3u);
  EXPECT_EQ(curves[0].customers() + curves[1].customers() + curves[2].customers(), 200u);
}

TEST(LogRank, GivesTheTextbookTest) {
  auto lifetimes = leukaemia();
  for (const int t : {1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23})
    lifetimes.push_back({from_the_begin, double(t), true, 1});
  const LogRank test = log_rank(lifetimes, 2);
  EXPECT_NEAR(test.chi_square, 16.79, 5e-3);
  EXPECT_EQ(test.degrees_of_freedom, 1);
  EXPECT_EQ(test.groups[0].observed, 9);
  EXPECT_NEAR(test.groups[0].expected, 19.25, 5e-3);
}

TEST(LogRank, ComparesNothingWhereThereIsNothing) {
  EXPECT_EQ(log_rank({}, 3).degrees_of_freedom, 0);
  EXPECT_EQ(log_rank(leukaemia(), 2).degrees_of_freedom, 0);
  EXPECT_EQ(log_rank(leukaemia(), 2).p_value, 1);
}

TEST(LogRank, FindsNoDifferenceBetweenEqualGroups) {
  auto lifetimes = leukaemia();
  for (const Lifetime& life : leukaemia(1)) lifetimes.push_back(life);
  const LogRank test = log_rank(lifetimes, 2);
  EXPECT_NEAR(test.chi_square, 0, 1e-12);
  EXPECT_NEAR(test.p_value, 1, 1e-6);
}

TEST(HazardByAge, CountsExposureAndEnds) {
  const std::vector<Lifetime> lifetimes{{from_the_begin, 2.5, true, 0}, {1, 3, false, 0}, {from_the_begin, 1, true, 0}};
  const auto hazard = hazard_by_age(lifetimes, 1);
  ASSERT_EQ(hazard.size(), 3u);
  EXPECT_EQ(hazard[0].exposure, 2);
  EXPECT_EQ(hazard[0].ended, 1);
  EXPECT_EQ(hazard[1].exposure, 2);
  EXPECT_EQ(hazard[1].ended, 0);
  EXPECT_EQ(hazard[2].exposure, 1.5);
  EXPECT_NEAR(hazard[2].rate, 1 / 1.5, 1e-12);
  EXPECT_EQ(hazard[1].interval.low, 0);
  // Garwood's upper limit for no happening is -ln(0.025).
  EXPECT_NEAR(hazard[1].interval.high, 3.688879 / 2, 1e-6);
}

TEST(HazardByAge, LosesNoTimeAndNoEnd) {
  std::mt19937 random(3);
  const auto lifetimes = random_lifetimes(random, 500, 40);
  double time = 0, ends = 0, exposure = 0, counted = 0;
  for (const Lifetime& life : lifetimes) {
    time += life.exit - std::max(life.entry, 0.0);
    ends += life.ended;
  }
  for (const AgeHazard& stretch : hazard_by_age(lifetimes, 7)) {
    exposure += stretch.exposure;
    counted += static_cast<double>(stretch.ended);
  }
  EXPECT_NEAR(exposure, time, 1e-9);
  EXPECT_EQ(counted, ends);
}

TEST(Lifetimes, CountsMonthsByTheCalendar) {
  const auto age = [](core::Day from, core::Day to) { return age_on(to, from, AgeUnit::month); };
  EXPECT_EQ(age(core::day_from(2026, 1, 15), core::day_from(2026, 4, 15)), 3);
  EXPECT_EQ(age(core::day_from(2026, 1, 31), core::day_from(2026, 2, 28)), 1);
  EXPECT_NEAR(age(core::day_from(2026, 1, 15), core::day_from(2026, 1, 30)), 15.0 / 31, 1e-12);
  EXPECT_EQ(age(core::day_from(2024, 2, 29), core::day_from(2025, 2, 28)), 12);
}

TEST(Lifetimes, SaysWhomItLeavesOut) {
  const core::Day day = core::day_from(2026, 1, 1);
  const std::vector<CustomerSpan> spans{
      {day, day + 10, true, {}, 0},     {day, {}, false, {}, 1},           {{}, day, true, {}, 0},
      {day, {}, true, {}, 0},           {day, day, true, {}, 0},           {day + 30, {}, false, {}, 0},
      {day, day + 3, true, day + 5, 0}, {day, day + 30, true, day + 5, 0},
  };
  const ObservedLifetimes observed = observe(spans, day + 20, AgeUnit::day);
  EXPECT_EQ(observed.left_out, (ObservedLifetimes::LeftOut{1, 1, 1, 1, 1}));
  ASSERT_EQ(observed.lifetimes.size(), 3u);
  EXPECT_EQ(observed.lifetimes[0].exit, 10);
  EXPECT_TRUE(observed.lifetimes[0].ended);
  EXPECT_EQ(observed.lifetimes[1].exit, 20);
  EXPECT_FALSE(observed.lifetimes[1].ended);
  EXPECT_EQ(observed.lifetimes[2].entry, 5);
  EXPECT_FALSE(observed.lifetimes[2].ended);  // it ends after the last day seen
}

TEST(Lifetimes, CountsWholePeriods) {
  const std::vector<Lifetime> lifetimes{{from_the_begin, 3, true, 0},
                                        {from_the_begin, 2.5, true, 0},
                                        {from_the_begin, 2.5, false, 0},
                                        {1.5, 4, false, 0}};
  EXPECT_EQ(count_periods(lifetimes), (std::vector<PeriodCount>{{3, 0}, {3, 0}, {3, 2}, {1, 0}}));
}

}  // namespace
}  // namespace banso::engine::retention_statistics
