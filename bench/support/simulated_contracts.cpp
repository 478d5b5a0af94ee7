#include "support/simulated_contracts.hpp"

#include <algorithm>
#include <random>
#include <string>

namespace banso::bench {

namespace {

using namespace engine::revenue;

constexpr std::size_t terms_an_account = 8;
constexpr ProductIndex products = 8;
constexpr PlanIndex plans_a_product = 3;
const Day first = first_day(first_contract_month);
const Day last = last_day(first_contract_month + (contract_months - 1));

class Simulation {
 public:
  // Appends an account's terms.
  void add_account(AccountIndex account, std::size_t count, std::vector<Term>& terms) {
    const auto currency = static_cast<CurrencyIndex>(one_in(5) ? number(1, 2) : 0);
    Term term = begin(account, currency);
    for (std::size_t i = 0; i < count; ++i) {
      term.subscription = static_cast<SubscriptionNumber>(terms.size()) + 1;
      terms.push_back(term);
      term = next(term, currency);
    }
  }

 private:
  std::mt19937_64 random_{42};

  int number(int from, int to) { return std::uniform_int_distribution(from, to)(random_); }
  bool one_in(int count) { return number(1, count) == 1; }

  Term begin(AccountIndex account, CurrencyIndex currency) {
    Term term;
    term.account = account;
    term.start = first + number(-400, contract_months * 30 - 60);
    if (one_in(3)) term.start = first_day(month_of(term.start));
    choose_product(term);
    set_price(term, currency);
    set_end(term);
    term.is_trial = one_in(30);
    return term;
  }

  void choose_product(Term& term) {
    term.product = static_cast<ProductIndex>(number(0, products - 1));
    term.plan = term.product * plans_a_product + static_cast<PlanIndex>(number(0, plans_a_product - 1));
  }

  void set_price(Term& term, CurrencyIndex currency) {
    term.currency = currency;
    term.billing_period_months = static_cast<std::uint16_t>(one_in(3) ? 1 : 12);
    const int a_month = number(5, 400) * 1000;
    term.amount_minor = static_cast<std::int64_t>(a_month) * term.billing_period_months + number(0, 11);
    term.discount_minor = one_in(4) ? term.amount_minor / 10 : 0;
  }

  void set_end(Term& term) {
    const int months = std::array{3, 6, 12, 12, 24}[static_cast<std::size_t>(number(0, 4))];
    term.end = one_in(12) ? forever : core::add_months(term.start, months);
  }

  // Mostly a renewal, often at another price; else a further product beside it, or a return after a while.
  Term next(const Term& before, CurrencyIndex currency) {
    Term term = before;
    term.is_trial = false;
    const int what = number(0, 9);
    const bool is_open = before.end == forever || last < before.end;
    if (what >= 8 || is_open) {
      term.start = first + number(0, contract_months * 30 - 60);
      choose_product(term);
      set_price(term, currency);
    } else {
      term.start = before.end + (what < 6 ? 0 : number(20, 200));
      if (one_in(2)) term.amount_minor += term.amount_minor * number(-10, 20) / 100;
    }
    set_end(term);
    return term;
  }
};

Rates rates() {
  Rates rates("JPY");
  std::mt19937_64 random(7);
  for (int month = -24; month < contract_months + 24; ++month) {
    const auto move = [&](int around) { return around + std::uniform_int_distribution(-900, 900)(random); };
    rates.set("USD", first_contract_month + month, {move(142'00), 100});
    rates.set("EUR", first_contract_month + month, {move(158'00), 100});
  }
  return rates;
}

AccountDimension dimension(std::string key, std::uint32_t values, std::uint32_t accounts) {
  AccountDimension result{std::move(key), values, {}};
  std::mt19937_64 random(std::hash<std::string>{}(result.key));
  result.memberships.reserve(accounts);
  for (std::uint32_t i = 0; i < accounts; ++i) {
    result.memberships.push_back({{static_cast<std::uint32_t>(random() % values)}});
  }
  return result;
}

}  // namespace

LedgerInput simulated_contracts(std::size_t terms) {
  LedgerInput input;
  input.account_count = static_cast<std::uint32_t>(std::max<std::size_t>(terms / terms_an_account, 1));
  Simulation simulation;
  for (AccountIndex i = 0; i < input.account_count; ++i) simulation.add_account(i, terms_an_account, input.terms);
  std::shuffle(input.terms.begin(), input.terms.end(), std::mt19937_64(3));
  input.rates = rates();
  input.months = {first_contract_month, first_contract_month + (contract_months - 1)};
  const auto accounts = input.account_count;
  input.dimensions = {dimension("segment", 6, accounts), dimension("owner", 40, accounts),
                      dimension("team", 6, accounts), dimension("region", 12, accounts),
                      dimension("industry", 20, accounts)};
  return input;
}

std::vector<Term> upgraded(std::span<const Term> rows) {
  std::vector<Term> result(rows.begin(), rows.end());
  auto& before = result.back();
  Term after = before;
  before.end = std::min(before.end, before.start + 40);
  after.start = before.end;
  after.amount_minor += after.amount_minor / 5;
  result.push_back(after);
  return result;
}

}  // namespace banso::bench
