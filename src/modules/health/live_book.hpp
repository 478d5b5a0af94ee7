// The book as pages see it: evaluated in full when asked, kept up to date account by account, and made on demand for
// earlier days. Two threads work in the background:
//
//   rounds    accounts that changed, on the current day, from facts in memory (live_rounds.cpp): published at once,
//             written to the mart every few seconds
//   history   their earlier weeks, where what changed lies that far back (late_history.cpp): slower, so that late
//             events delay nobody's current score
//
// Nothing that was marked is forgotten: what cannot be scored waits and is tried again, and a durable mark in the mart
// says that something waits or is not written, so that a start after a crash scores everything.
#pragma once

#include <atomic>
#include <condition_variable>
#include <list>
#include <thread>
#include <unordered_set>

#include "book_table.hpp"
#include "dirty_marks.hpp"
#include "evaluator.hpp"
#include "lag_window.hpp"
#include "live_scorer.hpp"
#include "mart_store.hpp"

namespace banso::health {

struct EvaluationStatus {
  core::Day as_of;
  std::optional<core::Instant> computed_at;
  bool running = false;
  double progress = 0;
  std::int64_t accounts = 0;
  double seconds = 0;
  std::int64_t release = 0;
  std::int64_t waiting = 0;  // accounts that changed and are not scored yet
  LagFigures lag;
};

// Starter definitions, and the facts they were chosen from.
struct StarterChoice {
  engine::Definitions definitions;
  Freshness freshness{};
};

// Threading: all members may be called from any thread.
class LiveBook {
 public:
  // Asks for a full evaluation in the background (a job). False where there is nobody to do it.
  using RequestFull = std::function<bool(std::string_view reason)>;

  LiveBook(Dependencies dependencies, RequestFull request_full);
  ~LiveBook();

  void start();
  void stop();
  // All facts of these accounts may have changed; only what records say of them; their usage.
  void mark_dirty(std::span<const core::AccountId> accounts);
  void mark_records(std::span<const core::AccountId> accounts);
  void mark_usage(const usage::UsageChange& change);
  // Scores all that waits, its history included, and writes it to the mart; on this thread. Returns the accounts
  // scored.
  std::int64_t refresh_dirty();
  core::Result<EvaluationReport> evaluate_all(const ShowProgress& show);
  // Chosen from the data as they are now; nothing where there is no account.
  std::optional<StarterChoice> choose_starter(const ShowProgress& show);
  void on_change(BookListener listener);

  // As of the book day, or of an earlier day; refuses later ones. Waits while the first one is loaded.
  core::Result<BookTablePtr> table(std::optional<core::Day> as_of);
  DefinitionSetPtr definitions();  // the published ones
  // From now on; the present table is made anew.
  void set_segments(SegmentSetPtr segments);
  // On the book day, without waiting; null before the first evaluation.
  BookTablePtr evaluated_table() const;
  EvaluationStatus status() const;
  Evaluator& evaluator() { return evaluator_; }
  MartStore& mart() { return mart_; }
  // The newest whole evaluation; nothing before the first.
  std::optional<Evaluation> evaluation() const;
  // An evaluation beside the one that the book shows; its chunks are appended to mart(). Finished, it can be read
  // there.
  Evaluation begin_aside(const DefinitionSet& set, core::Day as_of, core::Day first_day);
  void finish_aside(const Evaluation& evaluation);
  // Deletes the evaluations beyond the number of releases that are kept; returns the releases.
  std::vector<std::int64_t> drop_beyond_kept();

 private:
  // ---- tables (live_book.cpp)
  void load_from_mart();
  void rebuild_peers();
  BookTablePtr with_present_segments(BookTablePtr table) const;  // under mutex_
  void publish(BookTablePtr table, const Evaluation& evaluation);
  BookTablePtr table_now() const;
  void tell(std::span<const core::AccountId> accounts, core::Instant computed_at);
  void tell(const BookChange& change);
  BookTable::Head head(const DefinitionSetPtr& set, core::Day as_of, const Freshness& freshness,
                       std::span<const AccountRowPtr> rows) const;
  void add_owner_names(std::span<const AccountRowPtr> rows, BookTable::Head& head) const;
  BookTablePtr past_table(core::Day as_of);

  // ---- rounds (live_rounds.cpp)
  void rounds_loop();
  void mark(std::span<const core::AccountId> accounts, const Mark& mark);
  void note_unscored();
  void clear_unscored_if_clean();
  std::int64_t run_round();
  void score_batch(std::vector<Marked> marked, const BookTablePtr& table, Evaluation evaluation);
  BookTablePtr table_with(const BookTablePtr& table, ScoredBatch batch, Evaluation& evaluation, bool has_records) const;
  void note_published(std::span<const Marked> marked, std::span<const core::AccountId> relatives,
                      core::Instant computed_at);
  bool can_rank(const DefinitionSet& set) const;
  bool full_is_due(const Evaluation& last);
  bool ask_for_full(std::string_view reason);
  bool leave_to_full();
  void write_to_mart();
  void warm_up();

  // ---- history (late_history.cpp)
  void history_loop();
  bool run_history();
  bool rescore_history(std::span<const Marked> marked);
  void refresh_past_tables(std::span<const Marked> marked);

  // ---- everything (full_evaluation.cpp)
  core::Result<bool> publish_starter_where_due(const Evaluation* last, const ShowProgress& show);
  bool only_starter_published() const;
  bool has_outgrown_starter(const BookTable& table) const;
  core::Result<EvaluationReport> evaluate_all_accounts(const ShowProgress& show);
  std::vector<Marked> begin_full();
  void end_full(std::vector<Marked> covered, bool succeeded);
  void publish_full(const BookTablePtr& table, const Evaluation& evaluation, PeersPtr peers);

  const Dependencies from_;
  const RequestFull request_full_;
  Evaluator evaluator_;
  MartStore mart_;

  // Locks, in the order in which they are taken. None of the first four is held while a page is answered.
  std::mutex full_mutex_;     // one full evaluation at a time; held long
  std::mutex past_mutex_;     // making a past table is long; askers for the same day wait for one
  std::mutex round_mutex_;    // who publishes into the book; a batch long
  std::mutex writing_mutex_;  // who writes to the mart
  std::mutex unscored_mutex_;
  mutable std::mutex mutex_;  // what follows

  std::condition_variable changed_;
  BookTablePtr table_;
  std::optional<Evaluation> evaluation_;
  DefinitionSetPtr set_;
  SegmentSetPtr segments_;
  bool loaded_ = false;
  DirtyMarks dirty_;
  DirtyMarks late_;                                // scored on the current day, but not on earlier ones
  std::unordered_set<core::AccountId> unwritten_;  // in the table, but not yet in the mart
  std::optional<DirtyMarks> scored_during_full_;   // while one runs: it may have read older facts
  std::size_t in_flight_ = 0;                      // taken from the above, not done
  std::size_t batch_accounts_;                     // fewer after a failure, to come round what fails
  std::vector<BookListener> listeners_;

  LiveScorer scorer_;  // under round_mutex_
  LagWindow lags_;
  std::atomic<std::int64_t> started_at_us_{0};
  core::Instant mart_due_at_;  // of the rounds' thread

  bool is_unscored_noted_ = false;  // under unscored_mutex_
  std::list<BookTablePtr> past_;    // most recently used first; under past_mutex_

  std::atomic<double> progress_{0};
  std::atomic<bool> running_{false};
  std::atomic<bool> stopping_{false};
  std::atomic<std::int64_t> full_not_before_us_{0};  // after one that failed
  std::thread rounds_, history_, loading_;
};

}  // namespace banso::health
