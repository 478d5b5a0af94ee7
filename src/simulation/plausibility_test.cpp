// The simulated book must look like a real one: in its rhythm, its sizes, its outcomes, and in how far usage foretells
// them.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "calendar.hpp"
#include "simulation.hpp"

namespace banso::simulation {
namespace {

const core::Day until = core::day_from(2026, 11, 22);

constexpr int window_days = 60;

struct Foretold {
  double usage_ratio;  // active people-days of the last 60 days of the term over those of the 60 days before
  bool churned;
};

// What the tests ask about one simulated book. Usage itself is not kept.
struct Figures {
  std::map<core::Day, double> japanese_active;  // people-days by day
  std::vector<int> seats;
  std::size_t usage_rows = 0;
  int customers_a_year_ago = 0, lost_within_a_year = 0;
  double mrr_a_year_ago = 0, mrr_now_of_the_same = 0;  // in yen
  std::vector<Foretold> foretold;
  std::map<OutcomeReason, int> reasons_of_churn;
  std::map<Archetype, int> archetypes, churned_of_archetype;
  int first_of_april_ends = 0, japanese_ends = 0;
};

double monthly_yen(const Subscription& row) {
  static const std::map<std::string, double> yen_per_minor = {{"JPY", 1.0}, {"USD", 1.5}, {"EUR", 1.7}, {"SGD", 1.15}};
  return yen_per_minor.at(row.amount.currency) * static_cast<double>(row.amount.amount_minor) /
         row.billing_period_months;
}

double mrr_at(const AccountHistory& history, core::Day day) {
  double sum = 0;
  for (const Subscription& row : history.subscriptions) {
    if (row.start <= day && day < row.end) sum += monthly_yen(row);
  }
  return sum;
}

std::map<core::Day, double> active_people_by_day(const AccountHistory& history) {
  std::map<core::Day, double> active;
  const UsageCount* before = nullptr;
  for (const UsageCount& row : history.usage) {
    if (!vendor().features[row.feature].is_active) continue;
    if (before == nullptr || before->day != row.day || before->person != row.person) active[row.day] += 1;
    before = &row;
  }
  return active;
}

double sum_between(const std::map<core::Day, double>& by_day, core::Day from, core::Day to) {
  double sum = 0;
  for (auto at = by_day.lower_bound(from); at != by_day.end() && at->first < to; ++at) sum += at->second;
  return sum;
}

void add_foretold(Figures& figures, const AccountHistory& history, const std::map<core::Day, double>& active,
                  core::Day first_day) {
  for (const RenewalDecision& decision : history.truth.decisions) {
    const core::Day end = decision.term_end;
    const core::Day needed = std::max(first_day, history.account.customer_since);
    if (end > until || end - 2 * window_days < needed) continue;
    const double recent = sum_between(active, end - window_days, end);
    const double earlier = sum_between(active, end - 2 * window_days, end - window_days);
    figures.foretold.push_back({(recent + 1) / (earlier + 1), decision.result == RenewalResult::churned});
  }
}

void add(Figures& figures, const AccountHistory& history, core::Day first_day) {
  const core::Day a_year_ago = core::add_months(until - 1, -12);
  const double before = mrr_at(history, a_year_ago);
  const double now = mrr_at(history, until - 1);
  if (before > 0) {
    ++figures.customers_a_year_ago;
    figures.lost_within_a_year += now == 0 ? 1 : 0;
    figures.mrr_a_year_ago += before;
    figures.mrr_now_of_the_same += now;
  }
  figures.usage_rows += history.usage.size();
  figures.seats.push_back(history.subscriptions.front().seats);
  ++figures.archetypes[history.truth.archetype];
  if (history.truth.churned) {
    ++figures.churned_of_archetype[history.truth.archetype];
    ++figures.reasons_of_churn[history.truth.decisions.back().reason];
  }
  const auto active = active_people_by_day(history);
  add_foretold(figures, history, active, first_day);
  if (history.account.country != "JP") return;
  for (const auto& [day, people] : active) figures.japanese_active[day] += people;
  const auto end = core::year_month_day(history.subscriptions.back().agreed_end);
  ++figures.japanese_ends;
  figures.first_of_april_ends += end.month == 4 && end.day == 1 ? 1 : 0;
}

double area_under_curve(const std::vector<Foretold>& foretold) {
  double pairs = 0, right = 0;
  for (const Foretold& lost : foretold) {
    if (!lost.churned) continue;
    for (const Foretold& kept : foretold) {
      if (kept.churned) continue;
      pairs += 1;
      right += lost.usage_ratio < kept.usage_ratio ? 1.0 : lost.usage_ratio == kept.usage_ratio ? 0.5 : 0.0;
    }
  }
  return right / pairs;
}

// The book of `banso demo` as it comes, and two more so that no test hangs on one throw of the dice.
class Plausibility : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (const std::uint64_t seed : {1, 2, 3}) {
      const Simulation simulation = Simulation::create({400, 24, seed, until}).value();
      Figures figures;
      for (int i = 0; i < simulation.account_count(); ++i) add(figures, simulation.account(i), simulation.first_day());
      books_.push_back(std::move(figures));
    }
  }
  static void TearDownTestSuite() { books_.clear(); }

  static double mean_active(const Figures& book, core::Day from, core::Day to) {
    double people = 0;
    int days = 0;
    for (core::Day day = from; day < to; day = day + 1) {
      if (core::weekday(day) >= 5) continue;
      const auto found = book.japanese_active.find(day);
      people += found == book.japanese_active.end() ? 0.0 : found->second;
      ++days;
    }
    return people / days;
  }

  static inline std::vector<Figures> books_;
};

TEST_F(Plausibility, WeekendsAreQuiet) {
  for (const Figures& book : books_) {
    double weekend = 0, week = 0;
    for (const auto& [day, people] : book.japanese_active) (core::weekday(day) >= 5 ? weekend : week) += people;
    EXPECT_LT(weekend / 2, 0.12 * week / 5);
    EXPECT_GT(weekend, 0);
  }
}

TEST_F(Plausibility, NewYearGoldenWeekAndObonAreQuiet) {
  for (const Figures& book : books_) {
    const double usual = mean_active(book, core::day_from(2025, 6, 2), core::day_from(2025, 6, 28));
    EXPECT_LT(mean_active(book, core::day_from(2025, 12, 29), core::day_from(2026, 1, 3)), 0.15 * usual);
    EXPECT_LT(mean_active(book, core::day_from(2025, 5, 5), core::day_from(2025, 5, 7)), 0.15 * usual);
    EXPECT_LT(mean_active(book, core::day_from(2025, 8, 13), core::day_from(2025, 8, 16)), 0.5 * usual);
  }
}

TEST_F(Plausibility, SeatsHaveALongTail) {
  for (Figures& book : books_) {
    std::sort(book.seats.begin(), book.seats.end());
    const int median = book.seats[book.seats.size() / 2];
    EXPECT_GE(median, 14);
    EXPECT_LE(median, 26);
    EXPECT_GT(book.seats[book.seats.size() * 97 / 100], 5 * median);
    EXPECT_LE(book.seats.back(), 1500);
  }
}

TEST_F(Plausibility, VolumeIsThatOfARealSmallVendor) {
  for (const Figures& book : books_) {
    EXPECT_GT(book.usage_rows, 1'500'000u);
    EXPECT_LT(book.usage_rows, 4'500'000u);
  }
}

TEST_F(Plausibility, AboutATenthLeavesEachYear) {
  for (const Figures& book : books_) {
    const double churn = static_cast<double>(book.lost_within_a_year) / book.customers_a_year_ago;
    RecordProperty("churn_percent", std::to_string(100 * churn));
    EXPECT_GE(churn, 0.08);
    EXPECT_LE(churn, 0.15);
  }
}

TEST_F(Plausibility, RevenueOfExistingCustomersHoldsOrGrows) {
  for (const Figures& book : books_) {
    const double retention = book.mrr_now_of_the_same / book.mrr_a_year_ago;
    RecordProperty("net_revenue_retention_percent", std::to_string(100 * retention));
    EXPECT_GE(retention, 0.95);
    EXPECT_LE(retention, 1.20);
  }
}

TEST_F(Plausibility, FallingUsageForetellsChurnButNotSurely) {
  for (const Figures& book : books_) {
    const double area = area_under_curve(book.foretold);
    RecordProperty("area_under_curve", std::to_string(area));
    EXPECT_GE(area, 0.65);
    EXPECT_LE(area, 0.90);
  }
}

TEST_F(Plausibility, ChurnComesWithAndWithoutWarning) {
  for (const Figures& book : books_) {
    const auto count = [&](OutcomeReason reason) {
      const auto found = book.reasons_of_churn.find(reason);
      return found == book.reasons_of_churn.end() ? 0 : found->second;
    };
    EXPECT_GT(count(OutcomeReason::low_value), 5);
    EXPECT_GT(count(OutcomeReason::champion_gone), 1);
    EXPECT_GT(count(OutcomeReason::never_started), 1);
    EXPECT_GT(count(OutcomeReason::budget_cut) + count(OutcomeReason::merger), 2);
  }
}

TEST_F(Plausibility, WhatLivesBehindDecidesWhoStays) {
  std::map<Archetype, double> lost, all;
  for (const Figures& book : books_) {
    for (const auto& [archetype, count] : book.archetypes) all[archetype] += count;
    for (const auto& [archetype, count] : book.churned_of_archetype) lost[archetype] += count;
  }
  const auto share = [&](Archetype archetype) { return lost[archetype] / all[archetype]; };
  EXPECT_LT(share(Archetype::thriving), 0.1);
  EXPECT_LT(share(Archetype::steady), 0.12);
  EXPECT_LT(share(Archetype::quiet_loyal), 0.25);
  EXPECT_GT(share(Archetype::silent_decline), 0.25);
  EXPECT_GT(share(Archetype::stalled_onboarding), 0.25);
  EXPECT_GT(share(Archetype::champion_loss), share(Archetype::steady));
}

TEST_F(Plausibility, JapaneseTermsEndWithTheFiscalYear) {
  for (const Figures& book : books_) {
    EXPECT_GT(static_cast<double>(book.first_of_april_ends) / book.japanese_ends, 0.5);
  }
}

}  // namespace
}  // namespace banso::simulation
