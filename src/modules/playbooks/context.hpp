// What all parts of the module share: the services it stands on, the clock, the book, and whom to tell. Internal to the
// module.
#pragma once

#include <mutex>

#include "library.hpp"
#include "situation.hpp"
#include "store.hpp"

namespace banso::playbooks {

// Threading: may be shared; listeners are added before the first run moves.
class Context {
 public:
  explicit Context(Dependencies dependencies) : from(std::move(dependencies)), library(from.definitions) {}

  const Dependencies from;
  Library library;

  core::Instant now() const { return from.surroundings.now(); }
  std::shared_ptr<const Clock> clock();
  core::Day today() { return clock()->local(now()).day; }
  // Of the newest book; null before the first evaluation.
  std::shared_ptr<const Conditions> conditions();
  // The account's name in the newest book; its number where it has none.
  std::string name_of(core::AccountId account);

  // What steps about success plans do; empty functions where there are none. Set before the first run moves.
  PlanSteps plans;

  void on_runs_changed(RunListener listener) { listeners_.push_back(std::move(listener)); }
  void on_effects(std::function<void()> wake) { wake_ = std::move(wake); }
  // After a commit.
  void tell(std::span<const RunId> runs) const;
  void wake_effects() const {
    if (wake_) wake_();
  }

 private:
  std::vector<RunListener> listeners_;
  std::function<void()> wake_;
  std::mutex mutex_;
  std::shared_ptr<const Clock> clock_;
  health::BookViewPtr book_;
  std::shared_ptr<const Conditions> conditions_;
};

}  // namespace banso::playbooks
