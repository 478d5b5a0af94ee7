#include "ranking.hpp"

#include <gtest/gtest.h>

#include <random>

namespace banso::work {
namespace {

const core::Day today = core::day_from(2026, 11, 20);
constexpr std::int64_t million = 1'000'000;

RankInput usual() {
  RankInput input;
  input.today = today;
  input.business_days_left = 10;
  input.account.arr_minor = 12 * million;
  input.floor_minor = million / 10;
  return input;
}

TEST(Ranking, GrowsWithEachReason) {
  struct Case {
    const char* name;
    std::function<void(RankInput&)> change;
    double factor;
  };
  const Case cases[] = {
      {"nothing", [](RankInput&) {}, 1},
      {"low severity", [](RankInput& input) { input.severity = Severity::low; }, 0.5},
      {"high severity", [](RankInput& input) { input.severity = Severity::high; }, 2},
      {"critical", [](RankInput& input) { input.severity = Severity::critical; }, 4},
      {"due today", [](RankInput& input) { input.business_days_left = 0; }, 1.5},
      {"due in five business days", [](RankInput& input) { input.business_days_left = 5; }, 1.25},
      {"due in a month", [](RankInput& input) { input.business_days_left = 22; }, 1},
      {"two days overdue", [](RankInput& input) { input.business_days_left = -2; }, 1.7},
      {"long overdue", [](RankInput& input) { input.business_days_left = -100; }, 2.5},
      {"renewal today", [](RankInput& input) { input.account.renewal_day = today; }, 2},
      {"renewal in 90 days", [](RankInput& input) { input.account.renewal_day = today + 90; }, 1.5},
      {"renewal in a year", [](RankInput& input) { input.account.renewal_day = today + 365; }, 1},
      {"renewal has passed", [](RankInput& input) { input.account.renewal_day = today - 1; }, 1},
      {"lowest level", [](RankInput& input) { input.account.level_badness = 1; }, 1.5},
      {"middle level", [](RankInput& input) { input.account.level_badness = 0.5; }, 1.25},
      {"fell 10 points", [](RankInput& input) { input.account.score_change_28d = -10; }, 1.25},
      {"fell 60 points", [](RankInput& input) { input.account.score_change_28d = -60; }, 1.5},
      {"rose", [](RankInput& input) { input.account.score_change_28d = 30; }, 1},
      {"an opportunity does not gain from a fall",
       [](RankInput& input) {
         input.kind = CallKind::opportunity;
         input.account.score_change_28d = -30;
         input.account.level_badness = 1;
       },
       1},
      {"an opportunity gains from a rise",
       [](RankInput& input) {
         input.kind = CallKind::opportunity;
         input.account.score_change_28d = 20;
       },
       1.5},
      {"half is at stake", [](RankInput& input) { input.value_at_stake_minor = 6 * million; }, 0.5},
      {"nothing is at stake: the floor", [](RankInput& input) { input.value_at_stake_minor = 0; }, 1.0 / 120},
  };
  const double base = points_of(usual());
  for (const auto& each : cases) {
    auto input = usual();
    each.change(input);
    EXPECT_NEAR(points_of(input) / base, each.factor, 1e-9) << each.name;
  }
}

// More of anything urgent never ranks lower.
TEST(Ranking, IsMonotone) {
  std::mt19937 random(7);
  const auto between = [&](int from, int to) { return std::uniform_int_distribution(from, to)(random); };
  for (int round = 0; round < 2000; ++round) {
    RankInput input = usual();
    input.severity = static_cast<Severity>(between(0, 3));
    input.business_days_left = between(-20, 20);
    input.account.arr_minor = between(0, 50) * million;
    if (between(0, 1)) input.account.renewal_day = today + between(0, 300);
    if (between(0, 1)) input.account.level_badness = between(0, 4) / 4.0;
    if (between(0, 1)) input.account.score_change_28d = between(-40, 40);
    const double points = points_of(input);
    auto more = input;
    more.business_days_left -= 1;
    EXPECT_GE(points_of(more), points);
    more = input;
    more.account.arr_minor += million;
    EXPECT_GE(points_of(more), points);
    more = input;
    more.account.score_change_28d = input.account.score_change_28d.value_or(0) - 1;
    EXPECT_GE(points_of(more), points);
    if (input.account.renewal_day && *input.account.renewal_day > today) {
      more = input;
      more.account.renewal_day = *input.account.renewal_day - 1;
      EXPECT_GE(points_of(more), points);
    }
  }
}

TEST(Ranking, SaysWhyInWords) {
  auto input = usual();
  input.account.renewal_day = today + 41;
  input.account.score_change_28d = -18;
  EXPECT_EQ(ranked_because(input, "JPY"),
            (core::Text{"ARR 12 million yen, renewal in 41 days, health fell 18 points in 4 weeks",
                        "ARR 1,200万円、更新まで41日、ヘルススコアが4週間で18点低下"}));
  input = usual();
  EXPECT_EQ(ranked_because(input, "JPY"), (core::Text{"ARR 12 million yen", "ARR 1,200万円"}));
  input.severity = Severity::critical;
  input.business_days_left = -1;
  EXPECT_EQ(ranked_because(input, "JPY"), (core::Text{"ARR 12 million yen, critical, 1 business day overdue",
                                                      "ARR 1,200万円、緊急、期限を1営業日超過"}));
  input = usual();
  input.value_at_stake_minor = 3 * million;
  input.business_days_left = 0;
  EXPECT_EQ(ranked_because(input, "JPY"),
            (core::Text{"at stake: 3 million yen, due today", "影響額300万円、本日が期限"}));
  input = usual();
  input.account.arr_minor = 0;
  EXPECT_EQ(ranked_because(input, "JPY").ja, "ARRなし");
}

// At most three reasons, the strongest first.
TEST(Ranking, SaysTheStrongestReasonsOnly) {
  auto input = usual();
  input.severity = Severity::critical;    // 4
  input.business_days_left = 1;           // 1.45
  input.account.renewal_day = today + 9;  // 1.95
  input.account.level_badness = 1;        // 1.5
  input.account.score_change_28d = -30;   // 1.5
  EXPECT_EQ(ranked_because(input, "JPY").en,
            "ARR 12 million yen, critical, renewal in 9 days, health fell 30 points in 4 weeks");
}

}  // namespace
}  // namespace banso::work
