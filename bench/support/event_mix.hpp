// The events that the intake benchmarks send: what a product of 2,000 customers tells all day. The same rows serve
// every competitor: as bodies of Segment's API for those that speak HTTP, as columns for DuckDB's own appender.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace banso::bench {

struct MixSettings {
  int accounts = 2000;
  int persons_of_account = 40;
  int events_of_batch = 100;
  int batches = 512;  // different ones; they are sent over and over, each time with new message ids
};

struct MixEvent {
  int account = 0;
  std::string account_key;
  std::string user_id;
  std::string name;
  std::string properties;           // a JSON object
  std::int64_t occurred_at_us = 0;  // microseconds since 1970-01-01
};

// One batch, serialised once. Its message ids are of one width and stand at `message_ids`, to be written anew before
// every sending.
struct Batch {
  std::vector<MixEvent> events;
  std::string body;
  std::vector<std::size_t> message_ids;  // offsets of the ids' digits in `body`
};

inline constexpr std::size_t message_id_digits = 16;

std::string account_key(int account);  // external id: "A-000012"
const std::vector<std::string>& event_names();

// The same settings and time give the same batches.
std::vector<Batch> make_batches(const MixSettings& settings, std::int64_t sent_at_us);

// 2026-11-22T09:30:00.123Z
std::string iso_time(std::int64_t time_us);

// Sixteen hexadecimal digits.
void write_message_id(char* digits, std::uint64_t number);

}  // namespace banso::bench
