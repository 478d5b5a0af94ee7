#include "dirty_marks.hpp"

#include <gtest/gtest.h>

#include "lag_window.hpp"
#include "person_numbers.hpp"

namespace banso::health {
namespace {

constexpr core::Day today{20'000};
const core::AccountId acme{1}, globex{2}, initech{3};

Mark usage_mark(core::Day first_day, std::int64_t marked_at_us, std::int64_t received_at_us) {
  return {first_day, first_day, false, {marked_at_us}, core::Instant{received_at_us}, 0, {}};
}

TEST(DirtyMarks, KeepsTheWidestReason) {
  DirtyMarks marks;
  marks.add(acme, usage_mark(today, 100, 50));
  marks.add(acme, usage_mark(today - 30, 200, 20));
  marks.add(acme, {engine::no_day, {}, true, {300}, {}, 0, {}});
  const auto taken = marks.take(10, {1000});
  ASSERT_EQ(taken.size(), 1u);
  const Mark& mark = taken[0].mark;
  EXPECT_EQ(mark.first_day, engine::no_day);
  EXPECT_EQ(mark.usage_from, today - 30);  // records say nothing of usage
  EXPECT_TRUE(mark.has_records);
  EXPECT_EQ(mark.marked_at.microseconds, 100);
  EXPECT_EQ(mark.received_at->microseconds, 20);
  EXPECT_TRUE(marks.empty());
}

TEST(DirtyMarks, GivesTheLongestWaitingFirst) {
  DirtyMarks marks;
  marks.add(acme, usage_mark(today, 300, 300));
  marks.add(globex, usage_mark(today, 100, 100));
  marks.add(initech, usage_mark(today, 200, 200));
  EXPECT_EQ(marks.next_due()->microseconds, 100);
  auto taken = marks.take(1, {1000});
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_EQ(taken[0].account, globex);
  EXPECT_EQ(marks.size(), 2u);
}

TEST(DirtyMarks, ThoseThatFailedWaitLongerEachTimeButStay) {
  DirtyMarks marks;
  marks.add(acme, usage_mark(today, 0, 0));
  std::int64_t now_us = 1'000'000, last_pause_us = 0;
  for (int failure = 0; failure < 12; ++failure) {
    auto taken = marks.take(10, {now_us});
    ASSERT_EQ(taken.size(), 1u) << failure;
    marks.put_back_failed(std::move(taken), {now_us});
    EXPECT_TRUE(marks.take(10, {now_us}).empty());
    const std::int64_t pause_us = marks.next_due()->microseconds - now_us;
    EXPECT_GE(pause_us, last_pause_us);
    EXPECT_LE(pause_us, 30'000'000);
    last_pause_us = pause_us;
    // News of the account must not make it forget that it fails.
    marks.add(acme, usage_mark(today - failure, now_us, now_us));
    now_us += pause_us;
  }
  EXPECT_GT(last_pause_us, 20'000'000);
  EXPECT_EQ(marks.take(10, {now_us}).at(0).mark.first_day, today - 11);
}

TEST(LagWindow, KnowsTheLastTenThousand) {
  LagWindow window;
  EXPECT_EQ(window.figures().samples, 0);
  for (int i = 0; i < 10'000; ++i) window.add({0}, {9'000'000});
  for (int i = 0; i < 10'000; ++i) window.add({0}, {i < 9'850 ? 100'000 : 700'000});
  const auto figures = window.figures();
  EXPECT_EQ(figures.samples, 10'000);
  EXPECT_FLOAT_EQ(static_cast<float>(figures.p50_ms), 100);
  EXPECT_FLOAT_EQ(static_cast<float>(figures.p99_ms), 700);
}

TEST(PersonNumbers, AreDenseAndStay) {
  PersonNumbers persons;
  EXPECT_EQ(persons.of(0), engine::no_person);
  for (std::uint32_t i = 0; i < 5000; ++i) ASSERT_EQ(persons.of(static_cast<std::int32_t>(i * 977 + 1)), i);
  for (std::uint32_t i = 0; i < 5000; ++i) ASSERT_EQ(persons.of(static_cast<std::int32_t>(i * 977 + 1)), i);
  EXPECT_EQ(persons.size(), 5000u);
}

}  // namespace
}  // namespace banso::health
