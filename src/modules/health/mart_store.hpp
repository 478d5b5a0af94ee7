// Assessments in the mart (DuckDB): derived, rebuildable, one pair of tables per evaluation. A full evaluation fills
// new tables and becomes current in one step at its end, so that one that breaks off leaves the last whole one in
// place.
//
//   health_evaluation       one row per whole evaluation: release of the definitions, day, freshness of the sources
//   health_current_<n>      per account: score, level, groups, every measure with state and newest day, reasons
//   health_history_<n>      per account and week: score, level, groups; all under the one release of evaluation n
//   health_unscored         a row while changes wait to be scored: left behind by a crash or by the shell's imports
#pragma once

#include <functional>
#include <memory>
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
};

// One week of one account.
struct WeekScore {
  core::Day day;
  std::optional<engine::Points> score;
  std::int8_t level = engine::no_level;
};

// Threading: one writer at a time (the caller's lock); readers at any time.
class MartStore {
 public:
  explicit MartStore(std::shared_ptr<platform::duckdb::Database> mart);

  std::optional<Evaluation> newest() const;  // of all releases

  // A full evaluation: begin, append chunk after chunk, finish. Tables of evaluations that were never finished go.
  Evaluation begin(const DefinitionSet& set, core::Day as_of, core::Day first_day);
  void append(const Evaluation& evaluation, const DefinitionSet& set, std::span<const ScoredAccount> accounts,
              const engine::Book& book, std::span<const engine::Assessments> weeks);
  // Makes it the newest. Kept besides: the newest evaluations of the last few other releases.
  void finish(const Evaluation& evaluation);

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
  std::vector<WeekScore> history(const Evaluation& evaluation, core::AccountId account) const;

 private:
  std::shared_ptr<platform::duckdb::Database> mart_;
};

}  // namespace banso::health
