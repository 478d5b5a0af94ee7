#include "daily_facts_tables.hpp"

#include <mutex>
#include <utility>

namespace banso::usage {
namespace {

namespace duckdb = platform::duckdb;

constexpr const char* mart_tables = R"sql(
-- Facts used to lie in one table. They are derived: what is missing is made anew.
DROP TABLE IF EXISTS usage_day;
DROP TABLE IF EXISTS usage_person_number;
DROP TABLE IF EXISTS usage_type_number;
DROP TABLE IF EXISTS usage_followed;
CREATE TABLE IF NOT EXISTS usage_run (run_number BIGINT NOT NULL, row_count BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS usage_person (
  person_number INTEGER NOT NULL,
  account_id BIGINT NOT NULL,
  person_key VARCHAR NOT NULL,
  key_hash BIGINT NOT NULL  -- person_hash()
);
CREATE TABLE IF NOT EXISTS usage_type (type_number INTEGER NOT NULL, kind TINYINT NOT NULL, name VARCHAR NOT NULL);
-- One row: how far the event store has been followed in the runs, and by which clock days were cut.
CREATE TABLE IF NOT EXISTS usage_reached (position BIGINT NOT NULL, day_offset_minutes INTEGER NOT NULL);
-- See feature_days.hpp.
CREATE TABLE IF NOT EXISTS usage_feature_day (
  feature_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  account_id BIGINT NOT NULL,
  events BIGINT NOT NULL,
  users BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS usage_feature_type (type_number INTEGER NOT NULL, feature_id INTEGER NOT NULL);
)sql";

std::string in_brackets(const std::string& sql) {
  return "(" + sql + ")";
}

}  // namespace

std::string union_of(const std::vector<std::string>& tables, const std::string& columns) {
  std::string sql;
  for (const auto& table : tables) {
    sql += (sql.empty() ? "SELECT " : " UNION ALL SELECT ") + columns + " FROM " + table;
  }
  return sql;
}

FactTables::FactTables(std::shared_ptr<duckdb::Database> database) : mart(std::move(database)) {
  auto connection = mart->connect();
  connection.execute(mart_tables);
  // A log of 16 MB, the default, would be moved into the file in the middle of a refresh.
  connection.execute("SET checkpoint_threshold = '128MB'");
  connection.execute("DETACH DATABASE IF EXISTS usage_recent");
  connection.execute("ATTACH ':memory:' AS usage_recent");
  for (auto rows = connection.query("SELECT run_number FROM usage_run ORDER BY run_number"); rows.next();) {
    for (const auto number : rows.column(0).int64s()) runs.push_back(number);
  }
  begin_generation(1);
  generations.push_back(1);
}

void FactTables::begin_generation(std::int64_t number) {
  mart->connect().execute("CREATE TABLE " + recent_day_table(number) +
                          " (account_id BIGINT NOT NULL, day INTEGER NOT NULL, person_number INTEGER NOT NULL, "
                          "type_number INTEGER NOT NULL, events INTEGER NOT NULL, known_day INTEGER NOT NULL);"
                          "CREATE TABLE " +
                          recent_person_table(number) +
                          " (person_number INTEGER NOT NULL, account_id BIGINT NOT NULL, person_key VARCHAR NOT NULL, "
                          "key_hash BIGINT NOT NULL);"
                          "CREATE TABLE " +
                          recent_stale_table(number) + " (account_id BIGINT NOT NULL, day INTEGER NOT NULL)");
}

void FactTables::drop_generation(std::int64_t number) {
  mart->connect().execute("DROP TABLE " + recent_day_table(number) + "; DROP TABLE " + recent_person_table(number) +
                          "; DROP TABLE " + recent_stale_table(number));
}

FactSnapshot::FactSnapshot(FactTables& tables) : connection_(tables.mart->connect()) {
  const std::shared_lock lock(tables.publishing);
  std::vector<std::string> days, persons{"usage_person"}, pairs;
  for (const auto run : tables.runs) days.push_back(run_table(run));
  for (const auto generation : tables.generations) {
    days.push_back(recent_day_table(generation));
    persons.push_back(recent_person_table(generation));
    pairs.push_back(recent_day_table(generation));
    pairs.push_back(recent_stale_table(generation));
  }
  days_ = in_brackets(union_of(days, fact_columns));
  persons_ = in_brackets(union_of(persons, "person_number, account_id, person_key, key_hash"));
  recent_pairs_ = in_brackets("SELECT DISTINCT account_id, day FROM (" + union_of(pairs, "account_id, day") + ")");
  // Each of the two databases takes its snapshot when it is first read.
  transaction_.emplace(connection_);
  connection_.query("SELECT 1 FROM usage_reached LIMIT 1");
  connection_.query("SELECT 1 FROM " + recent_day_table(tables.generations.back()) + " LIMIT 1");
}

}  // namespace banso::usage
