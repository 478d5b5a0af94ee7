#include "duckdb_layout.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace banso::platform::events::layout {
namespace {

constexpr std::string_view tail_prefix = "event_tail_";

struct ColumnType {
  const char* name;
  const char* type;
};
constexpr ColumnType column_types[] = {
    {"event_no", "BIGINT"},       {"source_id", "BIGINT"},   {"message_id", "VARCHAR"},   {"occurred_at", "TIMESTAMP"},
    {"received_at", "TIMESTAMP"}, {"account_id", "BIGINT"},  {"matched_by", "TINYINT"},   {"group_key", "VARCHAR"},
    {"person_key", "VARCHAR"},    {"user_id", "VARCHAR"},    {"anonymous_id", "VARCHAR"}, {"kind", "TINYINT"},
    {"name", "VARCHAR"},          {"properties", "VARCHAR"}, {"import_id", "BIGINT"},
};

std::string definition(const std::string& table, bool compressed) {
  std::string sql = "CREATE TABLE IF NOT EXISTS " + table + " (";
  for (const auto& column : column_types) {
    if (&column != column_types) sql += ", ";
    sql += std::string(column.name) + " " + column.type + " NOT NULL";
    if (!compressed) sql += " USING COMPRESSION Uncompressed";
  }
  return sql + ")";
}

constexpr const char* other_tables = R"sql(
-- Account-days whose stored rows were changed or removed; what was added shows by event_no.
CREATE TABLE IF NOT EXISTS touched (
  position BIGINT NOT NULL,
  account_id BIGINT NOT NULL,
  day INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS settled_volume (
  source_id BIGINT NOT NULL,
  kind TINYINT NOT NULL,
  name VARCHAR NOT NULL,
  events BIGINT NOT NULL,
  unmatched BIGINT NOT NULL,
  first_at TIMESTAMP NOT NULL,
  last_at TIMESTAMP NOT NULL,
  last_received_at TIMESTAMP NOT NULL
);
CREATE TABLE IF NOT EXISTS store_state (  -- one row
  settled_until BIGINT NOT NULL,
  message_key VARCHAR NOT NULL            -- of the hashes in the message ledger, in hexadecimal digits
);
)sql";

bool has(duckdb::Connection& connection, const std::string& sql) {
  return connection.query_integer("SELECT count(*) FROM " + sql).value_or(0) > 0;
}

// Before there were tails, all rows lay in a table `event`. It becomes the first tail.
void adopt_single_table(duckdb::Connection& connection) {
  if (!has(connection, "duckdb_tables() WHERE table_name = 'event'")) return;
  if (has(connection, "duckdb_columns() WHERE table_name = 'event' AND column_name = 'message_hash'")) {
    connection.execute("ALTER TABLE event DROP COLUMN message_hash");
  }
  connection.execute("ALTER TABLE event RENAME TO " + tail_table(0));
  make_tail(connection, {0}, 1);
}

std::string new_message_key() {
  const auto key = MessageHasher::random_key();
  std::string text(2 * key.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), key.data(), key.size());
  text.pop_back();
  return text;
}

void replace_view(duckdb::Connection& connection, const std::string& view, const std::vector<std::string>& tables) {
  std::string sql = "CREATE OR REPLACE VIEW " + view + " AS ";
  for (const auto& table : tables) {
    if (&table != &tables.front()) sql += " UNION ALL ";
    sql += "SELECT " + std::string(columns) + " FROM " + table;
  }
  connection.execute(sql);
}

void replace_views(duckdb::Connection& connection, const TailNumbers& tails) {
  const auto all = tables(tails);
  replace_view(connection, "event", all);
  replace_view(connection, "event_recent", {all.begin() + 1, all.end()});
}

}  // namespace

void prepare(duckdb::Connection& connection) {
  duckdb::Transaction transaction(connection);
  connection.execute(definition(main_table, true));
  connection.execute(other_tables);
  if (!has(connection, "store_state")) {
    connection.execute("INSERT INTO store_state VALUES (0, $1)", {new_message_key()});
  }
  adopt_single_table(connection);
  if (tails(connection).empty()) make_tail(connection, {}, 1);
  transaction.commit();
}

TailNumbers tails(duckdb::Connection& connection) {
  TailNumbers numbers;
  auto rows =
      connection.query("SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, $1)", {tail_prefix});
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto digits = rows.column(0).text(row).substr(tail_prefix.size());
      std::from_chars(digits.data(), digits.data() + digits.size(), numbers.emplace_back());
    }
  }
  std::ranges::sort(numbers);
  return numbers;
}

std::string tail_table(std::int64_t number) {
  return std::string(tail_prefix) + std::to_string(number);
}

std::vector<std::string> tables(const TailNumbers& tails) {
  std::vector<std::string> names{main_table};
  for (const auto number : tails) names.push_back(tail_table(number));
  return names;
}

void make_tail(duckdb::Connection& connection, const TailNumbers& existing, std::int64_t number) {
  connection.execute(definition(tail_table(number), false));
  auto all = existing;
  all.push_back(number);
  replace_views(connection, all);
}

void drop_tail(duckdb::Connection& connection, std::int64_t number, const TailNumbers& remaining) {
  replace_views(connection, remaining);
  connection.execute("DROP TABLE " + tail_table(number));
}

std::int64_t settled_until(duckdb::Connection& connection) {
  return *connection.query_integer("SELECT settled_until FROM store_state");
}

MessageHasher::Key message_key(duckdb::Connection& connection) {
  auto rows = connection.query("SELECT message_key FROM store_state");
  MessageHasher::Key key{};
  if (!rows.next()) return key;
  const auto text = rows.column(0).text(0);
  sodium_hex2bin(key.data(), key.size(), text.data(), text.size(), nullptr, nullptr, nullptr);
  return key;
}

std::string volumes_sql(const std::string& from_and_where) {
  return "SELECT source_id, kind, name, count(*), count(*) FILTER (account_id = 0), min(occurred_at), "
         "max(occurred_at), max(received_at)" +
         from_and_where + " GROUP BY 1, 2, 3";
}

}  // namespace banso::platform::events::layout
