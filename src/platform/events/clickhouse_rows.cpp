#include "clickhouse_rows.hpp"

#include <sodium.h>

#include <cstring>

namespace banso::platform::events {
namespace {

constexpr std::size_t key_bytes = 16;
constexpr std::int64_t no_source = -1;  // sets keys of events without a message id apart

void initialise_sodium_once() {
  static const bool done = sodium_init() >= 0;
  if (!done) throw std::runtime_error("libsodium does not start");
}

std::string hash_of(std::int64_t head, std::string_view body) {
  std::string key(key_bytes, '\0');
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, key_bytes);
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&head), sizeof head);
  crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(body.data()), body.size());
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(key.data()), key_bytes);
  return key;
}

}  // namespace

EventRow read_event_row(clickhouse::RowReader& row) {
  EventRow read;
  auto& event = read.event;
  event.account = {row.number<std::int64_t>()};
  event.occurred_at = {row.number<std::int64_t>()};
  event.source = {row.number<std::int64_t>()};
  read.message_key = row.fixed(key_bytes);
  read.version = row.number<std::uint64_t>();
  read.event_no = row.number<std::int64_t>();
  event.received_at = {row.number<std::int64_t>()};
  event.matched_by = static_cast<MatchedBy>(row.number<std::uint8_t>());
  event.group_key = row.text();
  event.person_key = row.text();
  event.user_id = row.text();
  event.anonymous_id = row.text();
  event.kind = static_cast<EventKind>(row.number<std::uint8_t>());
  event.name = row.text();
  event.properties = row.text();
  event.message_id = row.text();
  event.import = {row.number<std::int64_t>()};
  return read;
}

void write_event_row(clickhouse::RowWriter& rows, const EventRow& row) {
  const auto& event = row.event;
  rows.add(event.account.value).add(event.occurred_at.microseconds).add(event.source.value).add_fixed(row.message_key);
  rows.add(row.version).add(std::uint8_t{0}).add(row.event_no).add(event.received_at.microseconds);
  rows.add(static_cast<std::uint8_t>(event.matched_by));
  rows.add(event.group_key).add(event.person_key).add(event.user_id).add(event.anonymous_id);
  rows.add(static_cast<std::uint8_t>(event.kind)).add(event.name).add(event.properties).add(event.message_id);
  rows.add(event.import.value);
}

void write_removal(clickhouse::RowWriter& rows, core::AccountId account, core::Instant occurred_at,
                   core::SourceId source, std::string_view message_key, std::uint64_t version) {
  rows.add(account.value).add(occurred_at.microseconds).add(source.value).add_fixed(message_key);
  rows.add(version).add(std::uint8_t{1}).add(std::int64_t{0}).add(std::int64_t{0}).add(std::uint8_t{0});
  const std::string_view nothing;
  rows.add(nothing).add(nothing).add(nothing).add(nothing).add(std::uint8_t{0}).add(nothing).add(nothing).add(nothing);
  rows.add(std::int64_t{0});
}

std::string message_key(core::SourceId source, std::string_view message_id) {
  return hash_of(source.value, message_id);
}

std::string key_without_message(std::string_view seed, std::uint32_t place) {
  std::string body(seed);
  body.append(reinterpret_cast<const char*>(&place), sizeof place);
  return hash_of(no_source, body);
}

std::string random_seed() {
  initialise_sodium_once();
  std::string seed(key_bytes, '\0');
  randombytes_buf(seed.data(), seed.size());
  return seed;
}

std::string fingerprint(std::span<const Event> batch) {
  clickhouse::RowWriter rows;
  for (const auto& event : batch) write_event_row(rows, {event, std::string(key_bytes, '\0')});
  return hash_of(static_cast<std::int64_t>(batch.size()), rows.take());
}

std::uint64_t number_of_key(std::string_view key) {
  std::uint64_t number = 0;
  std::memcpy(&number, key.data(), sizeof number);
  return number;
}

}  // namespace banso::platform::events
