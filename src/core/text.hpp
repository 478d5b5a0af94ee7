// A sentence in both languages of the product. Every text that a person may read is built as a pair, so that one
// language cannot be forgotten: leaving one out does not compile.
#pragma once

#include <string>
#include <string_view>

namespace banso::core {

enum class Language { en, ja };

struct Text {
  std::string en;
  std::string ja;

  const std::string& in(Language language) const { return language == Language::ja ? ja : en; }
  bool operator==(const Text&) const = default;
};

// "ja", "ja-JP", "ja_JP.UTF-8" are Japanese; everything else is English.
inline Language language_from_tag(std::string_view tag) {
  return tag.starts_with("ja") ? Language::ja : Language::en;
}

inline std::string_view language_tag(Language language) {
  return language == Language::ja ? "ja" : "en";
}

}  // namespace banso::core
