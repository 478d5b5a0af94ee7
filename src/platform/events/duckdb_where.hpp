// A WHERE clause with its bound values, grown condition by condition.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "duckdb_store.hpp"

namespace banso::platform::events {

struct DuckDbStore::Where {
  std::string sql;  // empty, or " WHERE ..."
  duckdb::Values values;

  // Each '?' of the condition takes the next of the values.
  void add(std::string_view condition, duckdb::Values bound = {}) {
    sql += sql.empty() ? " WHERE " : " AND ";
    append(condition, std::move(bound));
  }

  void add_any_of(const std::vector<EventType>& types) {
    sql += sql.empty() ? " WHERE (" : " AND (";
    for (std::size_t index = 0; index < types.size(); ++index) {
      append(index == 0 ? "(kind = ? AND name = ?)" : " OR (kind = ? AND name = ?)",
             {static_cast<int>(types[index].kind), types[index].name});
    }
    sql += ")";
  }

  // The placeholder of one more value.
  std::string bind(duckdb::Value value) {
    values.push_back(std::move(value));
    return "$" + std::to_string(values.size());
  }

 private:
  void append(std::string_view condition, duckdb::Values bound) {
    auto next = bound.begin();
    for (const char character : condition) {
      if (character == '?') {
        sql += bind(std::move(*next++));
      } else {
        sql += character;
      }
    }
  }
};

}  // namespace banso::platform::events
