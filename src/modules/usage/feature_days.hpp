// Events and distinct users per feature, day and account, kept ready (table usage_feature_day) so that the usage of a
// feature over all accounts is answered at once, however many events there are.
//
// Kept when facts are compacted. Account-days with anything newer, and features whose event types changed since, are
// counted from the facts themselves when asked: answers are always exact.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "daily_facts_tables.hpp"
#include "usage.hpp"

namespace banso::usage {

struct FeatureDay {
  core::Day day;
  core::AccountId account;
  std::int64_t events = 0;
  std::int64_t users = 0;
};

// Number of an event type → its feature.
using FeaturesOfTypes = std::map<std::int64_t, std::int64_t>;

// Within the transaction of a compaction: counts the pairs anew, and every feature whose types changed since the last
// time. `days` and `pairs` are SQL for FROM: all facts on disk, and account-days.
void settle_feature_days(platform::duckdb::Connection& connection, const std::string& days, const std::string& pairs,
                         const FeaturesOfTypes& features);

// One row per day and account with any use, in no particular order.
std::vector<FeatureDay> read_feature_days(FactSnapshot& snapshot, FeatureId feature,
                                          std::span<const std::int64_t> type_numbers, core::Day from, core::Day to);

}  // namespace banso::usage
