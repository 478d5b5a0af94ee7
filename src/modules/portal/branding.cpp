#include "branding.hpp"

#include <cmath>

#include <fmt/format.h>

#include "platform/json/json.hpp"

namespace banso::portal {
namespace {

namespace json = platform::json;
using core::Result;

constexpr double least_contrast = 4.5;  // WCAG AA for text

core::Text read_words(json::Fields& fields, std::string_view name, std::size_t longest_bytes) {
  core::Text text;
  const auto* object = fields.child(name);
  if (!object) return text;
  json::Fields words(*object);
  text.en = words.text("en", {.max_length = longest_bytes, .allow_empty = true}).value_or("");
  text.ja = words.text("ja", {.max_length = longest_bytes, .allow_empty = true}).value_or("");
  if (!words.ok()) {
    fields.fail(name, {fmt::format("At most {} bytes in each language.", longest_bytes),
                       fmt::format("各言語{}バイト以内で入力してください。", longest_bytes)});
  } else if (text.en.empty() != text.ja.empty()) {
    fields.fail(name, {"Give it in English and in Japanese.", "英語と日本語の両方を入力してください。"});
  }
  return text;
}

bool is_colour(std::string_view text) {
  return text.size() == 7 && text.front() == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

int hex(char sign) {
  if (sign >= '0' && sign <= '9') return sign - '0';
  return (sign | 0x20) - 'a' + 10;
}

}  // namespace

double contrast_with_white(std::string_view colour) {
  const auto channel = [&](std::size_t at) {
    const double value = (hex(colour[at]) * 16 + hex(colour[at + 1])) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  const double luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return 1.05 / (luminance + 0.05);
}

Result<Branding> read_branding(const json::object& body) {
  json::Fields fields(body);
  Branding branding;
  branding.name = read_words(fields, "name", 200);
  branding.welcome = read_words(fields, "welcome", 2000);
  branding.accent = fields.text("accent", {.required = true, .max_length = 7}).value_or("");
  if (!is_colour(branding.accent)) {
    fields.fail("accent", {"Give a colour such as #0b6e6e.", "#0b6e6e のような形式で色を指定してください。"});
  } else if (contrast_with_white(branding.accent) < least_contrast) {
    fields.fail("accent", {"Too light: white words on this colour cannot be read. Choose a darker one.",
                           "色が明るすぎるため、白い文字が読みにくくなります。もう少し濃い色を指定してください。"});
  }
  BANSO_TRY(fields.finish());
  return branding;
}

Branding branding_from_text(const std::string& kept) {
  if (const auto object = json::parse_object(kept)) {
    if (auto branding = read_branding(*object)) return std::move(*branding);
  }
  return {};
}

std::string to_text(const Branding& branding) {
  return json::serialize(json::object{
      {"name", json::from(branding.name)}, {"accent", branding.accent}, {"welcome", json::from(branding.welcome)}});
}

Result<std::string> logo_type(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return std::string("image/png");
  if (bytes.starts_with("\xff\xd8\xff")) return std::string("image/jpeg");
  return core::Error::invalid(
      {"Send a PNG or a JPEG of at most 200 KB.", "200KB以内の PNG または JPEG の画像を指定してください。"});
}

}  // namespace banso::portal
