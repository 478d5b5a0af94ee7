// Random contracts with everything that can go wrong in them. For tests.
#pragma once

#include <algorithm>
#include <random>
#include <vector>

#include "ledger.hpp"

namespace banso::engine::revenue {

class RandomTerms {
 public:
  static constexpr std::uint32_t accounts = 25;
  static constexpr std::uint32_t products = 4, plans = 3, values = 3;

  explicit RandomTerms(unsigned seed) : random_(seed) {}

  int number(int from, int to) { return std::uniform_int_distribution(from, to)(random_); }
  bool one_in(int count) { return number(1, count) == 1; }
  Day day() { return core::day_from(2023, 6, 1) + number(0, 1100); }
  std::mt19937& generator() { return random_; }

  Term term(AccountIndex account) {
    Term term;
    term.account = account;
    term.subscription = next_subscription_++;
    term.product = static_cast<ProductIndex>(number(0, products - 1));
    term.plan = static_cast<PlanIndex>(number(0, plans - 1));
    term.start = one_in(3) ? first_day(month_of(day())) : day();
    term.end = one_in(4) ? forever : term.start + number(-20, 500);
    if (one_in(3) && term.end != forever) term.end = first_day(month_of(term.end));
    term.billing_period_months = static_cast<std::uint16_t>(std::vector<int>{1, 3, 6, 12}[number(0, 3)]);
    term.amount_minor = one_in(10) ? number(-500, 0) : number(1, 100'000);
    term.discount_minor = one_in(3) ? number(0, 5000) : 0;
    term.currency = static_cast<CurrencyIndex>(one_in(2) ? 0 : number(0, 3));
    term.is_trial = one_in(10);
    if (one_in(8)) term.past_due_from = term.start + number(0, 200);
    if (one_in(4)) term.cancelled_on = term.start + number(-5, 300);
    return term;
  }

  // Some follow each other without a gap or with a small one, some go on at another account.
  std::vector<Term> account(AccountIndex account) {
    std::vector<Term> rows;
    for (int count = number(0, 7); count > 0; --count) {
      rows.push_back(term(account));
      if (rows.size() > 1 && !one_in(3) && rows[rows.size() - 2].end != forever) {
        auto& row = rows.back();
        row.start = rows[rows.size() - 2].end + (one_in(2) ? 0 : number(1, 10));
        if (row.end != forever) row.end = row.start + number(10, 400);
        if (one_in(2)) row.product = rows[rows.size() - 2].product;
      }
    }
    return rows;
  }

  // Lets some terms continue what others end.
  void transfer(std::vector<Term>& terms) {
    for (auto& term : terms) {
      if (!one_in(6)) continue;
      const auto& source = terms[static_cast<std::size_t>(number(0, static_cast<int>(terms.size()) - 1))];
      if (source.account == term.account || source.end == forever) continue;
      term.transferred_from = {source.account, source.subscription};
      if (!one_in(4)) term.start = source.end;
      if (term.end != forever) term.end = std::max(term.end, term.start + 30);
    }
  }

  std::vector<Term> all() {
    std::vector<Term> terms;
    for (AccountIndex i = 0; i < accounts; ++i) {
      const auto rows = account(i);
      terms.insert(terms.end(), rows.begin(), rows.end());
    }
    transfer(terms);
    return terms;
  }

  // Dollars and euros with rates of some months, and a currency without any.
  Rates rates() {
    Rates rates("JPY");
    for (int month = 0; month < 40; ++month) {
      if (one_in(5)) continue;
      rates.set("USD", month_from(2023, 6) + month, {140'00 + number(-2000, 2000), 100});
    }
    rates.set("EUR", std::nullopt, {160, 1});
    rates.set("EUR", month_from(2024, 5), {165'123, 1000});
    rates.currency("GBP");
    return rates;
  }

  RevenueRules rules() {
    RevenueRules rules;
    rules.churn_on = one_in(2) ? ChurnOn::notice : ChurnOn::service_end;
    rules.gap_days = one_in(2) ? 0 : number(1, 30);
    rules.reactivation_in_retention = one_in(2);
    rules.price = one_in(2) ? Price::list : Price::net;
    rules.trials = one_in(2) ? Trials::included : Trials::excluded;
    if (one_in(2)) rules.past_due_days = number(0, 60);
    if (one_in(2)) rules.new_after_days = number(1, 200);
    rules.netting = static_cast<Netting>(number(0, 2));
    rules.rates = one_in(2) ? RateMonth::each_month : RateMonth::of_start;
    return rules;
  }

  // One value always, one that changes, several or none.
  std::vector<Membership> memberships() {
    const auto value = [&] { return static_cast<std::uint32_t>(number(0, values - 1)); };
    const Month month = month_from(2024, 1) + number(-3, 28);
    switch (number(0, 3)) {
      case 0:
        return {};
      case 1:
        return {{value()}};
      case 2:
        return {{value(), from_always, month}, {value(), month}};
      default:
        return {{0, from_always, month}, {1, month - 4, month + 5}, {2}};
    }
  }

  LedgerInput input(const RevenueRules& rules) {
    LedgerInput input;
    input.terms = all();
    input.account_count = accounts;
    input.rates = rates();
    input.rules = rules;
    input.months = {month_from(2024, 1), month_from(2026, 4)};
    AccountDimension region{"region", values, {}}, segment{"segment", values, {}};
    for (AccountIndex i = 0; i < accounts; ++i) {
      region.memberships.push_back({{i % values}});
      segment.memberships.push_back(memberships());
    }
    input.dimensions = {region, segment};
    return input;
  }

 private:
  std::mt19937 random_;
  SubscriptionNumber next_subscription_ = 1;
};

}  // namespace banso::engine::revenue
