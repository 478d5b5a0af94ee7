#include "platform/json/json.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::platform::json {
namespace {

constexpr double largest_exact_integer = 9'007'199'254'740'992.0;

core::Text wrong_type(const char* en, const char* ja) {
  return {fmt::format("must be {}", en), fmt::format("{}で指定してください", ja)};
}

}  // namespace

core::Result<value> parse(std::string_view text) {
  boost::json::stream_parser parser;
  boost::system::error_code error;
  std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && read < text.size()) {
    const auto rest = text.substr(read);
    if (rest.find_first_not_of(" \t\r\n") != std::string_view::npos) error = boost::json::error::extra_data;
  }
  if (!error) parser.finish(error);
  if (error) {
    return core::Error::invalid(
        {fmt::format("The body is not valid JSON: it breaks after byte {}. Send a JSON document in UTF-8.", read),
         fmt::format("本文がJSONとして読み取れません({}バイト目付近)。UTF-8のJSONを送信してください。", read)});
  }
  return parser.release();
}

core::Result<object> parse_object(std::string_view text) {
  BANSO_TRY_ASSIGN(value parsed, parse(text));
  if (!parsed.is_object()) {
    return core::Error::invalid({"The body must be a JSON object.", "本文はJSONオブジェクトで送信してください。"});
  }
  return std::move(parsed.as_object());
}

std::string serialize(const value& json) {
  return boost::json::serialize(json);
}

value from(core::Day day) {
  return value(core::to_string(day));
}
value from(core::Instant instant) {
  return value(core::to_string(instant));
}
value from(const std::optional<core::Day>& day) {
  return day ? from(*day) : value(nullptr);
}
value from(const std::optional<core::Instant>& instant) {
  return instant ? from(*instant) : value(nullptr);
}
value from(const std::optional<std::string>& text) {
  return text ? value(*text) : value(nullptr);
}
value from(const std::optional<std::int64_t>& number) {
  return number ? value(*number) : value(nullptr);
}
value from(const core::Text& text) {
  return object{{"en", text.en}, {"ja", text.ja}};
}

value from(const std::optional<core::Text>& text) {
  return text ? from(*text) : value(nullptr);
}

value from(const std::optional<double>& number) {
  return number ? value(*number) : value(nullptr);
}

void Fields::fail(std::string_view name, core::Text message) {
  errors_.push_back({prefix_ + std::string(name), std::move(message)});
}

const value* Fields::find(std::string_view name, bool required) {
  const value* found = body_.if_contains(name);
  if (found == nullptr || found->is_null()) {
    if (required) fail(name, {"is required", "必須項目です"});
    return nullptr;
  }
  return found;
}

bool Fields::is_null(std::string_view name) const {
  const value* found = body_.if_contains(name);
  return found != nullptr && found->is_null();
}

std::optional<std::string> Fields::text(std::string_view name, TextRules rules) {
  const value* found = find(name, rules.required);
  if (found == nullptr) return std::nullopt;
  if (!found->is_string()) {
    fail(name, wrong_type("a text", "文字列"));
    return std::nullopt;
  }
  const std::string text(found->as_string());
  if (text.size() > rules.max_length) {
    fail(name, {fmt::format("is longer than {} bytes; shorten it", rules.max_length),
                fmt::format("{}バイトを超えています。短くしてください", rules.max_length)});
    return std::nullopt;
  }
  if (rules.required && !rules.allow_empty && text.find_first_not_of(" \t\r\n") == std::string::npos) {
    fail(name, {"is required", "必須項目です"});
    return std::nullopt;
  }
  return text;
}

std::optional<std::int64_t> Fields::integer(std::string_view name, bool required) {
  const value* found = find(name, required);
  if (found == nullptr) return std::nullopt;
  if (found->is_int64()) return found->as_int64();
  if (found->is_double()) {
    const double number = found->as_double();
    if (std::abs(number) < largest_exact_integer && number == static_cast<double>(static_cast<std::int64_t>(number))) {
      return static_cast<std::int64_t>(number);
    }
  }
  fail(name, wrong_type("a whole number", "整数"));
  return std::nullopt;
}

std::optional<double> Fields::number(std::string_view name, bool required) {
  const value* found = find(name, required);
  if (found == nullptr) return std::nullopt;
  if (found->is_number()) return found->to_number<double>();
  fail(name, wrong_type("a number", "数値"));
  return std::nullopt;
}

std::optional<bool> Fields::yes_no(std::string_view name, bool required) {
  const value* found = find(name, required);
  if (found == nullptr) return std::nullopt;
  if (found->is_bool()) return found->as_bool();
  fail(name, wrong_type("true or false", "true または false "));
  return std::nullopt;
}

std::optional<core::Day> Fields::day(std::string_view name, bool required) {
  const auto written = text(name, {.required = required});
  if (!written) return std::nullopt;
  const auto day = core::parse_day(*written);
  if (!day) fail(name, wrong_type("a date such as 2026-11-22", "2026-11-22 の形式の日付"));
  return day;
}

std::optional<core::Instant> Fields::instant(std::string_view name, bool required) {
  const auto written = text(name, {.required = required});
  if (!written) return std::nullopt;
  const auto instant = core::parse_instant(*written);
  if (!instant) fail(name, wrong_type("a time such as 2026-11-22T09:30:00Z", "2026-11-22T09:30:00Z の形式の日時"));
  return instant;
}

const object* Fields::child(std::string_view name) {
  const value* found = find(name, false);
  if (found == nullptr) return nullptr;
  if (!found->is_object()) {
    fail(name, wrong_type("an object", "オブジェクト"));
    return nullptr;
  }
  return &found->as_object();
}

const array* Fields::list(std::string_view name) {
  const value* found = find(name, false);
  if (found == nullptr) return nullptr;
  if (!found->is_array()) {
    fail(name, wrong_type("a list", "配列"));
    return nullptr;
  }
  return &found->as_array();
}

std::optional<std::string> Fields::choice(std::string_view name, std::initializer_list<std::string_view> words,
                                          bool required) {
  auto written = text(name, {.required = required});
  if (!written) return std::nullopt;
  if (std::find(words.begin(), words.end(), *written) != words.end()) return written;
  const std::string list = fmt::format("{}", fmt::join(words, ", "));
  fail(name, {fmt::format("must be one of {}", list), fmt::format("{} のいずれかを指定してください", list)});
  return std::nullopt;
}

core::Result<> Fields::finish() const {
  if (errors_.empty()) return {};
  core::Error error = core::Error::invalid({"Some fields need attention.", "入力内容をご確認ください。"});
  error.fields = errors_;
  return error;
}

}  // namespace banso::platform::json
