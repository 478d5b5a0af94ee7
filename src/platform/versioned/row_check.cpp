#include "row_check.hpp"

#include <algorithm>
#include <cctype>

#include <simdjson.h>

namespace banso::platform::versioned {
namespace {

// UTF-8 of the ideographic blank, which Japanese input leaves around values.
constexpr std::string_view wide_blank = "\xE3\x80\x80";
constexpr std::size_t email_bytes = 254;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

}  // namespace

std::string trimmed(std::string_view text) {
  while (!text.empty()) {
    if (is_blank(text.front())) {
      text.remove_prefix(1);
    } else if (text.starts_with(wide_blank)) {
      text.remove_prefix(wide_blank.size());
    } else {
      break;
    }
  }
  while (!text.empty()) {
    if (is_blank(text.back())) {
      text.remove_suffix(1);
    } else if (text.ends_with(wide_blank)) {
      text.remove_suffix(wide_blank.size());
    } else {
      break;
    }
  }
  return std::string(text);
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == 0 || at == std::string_view::npos || text.size() > email_bytes) return false;
  if (text.find('@', at + 1) != std::string_view::npos) return false;
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == ','; })) {
    return false;
  }
  return is_domain(text.substr(at + 1));
}

bool is_domain(std::string_view text) {
  if (text.size() < 3 || text.size() > 253 || text.front() == '.' || text.back() == '.') return false;
  if (text.find('.') == std::string_view::npos || text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) || c == '-' || c == '.';
  });
}

bool RowCheck::text_is_sound(std::string_view field, std::string_view text, std::size_t most_bytes) {
  if (text.size() > most_bytes) {
    const auto most = std::to_string(most_bytes);
    fail(std::string(field),
         {"This is too long: at most " + most + " bytes.", "長すぎます。" + most + "バイト以内にしてください。"});
    return false;
  }
  if (text.find('\0') != std::string_view::npos) {
    fail(std::string(field),
         {"This holds a character that cannot be kept (NUL).", "保存できない文字(NUL)が含まれています。"});
    return false;
  }
  if (!simdjson::validate_utf8(text.data(), text.size())) {
    fail(std::string(field),
         {"This text is not UTF-8. Send it in UTF-8.", "UTF-8の文字列ではありません。UTF-8で送信してください。"});
    return false;
  }
  return true;
}

void RowCheck::text(std::string_view field, const core::Patch<std::string>& patch, std::string& target,
                    std::size_t most_bytes) {
  if (!patch.given()) return;
  if (patch.clears()) {
    target.clear();
    return;
  }
  if (text_is_sound(field, *patch.value(), most_bytes)) target = trimmed(*patch.value());
}

}  // namespace banso::platform::versioned
