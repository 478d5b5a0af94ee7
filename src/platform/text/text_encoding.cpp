#include "platform/text/text_encoding.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include <simdjson.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include "core/ascii.hpp"

namespace banso::platform::text {
namespace {

constexpr std::size_t piece_bytes = 64 << 10;

// ICU's windows-31j is the table of Microsoft's code page: 0x8160 is U+FF5E (the wave dash that Windows shows).
const char* icu_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::utf16_little_endian:
      return "UTF-16LE";
    case Encoding::utf16_big_endian:
      return "UTF-16BE";
    case Encoding::cp932:
      return "windows-31j";
    case Encoding::windows_1252:
      return "windows-1252";
  }
  return "UTF-8";
}

void write_replacement(const void*, UConverterToUnicodeArgs* arguments, const char*, std::int32_t,
                       UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;  // a reset or a close, not a character
  *error = U_ZERO_ERROR;
  constexpr UChar replacement = 0xFFFD;
  ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, error);
}

// How much of a byte stream reads as multi-byte characters of one encoding, and how much of it does not.
struct Evidence {
  std::int64_t characters = 0;  // that are not ASCII
  std::int64_t broken = 0;

  bool clean() const { return broken == 0; }
  // A long file with a few damaged places is still that encoding; the places are reported row by row.
  bool mostly() const { return characters > 0 && broken * 50 <= characters; }
};

void count_non_ascii(std::string_view utf8, Evidence& evidence) {
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const auto byte = static_cast<unsigned char>(utf8[at]);
    if (byte < 0xC0) continue;  // ASCII, or the inside of a character
    if (utf8.substr(at, 3) == replacement_character) {
      ++evidence.broken;
    } else {
      ++evidence.characters;
    }
  }
}

// Control characters but for white space and the end-of-file mark of old systems.
bool is_foreign_to_text(char character) {
  constexpr char end_of_file_mark = '\x1A', delete_character = '\x7F';
  const bool is_control = (character >= '\0' && character < ' ') || character == delete_character;
  return is_control && !(character >= '\t' && character <= '\r') && character != end_of_file_mark;
}

core::Result<std::optional<Encoding>> encoding_of_mark(const std::filesystem::path& path) {
  BANSO_TRY_ASSIGN(auto source, ByteSource::open(path));
  std::array<char, 3> start{};
  BANSO_TRY_ASSIGN(const std::size_t count, source.read(start));
  const std::string_view piece(start.data(), count);
  if (piece.starts_with("\xFF\xFE")) return Encoding::utf16_little_endian;
  if (piece.starts_with("\xFE\xFF")) return Encoding::utf16_big_endian;
  if (piece.starts_with(utf8_byte_order_mark)) return Encoding::utf8;
  return std::nullopt;
}

core::Result<Evidence> evidence_for(Encoding encoding, const std::filesystem::path& path) {
  BANSO_TRY_ASSIGN(auto source, ByteSource::open(path));
  Decoder decoder(encoding);
  Evidence evidence;
  std::vector<char> buffer(piece_bytes);
  std::string text;
  while (true) {
    BANSO_TRY_ASSIGN(const std::size_t count, source.read(buffer));
    text.clear();
    decoder.decode({buffer.data(), count}, count == 0, text);
    count_non_ascii(text, evidence);
    if (count == 0) return evidence;
  }
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "utf-8";
    case Encoding::utf16_little_endian:
      return "utf-16le";
    case Encoding::utf16_big_endian:
      return "utf-16be";
    case Encoding::cp932:
      return "cp932";
    case Encoding::windows_1252:
      return "windows-1252";
  }
  return "utf-8";
}

std::optional<Encoding> encoding_from(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ') continue;
    folded += core::lower_case(c);
  }
  struct Alias {
    std::string_view folded;
    Encoding encoding;
  };
  static constexpr std::array<Alias, 11> aliases{{{"utf8", Encoding::utf8},
                                                  {"utf8bom", Encoding::utf8},
                                                  {"utf16le", Encoding::utf16_little_endian},
                                                  {"utf16be", Encoding::utf16_big_endian},
                                                  {"cp932", Encoding::cp932},
                                                  {"shiftjis", Encoding::cp932},
                                                  {"sjis", Encoding::cp932},
                                                  {"windows31j", Encoding::cp932},
                                                  {"ms932", Encoding::cp932},
                                                  {"windows1252", Encoding::windows_1252},
                                                  {"latin1", Encoding::windows_1252}}};
  const auto* found = std::find_if(aliases.begin(), aliases.end(), [&](const Alias& a) { return a.folded == folded; });
  return found == aliases.end() ? std::nullopt : std::optional(found->encoding);
}

core::Result<Encoding> detect_encoding(const std::filesystem::path& path) {
  BANSO_TRY_ASSIGN(const auto marked, encoding_of_mark(path));
  if (marked) return *marked;
  BANSO_TRY_ASSIGN(const Evidence as_utf8, evidence_for(Encoding::utf8, path));
  if (as_utf8.clean()) return Encoding::utf8;
  BANSO_TRY_ASSIGN(const Evidence as_cp932, evidence_for(Encoding::cp932, path));
  if (as_cp932.clean()) return Encoding::cp932;
  if (as_utf8.mostly()) return Encoding::utf8;
  if (as_cp932.mostly()) return Encoding::cp932;
  return Encoding::windows_1252;
}

core::Result<> require_text(const std::filesystem::path& path, Encoding encoding) {
  BANSO_TRY_ASSIGN(auto source, ByteSource::open(path));
  std::vector<char> buffer(piece_bytes);
  BANSO_TRY_ASSIGN(const std::size_t count, source.read(buffer));
  std::string text;
  Decoder(encoding).decode({buffer.data(), count}, false, text);
  const auto controls = std::count_if(text.begin(), text.end(), is_foreign_to_text);
  constexpr std::ptrdiff_t characters_per_control_min = 50;  // stray ones are found in old exports
  const bool is_text = text.find('\0') == std::string::npos &&
                       controls * characters_per_control_min <= static_cast<std::ptrdiff_t>(text.size());
  if (is_text) return {};
  return core::Error::invalid({"This file is not a table: it holds binary data. Save the table as CSV or .xlsx.",
                               "表ではなく、バイナリデータのファイルです。表を CSV または .xlsx で保存してください。"});
}

void Decoder::Close::operator()(UConverter* converter) const {
  ucnv_close(converter);
}

Decoder::Decoder(Encoding encoding) : encoding_(encoding) {
  if (encoding == Encoding::utf8) return;
  UErrorCode error = U_ZERO_ERROR;
  converter_.reset(ucnv_open(icu_name(encoding), &error));
  if (U_FAILURE(error)) throw std::runtime_error(std::string("ICU lacks the converter ") + icu_name(encoding));
  ucnv_setToUCallBack(converter_.get(), write_replacement, nullptr, nullptr, nullptr, &error);
}

void Decoder::decode(std::string_view piece, bool last, std::string& out) {
  const std::size_t before = out.size();
  if (converter_) {
    decode_with_icu(piece, last, out);
  } else {
    decode_utf8(piece, last, out);
  }
  if (at_start_ && out.size() > before) {
    at_start_ = false;
    if (std::string_view(out).substr(before).starts_with(utf8_byte_order_mark)) {
      out.erase(before, utf8_byte_order_mark.size());
    }
  }
}

void Decoder::decode_utf8(std::string_view piece, bool last, std::string& out) {
  std::string joined;
  if (!waiting_.empty()) {
    joined = waiting_ + std::string(piece);
    waiting_.clear();
    piece = joined;
  }
  if (!last) {
    // At most three bytes at the end can be the beginning of a character.
    std::size_t keep = 0;
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, piece.size()); ++back) {
      const auto byte = static_cast<unsigned char>(piece[piece.size() - back]);
      if (byte < 0x80) break;
      if (byte >= 0xC0) {
        const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
        if (length > back) keep = back;
        break;
      }
    }
    waiting_ = piece.substr(piece.size() - keep);
    piece.remove_suffix(keep);
  }
  if (simdjson::validate_utf8(piece.data(), piece.size())) {
    out.append(piece);
    return;
  }
  const auto length = static_cast<std::int32_t>(piece.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t begin = at;
    UChar32 character = 0;
    U8_NEXT(piece.data(), at, length, character);
    if (character < 0) {
      out.append(replacement_character);
    } else {
      out.append(piece.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin)));
    }
  }
}

void Decoder::decode_with_icu(std::string_view piece, bool last, std::string& out) {
  std::array<UChar, 4096> characters;
  const char* source = piece.data();
  const char* const source_end = source + piece.size();
  std::ptrdiff_t carried = 0;  // 1 while half of a surrogate pair waits at the front of the buffer for the other half
  while (true) {
    UChar* target = characters.data() + carried;
    UErrorCode error = U_ZERO_ERROR;
    ucnv_toUnicode(converter_.get(), &target, characters.data() + characters.size(), &source, source_end, nullptr, last,
                   &error);
    auto count = static_cast<std::int32_t>(target - characters.data());
    const bool more = error == U_BUFFER_OVERFLOW_ERROR;
    const bool cut = more && count > 0 && U16_IS_LEAD(characters[static_cast<std::size_t>(count - 1)]);
    if (cut) --count;
    for (std::int32_t at = 0; at < count;) {
      UChar32 character = 0;
      U16_NEXT(characters.data(), at, count, character);
      if (U_IS_SURROGATE(character)) character = 0xFFFD;
      std::array<char, U8_MAX_LENGTH> bytes;
      std::int32_t length = 0;
      U8_APPEND_UNSAFE(bytes.data(), length, character);
      out.append(bytes.data(), static_cast<std::size_t>(length));
    }
    if (!more) break;
    carried = cut ? 1 : 0;
    if (cut) characters[0] = characters[static_cast<std::size_t>(count)];
  }
}

std::optional<std::string> to_cp932(std::string_view utf8) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open("windows-31j", &error), ucnv_close);
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  std::vector<UChar> characters(utf8.size() + 1);
  std::int32_t length = 0;
  u_strFromUTF8(characters.data(), static_cast<std::int32_t>(characters.size()), &length, utf8.data(),
                static_cast<std::int32_t>(utf8.size()), &error);
  std::string bytes(static_cast<std::size_t>(length) * 2 + 8, '\0');
  const std::int32_t written = ucnv_fromUChars(converter.get(), bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                               characters.data(), length, &error);
  if (U_FAILURE(error)) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(written));
  return bytes;
}

}  // namespace banso::platform::text
