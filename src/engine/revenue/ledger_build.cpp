// Building a ledger: rows put in order of accounts, then every account scanned, in parts that know nothing of each
// other and whose sums are added up last.
#include <algorithm>
#include <mutex>
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

struct Part {
  std::size_t begin = 0, end = 0;
};

Part part_of(std::size_t count, std::size_t part, std::size_t parts) {
  return {count * part / parts, count * (part + 1) / parts};
}

// Rows end to end by account, each account's in order.
void put_in_order(std::vector<Term>&& terms, Ledger::State::ByAccount<Term>& rows, std::uint32_t accounts,
                  const ParallelFor& parallel_for, std::size_t parts) {
  std::vector<std::atomic<std::uint32_t>> next(accounts + 1);
  parallel_for(parts, [&](std::size_t part) {
    const auto [begin, end] = part_of(terms.size(), part, parts);
    for (std::size_t i = begin; i < end; ++i) {
      if (terms[i].account >= accounts) throw std::invalid_argument("a term of no account");
      next[terms[i].account + 1].fetch_add(1, std::memory_order_relaxed);
    }
  });
  rows.offsets.assign(accounts + 1, 0);
  for (std::uint32_t i = 0; i < accounts; ++i) {
    rows.offsets[i + 1] = rows.offsets[i] + next[i + 1].load(std::memory_order_relaxed);
  }
  if (std::is_sorted(terms.begin(), terms.end(),
                     [](const Term& left, const Term& right) { return left.account < right.account; })) {
    rows.all = std::move(terms);
  } else {
    for (std::uint32_t i = 0; i < accounts; ++i) next[i].store(rows.offsets[i], std::memory_order_relaxed);
    rows.all.resize(terms.size());
    parallel_for(parts, [&](std::size_t part) {
      const auto [begin, end] = part_of(terms.size(), part, parts);
      for (std::size_t i = begin; i < end; ++i) {
        rows.all[next[terms[i].account].fetch_add(1, std::memory_order_relaxed)] = terms[i];
      }
    });
    std::vector<Term>().swap(terms);
  }
  parallel_for(parts, [&](std::size_t part) {
    const auto [begin, end] = part_of(accounts, part, parts);
    for (std::size_t i = begin; i < end; ++i) {
      std::sort(rows.all.begin() + rows.offsets[i], rows.all.begin() + rows.offsets[i + 1], is_before);
    }
  });
}

// The first account of each part: parts have about as many rows each.
std::vector<AccountIndex> part_bounds(const std::vector<std::uint32_t>& offsets, std::size_t parts) {
  std::vector<AccountIndex> bounds = {0};
  for (std::size_t part = 1; part < parts; ++part) {
    const auto row = static_cast<std::uint32_t>(std::size_t{offsets.back()} * part / parts);
    const auto at = std::lower_bound(offsets.begin(), offsets.end() - 1, row) - offsets.begin();
    bounds.push_back(std::max(bounds.back(), static_cast<AccountIndex>(at)));
  }
  bounds.push_back(static_cast<AccountIndex>(offsets.size() - 1));
  return bounds;
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
  const auto parts = static_cast<std::size_t>(std::max(threads, 1));
  put_in_order(std::move(terms), state->rows, state->account_count, parallel_for, parts);
  for (const auto& row : state->rows.all) {
    if (row.transferred_from && row.transferred_from.account != row.account) {
      state->transfers.link(row.transferred_from.account, row.account);
    }
  }
  for (const auto source : state->transfers.sources()) {
    state->transfers.resolve(source, state->rows_of(), state->recurring);
  }

  const auto bounds = part_bounds(state->rows.offsets, parts);
  const Sums none = state->empty_sums();
  std::vector<Sums> sums(parts);
  std::vector<std::vector<Movement>> movements(parts);
  std::vector<std::uint32_t> movement_counts(state->account_count);
  parallel_for(parts, [&](std::size_t part) {
    sums[part] = none;
    AccountScan scan(state->recurring, state->months);
    for (AccountIndex account = bounds[part]; account < bounds[part + 1]; ++account) {
      const std::size_t before = movements[part].size();
      scan.add_to(sums[part], state->rows.of(account), state->surroundings(account), 1, movements[part]);
      movement_counts[account] = static_cast<std::uint32_t>(movements[part].size() - before);
    }
  });
  state->sums = std::move(sums[0]);
  for (std::size_t part = 1; part < parts; ++part) {
    for (std::size_t i = 0; i < state->sums.size(); ++i) state->sums[i].add_all(sums[part][i]);
  }
  for (auto& each : movements) {
    if (state->movements.all.empty()) {
      state->movements.all = std::move(each);
    } else {
      state->movements.all.insert(state->movements.all.end(), each.begin(), each.end());
    }
  }
  state->movements.offsets.resize(state->account_count + 1);
  std::partial_sum(movement_counts.begin(), movement_counts.end(), state->movements.offsets.begin() + 1);
  return Ledger(std::move(state));
}

}  // namespace banso::engine::revenue
