// What is recorded of signals: where accounts stand in each rule, firings, and the budget. Internal to the module.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/paging.hpp"
#include "engine/signals/firing.hpp"
#include "engine/signals/noise_budget.hpp"
#include "signals.hpp"

namespace banso::signals {

// Where one account stands in one rule.
struct Standing {
  core::AccountId account;
  engine::signals::FiringState state;
  std::int64_t stay = 0;  // the number of its present or last stay in the condition
};

// A firing with all that its call needs.
struct FiringRow : Firing {
  std::int64_t stay = 0;
  core::Text title;
  std::string evidence_json = "[]";
  core::UserId person;  // whose budget it counts against; none: nobody's
  std::int64_t value_minor = 0;
  double expected_value = 0;
};

// What one look changes of one account in one rule.
struct StandingChange {
  Standing before;  // what was believed; the change is made only where it is still so
  Standing after;
  core::Day day;
  bool has_left = false;            // its firing of this stay, if there was one, is over
  bool closes = false;              // and its call is to be closed
  std::optional<FiringRow> firing;  // where it fires
};

struct Feedback {
  engine::signals::Feedback verdicts;
  std::int64_t success = 0, not_relevant = 0, closed = 0;
};
struct RuleFigures {
  std::int64_t open_calls = 0, fired_7d = 0, fired_28d = 0, held = 0;
  Feedback feedback;
};
struct RuleState {
  std::string condition;  // that the recorded standings were found with
  std::optional<double> replay_precision;
};
struct Closing {
  std::int64_t firing = 0;
  std::string rule;
  core::AccountId account;
};
struct WhyNot {
  std::int64_t call = 0;
  core::AccountId account;
  std::string why;
};

// Threading: may be shared; each call is a transaction of its own.
class Store {
 public:
  explicit Store(std::shared_ptr<platform::records::Database> database) : database_(std::move(database)) {}

  // ---- standings
  // All of a rule, ascending by account, and how often any of them had been recorded until then: a node that has seen
  // every one of these changes knows where all accounts stand without reading them again.
  struct Standings {
    std::vector<Standing> all;
    std::int64_t changes = 0;
  };
  Standings standings(const std::string& rule);
  std::map<std::string, std::int64_t> changes();  // by rule; a rule that is not in it was never recorded
  // Rules whose condition the account meets, by rule.
  std::vector<std::pair<std::string, Standing>> standings_of(core::AccountId account);
  std::map<std::string, RuleState> rule_states();
  void set_evaluated(const std::string& rule, const std::string& condition, core::Instant at);
  void set_replay_precision(const std::string& rule, std::optional<double> precision);
  // The rule is no longer looked at: nobody is in it. When it last fired stays known.
  void forget(const std::string& rule);

  // Of these accounts, in any order; only what is recorded.
  std::vector<Standing> standings_of(const std::string& rule, std::span<const core::AccountId> accounts);

  // Records, in one transaction and with their firings, those changes of a rule whose account stands where it was
  // believed to stand and of which nothing newer is known: another node may have been there. The others change nothing,
  // and what is recorded of them is given.
  struct Refused {
    std::size_t change = 0;  // place in `changes`
    Standing recorded;
    bool is_newer = false;  // recorded by who knew a newer book
  };
  struct Recorded {
    std::vector<Refused> refused;
    std::vector<std::int64_t> firings;  // ids of new ones
    std::int64_t changes = 0;           // of the rule, this one counted
  };
  Recorded record(const std::string& rule, std::span<const StandingChange> changes, core::Instant known_at);

  // ---- firings
  std::vector<FiringRow> firings(std::span<const std::int64_t> ids);
  std::vector<FiringRow> in_state(FiringState state, core::Instant before);
  void set_opened(std::span<const std::pair<std::int64_t, std::int64_t>> firings_and_calls, core::Day day);
  void set_held(std::span<const FiringRow> firings);  // with person and expected value
  void set_expired(std::span<const std::int64_t> ids);
  void set_assessed(std::span<const FiringRow> firings);  // person and expected value
  // Calls opened on these days, per person.
  std::vector<engine::signals::Used> opened_per_person(core::Day from, core::Day to);
  std::vector<Closing> closing(core::Instant before);
  void set_closed(std::span<const std::int64_t> firings);
  std::vector<FiringRow> untold(core::Instant before);
  void set_told(std::span<const std::int64_t> ids);

  // ---- what became of calls
  struct CallState {
    std::int64_t call = 0;
    std::string outcome;  // empty: open
    std::optional<core::Day> closed_day;
    std::string verdict, verdict_why;
  };
  void note_calls(std::span<const CallState> calls);
  std::map<std::string, RuleFigures> figures(core::Day today);
  std::map<std::string, engine::signals::Feedback> verdicts();
  std::vector<std::pair<core::Day, std::int64_t>> fired_by_day(const std::string& rule, core::Day from);
  std::vector<WhyNot> not_useful_why(const std::string& rule, int limit);

  // ---- reading
  core::Page<FiringRow> page(const FiringQuery& query, std::optional<FiringState> state, core::PageRequest page);
  core::Page<FiringRow> held(std::optional<core::UserId> person, core::PageRequest page);
  std::int64_t held_count();
  std::optional<FiringRow> find(std::int64_t id);
  void each_firing(const FiringQuery& query, const std::function<void(const Firing&)>& visit);

  std::optional<std::optional<int>> calls_per_person_week();  // nothing: never set
  void set_calls_per_person_week(std::optional<int> calls);

 private:
  std::shared_ptr<platform::records::Database> database_;
};

}  // namespace banso::signals
