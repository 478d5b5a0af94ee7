// Values in SQL. ClickHouse has no server-side parameters in the versions this must run on, so every value that comes
// from outside goes through here, and nothing else puts data into a statement.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace banso::platform::clickhouse {

using Value = std::variant<std::int64_t, std::string, std::vector<std::int64_t>>;

// A literal of the value. Strings may hold any bytes. A list is "(1,2)"; an empty one matches nothing in an IN.
std::string literal(std::int64_t value);
std::string literal(std::string_view bytes);
std::string literal(const std::vector<std::int64_t>& list);

// The statement with each '?' replaced by the literal of the next value. The statement itself is code, never data;
// std::logic_error if it has not as many places as there are values.
std::string with_values(std::string_view statement, const std::vector<Value>& values);

// The name of a database or table from configuration: letters, digits and '_' only; std::invalid_argument otherwise.
std::string identifier(std::string_view name);

}  // namespace banso::platform::clickhouse
