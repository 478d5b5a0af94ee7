// The rule of silence by tables: a rhythm, a moment of the last event, and until when quiet is normal.
#include <gtest/gtest.h>

#include <functional>

#include "silence.hpp"

namespace banso::usage {
namespace {

constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;
const core::Day monday = core::day_from(2026, 11, 2);

core::Instant at(int day, int hour, int minute = 0) {
  return {core::start_of(monday + day).microseconds + (hour * 60 + minute) * minute_us};
}

// Counts of the hours from `first_day` to the last event for which `comes` says how many events there are.
HourlyCounts history(int first_day, core::Instant last, const std::function<int(int day, int hour)>& comes) {
  HourlyCounts counts;
  for (int day = first_day; day < 40; ++day) {
    for (int hour = 0; hour < 24; ++hour) {
      const auto when = at(day, hour);
      const auto events = comes(day, hour);
      if (when <= last && events > 0) counts[when.microseconds / (60 * minute_us)] = events;
    }
  }
  return counts;
}

int always(int, int) {
  return 500;
}
int office_hours(int day, int hour) {
  return day % 7 < 5 && hour >= 8 && hour < 19 ? 200 : 0;
}
int nightly(int, int hour) {
  return hour == 2 ? 1000 : 0;
}
int every_hour_a_few(int, int) {
  return 3;
}
int now_and_then(int day, int hour) {
  return (day * 24 + hour) % 17 == 0 ? 1 : 0;
}

struct Case {
  const char* name;
  int (*rhythm)(int, int);
  int first_day;
  core::Instant last;
  core::Instant normal_until;
};

class SilenceRule : public ::testing::TestWithParam<Case> {};

TEST_P(SilenceRule, FollowsTheRhythm) {
  const auto& [name, rhythm, first_day, last, expected] = GetParam();
  const auto until = normal_until(history(first_day, last, rhythm), last, std::nullopt, 0);
  ASSERT_TRUE(until);
  EXPECT_EQ(core::to_string(*until), core::to_string(expected));
}

INSTANTIATE_TEST_SUITE_P(
    Rhythms, SilenceRule,
    ::testing::Values(
        Case{"around the clock: an hour", always, 0, at(10, 13, 20), at(10, 14, 20)},
        Case{"around the clock, known for two days", always, 0, at(2, 13, 20), at(2, 14, 20)},
        Case{"offices, on a Tuesday at noon", office_hours, 0, at(22, 12, 30), at(22, 14, 30)},
        Case{"offices, in the evening: the next morning", office_hours, 0, at(22, 18, 40), at(23, 9, 40)},
        Case{"offices, on Friday evening: Monday morning", office_hours, 0, at(25, 18, 50), at(28, 9, 50)},
        Case{"offices, the first Friday of all", office_hours, 0, at(4, 18, 50), at(7, 9, 50)},
        Case{"offices, on Wednesday of the first week", office_hours, 1, at(2, 18, 50), at(3, 9, 50)},
        Case{"once a night: the next night, when its hour is over", nightly, 0, at(20, 2, 30), at(22, 2, 30)},
        Case{"a few an hour: two hours", every_hour_a_few, 0, at(10, 13, 20), at(10, 15, 20)},
        // 16 quiet hours and the one that may have been quiet, twice.
        Case{"no usual hours", now_and_then, 0, at(20, 14, 0), at(21, 24, 0)}),
    [](const auto& parameter) { return "Case" + std::to_string(parameter.index); });

TEST(Silence, NeedsADayOfHistory) {
  EXPECT_FALSE(normal_until({}, at(0, 1), std::nullopt, 0));
  EXPECT_FALSE(normal_until(history(0, at(0, 20), always), at(0, 20), std::nullopt, 0));
  EXPECT_TRUE(normal_until(history(0, at(1, 0), always), at(1, 0), std::nullopt, 0));
}

TEST(Silence, WhatIsSetHolds) {
  const auto counts = history(0, at(10, 12), always);
  EXPECT_EQ(normal_until(counts, at(10, 12), 30, 0), at(10, 12, 30));
  EXPECT_FALSE(normal_until(counts, at(10, 12), 0, 0));
  EXPECT_EQ(normal_until({}, at(10, 12), 30, 0), at(10, 12, 30)) << "needs no history";
}

TEST(Silence, OneOutageTeachesNothing) {
  const auto with_outage = [](int day, int hour) { return day == 9 && hour < 20 ? 0 : 500; };
  EXPECT_EQ(normal_until(history(0, at(20, 12), with_outage), at(20, 12), std::nullopt, 0), at(20, 13));
}

// In Tokyo Saturday begins at 15:00 UTC of Friday.
TEST(Silence, WeekendsAreThoseOfTheWorkspace) {
  const auto rhythm = [](int day, int hour) {
    const int tokyo = day * 24 + hour + 9;
    return office_hours(tokyo / 24, tokyo % 24);
  };
  const core::Instant friday_evening{at(25, 18, 50).microseconds - 9 * 60 * minute_us};
  const core::Instant monday_morning{at(28, 9, 50).microseconds - 9 * 60 * minute_us};
  EXPECT_EQ(normal_until(history(0, friday_evening, rhythm), friday_evening, std::nullopt, 540), monday_morning);
}

TEST(Silence, IsToldOnceAndWhenItEnds) {
  SilenceWatch watch(at(0, 0));
  SourceIntake source;
  source.id = {7};
  source.name = "Product";
  source.silent_after_minutes = 30;
  source.last_received_at = at(0, 12);
  const auto changes = [&](core::Instant now) {
    source.silence = SilenceWatch::of(source, {}, now, 0);
    return watch.changes({source}, now);
  };
  EXPECT_TRUE(changes(at(0, 12, 30)).empty());
  const auto fallen = changes(at(0, 12, 31));
  ASSERT_EQ(fallen.size(), 1u);
  EXPECT_TRUE(fallen[0].is_silent);
  EXPECT_EQ(fallen[0].expected_gap_minutes, 30);
  EXPECT_EQ(source.silence.silent_since, at(0, 12));
  EXPECT_TRUE(changes(at(0, 12, 32)).empty());
  source.last_received_at = at(0, 12, 33);
  const auto back = changes(at(0, 12, 34));
  ASSERT_EQ(back.size(), 1u);
  EXPECT_FALSE(back[0].is_silent);
  source.disabled = true;
  EXPECT_TRUE(changes(at(3, 0)).empty()) << "switched off";
}

TEST(Silence, IsNotDeclaredRightAfterAStart) {
  SilenceWatch watch(at(1, 0));
  SourceIntake source;
  source.id = {7};
  source.silence.silent_since = at(0, 0);
  EXPECT_TRUE(watch.changes({source}, at(1, 0, 1)).empty());
  EXPECT_EQ(watch.changes({source}, at(1, 0, 3)).size(), 1u);
}

}  // namespace
}  // namespace banso::usage
