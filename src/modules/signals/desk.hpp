// From firings to calls: opened within the noise budget, closed when accounts leave, listeners told. Everything it does
// is first recorded as due, so that a crash, or another node, only means that it is done a little later. Internal to
// the module.
#pragma once

#include <mutex>

#include "live_rules.hpp"

namespace banso::signals {

// Threading: one catch_up() at a time (it locks); the others from any thread.
class Desk {
 public:
  Desk(const Dependencies& from, Store& store) : from_(from), store_(store) {}

  void on_fired(FiringListener listener) { listeners_.push_back(std::move(listener)); }
  void set_rules(const std::vector<LiveRule>& rules);
  // Firings recorded just now, by this node; whether calls are to be closed.
  void note(std::span<const std::int64_t> firings, bool has_closings);
  // Does what is due.
  void catch_up(const health::BookView& book);
  // Opens a held-back one whatever the budget says.
  core::Result<std::int64_t> release(const core::Caller& caller, std::int64_t firing);

  std::optional<int> calls_per_person_week() const;
  void set_calls_per_person_week(std::optional<int> calls);
  double precision_of(const std::string& rule);
  void forget_precisions();

 private:
  void open_due(core::Day today);
  void open(std::span<const FiringRow> firings, core::Day today);
  void assess(std::vector<FiringRow>& firings, core::Day today);
  void close_due();
  void tell();
  const RuleBody* body_of(const std::string& rule) const;
  work::NewCall call_of(const FiringRow& firing, const RuleBody& body) const;

  const Dependencies& from_;
  Store& store_;
  std::vector<FiringListener> listeners_;
  std::mutex working_;
  mutable std::mutex mutex_;  // what follows
  std::map<std::string, RuleBody> bodies_;
  std::vector<std::int64_t> fresh_;
  bool has_closings_ = true;
  bool looks_for_left_over_ = true;        // the first time: whatever a crash left
  std::optional<core::Day> held_seen_on_;  // held-back ones are looked at again when there may be room
  std::map<std::string, double> precisions_;
  core::Instant precisions_at_;
};

}  // namespace banso::signals
