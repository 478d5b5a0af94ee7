#include "reader.hpp"

namespace banso::engine::plans {
namespace json = boost::json;

namespace {

// Years that a plan can speak of: what a slip of the finger makes of a year is refused.
const core::Day first_day = core::day_from(1970, 1, 1);
const core::Day last_day = core::day_from(2199, 12, 31);

bool read_language(const json::object& both, std::string_view language, std::string& into) {
  const auto* value = both.if_contains(language);
  if (value == nullptr || value->is_null()) return true;
  if (!value->is_string()) return false;
  into = std::string(value->get_string());
  return true;
}

}  // namespace

core::Text Reader::words(std::string_view key, bool is_required, std::size_t longest_bytes) {
  const auto* value = find(key);
  core::Text text;
  if (value != nullptr && !value->is_null()) {
    const auto* both = value->if_object();
    const bool is_known = both != nullptr && std::all_of(both->begin(), both->end(), [](const auto& one) {
                            return one.key() == "en" || one.key() == "ja";
                          });
    if (!is_known || !read_language(*both, "en", text.en) || !read_language(*both, "ja", text.ja)) {
      fail(key, {"This must be an object {\"en\", \"ja\"} of texts.", "{\"en\", \"ja\"} の文字列で指定してください。"});
      return {};
    }
  }
  if (is_required && text.en.empty() && text.ja.empty()) {
    fail(key, {"Give it in English or in Japanese.", "英語または日本語で入力してください。"});
  }
  if (text.en.size() > longest_bytes || text.ja.size() > longest_bytes) {
    fail(key, {fmt::format("At most {} bytes a language.", longest_bytes),
               fmt::format("1言語あたり{}バイト以内で入力してください。", longest_bytes)});
  }
  return text;
}

std::string Reader::text(std::string_view key, std::size_t longest_bytes) {
  const auto* value = find(key);
  if (value == nullptr || value->is_null()) return {};
  const auto* string = value->if_string();
  if (string != nullptr && string->size() <= longest_bytes) return std::string(*string);
  fail(key, {fmt::format("This must be a text of at most {} bytes.", longest_bytes),
             fmt::format("{}バイト以内の文字列で指定してください。", longest_bytes)});
  return {};
}

bool Reader::yes_no(std::string_view key, bool otherwise) {
  const auto* value = find(key);
  if (value == nullptr || value->is_null()) return otherwise;
  if (value->is_bool()) return value->get_bool();
  fail(key, {"This must be true or false.", "true または false で指定してください。"});
  return otherwise;
}

std::optional<double> Reader::number(std::string_view key) {
  const auto* value = find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  constexpr double largest = 1e15;  // whole numbers up to it are exact
  if (value->is_number()) {
    const auto number = value->to_number<double>();
    if (std::isfinite(number) && std::abs(number) <= largest) return number;
  }
  fail(key, {"This must be a number (at most 15 digits).", "数値(15桁以内)で指定してください。"});
  return std::nullopt;
}

std::optional<std::int64_t> Reader::whole_number(std::string_view key, std::int64_t smallest, std::int64_t largest) {
  const auto* value = find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  const auto* number = value->if_int64();
  if (number != nullptr && *number >= smallest && *number <= largest) return *number;
  fail(key, {fmt::format("This must be a whole number from {} to {}.", smallest, largest),
             fmt::format("{}〜{}の整数で指定してください。", smallest, largest)});
  return std::nullopt;
}

std::optional<core::Day> Reader::day(std::string_view key) {
  const auto* value = find(key);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (value->is_string()) {
    const auto day = core::parse_day(std::string_view(value->get_string()));
    if (day && *day >= first_day && *day <= last_day) return day;
  }
  fail(key, {"This must be a day such as \"2026-11-22\".", "「2026-11-22」の形式の日付で指定してください。"});
  return std::nullopt;
}

const json::object* Reader::child(std::string_view key) {
  const auto* value = find(key);
  if (value == nullptr || value->is_null()) return nullptr;
  if (const auto* object = value->if_object()) return object;
  fail(key, {"This must be an object or null.", "オブジェクトまたは null で指定してください。"});
  return nullptr;
}

const json::array* Reader::list(std::string_view key, std::size_t most) {
  const auto* value = find(key);
  if (value == nullptr || value->is_null()) return nullptr;
  const auto* list = value->if_array();
  if (list != nullptr && list->size() <= most) return list;
  fail(key, {fmt::format("This must be a list of at most {}.", most),
             fmt::format("{}件以内のリストで指定してください。", most)});
  return nullptr;
}

std::vector<std::string> Reader::keys(std::string_view key, std::size_t most) {
  std::vector<std::string> keys;
  if (const auto* found = list(key, most)) {
    for (const auto& each : *found) {
      if (!each.is_string()) {
        fail(key, {"This must be a list of keys.", "キー(文字列)のリストで指定してください。"});
        return {};
      }
      keys.emplace_back(each.get_string());
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::string Reader::key(std::string_view name) {
  auto key = text(name, 64);
  const bool is_key = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!is_key) {
    fail(name, {"A key needs 1 to 64 of a-z, 0-9 and _.", "キーは英小文字・数字・_ の1〜64文字で指定してください。"});
  }
  return key;
}

void Reader::refuse_unknown() {
  for (const auto& [key, value] : object_) {
    if (std::find(read_.begin(), read_.end(), std::string_view(key)) == read_.end()) {
      fail(key, {"There is no such field. Remove it.", "この項目は存在しません。削除してください。"});
    }
  }
}

}  // namespace banso::engine::plans
