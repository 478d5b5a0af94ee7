// What an account's page shows of its usage, computed from the daily facts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "catalogue.hpp"
#include "daily_facts.hpp"
#include "usage.hpp"

namespace banso::usage {

inline constexpr int window_days = 28;

// What a page speaks of: facts up to the end of `day`, and known by then (nothing: all that is known).
struct View {
  core::Day day;
  std::optional<core::Day> known_day;
};

struct FeatureUsage {
  FeatureId feature;
  std::int64_t events = 0;  // in the days asked for
  std::int64_t users = 0;   // distinct, likewise
  std::optional<core::Day> last_day;
  std::optional<double> trend;  // events of the last 28 days against the 28 before: 0.25 = a quarter more
};

struct AccountUsage {
  std::vector<core::Day> days;
  std::vector<std::int64_t> active_users;      // distinct users of features that mean "active", per day
  std::vector<std::int64_t> active_users_28d;  // likewise, over the 28 days that end with that day
  std::vector<std::int64_t> events;
  std::vector<FeatureUsage> features;  // most events first
};

AccountUsage account_usage(DailyFacts& facts, Catalogue& catalogue, core::AccountId account, core::Day from,
                           core::Day to, const View& view);

// Distinct features per person in the window that ends with the view's day, by the person's number.
std::map<std::int32_t, std::int64_t> features_of_people(DailyFacts& facts, Catalogue& catalogue,
                                                        core::AccountId account, const View& view);

}  // namespace banso::usage
