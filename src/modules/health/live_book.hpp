// The book as pages see it: evaluated in full when asked, kept up to date account by account, and made on demand for
// earlier days. Owns the background thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <list>
#include <set>
#include <thread>

#include "book_table.hpp"
#include "evaluator.hpp"
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
};

// Threading: all members may be called from any thread.
class LiveBook {
 public:
  // `request_full` asks for a full evaluation in the background (a job), or does nothing where there is none.
  LiveBook(Dependencies dependencies, std::function<void(std::string_view reason)> request_full);
  ~LiveBook();

  void start();
  void stop();
  void mark_dirty(std::span<const core::AccountId> accounts);
  std::int64_t refresh_dirty();
  core::Result<EvaluationReport> evaluate_all(const ShowProgress& show);
  // Chosen from the data as they are now; nothing where there is no account.
  std::optional<engine::Definitions> choose_starter(const ShowProgress& show);

  // As of the book day, or of an earlier day; refuses later ones. Waits while the first one is loaded.
  core::Result<BookTablePtr> table(std::optional<core::Day> as_of);
  DefinitionSetPtr definitions();  // the published ones
  EvaluationStatus status() const;
  Evaluator& evaluator() { return evaluator_; }
  MartStore& mart() { return mart_; }
  // The newest whole evaluation; nothing before the first.
  std::optional<Evaluation> evaluation() const;

 private:
  void loop();
  void load_from_mart();
  void publish(BookTablePtr table, const Evaluation& evaluation);
  BookTable::Head head(const DefinitionSetPtr& set, core::Day as_of, const Freshness& freshness,
                       std::span<const AccountRowPtr> rows) const;
  BookTablePtr past_table(core::Day as_of);
  void refresh_past_tables(std::span<const core::AccountId> accounts);
  void refresh_chunk(std::span<const core::AccountId> accounts, const DefinitionSetPtr& set, Evaluation& evaluation);
  core::Result<bool> publish_starter_where_due(const Evaluation* last, const ShowProgress& show);
  bool only_starter_published() const;
  std::vector<core::AccountId> take_dirty();
  void clear_unscored_if_clean();
  bool full_is_due(const std::optional<Evaluation>& last, std::size_t dirty_count);

  const Dependencies from_;
  const std::function<void(std::string_view)> request_full_;
  Evaluator evaluator_;
  MartStore mart_;

  std::mutex evaluating_;  // one evaluation at a time; held long, so never while answering pages
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  BookTablePtr table_;
  std::optional<Evaluation> evaluation_;
  DefinitionSetPtr set_;
  bool loaded_ = false;
  std::set<core::AccountId> dirty_;
  core::Instant last_marked_at_;
  core::Instant first_marked_at_;

  std::mutex unscored_mutex_;  // taken before mutex_ where both are
  bool is_unscored_noted_ = false;

  std::mutex past_mutex_;         // making a past table is long; askers for the same day wait for one
  std::list<BookTablePtr> past_;  // most recently used first

  std::atomic<double> progress_{0};
  std::atomic<bool> running_{false};
  std::atomic<bool> stopping_{false};
  std::thread thread_, loading_;
};

}  // namespace banso::health
