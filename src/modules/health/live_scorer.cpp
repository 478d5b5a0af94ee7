#include "live_scorer.hpp"

#include <algorithm>
#include <unordered_map>

namespace banso::health {
namespace {

// Enough to share one plan of the definitions, few enough to spread a batch over the threads.
constexpr std::size_t accounts_per_block = 64;

void note_usage(Freshness& freshness, const engine::PackedUsage& usage) {
  auto& source = freshness[static_cast<std::size_t>(FactSource::usage)];
  if (usage.size() == 0) return;
  source.rows = std::max<std::int64_t>(source.rows, 1);
  source.newest_day = std::max(source.newest_day, usage.newest_day());
  source.newest_known_day = std::max(source.newest_known_day, usage.newest_known_day());
}

// One block: its accounts' scores, and the freshness of the records in it that were read.
struct Block {
  std::vector<ScoredAccount> scored;
  Freshness freshness{};
};

Block score_block(const AcquiredFacts& facts, std::span<const engine::BookPart> parts, const DefinitionSet& set,
                  core::Day as_of) {
  const auto book = engine::assemble(facts.features, parts);
  const auto today = engine::evaluate_history(book, set.definitions, std::span(&as_of, 1));
  Block block{scored_accounts(book, set, today), {}};
  const bool has_read_records = std::any_of(parts.begin(), parts.end(), [&](const engine::BookPart& part) {
    return facts.reloaded.contains(part.records->account_ids()[part.account]);
  });
  if (has_read_records) {
    block.freshness = freshness_of(book, as_of);
    block.freshness[static_cast<std::size_t>(FactSource::usage)] = {};
  }
  for (const auto& part : parts) note_usage(block.freshness, *part.usage);
  return block;
}

// Weeks before the present one stand: what changes them is scored apart.
void keep_earlier_weeks(ScoredAccount& scored, const AccountRow& before) {
  std::copy(before.scored.weekly.begin(), before.scored.weekly.end() - 1, scored.weekly.begin());
}

}  // namespace

LiveScorer::LiveScorer(Dependencies dependencies, const Evaluator& evaluator, int threads)
    : evaluator_(evaluator), facts_(std::move(dependencies)), pool_(threads) {}

ScoredBatch LiveScorer::score(std::vector<Marked> marked, const DefinitionSet& set, core::Day as_of,
                              const RowOf& row_of) {
  std::unordered_map<core::AccountId, AccountRowPtr> before;
  for (auto& [account, mark] : marked) {
    auto row = row_of(account);
    if (!row) mark.has_records = true;  // it may be new: what records say of it is needed as well
    before.emplace(account, std::move(row));
  }
  const auto facts = facts_.acquire(marked, as_of, set);
  const auto& parts = facts.parts;
  std::vector<Block> blocks((parts.size() + accounts_per_block - 1) / accounts_per_block);
  std::vector<std::vector<AccountRowPtr>> rows(blocks.size());
  std::vector<std::vector<ScoredAccount>> for_records(blocks.size());
  pool_.parallel_for()(blocks.size(), [&](std::size_t index) {
    const auto begin = index * accounts_per_block;
    const auto count = std::min(accounts_per_block, parts.size() - begin);
    blocks[index] = score_block(facts, std::span(parts).subspan(begin, count), set, as_of);
    for (auto& scored : blocks[index].scored) {
      const auto& row = before.at(scored.account);
      if (row) keep_earlier_weeks(scored, *row);
      if (row && !facts.reloaded.contains(scored.account)) {
        rows[index].push_back(scored_anew(*row, std::move(scored), set));
      } else {
        for_records[index].push_back(std::move(scored));
      }
    }
  });

  ScoredBatch batch;
  const auto is_gone = [&](core::AccountId account) {
    const auto versions = facts.records.accounts.find(account);
    return versions == facts.records.accounts.end() || !record_on(versions->second, as_of);
  };
  std::copy_if(facts.reloaded.begin(), facts.reloaded.end(), std::back_inserter(batch.gone), is_gone);
  std::vector<ScoredAccount> with_records;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    add(batch.freshness, blocks[i].freshness);
    std::move(rows[i].begin(), rows[i].end(), std::back_inserter(batch.rows));
    for (auto& scored : for_records[i]) {
      if (!is_gone(scored.account)) with_records.push_back(std::move(scored));
    }
  }
  auto made = evaluator_.rows(facts.records, with_records, set, as_of);
  std::move(made.begin(), made.end(), std::back_inserter(batch.rows));
  return batch;
}

}  // namespace banso::health
