// How many people of each account were active lately and a quarter ago, and which features they used: what expansion is
// read from. Kept in memory; accounts whose usage changed are read again. Internal to the module.
#pragma once

#include <map>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "modules/renewals/renewals.hpp"

namespace banso::renewals {

inline constexpr int usage_window_days = 28;
inline constexpr int growth_days = 84;  // the earlier window ends so long before the later one

struct UsageSummary {
  std::int64_t active_people = 0;                          // in the 28 days up to the day
  std::int64_t active_people_earlier = 0;                  // in the 28 days that ended 84 days before
  std::map<std::int32_t, std::int64_t> people_by_feature;  // in the later window; features that mean activity
};
using UsageSummaries = std::unordered_map<core::AccountId, UsageSummary>;

// Threading: may be shared.
class UsageReader {
 public:
  explicit UsageReader(std::shared_ptr<usage::Service> usage) : usage_(std::move(usage)) {}
  void changed(std::span<const core::AccountId> accounts);
  std::shared_ptr<const UsageSummaries> get(core::Day day);

 private:
  void read(core::Day day, const std::vector<core::AccountId>& accounts, UsageSummaries& into);

  std::shared_ptr<usage::Service> usage_;
  std::mutex mutex_;
  std::unordered_set<core::AccountId> dirty_;
  std::optional<core::Day> day_;
  std::shared_ptr<const UsageSummaries> summaries_;
};

}  // namespace banso::renewals
