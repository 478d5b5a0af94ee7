// Lower case of ASCII letters alone, the same in every locale: for e-mail addresses, domains, header names and keys.
#pragma once

#include <string>
#include <string_view>

namespace banso::core {

constexpr char lower_case(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

inline void make_lower_case(std::string& text) {
  for (char& character : text) character = lower_case(character);
}

inline std::string lower_case(std::string_view text) {
  std::string lower(text);
  make_lower_case(lower);
  return lower;
}

}  // namespace banso::core
