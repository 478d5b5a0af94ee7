// Internal to the book table: its columns, its sorting and its search words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "book_table.hpp"

namespace banso::health {

// Only the member that fits the field's type is filled.
struct BookTable::ColumnData {
  std::vector<double> numbers;
  std::vector<std::int32_t> days;
  std::vector<std::int8_t> yes_no;
  std::vector<std::string> dictionary;  // sorted; of segments in their own order
  std::vector<std::uint32_t> codes;
  // Segments only: who is in each, and the same as a column.
  std::vector<engine::Selection> members;
  std::vector<std::uint32_t> offsets;

  void set_texts(std::span<const std::string> values);
  void set_members(std::vector<std::string> keys, std::vector<engine::Selection> by_segment, std::size_t rows);
  engine::Column view(engine::FieldType type) const;
};

// The words of what somebody typed, in the form of search keys.
std::vector<std::string> search_words(std::string_view typed);
bool has_all(std::string_view search_key, std::span<const std::string> words);

}  // namespace banso::health
