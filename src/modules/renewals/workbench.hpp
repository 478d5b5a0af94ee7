// What the routes stand on: the pipeline at hand, and the deeds with their checks. Internal to the module.
#pragma once

#include "live_pipeline.hpp"
#include "opportunities.hpp"
#include "renewal_list.hpp"

namespace banso::renewals {

// An opportunity with what was decided about it.
struct JudgedOpportunity {
  Opportunity opportunity;
  std::string status = "open";  // open, snoozed, dismissed, converted
  std::optional<Decision> decision;
  std::string account_name, owner_name;
  core::UserId owner;
};

// Threading: may be shared.
class Workbench {
 public:
  explicit Workbench(Dependencies dependencies);

  const Dependencies& from() const { return from_; }
  Store& store() { return store_; }
  LivePipeline& live() { return live_; }
  UsageReader& usage() { return usage_; }
  core::Day today() const { return from_.surroundings.book_day(); }

  core::Result<std::shared_ptr<const RenewalList>> list(std::optional<core::Day> as_of);
  core::Result<core::ImportId> change(const core::Caller& caller, std::span<const Key> keys, const Change& change,
                                      const std::string& why, std::optional<core::Instant> known_at);
  core::Result<versioned::UndoTally> undo(const core::Caller& caller, core::ImportId batch);
  core::Result<std::vector<JudgedOpportunity>> opportunities();
  // `decision` names account, kind and subject; what it wants must fit (see the routes).
  core::Result<> decide(const core::Caller& caller, Decision decision);
  core::Result<std::int64_t> merge_reasons(const core::Caller& caller, const std::string& from,
                                           const std::string& into);

  void on_changed(Listener listener) { listeners_.push_back(std::move(listener)); }
  void tell(std::span<const Key> keys) const;

 private:
  core::Result<> check(const Change& change);
  core::Instant known_now() const;

  const Dependencies from_;
  Store store_;
  LivePipeline live_;
  UsageReader usage_;
  std::vector<Listener> listeners_;
};

}  // namespace banso::renewals
