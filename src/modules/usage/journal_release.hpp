// Which records of the journal can be let go: workers hand their records over in another order than they were
// numbered, and the journal is released up to a number.
#pragma once

#include <cstdint>
#include <queue>
#include <vector>

namespace banso::usage {

class JournalRelease {
 public:
  // Records up to this number are done already.
  explicit JournalRelease(std::int64_t done_up_to) : done_up_to_(done_up_to) {}

  // Marks one as done; returns the number up to which all are.
  std::int64_t done(std::int64_t number) {
    early_.push(number);
    while (!early_.empty() && early_.top() <= done_up_to_ + 1) {
      done_up_to_ = std::max(done_up_to_, early_.top());
      early_.pop();
    }
    return done_up_to_;
  }
  std::int64_t done_up_to() const { return done_up_to_; }

 private:
  std::int64_t done_up_to_;
  std::priority_queue<std::int64_t, std::vector<std::int64_t>, std::greater<>> early_;
};

}  // namespace banso::usage
