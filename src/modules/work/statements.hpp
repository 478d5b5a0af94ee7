// SQL for many rows at once: as few round trips as possible, as few different statements as possible. Internal to the
// module.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "platform/records/records.hpp"

namespace banso::work {

namespace records = platform::records;

// "(:1, :2, ...)" for that many rows of so many columns.
std::string placeholders(std::size_t rows, std::size_t columns);

// INSERT INTO table (columns) VALUES ... suffix, several rows to a statement. `values` holds the rows one after the
// other. What the suffix returns is handed to `visit`.
void insert_rows(records::Session& session, const std::string& table, const std::string& columns,
                 std::size_t column_count, std::span<const records::Value> values, const std::string& suffix = "",
                 const std::function<void(const records::Row&)>& visit = {});

// Calls `use` with pieces of the ids: "(:1, :2, ...)" and the values to bind. All pieces have the same number of
// placeholders; the last repeats its last id.
void in_pieces(std::span<const std::int64_t> ids,
               const std::function<void(const std::string& list, const records::Values& values)>& use);

template <class Record>
std::vector<std::int64_t> numbers_of(std::span<const Record> ids) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(ids.size());
  for (const auto& id : ids) numbers.push_back(id.value);
  return numbers;
}

// Conditions joined by AND, with the values they bind. Values are written :name in the order of adding.
class Where {
 public:
  // "due_day >= ?": the question mark becomes the placeholder of the value.
  void add(std::string_view condition, records::Value value);
  void add(std::string_view condition);
  // column IN (...); an empty list holds for nothing.
  void add_in(std::string_view column, std::span<const records::Value> values);
  // Texts of the column that begin so. (LIKE: a range would depend on the database's collation.)
  void add_prefix(std::string_view column, const std::string& prefix);
  // Texts of one of the columns that contain it; the case of Latin letters does not count.
  void add_contains(std::initializer_list<std::string_view> columns, const std::string& part);
  std::string sql() const { return text_; }  // " WHERE ... AND ...", or ""
  records::Values values() const { return values_; }
  std::string next(records::Value value);  // a placeholder of its own: ":7"

 private:
  std::string text_;
  records::Values values_;
};

}  // namespace banso::work
