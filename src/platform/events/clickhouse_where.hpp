// A WHERE clause grown condition by condition, with the lists that are too long for a statement.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clickhouse_store.hpp"
#include "platform/clickhouse/literal.hpp"

namespace banso::platform::events {

struct ClickHouseStore::Where {
  std::string sql;  // " AND ... AND ...", to follow rows_sql()
  std::vector<clickhouse::ExternalTable> tables;

  // Each '?' of the condition takes the next of the values.
  void add(std::string_view condition, const std::vector<clickhouse::Value>& values = {}) {
    sql += " AND " + clickhouse::with_values(condition, values);
  }

  void add_in(const std::string& column, const std::vector<std::int64_t>& numbers) {
    if (numbers.size() <= 100) return add(column + " IN ?", {numbers});
    const auto name = "wanted_" + std::to_string(tables.size());
    clickhouse::RowWriter rows;
    for (const auto number : numbers) rows.add(number);
    tables.push_back({name, "number Int64", rows.take()});
    add(column + " IN " + name);
  }

  void add_any_of(const std::vector<EventType>& types) {
    std::string any;
    for (const auto& type : types) {
      any += (any.empty() ? "" : " OR ") +
             clickhouse::with_values("(kind = ? AND name = ?)", {static_cast<std::int64_t>(type.kind), type.name});
    }
    sql += " AND (" + any + ")";
  }
};

}  // namespace banso::platform::events
