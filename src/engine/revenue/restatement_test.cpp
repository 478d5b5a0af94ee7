#include "restatement.hpp"

#include <gtest/gtest.h>

namespace banso::engine::revenue {

namespace {

const ClosedMonth march = {month_from(2025, 3), core::day_from(2025, 4, 4)};
const ClosedMonth april = {month_from(2025, 4), core::day_from(2025, 5, 8)};
const Day today = core::day_from(2025, 6, 1);

Term term(SubscriptionNumber subscription, Day start, Day known_from, std::int64_t amount_minor) {
  Term term;
  term.account = static_cast<AccountIndex>(subscription);
  term.subscription = subscription;
  term.start = start;
  term.amount_minor = amount_minor;
  term.known_from = known_from;
  return term;
}

std::vector<Term> versions() {
  const Day february = core::day_from(2025, 2, 1), in_april = core::day_from(2025, 4, 20);
  std::vector<Term> all;
  // 1: as it was. 2: entered after March was closed, for March. 3: its amount was corrected then.
  all.push_back(term(1, february, february, 1000));
  all.push_back(term(2, core::day_from(2025, 3, 10), in_april, 2000));
  all.push_back(term(3, february, february, 3000));
  all.back().known_until = in_april;
  all.push_back(term(3, february, in_april, 3300));
  // 4: an end in the future was entered: March stays as it was. 5: entered late, for April. 6: taken back.
  all.push_back(term(4, february, february, 4000));
  all.back().known_until = in_april;
  all.push_back(term(4, february, in_april, 4000));
  all.back().end = core::day_from(2025, 7, 1);
  all.push_back(term(5, core::day_from(2025, 4, 2), core::day_from(2025, 5, 20), 5000));
  all.push_back(term(6, core::day_from(2025, 3, 1), core::day_from(2025, 3, 1), 6000));
  all.back().known_until = in_april;
  return all;
}

LedgerInput surroundings() {
  LedgerInput input;
  input.account_count = 7;
  return input;
}

TEST(Restatement, ShowsBothSidesRowByRow) {
  const auto restatement = restate(versions(), surroundings(), march, today);
  EXPECT_EQ(restatement.then.closing_minor, 1000 + 3000 + 4000 + 6000);
  EXPECT_EQ(restatement.now.closing_minor, 1000 + 2000 + 3300 + 4000);
  ASSERT_EQ(restatement.accounts.size(), 3u);
  const auto& taken_back = restatement.accounts[0];
  EXPECT_EQ(taken_back.account, 6u);
  EXPECT_EQ(taken_back.then[static_cast<std::size_t>(MovementKind::started)], 6000);
  EXPECT_EQ(taken_back.rows_gone.size(), 1u);
  EXPECT_TRUE(taken_back.rows_added.empty());
  EXPECT_EQ(restatement.accounts[1].account, 2u);
  const auto& corrected = restatement.accounts[2];
  EXPECT_EQ(corrected.account, 3u);
  EXPECT_EQ(corrected.closing_then_minor, 3000);
  EXPECT_EQ(corrected.closing_now_minor, 3300);
  EXPECT_EQ(corrected.rows_gone.size(), 1u);
  EXPECT_EQ(corrected.rows_added.size(), 1u);
}

TEST(Restatement, FindsWhatWasBackdated) {
  const std::vector<ClosedMonth> closed = {april, march};
  const auto faults = find_backdated(versions(), closed, today);
  std::vector<std::pair<SubscriptionNumber, Day>> found;
  for (const auto& fault : faults) {
    EXPECT_EQ(fault.code, FaultCode::backdated);
    found.emplace_back(fault.subscriptions.at(0), fault.day);
  }
  const Day end_of_march = core::day_from(2025, 3, 31), end_of_april = core::day_from(2025, 4, 30);
  EXPECT_EQ(found, (std::vector<std::pair<SubscriptionNumber, Day>>{
                       {2, end_of_march}, {3, end_of_march}, {5, end_of_april}, {6, end_of_march}}));
}

TEST(Restatement, NothingChangedIsNothing) {
  const auto restatement = restate(versions(), surroundings(), march, march.closed_on);
  EXPECT_EQ(restatement.then, restatement.now);
  EXPECT_TRUE(restatement.accounts.empty());
}

}  // namespace
}  // namespace banso::engine::revenue
