// Which properties the events of a type carry: names, JSON types, how often, first and last, a few values. Discovered
// from the stream of events itself.
//
// Cost is bounded: every event of a type is looked into until `looked_into_fully` of them were, then one in about
// `sampling_interval`; the counts are estimates from then on. Per type at most `most_properties` names are kept; values
// under further names are only counted. Kept in memory (bounded) and in records, on rows of this node; reading adds up
// all nodes.
//
// Values that look like an e-mail address, and those of properties whose name speaks of a secret or an address, are
// never kept as examples.
//
// Threading: every function may be called from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "platform/events/event_store.hpp"
#include "platform/records/records.hpp"
#include "usage.hpp"

namespace banso::usage {

// One name, as seen so far.
struct ObservedProperty {
  std::uint8_t json_types = 0;  // bits of JsonType
  std::int64_t events = 0;
  std::vector<std::string> examples;
  core::Instant first_at;
  core::Instant last_at;
};

struct ObservedType {
  std::int64_t events = 0;       // that came
  std::int64_t looked_into = 0;  // of them
  std::int64_t more = 0;         // values under names beyond those kept
  std::map<std::string, ObservedProperty, std::less<>> properties;
};

class Properties {
 public:
  static constexpr std::int64_t looked_into_fully = 2'000;
  static constexpr std::int64_t sampling_interval = 64;
  static constexpr std::size_t most_types = 5'000;
  static constexpr std::size_t most_properties = 200;  // of one type
  static constexpr std::size_t most_properties_in_all = 30'000;

  static constexpr std::size_t most_examples = 5;
  static constexpr std::size_t longest_name = 120;  // bytes; longer ones are only counted
  static constexpr std::int64_t counts_written_every_us = 60 * core::microseconds_per_second;

  // Takes up where this node stopped. The records database must be migrated.
  Properties(std::shared_ptr<platform::records::Database> records, int node_number);
  ~Properties();

  // Looks at events that are new to the store, in any order. Only usage (track, page, screen) is looked at.
  void observe(std::span<const platform::events::Event> events);

  // What all nodes have seen of these types.
  FeatureProperties of(std::span<const platform::events::EventType> types);

  // Writes what changed. New names, types and examples go at once; counts that merely grew only every
  // `counts_written_every_us`, or when the process stops (`everything`).
  void flush(core::Instant now = core::now(), bool everything = false);

 private:
  struct Discovery;
  std::unique_ptr<Discovery> discovery_;
};

}  // namespace banso::usage
