// Small steps through the text of a cell, shared by its readers.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace banso::integrations {

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

inline bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// These two run for every cell: the first character decides nearly always.
inline bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (text.empty() || text.front() != prefix.front() || !text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

inline bool drop_suffix(std::string_view& text, std::string_view suffix) {
  if (text.empty() || text.back() != suffix.back() || !text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

}  // namespace banso::integrations
