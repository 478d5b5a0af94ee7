// How much a source may send: a bucket of events for each, filled at the rate that it is allowed, so that one product
// that runs wild does not take the room of the others.
//
// Threading: all members may be called from any thread.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "core/ids.hpp"
#include "core/result.hpp"

namespace banso::usage {

class SourceLimits {
 public:
  using Clock = std::chrono::steady_clock;

  // Nothing: no limit.
  void set(core::SourceId source, std::optional<std::int64_t> most_events_per_second);
  // Takes so many events out of the bucket of the source, as long as something is in it: a batch is taken as a whole,
  // and what it takes too much must be filled up first. An error (limited): try again later.
  core::Result<> admit(core::SourceId source, std::size_t events, Clock::time_point now = Clock::now());

 private:
  struct Bucket {
    double most_events_per_second = 0;
    double events = 0;
    Clock::time_point filled_at;
  };

  std::mutex guard_;
  std::unordered_map<core::SourceId, Bucket> buckets_;
};

}  // namespace banso::usage
