#include "body_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::engine::workflow {

namespace json = boost::json;

bool is_plain_key(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

BodyReader::BodyReader(const json::value& value, std::string path, Faults& faults)
    : object_(value.if_object()), path_(std::move(path)), faults_(faults) {
  if (!object_) {
    faults_.push_back({path_, {"This must be an object { }.", "オブジェクト { } で指定してください。"}});
  }
}

std::string BodyReader::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

void BodyReader::fail(std::string_view key, core::Text message) {
  faults_.push_back({path_of(key), std::move(message)});
}

const json::value* BodyReader::find(std::string_view key) {
  asked_.emplace(key);
  const auto* value = object_ ? object_->if_contains(key) : nullptr;
  return value && !value->is_null() ? value : nullptr;
}

std::string BodyReader::text(std::string_view key, bool must, std::size_t most_bytes) {
  const auto* value = find(key);
  std::string read;
  if (value && !value->is_string()) {
    fail(key, {"This must be a text.", "文字列で指定してください。"});
    return read;
  }
  if (value) read = std::string(value->get_string());
  if (read.size() > most_bytes) {
    fail(key, {fmt::format("This is too long: {} bytes at most.", most_bytes),
               fmt::format("長すぎます。{}バイト以内にしてください。", most_bytes)});
  }
  if (must && object_ && read.find_first_not_of(" \t\r\n") == std::string::npos) {
    fail(key, {"This is missing.", "入力してください。"});
  }
  return read;
}

core::Text BodyReader::two(std::string_view key, bool must) {
  const auto* value = find(key);
  core::Text read;
  if (!value) {
    if (must && object_) {
      fail(key, {"Give it in English and in Japanese.", "英語と日本語の両方で入力してください。"});
    }
    return read;
  }
  BodyReader inner(*value, path_of(key), faults_);
  read = {inner.text("en", must), inner.text("ja", must)};
  inner.finish();
  return read;
}

std::int64_t BodyReader::integer(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t otherwise) {
  const auto* value = find(key);
  if (!value) return otherwise;
  boost::system::error_code failure;
  const auto read = value->is_number() ? value->to_number<std::int64_t>(failure) : 0;
  if (!value->is_number() || failure || read < least || read > most) {
    fail(key, {fmt::format("This must be a whole number from {} to {}.", least, most),
               fmt::format("{}から{}までの整数で指定してください。", least, most)});
    return otherwise;
  }
  return read;
}

bool BodyReader::yes(std::string_view key, bool otherwise) {
  const auto* value = find(key);
  if (!value) return otherwise;
  if (!value->is_bool()) {
    fail(key, {"This must be true or false.", "true か false で指定してください。"});
    return otherwise;
  }
  return value->get_bool();
}

std::string BodyReader::choice(std::string_view key, std::initializer_list<std::string_view> words,
                               std::string_view otherwise) {
  auto read = text(key);
  if (read.empty()) return std::string(otherwise);
  if (std::find(words.begin(), words.end(), read) != words.end()) return read;
  const auto list = fmt::format("{}", fmt::join(words, ", "));
  fail(key, {fmt::format("\"{}\" is not one of: {}.", read, list),
             fmt::format("「{}」は使えません。次のいずれかにしてください: {}", read, list)});
  return std::string(otherwise);
}

std::string BodyReader::object_text(std::string_view key) {
  const auto* value = find(key);
  if (!value) return {};
  if (!value->is_object()) {
    fail(key, {"This must be a condition { }.", "条件 { } で指定してください。"});
    return {};
  }
  return json::serialize(*value);
}

std::string BodyReader::way(std::string_view key) {
  auto read = text(key);
  if (!read.empty() && !is_plain_key(read)) {
    fail(key, {"This must be the key of a step.", "ステップのキーを指定してください。"});
  }
  return read;
}

void BodyReader::finish() {
  if (!object_) return;
  for (const auto& member : *object_) {
    const std::string_view key(member.key());
    if (asked_.contains(key)) continue;
    fail(key, {fmt::format("\"{}\" means nothing here. Take it out.", key),
               fmt::format("ここでは「{}」は使えません。削除してください。", key)});
  }
}

}  // namespace banso::engine::workflow
