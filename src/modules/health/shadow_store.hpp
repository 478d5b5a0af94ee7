// Drafts that are scored beside the published scorecards: which ones run, in the records (people decide it, all nodes
// follow); what they gave, in the mart of each node (derived).
//
//   health_shadow_score   per scorecard and account: score and level under the draft
//   health_shadow_day     per scorecard and book day: how many accounts were compared, how many differ, by how much
#pragma once

#include "core/caller.hpp"
#include "mart_store.hpp"
#include "platform/records/records.hpp"

namespace banso::health {

struct ShadowRecord {
  std::string scorecard;
  core::Instant since;       // the draft as it is now
  core::Instant started_at;  // of the first of its drafts
  std::string started_by;
  std::string draft;  // the bodies that differ from the published ones
  std::int64_t restarts = 0;
  std::optional<core::Instant> ended_at;
  std::optional<std::string> ended_because;  // "stopped", "published", "discarded"
};

// Under the draft.
struct ShadowScore {
  std::optional<engine::Points> score;
  std::string level;  // key; empty: none
};

// One book day: the published and the draft's scores of the accounts that both have a score of.
struct ShadowDay {
  core::Day day;
  std::int64_t accounts = 0;        // of the book
  std::int64_t compared = 0;        // with both scores
  std::int64_t differing = 0;       // of all: with another level
  std::int64_t difference_sum = 0;  // draft less published, over those compared, in ten-thousandths of a point
  std::optional<double> mean_difference() const;
};

// Threading: one writer of a scorecard's results at a time; everything else from any thread.
class ShadowStore {
 public:
  ShadowStore(std::shared_ptr<platform::records::Database> records, std::shared_ptr<platform::duckdb::Database> mart);

  // ---- which ones run
  std::vector<ShadowRecord> all() const;
  void start(const std::string& scorecard, const std::string& draft, const core::Caller& caller);
  // Where it runs with another draft than this one.
  void restart(const std::string& scorecard, const std::string& draft);
  // Where it runs.
  void end(const std::string& scorecard, std::string_view because);

  // ---- what they gave, on this node; of another draft than the record's it is forgotten
  std::vector<std::pair<core::AccountId, ShadowScore>> scores(const ShadowRecord& record) const;
  std::vector<ShadowDay> days(const ShadowRecord& record) const;
  // Accounts without a score in the list are gone.
  void replace(const ShadowRecord& record, std::span<const core::AccountId> accounts,
               std::span<const std::pair<core::AccountId, ShadowScore>> scores);
  void put(const ShadowRecord& record, const ShadowDay& day);
  void forget_others(std::span<const ShadowRecord> records);

 private:
  std::shared_ptr<platform::records::Database> records_;
  std::shared_ptr<platform::duckdb::Database> mart_;
};

}  // namespace banso::health
