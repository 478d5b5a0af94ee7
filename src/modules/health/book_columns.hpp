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
  std::vector<std::string> dictionary;  // sorted
  std::vector<std::uint32_t> codes;

  void set_texts(std::span<const std::string> values);
  engine::Column view(engine::FieldType type) const;
};

// The words of what somebody typed, in the form of search keys.
std::vector<std::string> search_words(std::string_view typed);
bool has_all(std::string_view search_key, std::span<const std::string> words);

}  // namespace banso::health
