#include "statements.hpp"

#include <fmt/format.h>

#include "core/ascii.hpp"

namespace banso::work {
namespace {

constexpr std::size_t rows_per_statement = 25;
constexpr std::size_t ids_per_statement = 100;

// What LIKE would take for a wildcard.
std::string escaped(std::string_view text) {
  std::string pattern;
  for (const char letter : text) {
    if (letter == '%' || letter == '_' || letter == '\\') pattern += '\\';
    pattern += letter;
  }
  return pattern;
}

}  // namespace

std::string placeholders(std::size_t rows, std::size_t columns) {
  std::string text;
  std::size_t number = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < columns; ++column) text += fmt::format("{}:{}", column ? ", " : "", ++number);
    text += ")";
  }
  return text;
}

void insert_rows(records::Session& session, const std::string& table, const std::string& columns,
                 std::size_t column_count, std::span<const records::Value> values, const std::string& suffix,
                 const std::function<void(const records::Row&)>& visit) {
  const auto run = [&](const std::string& list, std::size_t begin, std::size_t count) {
    const auto part = values.subspan(begin * column_count, count * column_count);
    const auto sql = fmt::format("INSERT INTO {} ({}) VALUES {} {}", table, columns, list, suffix);
    const records::Values bound(part.begin(), part.end());
    if (!visit) {
      session.execute(sql, bound);
      return;
    }
    for (const auto& row : session.query(sql, bound)) visit(row);
  };
  const std::size_t rows = values.size() / column_count;
  std::size_t begin = 0;
  if (rows >= rows_per_statement) {
    const auto many = placeholders(rows_per_statement, column_count);
    for (; begin + rows_per_statement <= rows; begin += rows_per_statement) run(many, begin, rows_per_statement);
  }
  const auto one = placeholders(1, column_count);
  for (; begin < rows; ++begin) run(one, begin, 1);
}

void in_pieces(std::span<const std::int64_t> ids,
               const std::function<void(const std::string& list, const records::Values& values)>& use) {
  const std::size_t size = ids.size() < ids_per_statement ? 1 : ids_per_statement;
  const auto list = placeholders(1, size);
  for (std::size_t begin = 0; begin < ids.size(); begin += size) {
    records::Values values;
    for (std::size_t i = begin; i < begin + size; ++i) values.emplace_back(ids[std::min(i, ids.size() - 1)]);
    use(list, values);
  }
}

std::string Where::next(records::Value value) {
  values_.push_back(std::move(value));
  return fmt::format(":{}", values_.size());
}

void Where::add(std::string_view condition) {
  text_ += text_.empty() ? " WHERE " : " AND ";
  text_ += condition;
}

void Where::add(std::string_view condition, records::Value value) {
  std::string text(condition);
  text.replace(text.find('?'), 1, next(std::move(value)));
  add(text);
}

void Where::add_in(std::string_view column, std::span<const records::Value> values) {
  if (values.empty()) {
    add("1 = 0");
    return;
  }
  std::string list;
  for (const auto& value : values) list += (list.empty() ? "" : ", ") + next(value);
  add(fmt::format("{} IN ({})", column, list));
}

void Where::add_prefix(std::string_view column, const std::string& prefix) {
  if (prefix.empty()) return;
  add(fmt::format("{} LIKE ? ESCAPE '\\'", column), escaped(prefix) + "%");
}

void Where::add_contains(std::initializer_list<std::string_view> columns, const std::string& part) {
  if (part.empty()) return;
  const std::string pattern = "%" + escaped(core::lower_case(part)) + "%";
  std::string text;
  for (const auto column : columns) {
    text += fmt::format("{}LOWER({}) LIKE {} ESCAPE '\\'", text.empty() ? "" : " OR ", column, next(pattern));
  }
  add("(" + text + ")");
}

}  // namespace banso::work
