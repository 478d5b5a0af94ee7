// What scores and levels the pages showed, and when. A history that is computed again under other definitions, or with
// what was learned later, says what the score would have been; only this says what people saw. In the records, appended
// and never changed: it cannot be made again.
//
// Two times: the book day that the score was of, and the instant from which it was shown. Kept when the book moves to
// another day or other definitions (the last of the old and the first of the new), once an hour, and when the server
// stops; what came and went within the hour is not kept.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "live_book.hpp"

namespace banso::health {

struct ShownScore {
  core::Day day;                             // of the book
  core::Instant shown_at;                    // seen to be shown; until the next one of the account
  std::optional<std::int64_t> score_tenths;  // as pages round it
  std::optional<std::string> level;          // key
  std::string level_basis;                   // "score", "forced", "manual"
  std::int64_t release = 0;                  // of the definitions that gave it, when it was first shown
};

// Threading: all members may be called from any thread.
class ShownScores {
 public:
  ShownScores(const Dependencies& dependencies, LiveBook& live);
  ~ShownScores();

  void start();
  void stop();         // keeps what is shown last
  void note_change();  // the book changed; cheap

  // Keeps what the book shows now; returns how many accounts' scores or levels were new.
  std::int64_t keep_now();

  // Of one account, oldest first: what was shown of these book days.
  std::vector<ShownScore> of(core::AccountId account, core::Day from, core::Day to) const;
  // What was shown last of the account up to the end of that book day.
  std::optional<ShownScore> last_of(core::AccountId account, core::Day day) const;

 private:
  // As compared with the row before.
  struct Seen {
    std::optional<std::int64_t> score_tenths;
    std::string level;  // empty: none
    bool operator==(const Seen&) const = default;
  };

  void loop();
  void look();
  std::int64_t keep(const BookTable& table);
  void load_last();

  const Dependencies& from_;
  LiveBook& live_;

  std::mutex keeping_;  // of what follows
  bool is_loaded_ = false;
  std::unordered_map<core::AccountId, Seen> last_;
  BookTablePtr shown_;  // by the last look
  std::int64_t kept_at_us_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_changed_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace banso::health
