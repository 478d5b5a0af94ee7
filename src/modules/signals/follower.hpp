// Follows the book: who entered and left each rule's condition since the last look, and on whom it fires. Internal to
// the module.
#pragma once

#include <mutex>
#include <set>

#include "desk.hpp"
#include "live_rules.hpp"

namespace banso::signals {

// Threading: all members may be called from any thread; looks are taken one at a time.
class Follower {
 public:
  Follower(const Dependencies& from, Store& store, Desk& desk) : from_(from), store_(store), desk_(desk) {}

  // The rules from now on. Standings of rules that are gone, or whose condition is another, are found anew.
  void set_rules(std::vector<LiveRule> rules);
  // Records what differs between the book and the last look, or where that is not enough (the first look, a new day,
  // other definitions) what is recorded; then has calls opened and closed. The same book twice changes nothing. Where
  // it throws, the next look compares everything.
  void look(const health::BookViewPtr& book);

  struct RuleStatus {
    std::string key;
    std::optional<core::Text> fault;
    std::optional<std::int64_t> accounts;  // in the condition now; nothing before the first look
  };
  std::vector<RuleStatus> status() const;

 private:
  struct Looked {
    const health::BookView& book;
    core::Instant known_at;
  };
  // What a rule says of one account in a book.
  struct Sight {
    std::optional<std::size_t> row;  // nothing: the account is gone
    bool concerned = false, enters = false, leaves = true;
  };
  struct Changes {
    std::vector<StandingChange> changes;
    std::vector<Sight> sights;  // that they follow from
  };
  void prepare(LiveRule& rule, const health::BookView& book);
  // Of which rules another node recorded changes that this one has not seen.
  void notice_others();
  void look_at_all(const Looked& looked);
  void look_at_rule(LiveRule& rule, const Looked& looked);
  void look_at(const Looked& looked, std::span<const std::uint32_t> changed);
  // What another node recorded of these that this one has not seen.
  void read_again(const health::BookView& book, std::span<const std::uint32_t> rows);
  // What one look at an account makes of its standing, if it changes anything.
  void step(const LiveRule& rule, const Looked& looked, const Standing& before, const Sight& sight, Changes& into);
  FiringRow firing_of(const LiveRule& rule, const Looked& looked, std::size_t row, std::int64_t stay) const;
  // Accounts that stand elsewhere than believed are looked at again from where they stand.
  void record(LiveRule& rule, const Looked& looked, Changes changes);
  Changes record_part(LiveRule& rule, const Looked& looked, std::span<const StandingChange> changes,
                      std::span<const Sight> sights);
  std::vector<std::uint32_t> with_outrun(const health::BookView& book, std::vector<std::uint32_t> changed);
  bool has_lost_accounts(const health::BookView& book, std::span<const std::uint32_t> changed) const;

  const Dependencies& from_;
  Store& store_;
  Desk& desk_;
  mutable std::mutex mutex_;  // of the rules
  std::vector<LiveRule> rules_;
  // Of which another node knew a newer book: this node's next book may be newer still.
  std::set<core::AccountId> outrun_;
  health::BookViewPtr previous_;  // null: compare with what is recorded
  bool looks_at_all_ = true;      // the rules are others
  core::Instant started_at_ = core::now();
};

}  // namespace banso::signals
