#include "collation.hpp"

#include <memory>
#include <stdexcept>

#include <unicode/coll.h>
#include <unicode/unistr.h>

namespace banso::health {
namespace {

std::unique_ptr<icu::Collator> japanese_collator() {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::Collator> collator(icu::Collator::createInstance(icu::Locale::getJapan(), status));
  if (U_FAILURE(status)) throw std::runtime_error("ICU has no collation for Japanese");
  return collator;
}

}  // namespace

std::string collation_key(std::string_view text) {
  // One per thread: a collator is not for several at once.
  thread_local const auto collator = japanese_collator();
  const auto unicode =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::string key(static_cast<std::size_t>(unicode.length()) * 4 + 16, '\0');
  auto* bytes = reinterpret_cast<std::uint8_t*>(key.data());
  auto length = collator->getSortKey(unicode, bytes, static_cast<std::int32_t>(key.size()));
  if (length > static_cast<std::int32_t>(key.size())) {
    key.resize(static_cast<std::size_t>(length));
    bytes = reinterpret_cast<std::uint8_t*>(key.data());
    length = collator->getSortKey(unicode, bytes, length);
  }
  key.resize(static_cast<std::size_t>(length));
  return key;
}

}  // namespace banso::health
