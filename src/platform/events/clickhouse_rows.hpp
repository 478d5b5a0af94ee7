// Rows of the tables of the ClickHouse store, in and out.
#pragma once

#include <string>
#include <string_view>

#include "platform/clickhouse/row_binary.hpp"
#include "platform/events/event_store.hpp"

namespace banso::platform::events {

// A row of table `event`.
struct EventRow {
  Event event;
  std::string message_key;  // 16 bytes
  std::uint64_t version = 0;
  std::int64_t event_no = 0;
};

// What read_event_row() reads; of the columns, removed is 0 in every row that is read.
inline constexpr const char* event_row_columns =
    "account_id, occurred_at, source_id, message_key, version, event_no, received_at, matched_by, group_key, "
    "person_key, user_id, anonymous_id, kind, name, properties, message_id, import_id";
EventRow read_event_row(clickhouse::RowReader& row);

void write_event_row(clickhouse::RowWriter& rows, const EventRow& row);
// Says that nothing is at this place any more. Holds nothing of the event but its place.
void write_removal(clickhouse::RowWriter& rows, core::AccountId account, core::Instant occurred_at,
                   core::SourceId source, std::string_view message_key, std::uint64_t version);

// What identifies a message: 16 bytes of BLAKE2b over source and id.
std::string message_key(core::SourceId source, std::string_view message_id);
// For the events of a batch that have no message id: the same for the same seed and place, unlike any other.
std::string key_without_message(std::string_view seed, std::uint32_t place);
std::string random_seed();
// Which batch this is, by all that is in it.
std::string fingerprint(std::span<const Event> batch);

// The first bytes of a key as a number, to spread by.
std::uint64_t number_of_key(std::string_view key);

}  // namespace banso::platform::events
