#include "daily_facts.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace banso::usage {
namespace {

namespace duckdb = platform::duckdb;
namespace events = platform::events;

constexpr const char* tables = R"sql(
CREATE TABLE IF NOT EXISTS usage_day (
  account_id BIGINT NOT NULL,
  day INTEGER NOT NULL,
  person_number INTEGER NOT NULL,  -- 0: nobody
  type_number INTEGER NOT NULL,
  events INTEGER NOT NULL,
  known_day INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS usage_person_number (
  person_number INTEGER NOT NULL,
  account_id BIGINT NOT NULL,
  person_key VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS usage_type_number (type_number INTEGER NOT NULL, kind TINYINT NOT NULL, name VARCHAR NOT NULL);
-- One row: how far the event store has been followed, and by which clock days were cut.
CREATE TABLE IF NOT EXISTS usage_followed (position BIGINT NOT NULL, day_offset_minutes INTEGER NOT NULL);
)sql";

constexpr const char* make_stage = R"sql(
CREATE OR REPLACE TEMP TABLE stage (
  account_id BIGINT, day INTEGER, person_key VARCHAR, kind TINYINT, name VARCHAR, events BIGINT, known_day INTEGER
)
)sql";

// Numbers first for persons and types not seen before, then the rows themselves.
constexpr const char* take_stage = R"sql(
INSERT INTO usage_person_number
  SELECT (SELECT coalesce(max(person_number), 0) FROM usage_person_number) + row_number() OVER (ORDER BY account_id, person_key),
         account_id, person_key
  FROM (SELECT DISTINCT account_id, person_key FROM stage WHERE person_key <> ''
        EXCEPT SELECT account_id, person_key FROM usage_person_number);
INSERT INTO usage_type_number
  SELECT (SELECT coalesce(max(type_number), 0) FROM usage_type_number) + row_number() OVER (ORDER BY kind, name), kind, name
  FROM (SELECT DISTINCT kind, name FROM stage EXCEPT SELECT kind, name FROM usage_type_number);
INSERT INTO usage_day
  SELECT stage.account_id, stage.day, coalesce(person.person_number, 0), type.type_number, stage.events, stage.known_day
  FROM stage
  JOIN usage_type_number type ON type.kind = stage.kind AND type.name = stage.name
  LEFT JOIN usage_person_number person
    ON person.account_id = stage.account_id AND person.person_key = stage.person_key
  ORDER BY stage.account_id, stage.day;
)sql";

// As many user-days as are staged at once, and account-days asked of the event store at once.
constexpr std::size_t stage_rows = 1'000'000;
constexpr std::size_t pairs_at_once = 500'000;

// Collects user-days in the stage and takes them over whenever it is full.
class Stage {
 public:
  explicit Stage(duckdb::Connection& connection) : connection_(connection) { open(); }

  void add(const events::UserDays& piece) {
    add(piece, [](std::size_t) { return true; });
  }

  template <class Wanted>
  void add(const events::UserDays& piece, Wanted wanted) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      if (!wanted(row)) continue;
      appender_->add(piece.account_ids[row])
          .add(static_cast<std::int64_t>(piece.days[row]))
          .add(piece.person_keys[row]);
      appender_->add(static_cast<int>(piece.kinds[row])).add(piece.names[row]);
      appender_->add(piece.events[row]).add(static_cast<std::int64_t>(piece.known_days[row])).end_row();
      ++rows_;
    }
    if (rows_ >= stage_rows) {
      take();
      open();
    }
  }

  void take() {
    appender_->close();
    appender_.reset();
    if (rows_ > 0) connection_.execute(take_stage);
    rows_ = 0;
  }

 private:
  void open() {
    connection_.execute(make_stage);
    appender_.emplace(connection_, "stage");
  }

  duckdb::Connection& connection_;
  std::optional<duckdb::Appender> appender_;
  std::size_t rows_ = 0;
};

duckdb::Value list_of(const std::vector<core::AccountId>& accounts) {
  std::vector<std::int64_t> ids;
  for (const auto account : accounts) ids.push_back(account.value);
  return ids;
}

// Which feature the number of an event type means; 0: ignored.
std::vector<std::int32_t> features_by_number(duckdb::Connection& connection, const FeatureOfType& feature_of) {
  std::vector<std::int32_t> feature_of_number(1, 0);
  for (auto types = connection.query("SELECT type_number, kind, name FROM usage_type_number"); types.next();) {
    for (std::size_t row = 0; row < types.size(); ++row) {
      const auto number = static_cast<std::size_t>(types.column(0).int32s()[row]);
      const auto feature = feature_of(
          {static_cast<events::EventKind>(types.column(1).integer(row)), std::string(types.column(2).text(row))});
      if (feature_of_number.size() <= number) feature_of_number.resize(number + 1, 0);
      feature_of_number[number] = feature ? static_cast<std::int32_t>(feature->value) : 0;
    }
  }
  return feature_of_number;
}

}  // namespace

// What a refresh changed, gathered piece by piece.
class ChangeCollector {
 public:
  void add(core::AccountId account, core::Day day) {
    const auto [entry, is_new] = first_days_.try_emplace(account, day);
    if (!is_new) entry->second = std::min(entry->second, day);
  }
  void received(core::Instant at) {
    if (!received_since_ || at < *received_since_) received_since_ = at;
  }
  UsageChange take() {
    UsageChange change;
    for (const auto& [account, day] : first_days_) change.accounts.push_back({account, day});
    change.received_since = received_since_;
    return change;
  }

 private:
  std::map<core::AccountId, core::Day> first_days_;
  std::optional<core::Instant> received_since_;
};

DailyFacts::DailyFacts(std::shared_ptr<duckdb::Database> mart, std::shared_ptr<events::EventStore> event_store)
    : mart_(std::move(mart)), events_(std::move(event_store)) {
  mart_->connect().execute(tables);
}

std::int64_t DailyFacts::position(duckdb::Connection& connection) {
  return connection.query_integer("SELECT position FROM usage_followed").value_or(0);
}

void DailyFacts::set_position(duckdb::Connection& connection, std::int64_t position) {
  connection.execute("DELETE FROM usage_followed");
  connection.execute("INSERT INTO usage_followed VALUES ($1, $2)", {position, events_->day_offset_minutes()});
}

// Facts and position change in one transaction: what was added counts once, whenever the process dies.
UsageChange DailyFacts::refresh() {
  const std::lock_guard lock(writing_);
  auto connection = mart_->connect();
  const auto offset = connection.query_integer("SELECT day_offset_minutes FROM usage_followed");
  if (!offset || *offset != events_->day_offset_minutes()) {  // never followed, or days are cut anew
    if (!offset && events_->position() == 0) return {};
    rebuild_locked();
    return everything();
  }
  const auto since = position(connection);
  auto changes = events_->changes_since(since);
  if (changes.until == since) return {};
  std::erase_if(changes.rewritten, [](const events::AccountDay& pair) { return !pair.account; });
  ChangeCollector changed;
  duckdb::Transaction transaction(connection);
  for (std::size_t begin = 0; begin < changes.rewritten.size(); begin += pairs_at_once) {
    const auto count = std::min(pairs_at_once, changes.rewritten.size() - begin);
    replace_pairs(connection, std::span(changes.rewritten).subspan(begin, count), changes.until, changed);
  }
  if (changes.has_added) add_rows(connection, since, changes, changed);
  set_position(connection, changes.until);
  transaction.commit();
  return changed.take();
}

void DailyFacts::add_rows(duckdb::Connection& connection, std::int64_t since, const events::Changes& changes,
                          ChangeCollector& changed) {
  Stage stage(connection);
  events_->user_days_added(since, changes.until, [&](const events::UserDays& piece) {
    stage.add(piece, [&](std::size_t row) {
      const events::AccountDay pair{{piece.account_ids[row]}, {piece.days[row]}};
      if (std::ranges::binary_search(changes.rewritten, pair)) return false;
      changed.add(pair.account, pair.day);
      changed.received({piece.received_at_us[row]});
      return true;
    });
  });
  stage.take();
}

void DailyFacts::replace_pairs(duckdb::Connection& connection, std::span<const events::AccountDay> pairs,
                               std::int64_t until, ChangeCollector& changed) {
  std::vector<std::int64_t> accounts, days;
  for (const auto& pair : pairs) {
    accounts.push_back(pair.account.value);
    days.push_back(pair.day.days);
    changed.add(pair.account, pair.day);
  }
  connection.execute(
      "DELETE FROM usage_day WHERE (account_id, day) IN (SELECT unnest($1) AS account_id, unnest($2) AS day)",
      {accounts, days});
  Stage stage(connection);
  events_->user_days_of(pairs, until, [&](const events::UserDays& piece) { stage.add(piece); });
  stage.take();
}

void DailyFacts::rebuild() {
  const std::lock_guard lock(writing_);
  rebuild_locked();
}

void DailyFacts::rebuild_locked() {
  auto connection = mart_->connect();
  const auto reached = events_->position();
  duckdb::Transaction transaction(connection);
  connection.execute("DELETE FROM usage_day");
  Stage stage(connection);
  events_->user_days_added(0, reached, [&](const events::UserDays& piece) { stage.add(piece); });
  stage.take();
  set_position(connection, reached);
  transaction.commit();
}

void DailyFacts::read(const UsageDayQuery& query, const FeatureOfType& feature_of, const UsageDayVisitor& visit) {
  std::string condition;
  duckdb::Values values;
  const auto add = [&](const std::string& text, duckdb::Value value) {
    values.push_back(std::move(value));
    condition += (condition.empty() ? " WHERE " : " AND ") + text + std::to_string(values.size());
  };
  if (query.accounts.size() == 1) {
    add("account_id = $", query.accounts.front());
  } else if (!query.accounts.empty()) {
    add("account_id IN (SELECT unnest($", list_of(query.accounts));
    condition += "))";
  }
  if (query.from) add("day >= $", query.from->days);
  if (query.to) add("day <= $", query.to->days);

  auto connection = mart_->connect();
  const duckdb::Transaction snapshot(connection);
  const auto feature_of_number = features_by_number(connection, feature_of);
  auto rows = connection.stream("SELECT account_id, day, person_number, type_number, events, known_day FROM usage_day" +
                                    condition + " ORDER BY account_id, day, person_number",
                                values);
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
  auto connection = mart_->connect();
  const duckdb::Transaction snapshot(connection);
  const auto feature_of_number = features_by_number(connection, feature_of);
  auto rows = connection.query(
      "SELECT account_id, type_number, min(day), max(day) FROM usage_day "
      "WHERE account_id IN (SELECT unnest($1)) AND day < $2 GROUP BY 1, 2 ORDER BY 1, 2",
      {list_of(accounts), before.days});
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

std::vector<NumberedPerson> DailyFacts::persons(const std::vector<core::AccountId>& accounts) {
  auto connection = mart_->connect();
  const std::string select = "SELECT person_number, account_id, person_key FROM usage_person_number";
  const std::string order = " ORDER BY account_id, person_number";
  auto rows = accounts.empty()
                  ? connection.stream(select + order)
                  : connection.stream(select + " WHERE account_id IN (SELECT unnest($1))" + order, {list_of(accounts)});
  std::vector<NumberedPerson> persons;
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      persons.push_back(
          {rows.column(0).int32s()[row], {rows.column(1).int64s()[row]}, std::string(rows.column(2).text(row))});
    }
  }
  return persons;
}

void DailyFacts::forget_person(core::AccountId account, const std::string& person_key) {
  const std::lock_guard lock(writing_);
  mart_->connect().execute("DELETE FROM usage_person_number WHERE account_id = $1 AND person_key = $2",
                           {account, person_key});
}

std::vector<events::EventType> DailyFacts::types() {
  auto connection = mart_->connect();
  std::vector<events::EventType> types;
  for (auto rows = connection.query("SELECT kind, name FROM usage_type_number ORDER BY type_number"); rows.next();) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      types.push_back(
          {static_cast<events::EventKind>(rows.column(0).integer(row)), std::string(rows.column(1).text(row))});
    }
  }
  return types;
}

UsageChange DailyFacts::everything() {
  auto connection = mart_->connect();
  UsageChange change;
  for (auto rows = connection.query("SELECT account_id, min(day) FROM usage_day GROUP BY 1 ORDER BY 1"); rows.next();) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      change.accounts.push_back({{rows.column(0).int64s()[row]}, {rows.column(1).int32s()[row]}});
    }
  }
  return change;
}

}  // namespace banso::usage
