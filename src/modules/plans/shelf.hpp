// All plans in memory, as lists and the follower need them. Internal to the module.
#pragma once

#include <mutex>
#include <unordered_map>

#include "store.hpp"

namespace banso::plans {

// Threading: all functions lock; files are immutable.
class Shelf {
 public:
  explicit Shelf(Store& store) : store_(store) {}

  // Reads what was written since the last time, by whomever (other nodes, too). Returns the plans that changed.
  std::vector<PlanId> catch_up();
  void reload(PlanId plan);
  // Plans of which a newer state was read since the last asking.
  std::vector<PlanId> take_news();

  PlanFilePtr find(PlanId plan);
  PlanFilePtr living(core::AccountId account);  // null: none
  std::vector<PlanFilePtr> all();               // in the order of their ids

 private:
  Store& store_;
  std::mutex mutex_;
  core::Instant seen_until_{};
  std::vector<PlanId> news_;
  std::map<PlanId, PlanFilePtr> files_;
  std::unordered_map<core::AccountId, PlanId> living_;
};

}  // namespace banso::plans
