#include "evaluator.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <unordered_map>

namespace banso::health {
namespace {

// A chunk's history of two years takes about 100 MiB at forty measures.
constexpr std::size_t chunk_accounts = 1000;
// Reading is what takes longest, and the databases read in parallel; more would only cost memory.
constexpr std::size_t chunks_ahead = 3;

}  // namespace

Evaluator::Evaluator(Dependencies dependencies)
    : from_(std::move(dependencies)), pool_(from_.threads), family_links_(from_.customers) {}

AssessedChunk Evaluator::evaluate(LoadedBook loaded, std::span<const core::AccountId> asked, const DefinitionSet& set,
                                  std::span<const core::Day> days, const engine::WholeBook& whole) {
  AssessedChunk chunk;
  chunk.loaded = std::move(loaded);
  chunk.weeks = engine::evaluate_history(chunk.loaded.book, set.definitions, days, pool_.parallel_for(), whole);
  chunk.accounts = scored_accounts(chunk.loaded.book, set, chunk.weeks);
  if (set.definitions.rolls_up())
    add_family_members(chunk.loaded.book, chunk.weeks.back(), links_around(asked), chunk.accounts);
  const auto is_gone = [&](core::AccountId account) {
    const auto versions = chunk.loaded.accounts.find(account);
    return versions == chunk.loaded.accounts.end() || !record_on(versions->second, days.back());
  };
  std::copy_if(asked.begin(), asked.end(), std::back_inserter(chunk.gone), is_gone);
  std::erase_if(chunk.accounts, [&](const ScoredAccount& scored) { return is_gone(scored.account); });
  return chunk;
}

void Evaluator::each_book(std::span<const core::AccountId> accounts,
                          const std::function<bool(LoadedBook&, std::size_t done)>& visit) {
  each_book(accounts, chunk_accounts, visit);
}

void Evaluator::each_book(std::span<const core::AccountId> accounts, std::size_t at_once,
                          const std::function<bool(LoadedBook&, std::size_t done)>& visit) {
  const auto source = loader();
  const auto load = [&](std::size_t begin) {
    return source.load(accounts.subspan(begin, std::min(at_once, accounts.size() - begin)));
  };
  std::deque<std::future<LoadedBook>> coming;  // destructors wait for chunks that are still being read
  std::size_t asked = 0;
  for (std::size_t begin = 0; begin < accounts.size(); begin += at_once) {
    for (; asked < accounts.size() && coming.size() < chunks_ahead; asked += at_once) {
      coming.push_back(std::async(std::launch::async, load, asked));
    }
    LoadedBook current = coming.front().get();
    coming.pop_front();
    if (!visit(current, std::min(begin + at_once, accounts.size()))) return;
  }
}

void Evaluator::each_chunk(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                           std::span<const core::Day> days, const engine::WholeBook& whole, const Visit& visit) {
  std::size_t begin = 0;
  each_book(accounts, [&](LoadedBook& loaded, std::size_t done) {
    AssessedChunk chunk = evaluate(std::move(loaded), accounts.subspan(begin, done - begin), set, days, whole);
    begin = done;
    return visit(chunk, done);
  });
}

std::vector<AccountRowPtr> Evaluator::rows(const LoadedBook& loaded, std::span<const ScoredAccount> accounts,
                                           const DefinitionSet& set, core::Day as_of) const {
  if (accounts.empty()) return {};
  std::unordered_map<core::AccountId, customers::BookRow> present;
  std::vector<core::AccountId> ids;
  for (const auto& scored : accounts) ids.push_back(scored.account);
  from_.customers->each_book_row(customers::Selection::of(std::move(ids)),
                                 [&](const customers::BookRow& row) { present.emplace(row.id, row); });
  const bool is_present = as_of == from_.surroundings.book_day();
  const std::string currency = from_.surroundings.reporting_currency();
  std::vector<AccountRowPtr> rows;
  for (const auto& scored : accounts) {
    const auto now = present.find(scored.account);
    const auto* fact = record_on(loaded.accounts.at(scored.account), as_of);
    auto record = is_present && now != present.end()
                      ? now->second
                      : record_as_of(*fact, now == present.end() ? nullptr : &now->second);
    const auto subscriptions = loaded.subscriptions.find(scored.account);
    rows.push_back(make_row(std::move(record),
                            subscriptions == loaded.subscriptions.end()
                                ? std::span<const revenue::SubscriptionFact>()
                                : std::span<const revenue::SubscriptionFact>(subscriptions->second),
                            scored, set, as_of, currency));
  }
  return rows;
}

}  // namespace banso::health
