// How the events of an account found it: by which group or person, by which rule, or by whose hand.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/paging.hpp"
#include "platform/events/event_store.hpp"
#include "platform/records/records.hpp"
#include "sender.hpp"

namespace banso::usage {

struct EventMatch {
  core::SourceId source;
  std::string group_key;   // either: the sender named the account with each event
  std::string person_key;  // or it was found by the person
  platform::events::MatchedBy matched_by = platform::events::MatchedBy::nothing;
  std::int64_t events = 0;
  std::optional<Assignment> assigned;  // where matched by hand
};

// Most events first. Reads the rows of the account: its cost grows with them.
core::Page<EventMatch> event_matches(platform::events::EventStore& events, platform::records::Database& records,
                                     core::AccountId account, std::optional<core::SourceId> source,
                                     core::PageRequest page);

struct AssignmentByHand {
  core::SourceId source;
  std::string group_key;   // either
  std::string person_key;  // or
  Assignment assignment;
  std::optional<std::int64_t> events;  // only where it belongs to nobody: so many wait
};

// What was assigned by hand, also to nobody, newest first. Of one source, or of all.
core::Page<AssignmentByHand> assignments_by_hand(platform::events::EventStore& events,
                                                 platform::records::Database& records,
                                                 std::optional<core::SourceId> source, core::PageRequest page);

struct WaitingEvents {
  platform::events::Unmatched what;
  bool is_assigned_to_nobody = false;  // by hand: they do not wait for anything
};

// Events that belong to no account, most events first. Of one source, or of all.
core::Page<WaitingEvents> waiting_events(platform::events::EventStore& events, platform::records::Database& records,
                                         std::optional<core::SourceId> source, core::PageRequest page);

}  // namespace banso::usage
