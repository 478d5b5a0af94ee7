// The calls that are not closed, in memory and ranked: what the cockpit and every list read. Follows changes; the
// records stay the truth. Internal to the module.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "ranking.hpp"

namespace banso::work {

// What lists need of a call; its texts are read from the records page by page.
struct Entry {
  CallId id;
  core::AccountId account;
  CallKind kind = CallKind::risk;
  Severity severity = Severity::medium;
  CallStatus status = CallStatus::open;
  org::AccountRole role = org::AccountRole::csm;
  core::UserId assignee, responsible, stands_in_for;
  core::Day due;
  core::Instant opened_at;
  std::optional<std::int64_t> value_at_stake_minor;
  double hours_estimate = 0;
  std::string reason, playbook;
  std::string title_key;  // for searching
  std::optional<core::Day> snoozed_until;
  std::string snooze_condition_json;
  std::int64_t revision = 0;
};
using EntryPtr = std::shared_ptr<const Entry>;

// What is known of an account with a call.
struct AccountFacts {
  std::string name, name_key;
  AccountStanding standing;
  std::optional<double> score;
  std::string level;
};
using AccountFactsPtr = std::shared_ptr<const AccountFacts>;

// Counts business days from today, quickly for the days around it.
class DaysLeft {
 public:
  DaysLeft() = default;
  DaysLeft(const core::BusinessCalendar& calendar, core::Day today);
  // 0: due today, or on the days off that follow; negative: overdue.
  int until(core::Day due) const;
  core::Day today() const { return today_; }
  const core::BusinessCalendar& calendar() const { return calendar_; }

 private:
  int count(core::Day due) const;

  core::BusinessCalendar calendar_;
  core::Day today_;
  std::vector<int> near_;  // from today - span on
};

struct RankedCall {
  EntryPtr call;
  AccountFactsPtr account;
  double points = 0;
  int business_days_left = 0;
};

// Immutable: one moment.
struct Ranking {
  DaysLeft days_left;
  std::string currency;
  std::int64_t floor_minor = 0;
  std::vector<RankedCall> calls;  // active ones by points, the most first; then snoozed ones by the day they come back
  std::size_t active = 0;

  core::Day today() const { return days_left.today(); }
  RankInput input_of(const RankedCall& call) const;
};
using RankingPtr = std::shared_ptr<const Ranking>;

AccountFacts facts_of(const health::BookView& book, core::AccountId account);
EntryPtr entry_of(const Call& call);

// Threading: all members may be called from any thread.
class OpenCalls {
 public:
  explicit OpenCalls(const Dependencies& from) : from_(from) {}

  // Replaces everything: at start.
  void assign(std::vector<EntryPtr> calls);
  // Takes calls in as they are now; closed ones leave. An older state than is known is passed over.
  void put(std::span<const Call> calls);
  void set_responsible(std::span<const Call> calls);

  EntryPtr find(CallId call) const;
  std::vector<EntryPtr> entries() const;
  std::vector<EntryPtr> of_accounts(const std::unordered_set<std::int64_t>& accounts) const;
  // As of now: brings in what changed of calls, the book, the day, the days off.
  RankingPtr ranking();

 private:
  struct Changes {
    bool all = false;
    std::unordered_set<std::int64_t> calls;
  };
  void replace(EntryPtr entry);  // under mutex_
  void remove(CallId call);      // under mutex_
  void look_at_book(Changes& changes);
  RankedCall rank(const EntryPtr& call, const Ranking& ranking);
  AccountFactsPtr facts(core::AccountId account);

  const Dependencies& from_;
  mutable std::mutex mutex_;  // what calls there are
  std::unordered_map<std::int64_t, EntryPtr> calls_;
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> by_account_;
  Changes changed_{true, {}};

  std::mutex ranking_mutex_;  // what follows from them; taken before mutex_
  RankingPtr ranking_;
  health::BookViewPtr book_;
  std::unordered_map<std::int64_t, AccountFactsPtr> facts_;
};

}  // namespace banso::work
