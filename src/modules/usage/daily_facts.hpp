// The daily facts in the mart: usage_day, one row per (account, day, person, event type, known day). Derived: follows
// the event store by the account-days it touched, and can be rebuilt from it at any time.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/duckdb/duckdb.hpp"
#include "platform/events/event_store.hpp"
#include "usage.hpp"

namespace banso::usage {

// Which feature an event type counts for; nothing: ignored.
using FeatureOfType = std::function<std::optional<FeatureId>(const platform::events::EventType&)>;

struct NumberedPerson {
  std::int32_t number = 0;
  core::AccountId account;
  std::string person_key;
};

class ChangeCollector;

class DailyFacts {
 public:
  DailyFacts(std::shared_ptr<platform::duckdb::Database> mart, std::shared_ptr<platform::events::EventStore> events);

  // Brings in what the event store changed since the last time, or makes all anew where days are now cut elsewhere.
  UsageChange refresh();
  void rebuild();

  void read(const UsageDayQuery& query, const FeatureOfType& feature_of, const UsageDayVisitor& visit);
  std::vector<UsageOutline> outline(const std::vector<core::AccountId>& accounts, core::Day before,
                                    const FeatureOfType& feature_of);
  std::vector<NumberedPerson> persons(const std::vector<core::AccountId>& accounts);  // empty: all
  void forget_person(core::AccountId account, const std::string& person_key);
  std::vector<platform::events::EventType> types();
  UsageChange everything();  // as if all facts had changed

 private:
  void add_rows(platform::duckdb::Connection& connection, std::int64_t since, const platform::events::Changes& changes,
                ChangeCollector& changed);
  void replace_pairs(platform::duckdb::Connection& connection, std::span<const platform::events::AccountDay> pairs,
                     std::int64_t until, ChangeCollector& changed);
  void rebuild_locked();
  std::int64_t position(platform::duckdb::Connection& connection);
  void set_position(platform::duckdb::Connection& connection, std::int64_t position);

  std::shared_ptr<platform::duckdb::Database> mart_;
  std::shared_ptr<platform::events::EventStore> events_;
  std::mutex writing_;
};

}  // namespace banso::usage
