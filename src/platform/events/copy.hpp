// Copies all events of one store into another, to move an installation from one machine to a cluster.
#pragma once

#include <cstdint>
#include <functional>

#include "platform/events/event_store.hpp"

namespace banso::platform::events {

// What a store holds, in figures that are equal in two stores with the same events.
struct Contents {
  std::int64_t events = 0;
  std::int64_t unmatched = 0;
  std::int64_t user_day_events = 0;  // usage of accounts
  // Every (account, day, person, kind, name) with its number of events, added up whatever the order.
  std::uint64_t checksum = 0;
  bool operator==(const Contents&) const = default;
};
Contents contents_of(EventStore& store);

struct CopyOutcome {
  std::int64_t copied = 0;
  std::int64_t there_before = 0;
  std::int64_t last_event_no = 0;  // of the source: where a later copy may go on
};

// Copies what was stored after `after_event_no`, in the order of storing. Safe to repeat: events that never had a
// message id get one from their number, so that each counts once in the target however often it is copied.
CopyOutcome copy_events(EventStore& from, EventStore& to, std::int64_t after_event_no,
                        const std::function<void(std::int64_t copied, std::int64_t total)>& show = {});

}  // namespace banso::platform::events
