// For tests only.
#pragma once

#include <string_view>

namespace banso::simulation {

// Nothing but katakana (U+30A1 .. U+30FC, UTF-8) and spaces, and not empty.
inline bool is_katakana(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == ' ') {
      ++i;
      continue;
    }
    if (i + 2 >= text.size()) return false;
    const auto byte = [&](std::size_t offset) {
      return static_cast<unsigned>(static_cast<unsigned char>(text[i + offset]));
    };
    const unsigned code = ((byte(0) & 0x0fu) << 12) | ((byte(1) & 0x3fu) << 6) | (byte(2) & 0x3fu);
    if ((byte(0) & 0xf0u) != 0xe0u || code < 0x30a1 || code > 0x30fc) return false;
    i += 3;
  }
  return !text.empty();
}

}  // namespace banso::simulation
