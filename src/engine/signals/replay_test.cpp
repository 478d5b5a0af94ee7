#include <gtest/gtest.h>

#include <map>
#include <random>

#include "alert_quality.hpp"
#include "replay.hpp"

namespace banso::engine::signals {
namespace {

const core::Day first = core::day_from(2025, 1, 6);

std::vector<core::Day> weeks(std::size_t count) {
  std::vector<core::Day> days;
  for (std::size_t i = 0; i < count; ++i) days.push_back(first + 7 * static_cast<int>(i));
  return days;
}

// What the conditions say of every account and week, at random.
struct History {
  std::vector<core::Day> days;
  std::vector<Selection> exists, concerned, enters, leaves;

  History(std::size_t accounts, std::size_t count, std::mt19937& random) : days(weeks(count)) {
    std::vector<std::size_t> begins(accounts);
    for (auto& begin : begins) begin = random() % 3 == 0 ? random() % count : 0;
    for (std::size_t week = 0; week < count; ++week) {
      for (auto* all : {&exists, &concerned, &enters, &leaves}) all->emplace_back(accounts);
      for (std::size_t account = 0; account < accounts; ++account) {
        if (begins[account] <= week) exists[week].set(account);
        if (random() % 10 != 0) concerned[week].set(account);
        if (random() % 3 == 0) enters[week].set(account);
        if (random() % 2 == 0) leaves[week].set(account);
      }
    }
  }
  BlockReplay replay(std::size_t accounts, const Timing& timing) const {
    BlockReplay block(100, accounts, days, timing);
    for (std::size_t week = 0; week < days.size(); ++week) {
      block.take(week, {exists[week], concerned[week], enters[week], leaves[week]});
    }
    return block;
  }
};

TEST(Replay, SaysWhatTheLiveStateMachineWouldHaveDone) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const std::size_t accounts = 1 + random() % 70;
    const History history(accounts, 30, random);
    const Timing timing{static_cast<int>(random() % 3) * 7, static_cast<int>(random() % 5) * 14, random() % 2 == 0};
    const auto block = history.replay(accounts, timing);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;  // week, account
    std::vector<std::uint32_t> in_condition(30, 0);
    std::vector<FiringState> states(accounts);
    for (std::uint32_t week = 0; week < 30; ++week) {
      for (std::uint32_t account = 0; account < accounts; ++account) {
        const bool is_there = history.exists[week].test(account);
        const auto result = step(states[account],
                                 {history.days[week], is_there && history.concerned[week].test(account),
                                  history.enters[week].test(account), history.leaves[week].test(account), week == 0},
                                 timing);
        states[account] = result.state;
        if (result.fires) expected.emplace_back(week, 100 + account);
        in_condition[week] += result.state.is_in ? 1 : 0;
      }
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
    for (const auto& firing : block.firings()) found.emplace_back(firing.week, firing.account);
    EXPECT_EQ(found, expected);
    EXPECT_EQ(block.in_condition(), in_condition);
  }
}

// Two accounts over twelve weeks: one is caught and alerted in vain later on, one is missed.
TEST(AlertQuality, CountsWhatHappenedAfterwards) {
  const auto days = weeks(12);
  const Timing timing{0, 0, false};
  BlockReplay block(0, 3, days, timing);
  for (std::size_t week = 0; week < days.size(); ++week) {
    const Selection all(3, true);
    Selection enters(3), leaves(3, true);
    if (week == 2 || week == 8) enters.set(0);
    if (week == 11) enters.set(2);
    block.take(week, {all, all, enters, leaves});
  }
  lab::Outcomes outcomes;
  outcomes.known_on = days.back() + 2;
  outcomes.days.offsets = {0, 1, 2, 2};
  outcomes.days.rows = {days[4] + 1, days[6]};
  outcomes.present.offsets = {0, 2, 3, 4};
  outcomes.present.rows = {{first, days[4] + 1}, {days[5], forever}, {first, days[6]}, {first, forever}};
  AlertJudge judge(days, outcomes, 21);
  judge.add(block, 0, 3);
  const auto quality = std::move(judge).finish();
  EXPECT_EQ(quality.alerts.size(), 3u);
  EXPECT_EQ(quality.accounts_alerted, 2);
  EXPECT_EQ(quality.right, 1);
  EXPECT_EQ(quality.false_alarms, 1);
  EXPECT_EQ(quality.undecided, 1);  // fired in the last week: three weeks have not passed
  EXPECT_EQ(quality.caught, 1);
  EXPECT_EQ(quality.missed, 1);
  ASSERT_TRUE(quality.lead_days);
  EXPECT_EQ((*quality.lead_days)[1], 15);
  ASSERT_TRUE(quality.precision());
  EXPECT_DOUBLE_EQ(quality.precision()->value, 0.5);
  // Present and decided: account 0 in weeks 0-4 (followed in 2, 3, 4) and 5-8; account 1 in 0-5 (followed in 3, 4, 5);
  // account 2 in 0-8.
  EXPECT_EQ(quality.weeks_judged, 5 + 4 + 6 + 9);
  EXPECT_EQ(quality.weeks_followed, 3 + 3);
}

TEST(AlertQuality, WilsonIntervalIsAsPublished) {
  // Newcombe (1998), 81 of 263 at 95 %: 0.2553 to 0.3662; at 90 % narrower around the same share.
  const auto share = share_of(81, 263);
  ASSERT_TRUE(share);
  EXPECT_NEAR(share->value, 0.30798, 1e-5);
  EXPECT_GT(share->low, 0.2553);
  EXPECT_LT(share->high, 0.3662);
  const auto none = share_of(0, 20);
  EXPECT_EQ(none->low, 0);
  EXPECT_NEAR(none->high, 2.705543 / (20 + 2.705543), 1e-6);  // z² / (n + z²)
  EXPECT_FALSE(share_of(0, 0));
}

TEST(AlertQuality, LoadIsMeanOverAllAndPeakOfOne) {
  const std::vector<PersonWeek> alerts{{0, 0}, {0, 0}, {1, 0}, {0, 3}};
  const auto load = load_of(alerts, 2, 4);
  EXPECT_DOUBLE_EQ(load.mean, 0.5);
  EXPECT_DOUBLE_EQ(load.peak, 2);
  EXPECT_EQ(load_of({}, 0, 4).mean, 0);
}

}  // namespace
}  // namespace banso::engine::signals
