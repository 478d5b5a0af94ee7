// What waits for the processor, bounded in bytes: room is reserved before a call is acknowledged, so that what was
// acknowledged always finds its place.
//
// Threading: all members may be called from any thread; take() by one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "intake_work.hpp"

namespace banso::usage {

class IntakeQueue {
 public:
  explicit IntakeQueue(std::int64_t limit_bytes) : limit_bytes_(limit_bytes) {}

  // Waits a moment for room. False: there is none. What is reserved comes back with the work it was for (after
  // finished()), or by finished() alone.
  bool reserve(std::int64_t bytes, std::chrono::milliseconds patience);
  void push(std::unique_ptr<IntakeWork> work);
  // Of work that take() handed out, or that never came to a push.
  void finished(std::int64_t bytes);

  // The oldest ones, up to about so many events; waits for the first. Empty: nothing came in that time.
  std::vector<std::unique_ptr<IntakeWork>> take(std::size_t most_events, std::chrono::milliseconds patience);
  // Waits until so many events are there, but not longer.
  void gather(std::size_t events, std::chrono::milliseconds patience);
  void wake();  // whoever waits in take() or gather()

  std::int64_t waiting_events() const;
  bool is_behind() const;               // more waits than a pause of the store explains
  std::int64_t reserved_bytes() const;  // waiting, and being worked on
  std::int64_t limit_bytes() const { return limit_bytes_; }

 private:
  const std::int64_t limit_bytes_;
  mutable std::mutex guard_;
  std::condition_variable came_;
  std::condition_variable went_;
  std::deque<std::unique_ptr<IntakeWork>> waiting_;
  std::int64_t waiting_events_ = 0;
  std::int64_t reserved_bytes_ = 0;
  std::int64_t wakes_ = 0;
};

}  // namespace banso::usage
