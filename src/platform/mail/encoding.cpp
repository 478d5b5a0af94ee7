#include "encoding.hpp"

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

namespace banso::platform::mail {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view hex_digits = "0123456789ABCDEF";
constexpr std::size_t word_overhead = 12;  // "=?UTF-8?B?" and "?="

int digit_of(char sign) {
  if (sign >= '0' && sign <= '9') return sign - '0';
  if (sign >= 'A' && sign <= 'F') return sign - 'A' + 10;
  if (sign >= 'a' && sign <= 'f') return sign - 'a' + 10;
  return -1;
}

// How many octets of `text` from `start` make whole characters of at most `most` octets in all, and at least one.
std::size_t whole_characters(std::string_view text, std::size_t start, std::size_t most) {
  std::size_t end = std::min(text.size(), start + most);
  while (end < text.size() && end > start && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  if (end > start) return end - start;
  end = start + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
  return end - start;
}

// Encoded words, each of whole characters, on lines of at most 76 columns.
std::string encoded_words(std::string_view text, std::size_t column) {
  std::string words;
  for (std::size_t at = 0; at < text.size();) {
    if (at > 0) {
      words += "\r\n ";
      column = 1;
    }
    const std::size_t room =
        column + word_overhead + 4 < body_line_octets ? body_line_octets - column - word_overhead : 4;
    const std::size_t taken = whole_characters(text, at, std::min<std::size_t>(room, 60) / 4 * 3);
    words += "=?UTF-8?B?" + base64(text.substr(at, taken)) + "?=";
    at += taken;
  }
  return words;
}

bool is_utf8(std::string_view bytes) {
  const auto length = static_cast<std::int32_t>(bytes.size());
  for (std::int32_t at = 0; at < length;) {
    UChar32 point = 0;
    U8_NEXT(bytes.data(), at, length, point);
    if (point < 0) return false;
  }
  return true;
}

std::string lower(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), [](unsigned char sign) {
    return sign < 128 ? static_cast<char>(std::tolower(sign)) : static_cast<char>(sign);
  });
  return small;
}

std::string converted(std::string_view bytes, const char* charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> from(ucnv_open(charset, &status), ucnv_close);
  if (U_FAILURE(status)) return {};
  // Each octet is one UTF-16 unit at most, three octets of UTF-8 each; half-width kana of one octet fit too.
  std::u16string units(bytes.size() * 2 + 8, u'\0');
  const auto count = ucnv_toUChars(from.get(), units.data(), static_cast<std::int32_t>(units.size()), bytes.data(),
                                   static_cast<std::int32_t>(bytes.size()), &status);
  if (U_FAILURE(status)) return {};
  status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> to(ucnv_open("UTF-8", &status), ucnv_close);
  std::string text(static_cast<std::size_t>(count) * 3 + 8, '\0');
  const auto size =
      ucnv_fromUChars(to.get(), text.data(), static_cast<std::int32_t>(text.size()), units.data(), count, &status);
  if (U_FAILURE(status)) return {};
  text.resize(static_cast<std::size_t>(size));
  return text;
}

struct Word {
  std::string text;
  std::size_t end = 0;  // after it, in the value
};

// The encoded word that begins at `at`; its end is 0 where none does.
Word read_word(std::string_view value, std::size_t at) {
  const auto charset_end = value.find('?', at + 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= value.size() || value[charset_end + 2] != '?')
    return {};
  const auto end = value.find("?=", charset_end + 3);
  if (end == std::string_view::npos) return {};
  std::string_view charset = value.substr(at + 2, charset_end - at - 2);
  charset = charset.substr(0, charset.find('*'));  // RFC 2231: a language may follow
  const auto content = value.substr(charset_end + 3, end - charset_end - 3);
  if (content.find_first_of(" \t") != std::string_view::npos) return {};
  const char encoding = value[charset_end + 1];
  std::string bytes;
  if (encoding == 'B' || encoding == 'b') {
    bytes = from_base64(content);
  } else if (encoding == 'Q' || encoding == 'q') {
    bytes = from_quoted_printable(content, true);
  } else {
    return {};
  }
  return {to_utf8(bytes, charset), end + 2};
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto octet = [&](std::size_t i) {
      return i < bytes.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) : 0u;
    };
    const std::uint32_t group = octet(at) << 16 | octet(at + 1) << 8 | octet(at + 2);
    text += alphabet[group >> 18 & 63];
    text += alphabet[group >> 12 & 63];
    text += at + 1 < bytes.size() ? alphabet[group >> 6 & 63] : '=';
    text += at + 2 < bytes.size() ? alphabet[group & 63] : '=';
  }
  return text;
}

std::string base64_lines(std::string_view bytes) {
  const std::string whole = base64(bytes);
  std::string lines;
  for (std::size_t at = 0; at < whole.size(); at += body_line_octets) {
    lines.append(whole, at, body_line_octets);
    lines += "\r\n";
  }
  return lines;
}

std::string quoted_printable(std::string_view text) {
  std::string lines;
  std::size_t column = 0;
  const auto put = [&](std::string_view piece) {
    if (column + piece.size() > body_line_octets - 1) {
      lines += "=\r\n";
      column = 0;
    }
    lines += piece;
    column += piece.size();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto octet = static_cast<unsigned char>(text[at]);
    if (octet == '\n') {
      lines += "\r\n";
      column = 0;
      continue;
    }
    const bool ends_line = at + 1 == text.size() || text[at + 1] == '\n';
    const bool plain = (octet >= 33 && octet <= 126 && octet != '=') || ((octet == ' ' || octet == '\t') && !ends_line);
    // A dot alone on a line ends the message for servers that do not know better; "From " is changed by mailboxes.
    const bool risky = column == 0 && (octet == '.' || octet == 'F');
    if (plain && !risky) {
      put(text.substr(at, 1));
    } else {
      const char escaped[] = {'=', hex_digits[octet >> 4], hex_digits[octet & 15]};
      put({escaped, 3});
    }
  }
  if (column > 0) lines += "\r\n";
  return lines;
}

std::string from_base64(std::string_view text) {
  static const auto values = [] {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
      table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return table;
  }();
  std::string bytes;
  std::uint32_t group = 0;
  int bits = 0;
  for (const char sign : text) {
    const std::int8_t value = values[static_cast<unsigned char>(sign)];
    if (value < 0) continue;
    group = group << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>(group >> bits & 255);
    }
  }
  return bytes;
}

std::string from_quoted_printable(std::string_view text, bool is_header_word) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_header_word && text[at] == '_') {
      bytes += ' ';
    } else if (text[at] != '=') {
      bytes += text[at];
    } else if (at + 2 < text.size() && digit_of(text[at + 1]) >= 0 && digit_of(text[at + 2]) >= 0) {
      bytes += static_cast<char>(digit_of(text[at + 1]) * 16 + digit_of(text[at + 2]));
      at += 2;
    } else {
      // A soft line break; anything else is kept as it stands.
      auto end = at + 1;
      while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) ++end;
      if (end < text.size() && text[end] == '\n') {
        at = end;
      } else if (end == text.size()) {
        break;
      } else {
        bytes += '=';
      }
    }
  }
  return bytes;
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  const std::string name = lower(charset);
  if (name.empty() || name == "utf-8" || name == "utf8" || name == "us-ascii") {
    if (is_utf8(bytes)) return std::string(bytes);
    return converted(bytes, name.starts_with("utf") ? "UTF-8" : "windows-31j");
  }
  // What calls itself Shift_JIS is nearly always Windows' larger set.
  const std::string known = name == "shift_jis" || name == "x-sjis" || name == "cp932" ? "windows-31j" : name;
  std::string text = converted(bytes, known.c_str());
  if (text.empty() && !bytes.empty()) return is_utf8(bytes) ? std::string(bytes) : converted(bytes, "windows-31j");
  return text;
}

std::string decode_header(std::string_view value) {
  std::string text;
  bool after_word = false;
  for (std::size_t at = 0; at < value.size();) {
    if (value.substr(at).starts_with("=?")) {
      if (auto word = read_word(value, at); word.end != 0) {
        text += word.text;
        at = word.end;
        after_word = true;
        continue;
      }
    }
    // Blanks between two encoded words are part of the folding.
    if (after_word && (value[at] == ' ' || value[at] == '\t')) {
      const auto next = value.find_first_not_of(" \t", at);
      if (next != std::string_view::npos && value.substr(next).starts_with("=?") && read_word(value, next).end != 0) {
        at = next;
        continue;
      }
    }
    after_word = false;
    text += value[at++];
  }
  return is_utf8(text) ? text : to_utf8(text, {});
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char sign) { return sign < 128; });
}

std::string without_controls(std::string_view text) {
  std::string line(text);
  for (auto& sign : line) {
    const auto octet = static_cast<unsigned char>(sign);
    if (octet < 32 || octet == 127) sign = ' ';
  }
  return line;
}

std::string text_header(std::string_view name, std::string_view text) {
  const std::string value = without_controls(text);
  std::string line = std::string(name) + ": ";
  const bool plain = is_ascii(value) && value.find("=?") == std::string::npos;
  if (!plain) return line + encoded_words(value, line.size()) + "\r\n";
  std::size_t column = line.size();
  for (std::size_t at = 0; at < value.size();) {
    auto end = value.find(' ', at + 1);
    if (end == std::string::npos) end = value.size();
    const auto piece = std::string_view(value).substr(at, end - at);
    if (column + piece.size() > 78 && at > 0 && piece.size() > 1) {
      line += "\r\n";
      column = 0;
    }
    line += piece;
    column += piece.size();
    at = end;
  }
  return line + "\r\n";
}

std::string phrase(std::string_view name, std::size_t column) {
  std::string value = without_controls(name);
  if (!is_ascii(value) || value.find("=?") != std::string::npos) return encoded_words(value, column);
  const bool atoms = std::all_of(value.begin(), value.end(), [](unsigned char sign) {
    return std::isalnum(sign) ||
           std::string_view(" !#$%&'*+-/=?^_`{|}~").find(static_cast<char>(sign)) != std::string_view::npos;
  });
  if (atoms) return value;
  std::string quoted = "\"";
  for (const char sign : value) {
    if (sign == '"' || sign == '\\') quoted += '\\';
    quoted += sign;
  }
  return quoted + '"';
}

}  // namespace banso::platform::mail
