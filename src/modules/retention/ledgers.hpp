// The ledgers in memory: one for each set of rules, earlier day and selection of products that somebody looks at. They
// follow what changes: of contracts and accounts only those that changed are replaced; where rates, the book day or the
// ways to part accounts change, all are made anew.
//
// Threading: shared by all threads. A Reading holds a lock that lets nothing change while it lives: keep it for one
// answer, and do not ask for a second one meanwhile.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <shared_mutex>
#include <thread>
#include <unordered_set>

#include "contracts.hpp"

namespace banso::retention {

struct LedgerQuery {
  std::string rules{engine::revenue::default_rules_key};
  std::optional<core::Day> as_of;    // as known at the end of that day; nothing: all that is known
  std::vector<std::string> without;  // names of products
};

class Reading {
 public:
  const ledger::Ledger& ledger() const { return *ledger_; }
  const Contracts& contracts() const { return *contracts_; }
  const Roster& roster() const { return contracts_->roster(); }
  const RuleSet& rules() const { return rules_; }
  const std::string& currency() const { return contracts_->rates().reporting_currency(); }
  core::Day day() const { return day_; }  // up to which facts count: the book day, or as_of
  core::Day book_day() const { return book_day_; }
  const std::optional<core::Day>& as_of() const { return as_of_; }

 private:
  friend class Ledgers;
  std::shared_lock<std::shared_mutex> lock_;
  std::shared_ptr<const ledger::Ledger> ledger_;
  const Contracts* contracts_ = nullptr;
  RuleSet rules_;
  core::Day day_, book_day_;
  std::optional<core::Day> as_of_;
};

class Ledgers {
 public:
  explicit Ledgers(const Dependencies& from);
  ~Ledgers();

  // Loads in the background, then follows what changes.
  void start(std::function<void(const FiguresChange&)> tell);
  void stop();

  // Waits while the contracts are loaded for the first time; refused where that takes too long.
  core::Result<Reading> read(const LedgerQuery& query);
  // Two sets of rules at once, of the same contracts.
  core::Result<std::pair<Reading, std::shared_ptr<const ledger::Ledger>>> read_two(const LedgerQuery& left,
                                                                                   const std::string& right);
  bool is_ready() const { return is_ready_; }
  RuleSets& rules() { return rules_; }
  // For others of the module that build ledgers.
  ledger::ParallelFor parallel_for() const;
  int threads() const { return from_.threads; }

  // Cheap, from any thread.
  void mark(std::span<const core::AccountId> accounts);
  void mark_all();
  void mark_segments();

 private:
  struct Key {
    std::string rules_text;
    std::optional<core::Day> as_of;
    std::vector<std::string> without;
    auto operator<=>(const Key&) const = default;
  };
  struct Entry {
    std::shared_ptr<ledger::Ledger> ledger;
    std::shared_ptr<std::atomic<std::int64_t>> used_at;  // a count of uses; readers write it
    bool is_present = false;                             // all products, all that is known: can follow changes
  };

  void follow();
  // Takes in what was marked. Inline where it is little, so that whoever wrote something reads it.
  void settle(bool takes_much);
  void load();
  void replace(const std::vector<core::AccountId>& accounts, bool with_segments);
  void look_at_rates();
  core::Result<> wait_until_ready();
  std::shared_ptr<ledger::Ledger> find_or_build(const LedgerQuery& query, const RuleSet& rules);
  Contracts::View view_of(const LedgerQuery& query) const;
  void forget_oldest();

  const Dependencies& from_;
  RuleSets rules_;
  std::function<void(const FiguresChange&)> tell_;

  std::shared_mutex mutex_;  // what is read
  Contracts contracts_;
  std::map<Key, Entry> entries_;
  std::atomic<std::int64_t> uses_{0};
  core::Day book_day_;

  std::mutex settling_;  // one at a time takes in changes

  std::mutex marks_mutex_;  // what follows
  std::condition_variable awake_;
  std::unordered_set<core::AccountId> marked_;
  bool is_all_marked_ = true;
  bool are_segments_marked_ = false;
  bool is_stopping_ = false;
  std::atomic<bool> is_ready_{false};
  std::thread thread_;
};

}  // namespace banso::retention
