// From the bytes of a file to UTF-8, whatever wrote it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "platform/text/byte_source.hpp"

struct UConverter;

namespace banso::platform::text {

enum class Encoding {
  utf8,
  utf16_little_endian,  // only with a byte order mark
  utf16_big_endian,
  cp932,         // what Japanese Excel writes: Shift_JIS with ①, ㈱ and the IBM kanji
  windows_1252,  // what Western Excel writes; the last resort, since any byte is valid in it
};

std::string_view name_of(Encoding encoding);  // "utf-8", "utf-16le", "utf-16be", "cp932", "windows-1252"
std::optional<Encoding> encoding_from(std::string_view name);  // also "shift_jis", "sjis", "utf8", any case

// Reads the whole source, since a single Japanese name may come late in a long file of digits.
core::Result<Encoding> detect_encoding(const std::filesystem::path& path);

// Refuses what is no text at all, such as a picture: every byte of it is a character of Windows-1252, too. Looks at the
// beginning only.
core::Result<> require_text(const std::filesystem::path& path, Encoding encoding);

// Turns a stream of pieces into UTF-8. What cannot be read becomes U+FFFD, so that the row in which it stands can be
// reported; a byte order mark at the beginning is dropped.
class Decoder {
 public:
  explicit Decoder(Encoding encoding);
  // Appends to `out`. A character cut by the end of a piece waits for the next one; `last` flushes it.
  void decode(std::string_view piece, bool last, std::string& out);

 private:
  struct Close {
    void operator()(UConverter* converter) const;
  };

  void decode_utf8(std::string_view piece, bool last, std::string& out);
  void decode_with_icu(std::string_view piece, bool last, std::string& out);

  Encoding encoding_;
  std::unique_ptr<UConverter, Close> converter_;  // none for UTF-8
  std::string waiting_;                           // the beginning of a cut UTF-8 sequence
  bool at_start_ = true;
};

// UTF-8 to CP932 for files that must open in old tools; nothing if a character has no place there.
std::optional<std::string> to_cp932(std::string_view utf8);

inline constexpr std::string_view replacement_character = "\xEF\xBF\xBD";  // U+FFFD
inline constexpr std::string_view utf8_byte_order_mark = "\xEF\xBB\xBF";

}  // namespace banso::platform::text
