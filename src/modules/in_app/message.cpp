#include "message.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "platform/json/json.hpp"

namespace banso::in_app {
namespace {

namespace json = platform::json;
using core::Result;
using definitions::Bodies;
using definitions::Name;

constexpr std::size_t longest_title_bytes = 300;
constexpr std::size_t longest_text_bytes = 4000;
constexpr std::size_t longest_url_bytes = 1000;
constexpr std::size_t most_items = 20;
const std::vector<std::string> message_kinds{std::string(message_kind)};

core::Text read_words(const json::object& from, std::string_view key, const std::string& path, json::Fields& faults,
                      bool is_required, std::size_t longest_bytes) {
  const auto* value = from.if_contains(key);
  core::Text text;
  const auto read = [&](std::string_view language, std::string& into) {
    const auto* given = value && value->is_object() ? value->get_object().if_contains(language) : nullptr;
    if (given && given->is_string()) into = std::string(given->get_string());
    if (is_required && into.find_first_not_of(" \t\n") == std::string::npos) {
      faults.fail(fmt::format("{}.{}", path, language),
                  {"Give it in English and in Japanese.", "英語と日本語の両方を入力してください。"});
    } else if (into.size() > longest_bytes) {
      faults.fail(fmt::format("{}.{}", path, language),
                  {fmt::format("At most {} bytes.", longest_bytes),
                   fmt::format("{}バイト以内で入力してください。", longest_bytes)});
    }
  };
  read("en", text.en);
  read("ja", text.ja);
  return text;
}

// Only what a browser may safely be led to: no javascript:, no data:.
bool is_safe(std::string_view url) {
  const bool is_path = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
  return url.size() <= longest_url_bytes && (is_path || url.starts_with("https://"));
}

std::string read_url(const json::object& from, const std::string& path, json::Fields& faults, bool is_required) {
  const auto* value = from.if_contains("url");
  std::string url = value && value->is_string() ? std::string(value->get_string()) : std::string();
  if ((is_required || !url.empty()) && !is_safe(url)) {
    faults.fail(path + ".url", {"Give an address that begins with https:// or with /.",
                                "https:// または / で始まるアドレスを指定してください。"});
  }
  return url;
}

std::string condition_text(const json::object& from, std::string_view key) {
  const auto* value = from.if_contains(key);
  return value && value->is_object() ? json::serialize(*value) : std::string();
}

std::vector<Item> read_items(const json::array& list, json::Fields& faults) {
  std::vector<Item> items;
  std::set<std::string> keys;
  if (list.size() > most_items) {
    faults.fail("items", {fmt::format("At most {} items.", most_items),
                          fmt::format("項目は{}件以内にしてください。", most_items)});
    return items;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto path = fmt::format("items[{}]", i);
    const auto* object = list[i].if_object();
    if (!object) {
      faults.fail(path, {"This must be an object.", "オブジェクトで指定してください。"});
      continue;
    }
    Item item;
    const auto* key = object->if_contains("key");
    if (key && key->is_string()) item.key = std::string(key->get_string());
    const bool is_key = !item.key.empty() && item.key.size() <= 64 &&
                        item.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (!is_key || !keys.insert(item.key).second) {
      faults.fail(path + ".key", {"A key needs a-z, 0-9 and _, and to be the only one of its name.",
                                  "キーは英小文字・数字・_ で、重複しないように指定してください。"});
    }
    item.label = read_words(*object, "label", path + ".label", faults, true, longest_title_bytes);
    item.url = read_url(*object, path, faults, false);
    item.done_when_json = condition_text(*object, "done_when");
    items.push_back(std::move(item));
  }
  return items;
}

void add_faults(core::Error error, const std::string& path, std::vector<core::FieldError>& faults) {
  if (error.fields.empty()) faults.push_back({path, error.message});
  for (auto& field : error.fields) {
    field.field = field.field.empty() ? path : fmt::format("{}.{}", path, field.field);
    faults.push_back(std::move(field));
  }
}

std::vector<Name> uses_of(std::string_view body) {
  std::vector<Name> used;
  const auto message = message_from_json(body);
  if (!message) return used;
  const auto collect = [&](const std::string& condition) {
    if (condition.empty()) return;
    for (auto& segment : engine::referenced_segments(condition)) used.push_back({"segment", std::move(segment)});
  };
  collect(message->audience_json);
  for (const auto& item : message->items) collect(item.done_when_json);
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

}  // namespace

Result<Message> message_from_json(std::string_view body) {
  BANSO_TRY_ASSIGN(const auto object, json::parse_object(body));
  json::Fields fields(object);
  Message message;
  message.name = read_words(object, "name", "name", fields, true, longest_title_bytes);
  message.form = fields.choice("form", {"banner", "dialog", "checklist"}, true).value_or("banner");
  message.title = read_words(object, "title", "title", fields, true, longest_title_bytes);
  message.text = read_words(object, "text", "text", fields, false, longest_text_bytes);
  if (const auto* link = object.if_contains("link"); link && link->is_object()) {
    message.link = Link{read_words(link->get_object(), "label", "link.label", fields, true, longest_title_bytes),
                        read_url(link->get_object(), "link", fields, true)};
  }
  if (message.form == "checklist") {
    if (const auto* items = fields.list("items")) message.items = read_items(*items, fields);
    if (message.items.empty() && fields.ok()) {
      fields.fail("items", {"A checklist needs at least one item.", "チェックリストの項目を1つ以上追加してください。"});
    }
  }
  message.audience_json = condition_text(object, "audience");
  message.first_day = fields.day("first_day");
  message.last_day = fields.day("last_day");
  if (message.first_day && message.last_day && *message.first_day > *message.last_day) {
    fields.fail("last_day", {"It ends before it begins.", "終了日が開始日より前になっています。"});
  }
  message.rank = static_cast<int>(std::clamp<std::int64_t>(fields.integer("rank").value_or(100), 0, 10'000));
  BANSO_TRY(fields.finish());
  return message;
}

std::string to_json(const Message& message) {
  json::object object{{"name", json::from(message.name)},
                      {"form", message.form},
                      {"title", json::from(message.title)},
                      {"text", json::from(message.text)},
                      {"rank", message.rank}};
  if (message.link)
    object["link"] = json::object{{"label", json::from(message.link->label)}, {"url", message.link->url}};
  if (!message.items.empty()) {
    json::array items;
    for (const auto& item : message.items) {
      json::object one{{"key", item.key}, {"label", json::from(item.label)}};
      if (!item.url.empty()) one["url"] = item.url;
      if (!item.done_when_json.empty()) one["done_when"] = *json::parse(item.done_when_json);
      items.push_back(std::move(one));
    }
    object["items"] = std::move(items);
  }
  if (!message.audience_json.empty()) object["audience"] = *json::parse(message.audience_json);
  if (message.first_day) object["first_day"] = json::from(*message.first_day);
  if (message.last_day) object["last_day"] = json::from(*message.last_day);
  return json::serialize(object);
}

Result<CompiledMessage> compile(std::string key, Message message, const engine::FieldCatalogue& fields) {
  CompiledMessage compiled;
  std::vector<core::FieldError> faults;
  const auto read = [&](const std::string& condition, const std::string& path) -> engine::Condition {
    auto found = engine::compile_condition(condition, fields);
    if (found) return std::move(*found);
    add_faults(std::move(found).error(), path, faults);
    return {};
  };
  if (!message.audience_json.empty()) compiled.audience = read(message.audience_json, "audience");
  for (std::size_t i = 0; i < message.items.size(); ++i) {
    auto& done_when = compiled.done_when.emplace_back();
    const auto& condition = message.items[i].done_when_json;
    if (!condition.empty()) done_when = read(condition, fmt::format("items[{}].done_when", i));
  }
  if (!faults.empty()) {
    core::Error error;
    error.message = faults.front().message;
    error.fields = std::move(faults);
    return error;
  }
  compiled.key = std::move(key);
  compiled.message = std::move(message);
  return compiled;
}

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health) {
  definitions::Kind kind;
  kind.word = std::string(message_kind);
  kind.name = {"In-app message", "アプリ内メッセージ"};
  kind.check = [health = std::weak_ptr(health)](const Name& name, const Bodies& others) -> Result<std::string> {
    const auto service = health.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    BANSO_TRY_ASSIGN(auto message, message_from_json(others.at(name)));
    auto text = to_json(message);
    BANSO_TRY(compile(name.key, std::move(message), *service->condition_fields()));
    return text;
  };
  kind.uses = uses_of;
  kind.title = [](std::string_view body) -> core::Text {
    const auto message = message_from_json(body);
    return message ? message->name : core::Text{"In-app message", "アプリ内メッセージ"};
  };
  kind.checked_with = message_kinds;
  return kind;
}

}  // namespace banso::in_app
