// Assessments in the mart (DuckDB): derived, rebuildable, one pair of tables per evaluation. A full evaluation fills
// new tables and becomes current in one step at its end, so that one that breaks off leaves the last whole one in
// place.
//
//   health_evaluation       one row per whole evaluation: release of the definitions, day, freshness of the sources
//   health_current_<n>      per account: score, level, groups, every measure with state and newest day, reasons
//   health_history_<n>      per account and week: score, level, groups; all under the one release of evaluation n
//   health_dropped          releases whose evaluation was deleted, because newer ones took its place
//   health_unscored         a row while changes wait to be scored: left behind by a crash or by the shell's imports
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "freshness.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "scored.hpp"

namespace banso::health {

struct Evaluation {
  std::int64_t number = 0;
  std::int64_t release = 0;
  core::Day as_of;
  core::Day first_day;  // of the history
  core::Instant computed_at;
  std::int64_t accounts = 0;
  double seconds = 0;
  Freshness freshness{};
  bool is_aside = false;  // of an earlier release, made to be looked at: never what the book shows
};

// How many accounts each level had in one week.
struct WeekLevels {
  core::Day day;
  std::map<std::int8_t, std::int64_t> accounts;  // by level, engine::no_level included
};

// When the last evaluation of a release was deleted.
struct DroppedRelease {
  std::int64_t release = 0;
  core::Instant computed_at, dropped_at;
};

// One week of one account.
struct WeekScore {
  core::Day day;
  std::optional<engine::Points> score;
  std::int8_t level = engine::no_level;
};

// Whether the weeks of this evaluation can still be read; within a transaction they stay until it ends.
bool has_history(platform::duckdb::Connection& connection, const Evaluation& evaluation);

// Threading: one writer at a time (the caller's lock); readers at any time.
class MartStore {
 public:
  // `releases_kept` says of how many releases the newest evaluation stays readable; asked whenever one is finished.
  explicit MartStore(
      std::shared_ptr<platform::duckdb::Database> mart,
      std::function<std::size_t()> releases_kept = [] { return default_releases_kept; });
  static constexpr std::size_t default_releases_kept = 6;

  std::optional<Evaluation> newest() const;     // of all releases; those made aside do not count
  std::vector<Evaluation> evaluations() const;  // all that are kept, newest first
  std::vector<DroppedRelease> dropped() const;

  // A full evaluation: begin, append chunk after chunk, finish. Tables of evaluations that were never finished go.
  // One may be under way for the book, and one aside.
  Evaluation begin(const DefinitionSet& set, core::Day as_of, core::Day first_day, bool is_aside = false);
  void append(const Evaluation& evaluation, const DefinitionSet& set, std::span<const ScoredAccount> accounts,
              const engine::Book& book, std::span<const engine::Assessments> weeks);
  // Makes it the newest. What it replaces can be read until drop_beyond_kept().
  void finish(const Evaluation& evaluation);
  // Deletes all but the newest evaluations of the last few releases; returns the releases that went.
  std::vector<std::int64_t> drop_beyond_kept();

  // Puts assessments of the evaluation's day in place of what it holds of these accounts; those without one exist no
  // longer, or are not scored yet.
  void replace_current(const Evaluation& evaluation, std::span<const core::AccountId> accounts,
                       std::span<const ScoredAccount* const> scored);
  // Puts the weeks (before the evaluation's day) in place of what it holds of these accounts from the first week on.
  void replace_history(const Evaluation& evaluation, const DefinitionSet& set,
                       std::span<const core::AccountId> accounts, std::span<const ScoredAccount> scored,
                       const engine::Book& book, std::span<const engine::Assessments> weeks);

  // Whether changes were noted that no evaluation has seen yet; durable.
  bool has_unscored() const;
  void note_unscored(bool has);

  // All accounts, ascending by id, with their last weeks.
  std::vector<ScoredAccount> load(const Evaluation& evaluation, const DefinitionSet& set) const;
  // Nothing where the evaluation was deleted meanwhile.
  std::optional<std::vector<WeekScore>> history(const Evaluation& evaluation, core::AccountId account) const;
  std::optional<std::vector<WeekLevels>> level_weeks(const Evaluation& evaluation) const;

 private:
  // Numbers of evaluations that are under way: for the book, aside.
  std::vector<std::int64_t> open_numbers() const;
  void close(std::int64_t number);

  std::shared_ptr<platform::duckdb::Database> mart_;
  std::function<std::size_t()> releases_kept_;
  mutable std::mutex mutex_;
  std::array<std::int64_t, 2> open_{};  // 0: none
};

}  // namespace banso::health
