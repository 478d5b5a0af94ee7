// How the DuckDB store lays out its rows.
//
// New rows go into a tail (event_tail_<n>), in the order of storing and not compressed, which keeps appends and
// checkpoints quick. A tail that has grown large is settled: moved into event_main in pieces, each sorted by account
// and time, so that the reads of one account touch a few row groups of each settled tail instead of the whole file.
// The view `event` is all of them, `event_recent` the tails alone. Views and tables change in one transaction with the
// rows, so a reader's snapshot has every row once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "message_hash.hpp"
#include "platform/duckdb/duckdb.hpp"

namespace banso::platform::events::layout {

inline constexpr const char* main_table = "event_main";

// The columns of a row, in the order of the tables.
inline constexpr const char* columns =
    "event_no, source_id, message_id, occurred_at, received_at, account_id, matched_by, group_key, person_key, "
    "user_id, anonymous_id, kind, name, properties, import_id";

// Makes what is missing; brings a file of an older Banso, which had one table, into this layout.
void prepare(duckdb::Connection& connection);

using TailNumbers = std::vector<std::int64_t>;  // oldest first; rows are appended to the last
TailNumbers tails(duckdb::Connection& connection);
std::string tail_table(std::int64_t number);
// Every table with events.
std::vector<std::string> tables(const TailNumbers& tails);

// Inside a transaction of the caller.
void make_tail(duckdb::Connection& connection, const TailNumbers& existing, std::int64_t number);
void drop_tail(duckdb::Connection& connection, std::int64_t number, const TailNumbers& remaining);

// No row of event_main has a greater number.
std::int64_t settled_until(duckdb::Connection& connection);
MessageHasher::Key message_key(duckdb::Connection& connection);

// The volumes of the rows of a table, or part of it: source_id, kind, name, events, unmatched, first_at, last_at,
// last_received_at. Of event_main they are kept in settled_volume, as sums to be added up.
std::string volumes_sql(const std::string& from_and_where);
inline constexpr const char* settled_volumes_sql =
    "SELECT source_id, kind, name, CAST(sum(events) AS BIGINT), CAST(sum(unmatched) AS BIGINT), min(first_at), "
    "max(last_at), max(last_received_at) FROM settled_volume GROUP BY 1, 2, 3";

}  // namespace banso::platform::events::layout
