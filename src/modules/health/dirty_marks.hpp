// Which accounts wait to be scored, and why: what changed decides how much must be read again.
#pragma once

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "engine/book.hpp"

namespace banso::health {

struct Mark {
  // The earliest day whose facts changed; engine::no_day: any. Scores of earlier days than that stand.
  core::Day first_day = engine::no_day;
  std::optional<core::Day> usage_from;       // usage changed, from that day on
  bool has_records = false;                  // something else than usage changed
  core::Instant marked_at;                   // the first time
  std::optional<core::Instant> received_at;  // of the earliest event behind it
  // How often scoring failed since, and when to try again.
  int failures = 0;
  core::Instant not_before;

  void add(const Mark& other);
};

struct Marked {
  core::AccountId account;
  Mark mark;
};

// Not safe for use from several threads.
class DirtyMarks {
 public:
  void add(core::AccountId account, const Mark& mark);
  // Those that may be tried by now, longest waiting first.
  std::vector<Marked> take(std::size_t most, core::Instant now);
  // All that the predicate takes.
  template <class Wanted>
  std::vector<Marked> take_if(Wanted wanted) {
    std::vector<Marked> taken;
    for (auto entry = marks_.begin(); entry != marks_.end();) {
      if (!wanted(entry->second)) {
        ++entry;
        continue;
      }
      taken.push_back({entry->first, entry->second});
      entry = marks_.erase(entry);
    }
    return taken;
  }
  // What could not be scored waits again, each time twice as long (up to half a minute), so that a broken database is
  // neither forgotten nor hammered.
  void put_back_failed(std::vector<Marked> taken, core::Instant now);
  void put_back(std::vector<Marked> taken);

  // When the longest waiting of those that may be tried was marked, or when the first of the others may be tried.
  std::optional<core::Instant> next_due() const;
  template <class Wanted>
  std::size_t count_if(Wanted wanted) const {
    std::size_t count = 0;
    for (const auto& [account, mark] : marks_) count += wanted(mark) ? 1 : 0;
    return count;
  }
  std::size_t size() const { return marks_.size(); }
  bool empty() const { return marks_.empty(); }

 private:
  std::unordered_map<core::AccountId, Mark> marks_;
};

}  // namespace banso::health
