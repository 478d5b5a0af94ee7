// Drafts of scorecards that run beside the published ones, on live data, before anybody relies on them. A thread of its
// own follows the book: after the pages have the published scores of a change, the same accounts are scored under each
// draft, with the same kernel. It works alone and rests three times as long as it worked, so that it takes a quarter of
// one core at most and never delays a published score.
//
// A draft that changes begins anew; one that is published or discarded ends by itself. After a restart all accounts are
// scored again; what was counted day by day stays.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "live_book.hpp"
#include "platform/json/json.hpp"
#include "shadow_comparison.hpp"
#include "shadow_store.hpp"

namespace banso::health {

namespace json = platform::json;

// Threading: all members may be called from any thread.
class Shadow {
 public:
  Shadow(const Dependencies& dependencies, LiveBook& live);
  ~Shadow();

  void start();
  void stop();
  void note_change();  // the book, or the definitions; cheap

  // By leaders. Refused where the scorecard has no draft, or too many run already.
  core::Result<> turn(const core::Caller& caller, const std::string& scorecard, bool on);
  json::array status();
  // Follows drafts and book on this thread until nothing is left to do.
  void catch_up();

 private:
  struct Run {
    ShadowRecord record;
    std::int64_t release = 0;  // of the published definitions that the draft was put into
    DefinitionSetPtr set;
    std::unique_ptr<Evaluator> evaluator;  // with the peers and families under this draft
    bool has_peers = false;                // of the present day, where the draft compares accounts with each other
    std::optional<core::Error> fault;      // the draft does not fit the published definitions
    ShadowScores scores;
    BookTablePtr seen;  // the book whose changes are scored, or wait below; null before the first look
    std::set<core::AccountId> waiting;
    bool has_counted = false;  // what is scored is counted for the day
    std::optional<core::Instant> computed_at;
    double seconds_spent = 0;
    std::int64_t scored = 0;  // since the start of this process
  };
  using RunPtr = std::shared_ptr<Run>;

  void loop();
  void follow_drafts(bool waits_for_its_turn);
  void follow_draft(ShadowRecord record);
  bool step();  // one chunk at most of each; true: there is more to do
  bool step(Run& run);
  void look(Run& run, const BookTablePtr& table);
  bool collect_peers(Run& run, const BookTable& table);
  void score(Run& run, std::span<const core::AccountId> accounts, core::Day day);
  void count_day(Run& run);
  bool rest(double seconds_worked);  // false: it is to stop
  json::object render(const ShadowRecord& record, const Run* run, const BookTablePtr& table) const;

  const Dependencies& from_;
  LiveBook& live_;
  ShadowStore store_;

  std::mutex working_;        // one step at a time
  mutable std::mutex mutex_;  // of what follows, and of what is in the runs
  std::condition_variable changed_;
  std::map<std::string, RunPtr> runs_;  // by scorecard
  bool has_changed_ = false, stopping_ = false;
  std::thread thread_;
};

}  // namespace banso::health
