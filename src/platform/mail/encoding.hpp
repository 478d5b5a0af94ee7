// The encodings of MIME: base64, quoted-printable, encoded words, character sets. Pure.
#pragma once

#include <string>
#include <string_view>

namespace banso::platform::mail {

inline constexpr std::size_t body_line_octets = 76;

// Lines of 76, ended by CRLF.
std::string base64_lines(std::string_view bytes);
std::string base64(std::string_view bytes);
std::string quoted_printable(std::string_view text);  // line ends of `text`: "\n"

// Lenient: what does not belong is passed by.
std::string from_base64(std::string_view text);
std::string from_quoted_printable(std::string_view text, bool is_header_word = false);

// Bytes in that character set as UTF-8; what cannot be read becomes U+FFFD. An unknown or missing name: UTF-8 where the
// bytes are, else Windows-31J (what Japanese mail without a name most often is).
std::string to_utf8(std::string_view bytes, std::string_view charset);

// "=?ISO-2022-JP?B?...?=" as UTF-8.
std::string decode_header(std::string_view value);

// A header line ("Name: value\r\n"), folded; text outside of ASCII as encoded words. Line breaks and control characters
// in `text` become blanks.
std::string text_header(std::string_view name, std::string_view text);
// For the name in front of an address: an atom, a quoted string or encoded words, starting at that column.
std::string phrase(std::string_view name, std::size_t column);
bool is_ascii(std::string_view text);
std::string without_controls(std::string_view text);  // one line

}  // namespace banso::platform::mail
