// What other nodes changed: follows the version log of a shared records database, so that a node can bring what it
// derived up to date.
//
// Threading: poll() from one thread at a time.
#pragma once

#include <memory>
#include <unordered_set>
#include <vector>

#include "platform/records/records.hpp"

namespace banso::platform::records {

// No id that any node made at that time or later is smaller. (Clocks of nodes agree within seconds.)
std::int64_t first_id_at(core::Instant at);

class ChangeFollower {
 public:
  // A transaction may commit this long after it made the ids of its versions and is still noticed.
  static constexpr std::int64_t longest_transaction_us = 120 * core::microseconds_per_second;

  // Follows from now on.
  explicit ChangeFollower(std::shared_ptr<Database> database);

  // The accounts that any node changed since the last call, this one included; sorted, each once.
  std::vector<core::AccountId> poll(core::Instant now);

 private:
  std::shared_ptr<Database> database_;
  std::unordered_set<std::int64_t> seen_;  // versions within the overlap
};

}  // namespace banso::platform::records
