// Loads and evaluates accounts chunk by chunk, so that any number of them fits in memory. While one chunk is evaluated
// on all threads, the next ones are read from the databases.
#pragma once

#include "account_row.hpp"
#include "worker_pool.hpp"

namespace banso::health {

struct AssessedChunk {
  LoadedBook loaded;
  std::vector<engine::Assessments> weeks;  // one per day asked for
  std::vector<ScoredAccount> accounts;     // those that existed on the last day
  std::vector<core::AccountId> gone;       // asked for, but not there on the last day
};

class Evaluator {
 public:
  explicit Evaluator(Dependencies dependencies);

  BookLoader loader() const { return BookLoader(from_, from_.surroundings.book_day()); }

  // `days` ascend. Evaluates the accounts at once: the caller keeps the list short.
  AssessedChunk assess(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                       std::span<const core::Day> days);
  // The same over any number of accounts; visit gets each chunk and the accounts done so far, and returns false to
  // stop.
  void each_chunk(std::span<const core::AccountId> accounts, const DefinitionSet& set, std::span<const core::Day> days,
                  const std::function<bool(AssessedChunk&, std::size_t done)>& visit);
  // Over the loaded books alone.
  void each_book(std::span<const core::AccountId> accounts,
                 const std::function<bool(LoadedBook&, std::size_t done)>& visit);

  // The lines of the book for what was assessed.
  std::vector<AccountRowPtr> rows(const AssessedChunk& chunk, const DefinitionSet& set, core::Day as_of) const {
    return rows(chunk.loaded, chunk.accounts, set, as_of);
  }
  std::vector<AccountRowPtr> rows(const LoadedBook& loaded, std::span<const ScoredAccount> accounts,
                                  const DefinitionSet& set, core::Day as_of) const;

 private:
  AssessedChunk evaluate(LoadedBook loaded, std::span<const core::AccountId> asked, const DefinitionSet& set,
                         std::span<const core::Day> days);

  Dependencies from_;
  WorkerPool pool_;
};

}  // namespace banso::health
