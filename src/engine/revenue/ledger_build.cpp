// Building a ledger: rows put in order of accounts, then every account scanned, in parts that know nothing of each
// other and whose sums are added up last.
#include <algorithm>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <tuple>

#include "ledger_state.hpp"

namespace banso::engine::revenue {

namespace {

constexpr int most_months = 1200;

void check(const LedgerInput& input) {
  if (input.months.size() < 1 || input.months.size() > most_months) {
    throw std::invalid_argument("a ledger holds 1 to 1,200 months");
  }
  for (const auto& dimension : input.dimensions) {
    if (dimension.memberships.size() > input.account_count) throw std::invalid_argument("memberships of no account");
    for (const auto& memberships : dimension.memberships) {
      for (const auto& each : memberships) {
        if (each.value >= dimension.value_count) throw std::invalid_argument("a membership of no value");
      }
    }
  }
}

// Work is cut into many pieces that threads take one after the other, so that none waits long for another.
constexpr std::size_t rows_a_piece = 16'384, accounts_a_piece = 1024;

struct Piece {
  std::size_t begin = 0, end = 0;
};

struct Pieces {
  std::size_t total = 0, size = 1;

  std::size_t count() const { return (total + size - 1) / size; }
  Piece at(std::size_t piece) const { return {piece * size, std::min((piece + 1) * size, total)}; }
};

// Rows end to end by account, each account's in order.
void put_in_order(std::vector<Term>&& terms, Ledger::State::ByAccount<Term>& rows, std::uint32_t accounts,
                  const ParallelFor& parallel_for) {
  std::vector<std::atomic<std::uint32_t>> next(accounts + 1);
  const Pieces of_rows{terms.size(), rows_a_piece}, of_accounts{accounts, accounts_a_piece};
  std::atomic<bool> is_sorted = true, is_known = true;  // nothing is thrown on the caller's threads
  parallel_for(of_rows.count(), [&](std::size_t piece) {
    const auto [begin, end] = of_rows.at(piece);
    for (std::size_t i = begin; i < end; ++i) {
      if (terms[i].account >= accounts) {
        is_known.store(false, std::memory_order_relaxed);
        continue;
      }
      if (i > 0 && terms[i].account < terms[i - 1].account) is_sorted.store(false, std::memory_order_relaxed);
      next[terms[i].account + 1].fetch_add(1, std::memory_order_relaxed);
    }
  });
  if (!is_known) throw std::invalid_argument("a term of no account");
  rows.offsets.assign(accounts + 1, 0);
  for (std::uint32_t i = 0; i < accounts; ++i) {
    rows.offsets[i + 1] = rows.offsets[i] + next[i + 1].load(std::memory_order_relaxed);
  }
  if (is_sorted) {
    rows.all = std::move(terms);
  } else {
    for (std::uint32_t i = 0; i < accounts; ++i) next[i].store(rows.offsets[i], std::memory_order_relaxed);
    rows.all.resize(terms.size());
    parallel_for(of_rows.count(), [&](std::size_t piece) {
      const auto [begin, end] = of_rows.at(piece);
      for (std::size_t i = begin; i < end; ++i) {
        rows.all[next[terms[i].account].fetch_add(1, std::memory_order_relaxed)] = terms[i];
      }
    });
    std::vector<Term>().swap(terms);
  }
  parallel_for(of_accounts.count(), [&](std::size_t piece) {
    const auto [begin, end] = of_accounts.at(piece);
    for (std::size_t i = begin; i < end; ++i) {
      std::sort(rows.all.begin() + rows.offsets[i], rows.all.begin() + rows.offsets[i + 1], is_before);
    }
  });
}

void find_transfers(Ledger::State& state) {
  for (const auto& row : state.rows.all) {
    if (row.transferred_from && row.transferred_from.account != row.account) {
      state.transfers.link(row.transferred_from.account, row.account);
    }
  }
  for (const auto source : state.transfers.sources()) {
    state.transfers.resolve(source, state.rows_of(), state.recurring);
  }
}

// Each thread has sums of its own, added up last; movements are kept by piece, so that they stay in order.
void scan_accounts(Ledger::State& state, const ParallelFor& parallel_for, std::size_t threads) {
  const Pieces pieces{state.account_count, accounts_a_piece};
  const Sums none = state.empty_sums();
  std::vector<Sums> sums(threads, none);
  std::vector<std::vector<Movement>> movements(pieces.count());
  std::vector<std::uint32_t> movement_counts(state.account_count);
  std::atomic<std::size_t> next = 0;
  parallel_for(threads, [&](std::size_t thread) {
    AccountScan scan(state.recurring, state.months);
    for (std::size_t piece = next++; piece < pieces.count(); piece = next++) {
      auto& its_movements = movements[piece];
      const auto [begin, end] = pieces.at(piece);
      for (std::size_t i = begin; i < end; ++i) {
        const auto account = static_cast<AccountIndex>(i);
        const std::size_t before = its_movements.size();
        scan.add_to(sums[thread], state.rows.of(account), state.surroundings(account), 1, its_movements);
        movement_counts[i] = static_cast<std::uint32_t>(its_movements.size() - before);
      }
    }
  });
  state.sums = std::move(sums[0]);
  for (std::size_t thread = 1; thread < threads; ++thread) {
    for (std::size_t i = 0; i < state.sums.size(); ++i) state.sums[i].add_all(sums[thread][i]);
  }
  state.movements.offsets.resize(state.account_count + 1);
  std::partial_sum(movement_counts.begin(), movement_counts.end(), state.movements.offsets.begin() + 1);
  state.movements.all.reserve(state.movements.offsets.back());
  for (const auto& each : movements) state.movements.all.insert(state.movements.all.end(), each.begin(), each.end());
}

}  // namespace

bool is_before(const Term& left, const Term& right) {
  return std::tie(left.start, left.end, left) < std::tie(right.start, right.end, right);
}

Ledger::State::State(LedgerInput&& input)
    : rules(std::move(input.rules)),
      rates(std::move(input.rates)),
      months(input.months),
      account_count(input.account_count),
      dimensions(std::move(input.dimensions)),
      recurring(rates, rules) {}

Ledger::State::State(const State& other)
    : rules(other.rules),
      rates(other.rates),
      months(other.months),
      account_count(other.account_count),
      dimensions(other.dimensions),
      recurring(rates, rules),
      rows(other.rows),
      movements(other.movements),
      transfers(other.transfers),
      sums(other.sums) {}

std::uint32_t Ledger::State::values_seen(ScopeKey key) const {
  std::uint32_t values = 0;
  for (const auto& row : rows.all) values = std::max(values, row.*key + 1);
  return values;
}

Sums Ledger::State::empty_sums() const {
  Sums empty;
  empty.emplace_back(1, months.size());
  empty.emplace_back(values_seen(scope_key(product_index)), months.size());
  empty.emplace_back(values_seen(scope_key(plan_index)), months.size());
  empty.emplace_back(static_cast<std::uint32_t>(months.size()) + 1, months.size());
  for (const auto& dimension : dimensions) empty.emplace_back(dimension.value_count, months.size());
  return empty;
}

Ledger Ledger::build(LedgerInput input, const ParallelFor& parallel_for, int threads) {
  check(input);
  auto terms = std::move(input.terms);
  auto state = std::make_unique<State>(std::move(input));
  put_in_order(std::move(terms), state->rows, state->account_count, parallel_for);
  find_transfers(*state);
  scan_accounts(*state, parallel_for, static_cast<std::size_t>(std::max(threads, 1)));
  return Ledger(std::move(state));
}

}  // namespace banso::engine::revenue
