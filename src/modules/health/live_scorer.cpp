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

// Weeks before the present one stand: what changes them is scored apart.
void keep_earlier_weeks(ScoredAccount& scored, const AccountRow& before) {
  std::copy(before.scored.weekly.begin(), before.scored.weekly.end() - 1, scored.weekly.begin());
  std::copy(before.scored.weekly_levels.begin(), before.scored.weekly_levels.end() - 1, scored.weekly_levels.begin());
}

}  // namespace

// One block: its accounts' scores, and the freshness of the records in it that were read.
struct LiveScorer::Block {
  std::vector<ScoredAccount> scored;
  Freshness freshness{};
};

// Who else must be looked at where scores roll up; all empty where they do not.
struct LiveScorer::Relatives {
  std::vector<Marked> added;              // scored besides
  std::vector<core::AccountId> parents;   // of the batch, ascending: their score is their family's
  std::vector<core::AccountId> families;  // the parents and everybody below them
  std::vector<engine::FamilyLink> links;  // of all these
};

LiveScorer::LiveScorer(Dependencies dependencies, Evaluator& evaluator, int threads)
    : evaluator_(evaluator), facts_(std::move(dependencies)), pool_(threads) {}

LiveScorer::Relatives LiveScorer::relatives_of(std::span<const Marked> marked, const DefinitionSet& set,
                                               const RowOf& row_of) {
  Relatives relatives;
  if (!set.definitions.rolls_up()) return relatives;
  std::vector<core::AccountId> changed;
  for (const auto& each : marked) changed.push_back(each.account);
  std::sort(changed.begin(), changed.end());
  const auto tree = evaluator_.family_links().tree();
  for (const auto account : evaluator_.with_ancestors(changed, set)) {
    if (tree->has_children(account)) relatives.parents.push_back(account);
  }
  relatives.families = tree->families_below(relatives.parents);
  for (const auto account : relatives.families) {
    if (std::binary_search(changed.begin(), changed.end(), account)) continue;
    const auto row = row_of(account);
    const bool is_parent = std::binary_search(relatives.parents.begin(), relatives.parents.end(), account);
    if (!row || (!is_parent && row->scored.member)) continue;  // not there, or known well enough
    Mark nothing_changed;
    nothing_changed.first_day = engine::forever;
    relatives.added.push_back({account, nothing_changed});
  }
  auto known = changed;
  known.insert(known.end(), relatives.families.begin(), relatives.families.end());
  relatives.links = evaluator_.links_around(known);
  return relatives;
}

LiveScorer::Block LiveScorer::score_block(const AcquiredFacts& facts, std::span<const engine::BookPart> parts,
                                          const DefinitionSet& set, core::Day as_of,
                                          std::span<const engine::FamilyLink> links) const {
  const auto book = engine::assemble(facts.features, parts);
  const engine::WholeBook whole{evaluator_.peers_of(set), nullptr};
  const auto today = engine::evaluate_history(book, set.definitions, std::span(&as_of, 1), engine::serial(), whole);
  Block block{scored_accounts(book, set, today), {}};
  if (set.definitions.rolls_up()) add_family_members(book, today.front(), links, block.scored);
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

// Once everybody's own score is known, parents are scored again with their families.
void LiveScorer::roll_up(const AcquiredFacts& facts, const Relatives& relatives, const DefinitionSet& set,
                         core::Day as_of, const RowOf& row_of, std::vector<Block>& blocks) const {
  std::unordered_map<core::AccountId, ScoredAccount*> fresh;
  for (auto& block : blocks) {
    for (auto& scored : block.scored) fresh.emplace(scored.account, &scored);
  }
  const auto families = std::make_shared<engine::FamilyScores>(std::span(&as_of, 1));
  for (const auto account : relatives.families) {
    if (facts.reloaded.contains(account) && !fresh.contains(account)) continue;  // gone
    const auto found = fresh.find(account);
    const auto row = found == fresh.end() ? row_of(account) : nullptr;
    const auto& member = row ? row->scored.member : found == fresh.end() ? std::nullopt : found->second->member;
    if (member) families->at(0).add(*member);
  }
  families->settle();
  std::vector<engine::BookPart> parts;
  for (const auto& part : facts.parts) {
    const auto account = part.records->account_ids()[part.account];
    if (std::binary_search(relatives.parents.begin(), relatives.parents.end(), account)) parts.push_back(part);
  }
  if (parts.empty()) return;
  const auto book = engine::assemble(facts.features, parts);
  const engine::WholeBook whole{evaluator_.peers_of(set), families};
  const auto today = engine::evaluate_history(book, set.definitions, std::span(&as_of, 1), engine::serial(), whole);
  for (auto& scored : scored_accounts(book, set, today)) {
    auto& place = *fresh.at(scored.account);
    scored.member = place.member;
    place = std::move(scored);
  }
}

ScoredBatch LiveScorer::score(std::vector<Marked> marked, const DefinitionSet& set, core::Day as_of,
                              const RowOf& row_of) {
  auto relatives = relatives_of(marked, set, row_of);
  ScoredBatch batch;
  for (const auto& each : relatives.added) {
    batch.relatives.push_back(each.account);
    marked.push_back(each);
  }
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
    blocks[index] = score_block(facts, std::span(parts).subspan(begin, count), set, as_of, relatives.links);
  });
  if (!relatives.parents.empty()) roll_up(facts, relatives, set, as_of, row_of, blocks);
  pool_.parallel_for()(blocks.size(), [&](std::size_t index) {
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
