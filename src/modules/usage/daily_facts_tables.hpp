// Where the daily facts lie, for daily_facts*.cpp and feature_days.cpp.
//
// On disk, in the mart: sorted runs (tables usage_run_<number>), each compacted from what came before and never added
// to; the table usage_run lists them. In memory, in the database usage_recent attached to the mart: what came since the
// newest run, as it came (day_<generation>), the persons first seen in it (person_<generation>), and the account-days
// whose rows in the runs were taken out (stale_<generation>). A round of following so costs neither a flush to disk nor
// anything that grows with the history.
//
// The position of the event store that the mart keeps (usage_reached) is that of the runs. After a crash everything
// since then is followed again: nothing is lost or counted twice.
//
// All rows have the columns account_id, day, person_number, type_number, events, known_day; the same key may occur in
// several places, and the events add up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "platform/duckdb/duckdb.hpp"

namespace banso::usage {

inline constexpr const char* fact_columns = "account_id, day, person_number, type_number, events, known_day";

inline std::string run_table(std::int64_t run) {
  return "usage_run_" + std::to_string(run);
}
inline std::string recent_day_table(std::int64_t generation) {
  return "usage_recent.day_" + std::to_string(generation);
}
inline std::string recent_person_table(std::int64_t generation) {
  return "usage_recent.person_" + std::to_string(generation);
}
inline std::string recent_stale_table(std::int64_t generation) {
  return "usage_recent.stale_" + std::to_string(generation);
}
// "a UNION ALL b UNION ALL c", each as SELECT columns FROM.
std::string union_of(const std::vector<std::string>& tables, const std::string& columns);

// Which tables there are. Guarded by `publishing`: shared to begin a snapshot, alone to publish a change.
struct FactTables {
  // Makes what is missing; forgets what lies in memory.
  explicit FactTables(std::shared_ptr<platform::duckdb::Database> mart);
  void begin_generation(std::int64_t number);  // its tables, empty
  void drop_generation(std::int64_t number);

  const std::shared_ptr<platform::duckdb::Database> mart;
  std::shared_mutex publishing;
  std::vector<std::int64_t> runs;         // in the order of making
  std::vector<std::int64_t> generations;  // oldest first; the last one is being written
};

// Everything at one moment. Keeps that state readable until destroyed.
class FactSnapshot {
 public:
  explicit FactSnapshot(FactTables& tables);

  platform::duckdb::Connection& connection() { return connection_; }
  void commit() { transaction_->commit(); }                // what was written through the connection
  const std::string& days() const { return days_; }        // all facts, in brackets, for FROM
  const std::string& persons() const { return persons_; }  // person_number, account_id, person_key, key_hash
  // account_id, day: those with rows since the newest run, or rows taken out; for FROM.
  const std::string& recent_pairs() const { return recent_pairs_; }

 private:
  platform::duckdb::Connection connection_;
  std::optional<platform::duckdb::Transaction> transaction_;
  std::string days_, persons_, recent_pairs_;
};

}  // namespace banso::usage
