// The daily facts: what every person used on every day, per (account, day, person, event type, known day). Derived:
// follows the event store by what was added and what was rewritten, and can be rebuilt from it at any time.
//
// A refresh costs what the events since the last one cost, however long the history. compact() keeps it so: it moves
// what is recent into sorted runs on disk and merges runs; call it every second or so from a thread of its own.
//
// Threading: every function may be called from any thread. Reads never wait for a compaction, and refresh() only for
// moments.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "daily_facts_tables.hpp"
#include "event_type_hash.hpp"
#include "feature_days.hpp"
#include "person_numbers.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/events/event_store.hpp"
#include "usage.hpp"

namespace banso::usage {

// Which feature an event type counts for; nothing: ignored.
using FeatureOfType = std::function<std::optional<FeatureId>(const platform::events::EventType&)>;

struct NumberedPerson {
  std::int32_t number = 0;
  core::AccountId account;
  std::string person_key;
};

struct CompactionLimits {
  // What is recent becomes a run when it has so many rows, or is so old.
  std::int64_t recent_rows = 500'000;
  std::chrono::seconds recent_age{300};
  // So many runs of about one size become one.
  std::size_t runs_of_a_size = 8;
  std::size_t persons_in_memory = 8'000'000;
};

class ChangeCollector;

class DailyFacts {
 public:
  DailyFacts(std::shared_ptr<platform::duckdb::Database> mart, std::shared_ptr<platform::events::EventStore> events,
             CompactionLimits limits = {});

  // Brings in what the event store changed since the last time, or makes all anew where days are now cut elsewhere.
  UsageChange refresh();
  void rebuild();
  // Does at most one piece of what is due; false if nothing is. `types_of_features` tells the catalogue as it is now,
  // ignored features included.
  bool compact(const std::function<FeatureOfType()>& types_of_features);
  // Writes all that is recent, whatever its size: before the process stops, so that the next start has less to follow.
  void compact_recent(const std::function<FeatureOfType()>& types_of_features);

  void read(const UsageDayQuery& query, const FeatureOfType& feature_of, const UsageDayVisitor& visit);
  std::vector<UsageOutline> outline(const std::vector<core::AccountId>& accounts, core::Day before,
                                    const FeatureOfType& feature_of);
  // The last day with a row that was known by then, of features that are not ignored.
  std::optional<core::Day> last_day(core::AccountId account, core::Day as_of, const FeatureOfType& feature_of);
  std::vector<NumberedPerson> persons(const std::vector<core::AccountId>& accounts);  // empty: all
  void forget_person(core::AccountId account, const std::string& person_key);
  std::vector<platform::events::EventType> types();
  std::size_t type_count();
  UsageChange everything();  // as if all facts had changed

  // How a feature with these types is used; see feature_days.hpp.
  std::vector<FeatureDay> feature_days(FeatureId feature, std::span<const platform::events::EventType> types,
                                       core::Day from, core::Day to);
  // Distinct persons per account over the days.
  std::map<core::AccountId, std::int64_t> feature_users(std::span<const platform::events::EventType> types,
                                                        core::Day from, core::Day to,
                                                        const std::vector<core::AccountId>& accounts);

 private:
  class Round;
  struct CompactionInput {
    std::vector<std::int64_t> runs;
    std::optional<std::int64_t> generation;
    std::int64_t position = 0;  // of the generation
  };

  bool must_rebuild();
  void load_numbers();
  std::int32_t number_of_type(platform::events::EventKind kind, std::string_view name);
  std::vector<std::int32_t> features_by_number(const FeatureOfType& feature_of);
  std::vector<std::int64_t> numbers_of(std::span<const platform::events::EventType> types);
  void take_out(std::span<const platform::events::AccountDay> pairs, platform::duckdb::Connection& mart_connection);

  std::optional<CompactionInput> due_generation(bool at_once);
  std::optional<CompactionInput> due_merge();
  void compact(const CompactionInput& input, const FeatureOfType& feature_of);

  const std::shared_ptr<platform::duckdb::Database> mart_;
  const std::shared_ptr<platform::events::EventStore> events_;
  const CompactionLimits limits_;
  FactTables tables_;

  // Taken in this order; FactTables::publishing comes last.
  std::mutex compacting_;
  std::mutex writing_;  // guards what follows

  platform::duckdb::Connection recent_writer_;
  std::optional<std::int64_t> position_;  // nothing: never followed
  int day_offset_minutes_ = 0;
  bool numbers_loaded_ = false;
  PersonNumbers numbers_;
  std::int32_t next_person_number_ = 1;
  std::int64_t recent_rows_ = 0;
  std::optional<std::chrono::steady_clock::time_point> recent_since_;
  std::optional<CompactionInput> frozen_;  // a generation that is written no more, but not compacted yet
  // Account-days rewritten since the compaction at work began; its result must not bring their rows back.
  std::vector<platform::events::AccountDay> rewritten_meanwhile_;

  std::mutex naming_;  // guards what follows; taken last
  std::unordered_map<platform::events::EventType, std::int32_t, HashOfEventType, SameEventType> type_numbers_;
  std::vector<platform::events::EventType> types_;  // by number - 1
};

}  // namespace banso::usage
