#include "statistics_store.hpp"

namespace banso::usage::statistics_store {
namespace {

// Five columns, beginning with `first`.
IntakeCounts read_counts(const platform::records::Row& row, std::size_t first) {
  return {row.integer(first), row.integer(first + 1), row.integer(first + 2), row.integer(first + 3),
          row.integer(first + 4)};
}

void add(IntakeCounts& sum, const IntakeCounts& counts) {
  sum.accepted += counts.accepted;
  sum.duplicates += counts.duplicates;
  sum.late += counts.late;
  sum.refused += counts.refused;
  sum.quarantined += counts.quarantined;
}

}  // namespace

IntakeSnapshot read(Session& session, int node, Of of, std::int64_t from_minute, std::int64_t from_hour) {
  const std::string whose = of == Of::this_node ? " WHERE node = :1" : " WHERE node <> :1";
  IntakeSnapshot snapshot;
  for (const auto& row : session.query("SELECT source_id, accepted, duplicates, late, refused, quarantined, "
                                       "last_received_at_us FROM usage_source_statistics" +
                                           whose,
                                       {node})) {
    const auto source = row.id<core::SourceId>(0);
    if (source == unknown_key_source) {
      snapshot.unknown_key_refusals += row.integer(4);
      continue;
    }
    auto& statistics = snapshot.sources[source];
    add(statistics.counts, read_counts(row, 1));
    const auto last = row.maybe_instant(6);
    if (last && (!statistics.last_received_at || *statistics.last_received_at < *last)) {
      statistics.last_received_at = last;
    }
  }
  for (const auto& row : session.query("SELECT source_id, reason, refused FROM usage_source_refusal" + whose, {node})) {
    snapshot.sources[row.id<core::SourceId>(0)].refused_by_reason[row.text(1)] += row.integer(2);
  }
  for (const auto& row : session.query("SELECT source_id, minute_number, accepted, duplicates, late, refused, "
                                       "quarantined FROM usage_source_minute" +
                                           whose + " AND minute_number >= :2",
                                       {node, from_minute})) {
    add(snapshot.sources[row.id<core::SourceId>(0)].minutes[row.integer(1)], read_counts(row, 2));
  }
  for (const auto& row : session.query(
           "SELECT source_id, hour_number, accepted FROM usage_source_hour" + whose + " AND hour_number >= :2",
           {node, from_hour})) {
    snapshot.sources[row.id<core::SourceId>(0)].accepted_by_hour[row.integer(1)] += row.integer(2);
  }
  return snapshot;
}

void put_totals(Session& session, int node, core::SourceId source, const SourceStatistics& statistics) {
  const auto& counts = statistics.counts;
  session.execute(
      "INSERT INTO usage_source_statistics (source_id, node, accepted, duplicates, late, refused, quarantined, "
      "last_received_at_us) VALUES (:1, :2, :3, :4, :5, :6, :7, :8) ON CONFLICT (source_id, node) DO UPDATE SET "
      "accepted = excluded.accepted, duplicates = excluded.duplicates, late = excluded.late, refused = "
      "excluded.refused, quarantined = excluded.quarantined, last_received_at_us = excluded.last_received_at_us",
      {source, node, counts.accepted, counts.duplicates, counts.late, counts.refused, counts.quarantined,
       statistics.last_received_at});
  for (const auto& [reason, refused] : statistics.refused_by_reason) {
    session.execute(
        "INSERT INTO usage_source_refusal (source_id, node, reason, refused) VALUES (:1, :2, :3, :4) "
        "ON CONFLICT (source_id, node, reason) DO UPDATE SET refused = excluded.refused",
        {source, node, reason, refused});
  }
}

void put_minute(Session& session, int node, core::SourceId source, std::int64_t minute, const IntakeCounts& counts) {
  session.execute(
      "INSERT INTO usage_source_minute (source_id, node, minute_number, accepted, duplicates, late, refused, "
      "quarantined) VALUES (:1, :2, :3, :4, :5, :6, :7, :8) ON CONFLICT (source_id, node, minute_number) DO UPDATE SET "
      "accepted = excluded.accepted, duplicates = excluded.duplicates, late = excluded.late, refused = "
      "excluded.refused, quarantined = excluded.quarantined",
      {source, node, minute, counts.accepted, counts.duplicates, counts.late, counts.refused, counts.quarantined});
}

void put_hour(Session& session, int node, core::SourceId source, std::int64_t hour, std::int64_t accepted) {
  session.execute(
      "INSERT INTO usage_source_hour (source_id, node, hour_number, accepted) VALUES (:1, :2, :3, :4) "
      "ON CONFLICT (source_id, node, hour_number) DO UPDATE SET accepted = excluded.accepted",
      {source, node, hour, accepted});
}

void remove_before(Session& session, std::int64_t minute, std::int64_t hour) {
  session.execute("DELETE FROM usage_source_minute WHERE minute_number < :1", {minute});
  session.execute("DELETE FROM usage_source_hour WHERE hour_number < :1", {hour});
}

}  // namespace banso::usage::statistics_store
