#include "strict_json.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::integrations {

void StrictObject::allow(std::initializer_list<std::string_view> keys) {
  for (const auto& member : body_) {
    const std::string_view key(member.key().data(), member.key().size());
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::string known = fmt::format("{}", fmt::join(keys, ", "));
    fail(key, {fmt::format("Unknown key. Known here: {}.", known),
               fmt::format("不明なキーです。ここで使えるキー: {}", known)});
  }
}

const platform::json::value* StrictObject::find(std::string_view key, bool required) {
  const auto* value = body_.if_contains(key);
  if (!value && required) fail(key, {"This is required.", "必須です。"});
  return value;
}

std::optional<std::string> StrictObject::text(std::string_view key, bool required) {
  const auto* value = find(key, required);
  if (!value) return std::nullopt;
  if (value->is_string()) return std::string(value->as_string());
  if (value->is_number()) return platform::json::serialize(*value);
  fail(key, {"This must be a text.", "文字列で指定してください。"});
  return std::nullopt;
}

std::optional<bool> StrictObject::yes_no(std::string_view key) {
  const auto* value = find(key, false);
  if (!value) return std::nullopt;
  if (value->is_bool()) return value->as_bool();
  fail(key, {"This must be true or false.", "true または false を指定してください。"});
  return std::nullopt;
}

std::optional<std::int64_t> StrictObject::integer(std::string_view key) {
  const auto* value = find(key, false);
  if (!value) return std::nullopt;
  if (value->is_int64()) return value->as_int64();
  fail(key, {"This must be a whole number.", "整数を指定してください。"});
  return std::nullopt;
}

std::optional<core::Day> StrictObject::day(std::string_view key, bool required) {
  const auto written = text(key, required);
  if (!written) return std::nullopt;
  const auto day = core::parse_day(*written);
  if (!day) fail(key, {"This must be a day like 2024-01-31.", "2024-01-31 の形で日付を指定してください。"});
  return day;
}

std::optional<std::string> StrictObject::choice(std::string_view key, std::initializer_list<std::string_view> words) {
  auto written = text(key);
  if (!written || std::find(words.begin(), words.end(), *written) != words.end()) return written;
  const std::string known = fmt::format("{}", fmt::join(words, ", "));
  fail(key, {fmt::format("\"{}\" is not one of: {}.", *written, known),
             fmt::format("「{}」は使えません。使えるのは {} です。", *written, known)});
  return std::nullopt;
}

const platform::json::object* StrictObject::object(std::string_view key) {
  const auto* value = find(key, false);
  if (!value) return nullptr;
  if (value->is_object()) return &value->as_object();
  fail(key, {"This must be an object {...}.", "オブジェクト {...} で指定してください。"});
  return nullptr;
}

const platform::json::array* StrictObject::list(std::string_view key) {
  const auto* value = find(key, false);
  if (!value) return nullptr;
  if (value->is_array()) return &value->as_array();
  fail(key, {"This must be a list [...].", "リスト [...] で指定してください。"});
  return nullptr;
}

core::Result<> finish(std::vector<core::FieldError> errors) {
  if (errors.empty()) return {};
  const core::FieldError& first = errors.front();
  core::Error error = core::Error::invalid(
      {fmt::format("{}: {}", first.field, first.message.en), fmt::format("{}: {}", first.field, first.message.ja)});
  error.fields = std::move(errors);
  return error;
}

}  // namespace banso::integrations
