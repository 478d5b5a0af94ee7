#include <memory>
#include <string>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "modules/customers/customers.hpp"

namespace banso::customers {
namespace {

constexpr char16_t katakana_first = 0x30A1, katakana_last = 0x30F6, katakana_to_hiragana = 0x60;

bool is_plain(std::string_view text) {
  for (const unsigned char c : text) {
    if (c >= 0x80) return false;
  }
  return true;
}

// White space becomes one blank between words, none at the ends.
std::string squeezed(std::string_view text) {
  std::string key;
  key.reserve(text.size());
  for (const char c : text) {
    const bool blank = c >= 0 && c <= ' ';  // control characters, too
    if (!blank) {
      key.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    } else if (!key.empty() && key.back() != ' ') {
      key.push_back(' ');
    }
  }
  if (key.ends_with(' ')) key.pop_back();
  return key;
}

}  // namespace

std::string search_key(std::string_view text) {
  if (is_plain(text)) return squeezed(text);
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  auto folded = normalizer->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), status);
  for (int32_t i = 0; i < folded.length(); ++i) {
    const char16_t c = folded.charAt(i);
    if (c >= katakana_first && c <= katakana_last) folded.setCharAt(i, static_cast<char16_t>(c - katakana_to_hiragana));
  }
  std::string utf8;
  folded.toUTF8String(utf8);
  return squeezed(utf8);
}

}  // namespace banso::customers
