// Reading daily facts.
#include <algorithm>
#include <set>

#include "daily_facts.hpp"

namespace banso::usage {
namespace {

namespace duckdb = platform::duckdb;
namespace events = platform::events;

std::vector<std::int64_t> ids_of(const std::vector<core::AccountId>& accounts) {
  std::vector<std::int64_t> ids;
  ids.reserve(accounts.size());
  for (const auto account : accounts) ids.push_back(account.value);
  return ids;
}

// " WHERE a AND b", with values bound in the order of adding.
class Condition {
 public:
  std::string bind(duckdb::Value value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
  }
  void add(const std::string& text) { sql_ += (sql_.empty() ? " WHERE " : " AND ") + text; }
  void add_accounts(const std::vector<core::AccountId>& accounts) {
    if (accounts.empty()) return;
    if (accounts.size() == 1) return add("account_id = " + bind(accounts.front()));
    const auto [first, last] = std::ranges::minmax(accounts);  // skips what lies outside without looking
    add("account_id BETWEEN " + bind(first) + " AND " + bind(last));
    add("account_id IN (SELECT unnest(" + bind(ids_of(accounts)) + "))");
  }
  const std::string& sql() const { return sql_; }
  const duckdb::Values& values() const { return values_; }

 private:
  std::string sql_;
  duckdb::Values values_;
};

}  // namespace

std::vector<std::int32_t> DailyFacts::features_by_number(const FeatureOfType& feature_of) {
  std::vector<std::int32_t> features(1, 0);  // 0: ignored
  for (const auto& type : types()) {
    const auto feature = feature_of(type);
    features.push_back(feature ? static_cast<std::int32_t>(feature->value) : 0);
  }
  return features;
}

std::vector<std::int64_t> DailyFacts::numbers_of(std::span<const events::EventType> types) {
  const std::lock_guard lock(naming_);
  std::vector<std::int64_t> numbers;
  for (const auto& type : types) {
    if (const auto known = type_numbers_.find(type); known != type_numbers_.end()) numbers.push_back(known->second);
  }
  return numbers;
}

void DailyFacts::read(const UsageDayQuery& query, const FeatureOfType& feature_of, const UsageDayVisitor& visit) {
  Condition condition;
  condition.add_accounts(query.accounts);
  if (query.from) condition.add("day >= " + condition.bind(query.from->days));
  if (query.to) condition.add("day <= " + condition.bind(query.to->days));

  FactSnapshot snapshot(tables_);
  const auto feature_of_number = features_by_number(feature_of);  // after: it knows every type of the snapshot
  auto rows = snapshot.connection().stream("SELECT " + std::string(fact_columns) + " FROM " + snapshot.days() +
                                               condition.sql() + " ORDER BY account_id, day, person_number",
                                           condition.values());
  std::vector<std::int64_t> account_ids;
  std::vector<std::int32_t> columns[5];
  while (rows.next()) {
    account_ids.clear();
    for (auto& column : columns) column.clear();
    const auto types = rows.column(3).int32s();
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto feature = feature_of_number[static_cast<std::size_t>(types[row])];
      if (feature == 0) continue;
      account_ids.push_back(rows.column(0).int64s()[row]);
      columns[0].push_back(rows.column(1).int32s()[row]);
      columns[1].push_back(rows.column(2).int32s()[row]);
      columns[2].push_back(feature);
      columns[3].push_back(rows.column(4).int32s()[row]);
      columns[4].push_back(rows.column(5).int32s()[row]);
    }
    if (!account_ids.empty()) visit({account_ids, columns[0], columns[1], columns[2], columns[3], columns[4]});
  }
}

std::vector<UsageOutline> DailyFacts::outline(const std::vector<core::AccountId>& accounts, core::Day before,
                                              const FeatureOfType& feature_of) {
  Condition condition;
  condition.add_accounts(accounts);
  condition.add("day < " + condition.bind(before.days));
  FactSnapshot snapshot(tables_);
  const auto feature_of_number = features_by_number(feature_of);
  auto rows = snapshot.connection().query("SELECT account_id, type_number, min(day), max(day) FROM " + snapshot.days() +
                                              condition.sql() + " GROUP BY 1, 2 ORDER BY 1, 2",
                                          condition.values());
  std::vector<UsageOutline> outline;
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto feature = feature_of_number[static_cast<std::size_t>(rows.column(1).int32s()[row])];
      if (feature == 0) continue;
      outline.push_back(
          {{rows.column(0).int64s()[row]}, {feature}, {rows.column(2).int32s()[row]}, {rows.column(3).int32s()[row]}});
    }
  }
  return outline;
}

std::optional<core::Day> DailyFacts::last_day(core::AccountId account, core::Day as_of,
                                              const FeatureOfType& feature_of) {
  FactSnapshot snapshot(tables_);
  std::vector<std::int64_t> ignored;
  const auto features = features_by_number(feature_of);
  for (std::size_t number = 1; number < features.size(); ++number) {
    if (features[number] == 0) ignored.push_back(static_cast<std::int64_t>(number));
  }
  const auto day = snapshot.connection().query_integer(
      "SELECT max(day) FROM " + snapshot.days() +
          " WHERE account_id = $1 AND day <= $2 AND known_day <= $2 AND type_number NOT IN (SELECT unnest($3))",
      {account, as_of.days, ignored});
  if (!day) return std::nullopt;
  return core::Day{static_cast<std::int32_t>(*day)};
}

std::vector<NumberedPerson> DailyFacts::persons(const std::vector<core::AccountId>& accounts) {
  Condition condition;
  condition.add_accounts(accounts);
  FactSnapshot snapshot(tables_);
  auto rows = snapshot.connection().stream("SELECT person_number, account_id, person_key FROM " + snapshot.persons() +
                                               condition.sql() + " ORDER BY account_id, person_number",
                                           condition.values());
  std::vector<NumberedPerson> persons;
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      persons.push_back(
          {rows.column(0).int32s()[row], {rows.column(1).int64s()[row]}, std::string(rows.column(2).text(row))});
    }
  }
  return persons;
}

std::vector<events::EventType> DailyFacts::types() {
  const std::lock_guard lock(naming_);
  return types_;
}

std::size_t DailyFacts::type_count() {
  const std::lock_guard lock(naming_);
  return types_.size();
}

UsageChange DailyFacts::everything() {
  FactSnapshot snapshot(tables_);
  UsageChange change;
  auto rows =
      snapshot.connection().query("SELECT account_id, min(day) FROM " + snapshot.days() + " GROUP BY 1 ORDER BY 1");
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      change.accounts.push_back({{rows.column(0).int64s()[row]}, {rows.column(1).int32s()[row]}});
    }
  }
  return change;
}

std::vector<FeatureDay> DailyFacts::feature_days(FeatureId feature, std::span<const events::EventType> types,
                                                 core::Day from, core::Day to) {
  FactSnapshot snapshot(tables_);
  return read_feature_days(snapshot, feature, numbers_of(types), from, to);
}

std::map<core::AccountId, std::int64_t> DailyFacts::feature_users(std::span<const events::EventType> types,
                                                                  core::Day from, core::Day to,
                                                                  const std::vector<core::AccountId>& accounts) {
  std::map<core::AccountId, std::int64_t> users;
  if (accounts.empty()) return users;
  FactSnapshot snapshot(tables_);
  Condition condition;
  condition.add("account_id IN (SELECT unnest(" + condition.bind(ids_of(accounts)) + "))");
  condition.add("day BETWEEN " + condition.bind(from.days) + " AND " + condition.bind(to.days));
  condition.add("type_number IN (SELECT unnest(" + condition.bind(numbers_of(types)) + "))");
  auto rows = snapshot.connection().query("SELECT account_id, count(DISTINCT nullif(person_number, 0)) FROM " +
                                              snapshot.days() + condition.sql() + " GROUP BY 1",
                                          condition.values());
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      users.emplace(core::AccountId{rows.column(0).int64s()[row]}, rows.column(1).int64s()[row]);
    }
  }
  return users;
}

}  // namespace banso::usage
