#include "cohort_triangle.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace banso::engine::retention_statistics {
namespace {

using core::day_from;

TEST(Calendar, NumbersPeriodsWithoutGaps) {
  for (const Grain grain : {Grain::day, Grain::week, Grain::month, Grain::quarter, Grain::year}) {
    for (const int fiscal : {1, 4, 10}) {
      const Calendar calendar(grain, fiscal);
      std::int32_t number = calendar.number_of(day_from(1965, 1, 1));
      for (core::Day day = day_from(1965, 1, 1); day < day_from(1975, 1, 1); day = day + 1) {
        const std::int32_t here = calendar.number_of(day);
        ASSERT_TRUE(here == number || here == number + 1);
        ASSERT_LE(calendar.first_day(here), day);
        ASSERT_GE(calendar.last_day(here), day);
        number = here;
      }
    }
  }
}

TEST(Calendar, BeginsWhereItShould) {
  EXPECT_EQ(core::weekday(Calendar(Grain::week).first_day(2900)), 0);
  const Calendar fiscal(Grain::year, 4);
  EXPECT_EQ(fiscal.first_day(fiscal.number_of(day_from(2026, 3, 31))), day_from(2025, 4, 1));
  const Calendar quarter(Grain::quarter, 2);
  EXPECT_EQ(quarter.first_day(quarter.number_of(day_from(2026, 1, 5))), day_from(2025, 11, 1));
  EXPECT_EQ(grain_from("quarter"), Grain::quarter);
  EXPECT_FALSE(grain_from("century"));
}

TEST(CohortTriangle, CountsMembersOnceAndAddsAmounts) {
  const std::vector<core::Day> begins{day_from(2026, 1, 10), day_from(2026, 1, 20), day_from(2026, 3, 1),
                                      day_from(2027, 1, 1)};
  const std::vector<Observation> observations{
      {0, day_from(2026, 1, 10), 5}, {0, day_from(2026, 1, 30), 7}, {1, day_from(2026, 3, 2), 1},
      {2, day_from(2026, 2, 1), 1},  {2, day_from(2026, 3, 9), 4},  {2, day_from(2026, 5, 9), 4},
      {3, day_from(2026, 2, 1), 9},
  };
  const CohortTriangle triangle = cohort_triangle(begins, observations, Calendar(Grain::month), day_from(2026, 4, 15));
  ASSERT_EQ(triangle.cohorts.size(), 2u);
  EXPECT_EQ(triangle.cohorts[0].begin, day_from(2026, 1, 1));
  EXPECT_EQ(triangle.cohorts[0].size, 2);
  EXPECT_EQ(triangle.cohorts[0].cells, (std::vector<CohortCell>{{1, 12}, {0, 0}, {1, 1}, {0, 0}}));
  EXPECT_EQ(triangle.cohorts[1].cells, (std::vector<CohortCell>{{1, 4}, {0, 0}}));
  EXPECT_EQ(triangle.before_begin, 2);
  EXPECT_EQ(triangle.after_end, 1);
  EXPECT_TRUE(triangle.last_is_partial);
  const auto ages = triangle.by_age();
  EXPECT_EQ(ages[0].size, 3);
  EXPECT_EQ(ages[0].cell, (CohortCell{2, 16}));
  EXPECT_EQ(ages[2].size, 2);
  EXPECT_EQ(ages[2].first_amount, 12);
}

TEST(CohortTriangle, LeavesOutOfTheSumWhatWasNotRecordedYet) {
  CohortTriangle triangle;
  triangle.cohorts = {{day_from(2026, 1, 1), 5, {{5, 50}, {4, 40}, {3, 30}}, 2},
                      {day_from(2026, 2, 1), 2, {{2, 20}, {1, 10}}, 0}};
  const auto ages = triangle.by_age();
  EXPECT_EQ(ages[0].size, 2);
  EXPECT_EQ(ages[1].cell, (CohortCell{1, 10}));
  EXPECT_EQ(ages[2].size, 5);
}

TEST(CohortTriangle, LooksAtStepsOnTheLastDayOfEachPeriod) {
  const std::vector<Step> steps{
      {0, day_from(2026, 1, 10), 100}, {0, day_from(2026, 2, 28), 0}, {0, day_from(2026, 4, 1), 50},
      {1, day_from(2026, 1, 31), 10},  {1, day_from(2026, 2, 1), 0},  {2, day_from(2026, 3, 5), 7},
      {2, day_from(2026, 3, 20), 0},
  };
  const auto seen = observe_steps(steps, Calendar(Grain::month), day_from(2026, 4, 15));
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_EQ(seen[0].day, day_from(2026, 1, 31));
  EXPECT_EQ(seen[0].amount, 100);
  EXPECT_EQ(seen[1].member, 0u);
  EXPECT_EQ(seen[1].day, day_from(2026, 4, 15));
  EXPECT_EQ(seen[1].amount, 50);
  EXPECT_EQ(seen[2].member, 1u);
}

TEST(CohortTriangle, AgreesWithCountingBySetsInAnyOrder) {
  std::mt19937 random(5);
  for (const Grain grain : {Grain::day, Grain::week, Grain::month, Grain::quarter, Grain::year}) {
    const Calendar calendar(grain, 4);
    const core::Day last = day_from(2026, 9, 17);
    std::vector<core::Day> begins;
    for (int i = 0; i < 40; ++i) begins.push_back(last - static_cast<int>(random() % 700));
    std::vector<Observation> observations;
    for (int i = 0; i < 900; ++i) {
      const auto member = static_cast<std::uint32_t>(random() % begins.size());
      observations.push_back({member, begins[member] + static_cast<int>(random() % 800), std::int64_t(random() % 9)});
    }
    std::map<std::pair<std::int32_t, std::int32_t>, std::set<std::uint32_t>> members;
    std::map<std::pair<std::int32_t, std::int32_t>, std::int64_t> amounts;
    for (const Observation& o : observations) {
      if (o.day > last) continue;
      const std::pair key{calendar.number_of(begins[o.member]), calendar.number_of(o.day)};
      members[key].insert(o.member);
      amounts[key] += o.amount;
    }
    const CohortTriangle triangle = cohort_triangle(begins, observations, calendar, last);
    std::int64_t size = 0;
    for (const Cohort& cohort : triangle.cohorts) {
      size += cohort.size;
      const std::int32_t from = calendar.number_of(cohort.begin);
      for (std::size_t age = 0; age < cohort.cells.size(); ++age) {
        const std::pair key{from, from + static_cast<std::int32_t>(age)};
        EXPECT_EQ(cohort.cells[age].members, static_cast<std::int64_t>(members[key].size()));
        EXPECT_EQ(cohort.cells[age].amount, amounts[key]);
      }
    }
    EXPECT_EQ(size, 40);
    std::ranges::shuffle(observations, random);
    const CohortTriangle shuffled = cohort_triangle(begins, observations, calendar, last);
    for (std::size_t i = 0; i < triangle.cohorts.size(); ++i)
      EXPECT_EQ(shuffled.cohorts[i].cells, triangle.cohorts[i].cells);
  }
}

}  // namespace
}  // namespace banso::engine::retention_statistics
