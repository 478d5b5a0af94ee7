#include <charconv>

#include "platform/records/records.hpp"

namespace banso::platform::records {
namespace {

[[noreturn]] void wrong_type(std::size_t column, const char* wanted) {
  throw DatabaseError("column " + std::to_string(column) + " is not " + wanted);
}

const Value::Data& cell(const std::vector<Value>& cells, std::size_t column) {
  if (column >= cells.size()) throw DatabaseError("no column " + std::to_string(column));
  return cells[column].data();
}

// Expressions (COUNT, CAST) come back as text from SQLite, so numbers are read from either form.
template <class Number>
Number parse(const std::string& text, std::size_t column) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) wrong_type(column, "a number");
  return number;
}

}  // namespace

bool Row::is_null(std::size_t column) const {
  return cell(cells_, column).index() == 0;
}

std::int64_t Row::integer(std::size_t column) const {
  const auto& data = cell(cells_, column);
  if (const auto* integer = std::get_if<std::int64_t>(&data)) return *integer;
  if (const auto* text = std::get_if<std::string>(&data)) return parse<std::int64_t>(*text, column);
  if (const auto* number = std::get_if<double>(&data)) return static_cast<std::int64_t>(*number);
  wrong_type(column, "an integer (it is null)");
}

double Row::number(std::size_t column) const {
  const auto& data = cell(cells_, column);
  if (const auto* number = std::get_if<double>(&data)) return *number;
  if (const auto* integer = std::get_if<std::int64_t>(&data)) return static_cast<double>(*integer);
  if (const auto* text = std::get_if<std::string>(&data)) return parse<double>(*text, column);
  wrong_type(column, "a number (it is null)");
}

std::string Row::text(std::size_t column) const {
  const auto& data = cell(cells_, column);
  if (const auto* text = std::get_if<std::string>(&data)) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&data)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&data)) return std::to_string(*number);
  wrong_type(column, "a text (it is null)");
}

std::optional<std::int64_t> Row::maybe_integer(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(integer(column));
}
std::optional<double> Row::maybe_number(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(number(column));
}
std::optional<std::string> Row::maybe_text(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(text(column));
}
std::optional<core::Day> Row::maybe_day(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(day(column));
}
std::optional<core::Instant> Row::maybe_instant(std::size_t column) const {
  return is_null(column) ? std::nullopt : std::optional(instant(column));
}

std::optional<Row> Session::query_one(std::string_view sql, const Values& parameters) {
  auto rows = query(sql, parameters);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

}  // namespace banso::platform::records
