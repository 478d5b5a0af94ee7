// Sorting names as Japanese dictionaries do (kana by sound, then kanji), which also sorts Latin names as expected.
#pragma once

#include <string>
#include <string_view>

namespace banso::health {

// Comparing the keys byte by byte orders the texts.
std::string collation_key(std::string_view text);

}  // namespace banso::health
