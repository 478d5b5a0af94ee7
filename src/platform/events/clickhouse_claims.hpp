// How a message counts once although several nodes may store it at the same time, and although ClickHouse has neither
// transactions nor unique keys.
//
// A batch, before it stores anything, writes a claim for each of its messages (which batch, and at which place the
// event would lie) and then reads all claims of those messages. A claim whose batch is known to be complete means that
// the message is stored: it is a duplicate. Else the message is in another node's hands at this moment, or was left by
// a batch that failed; then the claim with the highest batch number names the place, and everybody who sees it stores
// the event there, as that version, and says at the other places that nothing is there.
//
// Why exactly one copy remains: of two batches each writes before it reads, so at least one sees the other. Whoever saw
// the higher claim stores there and voids the lower places with a higher version than any row there can have; whoever
// saw only lower ones is voided by the other. Copies at one place are one row to ClickHouse. What is left: a node that
// dies in the instant between storing at its place and voiding another node's, of a message that both had at the same
// time and placed differently, leaves two copies.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "platform/events/event_store.hpp"

namespace banso::platform::events {

// Where an event lies, and what decided it.
struct EventPlace {
  int shard = 0;
  core::AccountId account;
  core::Instant occurred_at;
  MatchedBy matched_by = MatchedBy::nothing;

  bool same_row(const EventPlace& other) const {
    return shard == other.shard && account == other.account && occurred_at == other.occurred_at;
  }
};

struct MessageClaim {
  std::int64_t batch_no = 0;
  bool release = false;  // the message was removed from the store: lower claims are void
  EventPlace place;
};

struct Verdict {
  bool duplicate = false;
  std::int64_t released_no = 0;          // the highest release; one above mine: claim again with a higher number
  MessageClaim winner;                   // store at its place, with its number as the version
  std::vector<EventPlace> empty_places;  // where nothing may be, with the same version
};

Verdict judge(const MessageClaim& mine, std::span<const MessageClaim> others,
              const std::set<std::int64_t>& complete_batches);

}  // namespace banso::platform::events
