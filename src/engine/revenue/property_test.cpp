// What must hold for any contracts under any rules.
#include <gtest/gtest.h>

#include <numeric>
#include <thread>

#include "cohort_windows.hpp"
#include "ledger.hpp"
#include "random_terms.hpp"
#include "renewal_rates.hpp"

namespace banso::engine::revenue {

namespace {

constexpr unsigned seeds = 60;

// The shipped rules first, then random ones.
RevenueRules rules_of(unsigned seed, RandomTerms& random) {
  const auto shipped = shipped_rules();
  return seed < shipped.size() ? shipped[seed].rules : random.rules();
}

template <class Check>
void for_each_ledger(Check check) {
  for (unsigned seed = 0; seed < seeds; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    RandomTerms random(seed);
    const auto rules = rules_of(seed, random);
    check(random, random.input(rules));
    if (testing::Test::HasFailure()) return;
  }
}

template <class Check>
void for_each_value(const Ledger& ledger, Check check) {
  for (const auto& dimension : ledger.dimensions()) {
    for (std::uint32_t value = 0; value < ledger.value_count(dimension); ++value) {
      SCOPED_TRACE(testing::Message() << dimension << " " << value);
      check(dimension, value);
    }
  }
}

std::int64_t sum(const AmountByKind& amounts) {
  return std::accumulate(amounts.begin(), amounts.end(), std::int64_t{});
}

// All that a ledger says, to compare two of them.
struct Everything {
  std::vector<Figures> figures;
  std::vector<std::tuple<AccountIndex, Day, MovementKind, std::int64_t>> movements;
  bool operator==(const Everything&) const = default;
};

Everything everything(const Ledger& ledger) {
  Everything all;
  for_each_value(ledger, [&](const std::string& dimension, std::uint32_t value) {
    const auto by_month = ledger.figures_by_month(dimension, value, ledger.months());
    all.figures.insert(all.figures.end(), by_month.begin(), by_month.end());
    all.figures.push_back(ledger.figures(dimension, value, ledger.months()));
  });
  for (const auto& each : ledger.movements({ledger.months(), {}})) {
    all.movements.emplace_back(each.account, each.day, each.kind, each.amount_minor);
  }
  return all;
}

// Else the other tests would prove nothing.
TEST(Properties, RandomContractsHaveEverything) {
  Figures all;
  for_each_ledger([&](RandomTerms&, LedgerInput input) {
    const auto ledger = Ledger::build(std::move(input));
    const auto figures = ledger.figures(ledger.months());
    for (std::size_t kind = 0; kind < movement_kind_count; ++kind) all.changes[kind] += figures.changes[kind];
    all.accounts_new += figures.accounts_new;
    all.accounts_lost += figures.accounts_lost;
    all.accounts_reactivated += figures.accounts_reactivated;
    all.accounts_transferred_in += figures.accounts_transferred_in;
    all.accounts_transferred_out += figures.accounts_transferred_out;
    all.renewals.renewed += figures.renewals.renewed;
    all.regrouped_minor += std::abs(ledger.figures("segment", 0, ledger.months()).regrouped_minor);
    all.opening_minor += figures.opening_minor;
  });
  for (std::size_t kind = 0; kind < movement_kind_count; ++kind) {
    EXPECT_GT(all.changes[kind], 10) << key_of(static_cast<MovementKind>(kind));
  }
  EXPECT_GT(all.accounts_new, 10);
  EXPECT_GT(all.accounts_lost, 10);
  EXPECT_GT(all.accounts_reactivated, 10);
  EXPECT_GT(all.accounts_transferred_in, 10);
  EXPECT_GT(all.accounts_transferred_out, 10);
  EXPECT_GT(all.renewals.renewed, 10);
  EXPECT_GT(all.regrouped_minor, 0);
  EXPECT_GT(all.opening_minor, 0);
}

TEST(Properties, OpeningAndMovementsMakeClosing) {
  for_each_ledger([](RandomTerms&, LedgerInput input) {
    const auto ledger = Ledger::build(std::move(input));
    for_each_value(ledger, [&](const std::string& dimension, std::uint32_t value) {
      for (const auto grain : {Grain::month, Grain::quarter, Grain::fiscal_year}) {
        std::optional<Figures> before;
        for (auto period : periods(ledger.months(), grain, 4)) {
          period = {std::max(period.first, ledger.months().first), std::min(period.last, ledger.months().last)};
          const auto figures = ledger.figures(dimension, value, period);
          EXPECT_EQ(figures.opening_minor + sum(figures.amount_minor) + figures.regrouped_minor, figures.closing_minor);
          EXPECT_EQ(figures.accounts_opening + figures.accounts_new + figures.accounts_reactivated -
                        figures.accounts_lost + figures.accounts_transferred_in - figures.accounts_transferred_out +
                        figures.accounts_regrouped,
                    figures.accounts_closing);
          EXPECT_GE(figures.renewals.renewed_minor, 0);
          EXPECT_LE(figures.renewals.renewed_minor, figures.renewals.due_minor);
          if (before && dimension != "segment") {
            EXPECT_EQ(before->closing_minor, figures.opening_minor);
            EXPECT_EQ(before->accounts_closing, figures.accounts_opening);
          }
          for (const auto& window : figures.retention) {
            if (!window) continue;
            EXPECT_GE(window->start_minor, window->lost_minor);
            EXPECT_GE(window->retained_minor, window->start_minor - window->lost_minor);
            EXPECT_GE(window->accounts, window->accounts_lost);
            EXPECT_GE(window->lost_minor, 0);
          }
          before = figures;
        }
      }
    });
  });
}

TEST(Properties, MonthsTogetherAreMonthsApart) {
  for_each_ledger([](RandomTerms&, LedgerInput input) {
    const auto ledger = Ledger::build(std::move(input));
    const MonthRange months = {ledger.months().first + 2, ledger.months().last - 1};
    for_each_value(ledger, [&](const std::string& dimension, std::uint32_t value) {
      for (const auto& figures : ledger.figures_by_month(dimension, value, months)) {
        EXPECT_EQ(figures, ledger.figures(dimension, value, figures.period));
      }
    });
  });
}

TEST(Properties, ClosingIsWhatAccountsPay) {
  for_each_ledger([](RandomTerms&, LedgerInput input) {
    const auto ledger = Ledger::build(std::move(input));
    for (Month month = ledger.months().first; month <= ledger.months().last; month = month + 1) {
      const auto mrr = ledger.mrr_on(last_day(month));
      const auto figures = ledger.figures({month, month});
      EXPECT_EQ(std::accumulate(mrr.begin(), mrr.end(), std::int64_t{}), figures.closing_minor);
      EXPECT_EQ(std::count_if(mrr.begin(), mrr.end(), [](auto each) { return each > 0; }), figures.accounts_closing);
    }
  });
}

TEST(Properties, EveryChangeIsWhatItsRowsDid) {
  for_each_ledger([](RandomTerms&, LedgerInput input) {
    const auto ledger = Ledger::build(std::move(input));
    AmountByKind all{};
    for (AccountIndex account = 0; account < ledger.account_count(); ++account) {
      std::optional<std::int64_t> before;
      for (const auto& change : ledger.changes_of(account, ledger.months())) {
        EXPECT_EQ(change.after_minor - change.before_minor, sum(change.amounts));
        std::int64_t rows = 0;
        for (const auto& row : change.rows) {
          EXPECT_LT(row.row, ledger.rows_of(account).size());
          rows += row.after_minor - row.before_minor;
        }
        EXPECT_EQ(rows, change.after_minor - change.before_minor);
        if (before) {
          EXPECT_EQ(*before, change.before_minor);
        }
        before = change.after_minor;
        for (std::size_t kind = 0; kind < movement_kind_count; ++kind) all[kind] += change.amounts[kind];
      }
    }
    EXPECT_EQ(all, ledger.figures(ledger.months()).amount_minor);
  });
}

TEST(Properties, MovementsOfAValueMakeItsFigures) {
  for_each_ledger([](RandomTerms&, LedgerInput input) {
    const auto ledger = Ledger::build(std::move(input));
    const MonthRange months = {month_from(2024, 9), month_from(2025, 2)};
    for_each_value(ledger, [&](const std::string& dimension, std::uint32_t value) {
      AmountByKind amounts{}, changes{};
      for (const auto& movement : ledger.movements({months, {}, dimension, value})) {
        amounts[static_cast<std::size_t>(movement.kind)] += movement.amount_minor;
        changes[static_cast<std::size_t>(movement.kind)] += 1;
      }
      const auto figures = ledger.figures(dimension, value, months);
      EXPECT_EQ(amounts, figures.amount_minor);
      EXPECT_EQ(changes, figures.changes);
      RenewalsDue renewals;
      for (const auto& due : renewals_due(ledger, months, dimension, value)) {
        renewals.due_minor += due.due_minor;
        renewals.renewed_minor += due.renewed_minor;
        renewals.due += 1;
        renewals.renewed += due.renewed_minor > 0 ? 1 : 0;
      }
      EXPECT_EQ(renewals, figures.renewals);
    });
  });
}

// Kept as sums that change by an account at a time, or computed straight from the accounts.
TEST(Properties, RetentionIsTheSameBothWays) {
  for_each_ledger([](RandomTerms&, LedgerInput input) {
    const auto ledger = Ledger::build(std::move(input));
    for_each_value(ledger, [&](const std::string& dimension, std::uint32_t value) {
      for (const auto month : {month_from(2024, 12), month_from(2025, 3), month_from(2026, 4)}) {
        const auto figures = ledger.figures(dimension, value, {month, month});
        for (std::size_t i = 0; i < retention_months.size(); ++i) {
          const Month first = month - (retention_months[i] - 1);
          const auto window = retention_between(ledger, first_day(first) - 1, last_day(month), dimension, value);
          ASSERT_TRUE(figures.retention[i]);
          EXPECT_EQ(*figures.retention[i], window) << retention_months[i] << " months to " << month.index;
        }
      }
    });
  });
}

TEST(Properties, ValuesThatPartTheAccountsAddUp) {
  for_each_ledger([](RandomTerms&, LedgerInput input) {
    const auto ledger = Ledger::build(std::move(input));
    const auto all = ledger.figures(ledger.months());
    for (const auto* dimension : {"region", "start_month"}) {
      AmountByKind amounts{};
      std::int64_t closing = 0, accounts = 0;
      for (std::uint32_t value = 0; value < ledger.value_count(dimension); ++value) {
        const auto figures = ledger.figures(dimension, value, ledger.months());
        for (std::size_t kind = 0; kind < movement_kind_count; ++kind) amounts[kind] += figures.amount_minor[kind];
        closing += figures.closing_minor;
        accounts += figures.accounts_closing;
      }
      EXPECT_EQ(amounts, all.amount_minor);
      EXPECT_EQ(closing, all.closing_minor);
      EXPECT_EQ(accounts, all.accounts_closing);
    }
  });
}

TEST(Properties, TransfersCancelOut) {
  for_each_ledger([](RandomTerms&, LedgerInput input) {
    input.months = {month_from(2023, 1), month_from(2030, 1)};
    input.rules.past_due_days.reset();
    input.rules.churn_on = ChurnOn::service_end;
    const auto figures = Ledger::build(std::move(input)).figures({month_from(2023, 1), month_from(2030, 1)});
    EXPECT_EQ(figures.amount(MovementKind::transfer_in), -figures.amount(MovementKind::transfer_out));
  });
}

TEST(Properties, ReplacingEqualsBuildingAnew) {
  for_each_ledger([](RandomTerms& random, LedgerInput input) {
    const auto ledger = Ledger::build(input);
    auto changed = ledger.clone();
    for (int round = 0; round < 8; ++round) {
      const auto account = static_cast<AccountIndex>(random.number(0, RandomTerms::accounts + 1));
      input.account_count = std::max(input.account_count, account + 1);
      std::erase_if(input.terms, [&](const Term& term) { return term.account == account; });
      auto rows = random.account(account);
      if (!rows.empty() && !input.terms.empty()) {
        auto& source =
            input.terms[static_cast<std::size_t>(random.number(0, static_cast<int>(input.terms.size()) - 1))];
        if (source.account != account) rows[0].transferred_from = {source.account, source.subscription};
      }
      input.terms.insert(input.terms.end(), rows.begin(), rows.end());
      changed.replace_account(account, rows);
      if (random.one_in(2)) {
        auto memberships = random.memberships();
        input.dimensions[1].memberships.resize(input.account_count);
        input.dimensions[1].memberships[account] = memberships;
        changed.replace_memberships(account, 1, memberships);
      }
    }
    EXPECT_EQ(everything(changed), everything(Ledger::build(input)));
  });
}

TEST(Properties, NeitherOrderNorThreadsMatter) {
  const ParallelFor on_threads = [](std::size_t count, const auto& body) {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([&body, i] { body(i); });
  };
  for_each_ledger([&](RandomTerms& random, LedgerInput input) {
    const auto expected = everything(Ledger::build(input));
    std::shuffle(input.terms.begin(), input.terms.end(), random.generator());
    for (const int threads : {1, 3, 7}) EXPECT_EQ(everything(Ledger::build(input, on_threads, threads)), expected);
  });
}

TEST(Properties, NonsenseIsRefused) {
  RandomTerms random(1);
  const auto good = random.input(shipped_rules()[0].rules);
  auto input = good;
  input.terms[0].account = input.account_count;
  EXPECT_THROW(Ledger::build(input), std::invalid_argument);
  input = good;
  input.months = {month_from(2025, 2), month_from(2025, 1)};
  EXPECT_THROW(Ledger::build(input), std::invalid_argument);
  input = good;
  input.dimensions[0].memberships[0] = {{RandomTerms::values}};
  EXPECT_THROW(Ledger::build(input), std::invalid_argument);
  auto ledger = Ledger::build(good);
  EXPECT_THROW(ledger.figures({month_from(2020, 1), month_from(2020, 2)}), std::invalid_argument);
  EXPECT_THROW(ledger.replace_account(3, {random.term(4)}), std::invalid_argument);
  EXPECT_EQ(ledger.figures("no such dimension", 0, ledger.months()).closing_minor, 0);
  EXPECT_EQ(ledger.value_count("no such dimension"), 0u);
}

// The plainest rules against the plainest computation: day by day, row by row.
TEST(Properties, PlainRulesAreAPlainSum) {
  for (unsigned seed = 0; seed < 10; ++seed) {
    RandomTerms random(1000 + seed);
    auto input = random.input(shipped_rules()[1].rules);
    const auto rates = input.rates;
    const auto ledger = Ledger::build(input);
    for (Day day = core::day_from(2023, 12, 25); day < core::day_from(2026, 3, 1); day = day + 13) {
      std::int64_t expected = 0;
      for (const auto& term : input.terms) {
        const auto rate = rates.of(term.currency, month_of(term.start));
        if (term.is_trial || !rate || day < term.start || term.end <= day) continue;
        // Yen have no decimals, the others two.
        const long double exact = static_cast<long double>(term.amount_minor) * rate->numerator / rate->denominator /
                                  term.billing_period_months / (term.currency == reporting ? 1 : 100);
        expected += std::llround(exact);
      }
      const auto mrr = ledger.mrr_on(day);
      EXPECT_EQ(std::accumulate(mrr.begin(), mrr.end(), std::int64_t{}), expected);
    }
  }
}

}  // namespace
}  // namespace banso::engine::revenue
