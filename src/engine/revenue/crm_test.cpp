// The ledger against figures computed elsewhere, on the subscriptions of a CRM vendor (shared/data/crm).
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "cohort_windows.hpp"
#include "ledger.hpp"
#include "rules.hpp"

namespace banso::engine::revenue {

namespace {

const std::filesystem::path file = std::filesystem::path(BANSO_SOURCE_DIR) / "../shared/data/crm/subscription.csv";

struct Crm {
  std::vector<Term> terms;
  std::uint32_t accounts = 0;
};

Crm read_crm(const std::set<std::string>& left_out = {}) {
  Crm crm;
  std::map<std::string, std::uint32_t> products;
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    std::vector<std::string> fields;
    std::istringstream row(line);
    for (std::string field; std::getline(row, field, ',');) fields.push_back(field);
    if (left_out.contains(fields[1])) continue;
    Term term;
    term.account = static_cast<AccountIndex>(std::stoul(fields[0]));
    term.subscription = static_cast<SubscriptionNumber>(crm.terms.size()) + 1;
    term.product = products.try_emplace(fields[1], static_cast<std::uint32_t>(products.size())).first->second;
    term.start = core::parse_day(fields[2]).value();
    term.end = core::parse_day(fields[3]).value();
    term.billing_period_months = static_cast<std::uint16_t>(std::stoul(fields[7]));
    term.amount_minor = std::stoll(fields[4]) * 100 * term.billing_period_months;
    crm.accounts = std::max(crm.accounts, term.account + 1);
    crm.terms.push_back(term);
  }
  return crm;
}

Ledger ledger_of(const Crm& crm, const RevenueRules& rules) {
  LedgerInput input;
  input.terms = crm.terms;
  input.account_count = crm.accounts;
  input.rates = Rates("USD");
  input.rules = rules;
  input.months = {month_from(2022, 1), month_from(2024, 1)};
  return Ledger::build(std::move(input));
}

class CrmTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no shared data: " << file;
  }
  const RevenueRules& rules() const { return shipped_rules()[GetParam()].rules; }
};

double seven_digits(double value) {
  return std::round(value * 1e7) / 1e7;
}

TEST_P(CrmTest, AMonth) {
  const auto ledger = ledger_of(read_crm(), rules());
  const auto window = retention_between(ledger, core::day_from(2023, 4, 1), core::day_from(2023, 5, 1));
  EXPECT_EQ(window.start_minor, 120'370'00);
  EXPECT_EQ(window.accounts, 114);
  EXPECT_EQ(window.accounts_lost, 2);
  EXPECT_DOUBLE_EQ(seven_digits(*window.nrr().value()), 1.0055994);
  EXPECT_DOUBLE_EQ(seven_digits(*window.grr().value()), 0.9794799);
  std::int64_t sum = 0;
  for (const auto mrr : ledger.mrr_on(core::day_from(2023, 4, 1))) sum += mrr;
  EXPECT_EQ(sum, 120'370'00);
}

TEST_P(CrmTest, AYear) {
  const auto ledger = ledger_of(read_crm(), rules());
  const auto window = retention_between(ledger, core::day_from(2022, 2, 1), core::day_from(2023, 2, 1));
  // Published as 0.9885684. The file's whole numbers give 24,645 of 24,930, which is 0.9885680: no other count of the
  // same start comes nearer, so the seventh digit was lost on the other side.
  EXPECT_EQ(window.start_minor, 24'930'00);
  EXPECT_EQ(window.retained_minor, 24'645'00);
  EXPECT_NEAR(*window.nrr().value(), 0.9885684, 0.5e-6);
  EXPECT_DOUBLE_EQ(seven_digits(*window.grr().value()), 0.7882070);
}

TEST_P(CrmTest, AYearWithoutTwoProducts) {
  const auto ledger = ledger_of(read_crm({"meetings", "search_unlimited"}), rules());
  const auto window = retention_between(ledger, core::day_from(2022, 2, 1), core::day_from(2023, 2, 1));
  EXPECT_DOUBLE_EQ(seven_digits(*window.nrr().value()), 1.1148694);
  EXPECT_DOUBLE_EQ(seven_digits(*window.grr().value()), 0.7803081);
}

// Every row of this vendor is in one currency, paid, without trials and gaps: all rules must agree on it.
INSTANTIATE_TEST_SUITE_P(AllRules, CrmTest, testing::Range<std::size_t>(0, 4),
                         [](const auto& test) { return std::string(shipped_rules()[test.param].key); });

}  // namespace
}  // namespace banso::engine::revenue
