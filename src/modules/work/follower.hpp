// What goes on by itself: other nodes' changes, snoozed calls that wake, substitutes, and telling listeners. Internal
// to the module.
#pragma once

#include <unordered_map>

#include "desk.hpp"

namespace banso::work {

// Threading: look() one at a time (it locks); listeners are added before the first.
class Follower {
 public:
  explicit Follower(Desk& desk) : desk_(desk) {}

  void on_call_changed(CallListener listener) { call_listeners_.push_back(std::move(listener)); }
  void on_task_changed(TaskListener listener) { task_listeners_.push_back(std::move(listener)); }
  bool has_listeners() const { return !call_listeners_.empty() || !task_listeners_.empty(); }
  // Owners and the like may have changed.
  void accounts_changed(std::span<const core::AccountId> accounts);

  // Reads all open calls; at start.
  void load();
  void look();

 private:
  void read_open_calls();
  void take_in_other_nodes();
  void reassign();
  void wake_by_day();
  void wake_by_condition();
  void wake(std::span<const CallId> calls, const std::string& why);
  void tell_new();
  void tell_left_over();
  void tell(std::span<const HistoryRow> rows);

  Desk& desk_;
  std::vector<CallListener> call_listeners_;
  std::vector<TaskListener> task_listeners_;

  std::mutex mutex_;  // of looking
  bool is_loaded_ = false;
  std::unordered_map<std::int64_t, core::Instant> seen_;  // rows of history within the overlap, and when they were seen
  std::int64_t follows_from_ = 0;                         // the first row of history that may be new
  std::optional<core::Day> assigned_on_;
  std::chrono::steady_clock::time_point assigned_at_{};
  std::optional<core::Day> woken_on_;
  health::BookViewPtr tested_;  // the book that conditions were tested on
  std::set<CallId> tested_calls_;
  bool has_told_left_over_ = false;
  std::chrono::steady_clock::time_point told_left_over_at_{};

  std::mutex accounts_mutex_;
  std::set<core::AccountId> changed_accounts_;
};

}  // namespace banso::work
