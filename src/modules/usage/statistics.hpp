// What came in, per source: totals since the source was made, the last 60 minutes, and the hours of the last weeks
// (from which silence learns). Counted in memory and written to the records database every few seconds, on rows of this
// node alone; reading adds up all nodes.
//
// What was counted since the last flush() is lost when the process is killed: the events are not, their figures here
// are. The event store's own volumes are exact.
//
// Threading: every function may be called from any thread. Counting takes one short lock: count batches, not events.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "platform/records/records.hpp"
#include "usage.hpp"

namespace banso::usage {

// An event that happened longer before its receipt than this is late.
inline constexpr std::int64_t late_after_us = core::microseconds_per_day;

inline constexpr std::int64_t minutes_kept = 60;
inline constexpr std::int64_t hours_kept = 28 * 24;

struct SourceStatistics {
  IntakeCounts counts;
  std::optional<core::Instant> last_received_at;
  std::map<std::string, std::int64_t> refused_by_reason;
  // By number since 1970-01-01 UTC; only those in which something came.
  std::map<std::int64_t, IntakeCounts> minutes;
  std::map<std::int64_t, std::int64_t> accepted_by_hour;
};

struct IntakeSnapshot {
  std::map<core::SourceId, SourceStatistics> sources;
  std::int64_t unknown_key_refusals = 0;
};

class IntakeStatistics {
 public:
  // Takes up where this node stopped. The records database must be migrated.
  IntakeStatistics(std::shared_ptr<platform::records::Database> records, int node_number);

  // `late_count` of the `count` are late. Both new to the store.
  void accepted(core::SourceId source, std::int64_t count, std::int64_t late_count, core::Instant received_at);
  void duplicates(core::SourceId source, std::int64_t count, core::Instant at = core::now());
  // `reason` is a short code out of a small fixed set: "too_old", "in_the_future", "invalid", ...
  void refused(core::SourceId source, std::string_view reason, std::int64_t count, core::Instant at = core::now());
  // Of those refused: kept in the quarantine.
  void quarantined(core::SourceId source, std::int64_t count, core::Instant at = core::now());
  void unknown_key(std::int64_t count = 1);

  // All nodes; what other nodes counted is a few seconds old.
  IntakeSnapshot snapshot(core::Instant now = core::now());

  // Writes what was counted since the last time. Does nothing if nothing was.
  void flush(core::Instant now = core::now());

 private:
  struct Own {
    SourceStatistics statistics;
    bool is_changed = false;
    std::int64_t first_changed_minute = 0;
    std::int64_t first_changed_hour = 0;
  };

  void load();
  // Marks the source as changed from that time on.
  Own& changing(core::SourceId source, core::Instant at);
  IntakeSnapshot of_other_nodes(core::Instant now);

  std::shared_ptr<platform::records::Database> records_;
  const int node_number_;

  std::mutex flushing_;  // held while writing; taken before counting_
  std::mutex counting_;  // guards what follows
  std::map<core::SourceId, Own> own_;
  std::int64_t unknown_keys_ = 0;
  bool unknown_keys_changed_ = false;

  std::mutex reading_;  // guards what follows
  IntakeSnapshot others_;
  std::optional<core::Instant> others_read_at_;
};

}  // namespace banso::usage
