// What comes up and what became of it: known cases, and what must hold for any contracts.
#include "terms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "figures.hpp"
#include "machine_view.hpp"

namespace banso::renewals {
namespace {

using core::day_from;

const core::Day due = day_from(2026, 4, 1);

revenue::SubscriptionFact contract(int id, core::Day start, std::optional<core::Day> end, std::int64_t mrr_minor,
                                   std::string product = "base") {
  revenue::SubscriptionFact fact;
  fact.subscription = {id};
  fact.account = {1};
  fact.known = {start};
  fact.product = std::move(product);
  fact.seats = 10;
  fact.mrr_minor = mrr_minor;
  fact.amount = {mrr_minor, "JPY"};
  fact.start = start;
  fact.end = end;
  fact.notice_days = 30;
  return fact;
}

std::vector<DueTerms> due_on(std::vector<revenue::SubscriptionFact> facts, core::Day as_of) {
  return due_terms(terms_known_on(facts, as_of), as_of, as_of + 400);
}

const DueTerms* find(const std::vector<DueTerms>& all, core::Day day) {
  for (const auto& each : all) {
    if (each.due == day) return &each;
  }
  return nullptr;
}

TEST(DueTerms, LeaveOutWhatGoesOnAtAnotherAccount) {
  auto moved = contract(1, due - 365, due, 1000);
  moved.external_id = "C-1";
  const std::vector facts{moved, contract(2, due - 365, due, 300, "add-on")};
  const auto all = due_terms(terms_known_on(facts, due + 60, {"C-1"}), due + 60, due + 400);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].mrr_minor, 300);
  EXPECT_EQ(all[0].outcome, Outcome::churned);
}

TEST(DueTerms, OfOneDayAreOneRenewal) {
  const auto all = due_on({contract(1, due - 365, due, 1000), contract(2, due - 200, due, 300, "add-on"),
                           contract(3, due - 100, due + 50, 70, "other")},
                          due - 60);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].due, due);
  EXPECT_EQ(all[0].terms.size(), 2u);
  EXPECT_EQ(all[0].mrr_minor, 1300);
  EXPECT_EQ(all[0].seats, 10);  // an add-on counts the same people again
  EXPECT_EQ(all[0].notice_day, due - 30);
  EXPECT_EQ(all[0].outcome, Outcome::open);
  EXPECT_EQ(all[1].mrr_minor, 70);
}

TEST(DueTerms, BecomeWhatFollows) {
  const auto first = contract(1, due - 365, due, 1000);
  const auto outcome_with = [&](std::vector<revenue::SubscriptionFact> more, core::Day as_of) {
    more.push_back(first);
    return find(due_on(std::move(more), as_of), due)->outcome;
  };
  EXPECT_EQ(outcome_with({}, due), Outcome::open);
  EXPECT_EQ(outcome_with({}, due + 1), Outcome::churned);
  EXPECT_EQ(outcome_with({contract(2, due, due + 365, 1000)}, due + 1), Outcome::renewed);
  EXPECT_EQ(outcome_with({contract(2, due, due + 365, 1200)}, due + 1), Outcome::renewed_up);
  EXPECT_EQ(outcome_with({contract(2, due, due + 365, 900)}, due + 1), Outcome::renewed_down);
  // Another product on that very day takes the place; one that was there before does not.
  EXPECT_EQ(outcome_with({contract(2, due, due + 365, 900, "successor")}, due + 1), Outcome::renewed_down);
  EXPECT_EQ(outcome_with({contract(2, due - 40, due + 365, 900, "other")}, due + 1), Outcome::churned);
  // A trial is no renewal.
  auto trial = contract(2, due, due + 30, 1000);
  trial.is_trial = true;
  EXPECT_EQ(outcome_with({trial}, due + 1), Outcome::churned);
}

TEST(DueTerms, ThatFollowLateAreLate) {
  const auto all = due_on({contract(1, due - 365, due, 1000), contract(2, due + 20, due + 400, 1000)}, due + 30);
  EXPECT_EQ(find(all, due)->outcome, Outcome::renewed);
  EXPECT_TRUE(find(all, due)->is_late);
  const auto too_late = due_on({contract(1, due - 365, due, 1000), contract(2, due + 91, due + 400, 1000)}, due + 100);
  EXPECT_EQ(find(too_late, due)->outcome, Outcome::churned);
}

// A change of seats replaces the row for the rest of its agreed time.
TEST(DueTerms, AmendmentsAreNoRenewals) {
  auto agreed = contract(1, due - 365, due, 1000);
  auto amended = agreed;
  const core::Day change = due - 100;
  agreed.known.until = change;
  amended.end = change;
  amended.known = {change};
  const auto all = due_on({agreed, amended, contract(2, change, due, 1500)}, due - 10);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].due, due);
  EXPECT_EQ(all[0].mrr_minor, 1500);
}

TEST(DueTerms, OpenEndedContractsRenewThemselves) {
  auto rolling = contract(1, day_from(2025, 1, 31), std::nullopt, 1000);
  rolling.auto_renewal = true;
  rolling.billing_period_months = 12;
  const auto all = due_on({rolling}, day_from(2027, 2, 1));
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].due, day_from(2026, 1, 31));
  EXPECT_EQ(all[1].outcome, Outcome::renewed);
  EXPECT_EQ(all[2].due, day_from(2028, 1, 31));
  EXPECT_EQ(all[2].outcome, Outcome::open);
}

TEST(DueTerms, OfThePastSeeOnlyWhatWasKnown) {
  auto follower = contract(2, due, due + 365, 1000);
  follower.known = {due + 10};
  const std::vector facts{contract(1, due - 365, due, 1000), follower};
  EXPECT_EQ(find(due_on(facts, due + 5), due)->outcome, Outcome::churned);
  EXPECT_EQ(find(due_on(facts, due + 10), due)->outcome, Outcome::renewed);
}

TEST(CoTerming, ExtendsToAnAnniversaryForTheDaysThatAreMissing) {
  const std::vector facts{contract(1, due - 365, due, 1000), contract(2, due - 100, due + 100, 365, "add-on")};
  const auto terms = terms_known_on(facts, due - 30);
  const auto all = due_terms(terms, due - 30, due + 400);
  const auto proposals = co_terming(terms, *find(all, due));
  ASSERT_EQ(proposals.size(), 1u);
  EXPECT_EQ(proposals[0].aligned_end, day_from(2027, 4, 1));
  EXPECT_EQ(proposals[0].days, 265);
  EXPECT_EQ(proposals[0].amount_minor, 365 * 12 * 265 / 365);
}

// Whatever the contracts: every term that ends falls due once, and only decided renewals have an outcome.
TEST(DueTerms, HoldForAnyContracts) {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::vector<revenue::SubscriptionFact> facts;
    const int count = 1 + static_cast<int>(random() % 8);
    for (int i = 0; i < count; ++i) {
      const core::Day start = due - static_cast<int>(random() % 700);
      facts.push_back(contract(i + 1, start, start + 1 + static_cast<int>(random() % 500),
                               static_cast<std::int64_t>(random() % 3) * 100, random() % 2 ? "base" : "add-on"));
    }
    const auto terms = terms_known_on(facts, due);
    const auto all = due_terms(terms, due, due + 1000);
    std::size_t seen = 0;
    for (const auto& renewal : all) {
      seen += renewal.terms.size();
      EXPECT_TRUE(renewal.due <= due || !renewal.following.empty() || renewal.outcome == Outcome::open);
      EXPECT_TRUE(renewal.due >= due || renewal.outcome != Outcome::open);
      for (const auto position : renewal.following) {
        EXPECT_EQ(std::count(renewal.terms.begin(), renewal.terms.end(), position), 0);
        EXPECT_GT(*terms[position].fact.end, renewal.due);
      }
      for (const auto& proposal : co_terming(terms, renewal)) {
        EXPECT_GT(proposal.days, 0);
        EXPECT_GE(proposal.amount_minor, 0);
      }
    }
    EXPECT_EQ(seen, terms.size());
  }
}

TEST(MachineView, LeansOnAllWhereCasesAreFew) {
  RenewalRates rates;
  EXPECT_FALSE(rates.view("healthy", {"Healthy", "良好"}).probability);
  for (int i = 0; i < 100; ++i) rates.add("healthy", i % 10 != 0);
  for (int i = 0; i < 4; ++i) rates.add("critical", false);
  const auto healthy = rates.view("healthy", {"Healthy", "良好"});
  const auto critical = rates.view("critical", {"Critical", "危険"});
  const auto unknown = rates.view("", {});
  EXPECT_NEAR(*healthy.probability, 0.9, 0.01);
  EXPECT_LT(*critical.probability, *unknown.probability);
  EXPECT_GT(*critical.probability, 0.3);  // four cases do not make it hopeless
  EXPECT_GT(critical.high - critical.low, healthy.high - healthy.low);
  for (const auto& view : {healthy, critical, unknown}) {
    EXPECT_LT(view.low, *view.probability);
    EXPECT_GT(view.high, *view.probability);
    EXPECT_FALSE(view.words.en.empty() || view.words.ja.empty());
  }
  EXPECT_EQ(critical.cases, 4);
  EXPECT_NE(critical.words.en.find("few"), std::string::npos);
}

TEST(MachineView, NoticeSpeaksForItself) {
  RenewalRates rates;
  for (int i = 0; i < 100; ++i) rates.add("healthy", true);
  for (int i = 0; i < 10; ++i) {
    rates.add("healthy", false);
    rates.add_with_notice(false);
  }
  const auto notice = rates.view(notice_given, {});
  EXPECT_LT(*notice.probability, 0.1);
  EXPECT_EQ(notice.cases, 10);
  EXPECT_EQ(notice.all_cases, 110);  // each once
  EXPECT_NEAR(*rates.view("healthy", {"Healthy", "良好"}).probability, 0.91, 0.01);
}

TEST(Quarters, FollowTheFiscalYear) {
  const auto april = quarter_of(day_from(2026, 2, 10), 4);
  EXPECT_EQ(april.from, day_from(2026, 1, 1));
  EXPECT_EQ(april.to, day_from(2026, 3, 31));
  EXPECT_EQ(quarter_of(day_from(2026, 1, 31), 2).from, day_from(2025, 11, 1));
}

}  // namespace
}  // namespace banso::renewals
