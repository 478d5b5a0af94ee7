#include "comparison.hpp"

#include <gtest/gtest.h>

#include "random_terms.hpp"

namespace banso::engine::revenue {

namespace {

const MonthRange year = {month_from(2025, 1), month_from(2025, 12)};

Term term(AccountIndex account, Day start, Day end, std::int64_t amount_minor) {
  static SubscriptionNumber next = 1;
  Term term;
  term.account = account;
  term.subscription = next++;
  term.start = start;
  term.end = end;
  term.amount_minor = amount_minor;
  return term;
}

// An account with a discount, one with a gap of three days, one without anything to disagree about, one that was away
// for a month.
std::vector<Term> terms() {
  const auto start = core::day_from(2025, 1, 10);
  auto discounted = term(0, start, forever, 8000);
  discounted.discount_minor = 2000;
  return {discounted,
          term(1, start, start + 100, 5000),
          term(1, start + 103, forever, 5000),
          term(2, start, forever, 4000),
          term(3, core::day_from(2024, 6, 1), core::day_from(2025, 3, 1), 3000),
          term(3, core::day_from(2025, 4, 1), forever, 3000)};
}

Ledger ledger_of(std::vector<Term> rows, const RevenueRules& rules) {
  LedgerInput input;
  input.account_count = 4;
  input.terms = std::move(rows);
  input.rules = rules;
  input.months = year;
  return Ledger::build(std::move(input));
}

std::vector<std::string_view> switches_of(const Comparison& comparison, AccountIndex account) {
  for (const auto& each : comparison.accounts) {
    if (each.account == account) return each.switches;
  }
  return {"not among them"};
}

TEST(Comparison, NamesTheSwitchThatMakesTheDifference) {
  RevenueRules left, right;
  right.price = Price::list;
  right.gap_days = 7;
  right.reactivation_in_retention = false;
  const auto comparison = compare(ledger_of(terms(), left), ledger_of(terms(), right), year);
  using Keys = std::vector<std::string_view>;
  EXPECT_EQ(comparison.switches, (Keys{"gap_days", "reactivation_in_retention", "price"}));
  EXPECT_EQ(comparison.accounts_differing, 3);
  EXPECT_EQ(switches_of(comparison, 0), Keys{"price"});
  EXPECT_EQ(switches_of(comparison, 1), Keys{"gap_days"});
  EXPECT_EQ(switches_of(comparison, 2), Keys{"not among them"});
  EXPECT_EQ(switches_of(comparison, 3), Keys{"reactivation_in_retention"});
  EXPECT_EQ(comparison.retention_left.retained_minor, 3000);
  EXPECT_EQ(comparison.retention_right.retained_minor, 0);
  EXPECT_EQ(comparison.left.size(), 12u);
  EXPECT_EQ(comparison.accounts.front().account, 1u);  // 5,000 lost and 5,000 back
  EXPECT_EQ(comparison.accounts.front().left.changes.size(), 3u);
  EXPECT_EQ(comparison.accounts.front().right.changes.size(), 1u);
}

TEST(Comparison, AccountsMakeUpTheWholeDifference) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    RandomTerms random(seed);
    auto input = random.input(random.rules());
    const auto left = Ledger::build(input);
    input.rules = random.rules();
    const auto right = Ledger::build(input);
    const auto comparison = compare(left, right, year);
    AmountByKind difference{};
    std::int64_t closing = 0, retained = 0;
    for (const auto& each : comparison.accounts) {
      for (std::size_t kind = 0; kind < movement_kind_count; ++kind) {
        difference[kind] += each.right.amounts[kind] - each.left.amounts[kind];
      }
      closing += each.right.closing_minor - each.left.closing_minor;
      retained += each.right.retained_minor - each.left.retained_minor;
    }
    const auto all_left = left.figures(year), all_right = right.figures(year);
    for (std::size_t kind = 0; kind < movement_kind_count; ++kind) {
      EXPECT_EQ(difference[kind], all_right.amount_minor[kind] - all_left.amount_minor[kind]);
    }
    EXPECT_EQ(closing, all_right.closing_minor - all_left.closing_minor);
    EXPECT_EQ(retained, comparison.retention_right.retained_minor - comparison.retention_left.retained_minor);
  }
}

TEST(Comparison, TheSameRulesNeverDiffer) {
  RandomTerms random(7);
  const auto ledger = Ledger::build(random.input(random.rules()));
  const auto comparison = compare(ledger, ledger, year);
  EXPECT_TRUE(comparison.switches.empty());
  EXPECT_EQ(comparison.accounts_differing, 0);
}

}  // namespace
}  // namespace banso::engine::revenue
