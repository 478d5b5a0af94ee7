// Loads and evaluates accounts chunk by chunk, so that any number of them fits in memory. While one chunk is evaluated
// on all threads, the next ones are read from the databases.
//
// Measures among peers and roll-ups need to know of all accounts. The peers are those of the last whole evaluation
// (keep_peers), by its weeks; families are read for whoever is asked for.
#pragma once

#include <condition_variable>
#include <mutex>

#include "account_row.hpp"
#include "family_links.hpp"
#include "worker_pool.hpp"

namespace banso::health {

struct AssessedChunk {
  LoadedBook loaded;
  std::vector<engine::Assessments> weeks;  // one per day asked for
  std::vector<ScoredAccount> accounts;     // those that existed on the last day
  std::vector<core::AccountId> gone;       // asked for, but not there on the last day
};

using PeersPtr = std::shared_ptr<const engine::PeerDistributions>;
using FamiliesPtr = std::shared_ptr<const engine::FamilyScores>;

class Evaluator {
 public:
  explicit Evaluator(Dependencies dependencies);

  BookLoader loader() const { return BookLoader(from_, from_.surroundings.book_day()); }

  // `days` ascend. Evaluates the accounts at once: the caller keeps the list short.
  AssessedChunk assess(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                       std::span<const core::Day> days);
  // The same over any number of accounts; visit gets each chunk and the accounts done so far, and returns false to
  // stop. Definitions whose peers are not kept (drafts) are compared among the accounts given, which then are all.
  using Visit = std::function<bool(AssessedChunk&, std::size_t done)>;
  void each_chunk(std::span<const core::AccountId> accounts, const DefinitionSet& set, std::span<const core::Day> days,
                  const Visit& visit);
  void each_chunk(std::span<const core::AccountId> accounts, const DefinitionSet& set, std::span<const core::Day> days,
                  const engine::WholeBook& whole, const Visit& visit);
  // Over the loaded books alone.
  void each_book(std::span<const core::AccountId> accounts,
                 const std::function<bool(LoadedBook&, std::size_t done)>& visit);

  // ---- what must be known of all accounts (whole_book.cpp)

  // First passes over all accounts, where the definitions need them. Nothing where show() stopped them.
  std::optional<engine::WholeBook> collect(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                                           std::span<const core::Day> days, const ShowProgress& show);
  // The first of them alone. Null where show() stopped it.
  PeersPtr collect_peers(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                         std::span<const core::Day> days, const ShowProgress& show);
  // From now on accounts are compared with these, under definitions of that release.
  void keep_peers(std::int64_t release, PeersPtr peers);
  // Whoever asks for them meanwhile waits, for a while. Not: nobody is going to keep any.
  void expect_peers(bool is_expected);
  // Null where none are kept for these definitions, or they need none.
  PeersPtr peers_of(const DefinitionSet& set) const;
  FamilyLinks& family_links() { return family_links_; }
  // With one of the accounts at either end, by the clock of the book; ascending by child.
  std::vector<engine::FamilyLink> links_around(std::span<const core::AccountId> accounts);
  // With everybody above them, where scores roll up: whose scores change with theirs. Ascending.
  std::vector<core::AccountId> with_ancestors(std::vector<core::AccountId> accounts, const DefinitionSet& set);

  // The lines of the book for what was assessed.
  std::vector<AccountRowPtr> rows(const AssessedChunk& chunk, const DefinitionSet& set, core::Day as_of) const {
    return rows(chunk.loaded, chunk.accounts, set, as_of);
  }
  std::vector<AccountRowPtr> rows(const LoadedBook& loaded, std::span<const ScoredAccount> accounts,
                                  const DefinitionSet& set, core::Day as_of) const;

 private:
  AssessedChunk evaluate(LoadedBook loaded, std::span<const core::AccountId> asked, const DefinitionSet& set,
                         std::span<const core::Day> days, const engine::WholeBook& whole);
  void each_book(std::span<const core::AccountId> accounts, std::size_t at_once,
                 const std::function<bool(LoadedBook&, std::size_t done)>& visit);
  // Of the families below these accounts. Null where show() stopped it.
  FamiliesPtr collect_families(std::span<const core::AccountId> accounts, const DefinitionSet& set,
                               std::span<const core::Day> days, const PeersPtr& peers, const ShowProgress& show);

  Dependencies from_;
  WorkerPool pool_;
  FamilyLinks family_links_;

  mutable std::mutex mutex_;  // of what follows
  mutable std::condition_variable peers_came_;
  std::int64_t peers_release_ = 0;
  PeersPtr peers_;
  bool is_expecting_peers_ = false;
};

}  // namespace banso::health
