// Scores accounts on the current day from the facts that are held in memory, with the same kernel as everything else.
// Where scores roll up, everybody above a changed account is scored in the same batch.
#pragma once

#include "evaluator.hpp"
#include "facts_cache.hpp"
#include "freshness.hpp"

namespace banso::health {

struct ScoredBatch {
  std::vector<AccountRowPtr> rows;    // of the accounts that exist; their earlier weeks as the book had them
  std::vector<core::AccountId> gone;  // that exist no longer
  // Scored besides those that were marked: parents of these, and members of their families seen for the first time.
  std::vector<core::AccountId> relatives;
  Freshness freshness{};  // of the accounts in the batch; rows are counted only where records were read
};

// One batch at a time: not safe for use from several threads.
class LiveScorer {
 public:
  LiveScorer(Dependencies dependencies, Evaluator& evaluator, int threads);

  // `row_of` finds an account in the present book (null if it is not there).
  using RowOf = std::function<AccountRowPtr(core::AccountId)>;
  ScoredBatch score(std::vector<Marked> marked, const DefinitionSet& set, core::Day as_of, const RowOf& row_of);
  FactsCache& facts() { return facts_; }

 private:
  struct Block;
  struct Relatives;

  Relatives relatives_of(std::span<const Marked> marked, const DefinitionSet& set, const RowOf& row_of);
  Block score_block(const AcquiredFacts& facts, std::span<const engine::BookPart> parts, const DefinitionSet& set,
                    core::Day as_of, std::span<const engine::FamilyLink> links) const;
  void roll_up(const AcquiredFacts& facts, const Relatives& relatives, const DefinitionSet& set, core::Day as_of,
               const RowOf& row_of, std::vector<Block>& blocks) const;

  Evaluator& evaluator_;
  FactsCache facts_;
  WorkerPool pool_;
};

}  // namespace banso::health
