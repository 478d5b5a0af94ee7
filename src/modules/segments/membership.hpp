// Follows the book: who entered and left each segment since the last look. Internal to the module.
#pragma once

#include <map>
#include <mutex>

#include "store.hpp"

namespace banso::segments {

// Threading: look() one at a time (it locks); listeners are added before the first.
class Membership {
 public:
  explicit Membership(Store& store) : store_(store) {}

  void on_change(MembershipListener listener) { listeners_.push_back(std::move(listener)); }
  // Records what differs between the book and the last look, or where that is not enough (the first look, a new day,
  // other segments, accounts that are gone) what is recorded; then tells the listeners. The same book twice changes
  // nothing. Where it throws, the next look compares everything.
  void look(const health::BookViewPtr& book);
  // Tells what was recorded and, because of a crash, never told.
  void tell_left_over();

 private:
  void look_at_all(const health::BookView& book);
  void look_at(const health::BookView& book, std::span<const std::uint32_t> changed);
  void look_at_segment(const health::BookView& book, std::size_t segment, core::Instant at);
  // How far the knowledge of this node reaches that looks at `book`: two nodes that know different things write in the
  // order of what they know. A book read at start may call itself older than it is.
  core::Instant known_at(const health::BookView& book) const;
  void close_retired(const health::BookView& book, core::Instant at);
  bool has_lost_accounts(const health::BookView& book, std::span<const std::uint32_t> changed) const;
  void record(std::span<const MembershipChange> changes);
  void tell(const Store::Recorded& recorded);

  Store& store_;
  std::vector<MembershipListener> listeners_;
  std::mutex mutex_;
  const core::Instant started_at_ = core::now();
  health::BookViewPtr previous_;                                 // null: compare with what is recorded
  std::map<std::string, std::vector<core::AccountId>> members_;  // ascending, as of previous_
};

}  // namespace banso::segments
