#include "feature_days.hpp"

#include <algorithm>
#include <set>

namespace banso::usage {
namespace {

namespace duckdb = platform::duckdb;

FeaturesOfTypes settled_features(duckdb::Connection& connection) {
  FeaturesOfTypes settled;
  for (auto rows = connection.query("SELECT type_number, feature_id FROM usage_feature_type"); rows.next();) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      settled.emplace(rows.column(0).int32s()[row], rows.column(1).int32s()[row]);
    }
  }
  return settled;
}

std::map<std::int64_t, std::set<std::int64_t>> types_by_feature(const FeaturesOfTypes& features) {
  std::map<std::int64_t, std::set<std::int64_t>> types;
  for (const auto& [type, feature] : features) types[feature].insert(type);
  return types;
}

// Those whose types are not the same in both.
std::vector<std::int64_t> changed_features(const FeaturesOfTypes& before, const FeaturesOfTypes& after) {
  auto old_types = types_by_feature(before);
  std::vector<std::int64_t> changed;
  for (const auto& [feature, types] : types_by_feature(after)) {
    const auto old = old_types.find(feature);
    if (old == old_types.end() || old->second != types) changed.push_back(feature);
    if (old != old_types.end()) old_types.erase(old);
  }
  for (const auto& [feature, types] : old_types) changed.push_back(feature);
  return changed;
}

// Events and distinct persons per group of `keys`, out of rows that have these columns, person_number and events.
// Persons are grouped first: counting them with count(DISTINCT ...) keeps a set for every group and is many times
// slower.
std::string counted(const std::string& keys, const std::string& rows) {
  return "SELECT " + keys +
         ", CAST(sum(events) AS BIGINT) AS events, count(*) FILTER (person_number <> 0) AS users FROM "
         "(SELECT " +
         keys + ", person_number, sum(events) AS events FROM (" + rows + ") GROUP BY ALL) GROUP BY ALL";
}

std::string settled(const std::string& days, const std::string& condition) {
  return "INSERT INTO usage_feature_day " +
         counted("feature_id, day, account_id",
                 "SELECT type.feature_id, fact.day, fact.account_id, fact.person_number, fact.events FROM " + days +
                     " fact JOIN usage_feature_type type USING (type_number)" + condition) +
         " ORDER BY 1, 2, 3";
}

}  // namespace

void settle_feature_days(duckdb::Connection& connection, const std::string& days, const std::string& pairs,
                         const FeaturesOfTypes& features) {
  const auto changed = changed_features(settled_features(connection), features);
  connection.execute("DELETE FROM usage_feature_day WHERE (account_id, day) IN (SELECT account_id, day FROM " + pairs +
                     ")");
  if (!changed.empty()) {
    connection.execute("DELETE FROM usage_feature_day WHERE feature_id IN (SELECT unnest($1))", {changed});
    connection.execute("DELETE FROM usage_feature_type");
    duckdb::Appender appender(connection, "usage_feature_type");
    for (const auto& [type, feature] : features) appender.add(type).add(feature).end_row();
    appender.close();
    connection.execute(settled(days, " WHERE type.feature_id IN (SELECT unnest($1))"), {changed});
  }
  connection.execute(settled(days,
                             " WHERE type.feature_id NOT IN (SELECT unnest($1)) AND (fact.account_id, fact.day) IN "
                             "(SELECT account_id, day FROM " +
                                 pairs + ")"),
                     {changed});
}

std::vector<FeatureDay> read_feature_days(FactSnapshot& snapshot, FeatureId feature,
                                          std::span<const std::int64_t> type_numbers, core::Day from, core::Day to) {
  auto& connection = snapshot.connection();
  const auto settled = types_by_feature(settled_features(connection));
  const auto found = settled.find(feature.value);
  const bool is_settled =
      found != settled.end() && found->second == std::set<std::int64_t>(type_numbers.begin(), type_numbers.end());

  std::string rows = "SELECT day, account_id, person_number, events FROM " + snapshot.days() +
                     " WHERE type_number IN (SELECT unnest($1)) AND day BETWEEN $2 AND $3";
  duckdb::Values values;
  values.emplace_back(std::vector<std::int64_t>(type_numbers.begin(), type_numbers.end()));
  values.emplace_back(from.days);
  values.emplace_back(to.days);
  const std::string recent =
      "(SELECT account_id, day FROM " + snapshot.recent_pairs() + " WHERE day BETWEEN $2 AND $3)";
  if (is_settled) rows += " AND (account_id, day) IN " + recent;
  auto sql = counted("day, account_id", rows);
  if (is_settled) {
    sql +=
        " UNION ALL SELECT kept.day, kept.account_id, kept.events, kept.users FROM usage_feature_day kept ANTI JOIN " +
        recent + " recent USING (account_id, day) WHERE kept.feature_id = $4 AND kept.day BETWEEN $2 AND $3";
    values.emplace_back(feature.value);
  }
  std::vector<FeatureDay> days;
  for (auto counts = connection.stream(sql, values); counts.next();) {
    for (std::size_t row = 0; row < counts.size(); ++row) {
      days.push_back({{counts.column(0).int32s()[row]},
                      {counts.column(1).int64s()[row]},
                      counts.column(2).int64s()[row],
                      counts.column(3).int64s()[row]});
    }
  }
  return days;
}

}  // namespace banso::usage
