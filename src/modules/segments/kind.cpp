#include "kind.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "platform/json/json.hpp"

namespace banso::segments {
namespace {

namespace json = platform::json;
using core::Result;
using definitions::Bodies;
using definitions::Name;

constexpr std::size_t longest_name_bytes = 200;
const std::vector<std::string> segment_kinds{std::string(segment_kind)};

std::map<std::string, std::string> conditions_of(const Bodies& bodies) {
  std::map<std::string, std::string> conditions;
  for (const auto& [name, body] : bodies) {
    if (name.kind == segment_kind) conditions[name.key] = read_body(body).condition_json;
  }
  return conditions;
}

// What a condition needs: measures and other segments.
std::vector<Name> uses_of(std::string_view body) {
  const auto parsed = json::parse(body);
  const auto* object = parsed && parsed->is_object() ? parsed->if_object() : nullptr;
  const auto* condition = object ? object->if_contains("condition") : nullptr;
  std::vector<Name> used;
  if (!condition) return used;
  const std::function<void(const json::value&)> collect = [&](const json::value& node) {
    const auto* each = node.if_object();
    if (!each) return;
    if (const auto* rules = each->if_contains("rules"); rules && rules->is_array()) {
      for (const auto& rule : rules->get_array()) collect(rule);
    }
    const auto* field = each->if_contains("field");
    if (!field || !field->is_string()) return;
    constexpr std::string_view prefix = "measure.";
    const std::string key(field->get_string());
    if (key.starts_with(prefix)) used.push_back({"measure", key.substr(prefix.size())});
  };
  collect(*condition);
  for (auto& key : engine::referenced_segments(json::serialize(*condition))) {
    used.push_back({std::string(segment_kind), std::move(key)});
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

core::Text read_name(const json::object& body, json::Fields& fields) {
  const auto* name = body.if_contains("name");
  core::Text text;
  const auto read = [&](std::string_view language, std::string& into) {
    const auto* given = name && name->is_object() ? name->get_object().if_contains(language) : nullptr;
    if (given && given->is_string()) into = std::string(given->get_string());
    const bool fits = into.find_first_not_of(" \t") != std::string::npos && into.size() <= longest_name_bytes;
    if (!fits) {
      fields.fail(fmt::format("name.{}", language),
                  {"Give a name in English and in Japanese, of up to 200 bytes each.",
                   "名前を英語と日本語で、それぞれ200バイト以内で指定してください。"});
    }
  };
  read("en", text.en);
  read("ja", text.ja);
  return text;
}

Result<std::string> check_body(health::Service& health, const Name& name, const Bodies& others) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(others.at(name)));
  json::Fields fields(body);
  const auto title = read_name(body, fields);
  const auto description = fields.text("description", {.allow_empty = true});
  const auto* condition = fields.child("condition");
  if (!condition && fields.ok()) {
    fields.fail("condition", {"Give the condition that members meet.", "対象となる条件を指定してください。"});
  }
  BANSO_TRY(fields.finish());
  const std::string condition_json = json::serialize(*condition);
  auto compiled = engine::compile_condition(condition_json, *health.condition_fields());
  if (!compiled) {
    core::Error error = std::move(compiled).error();
    for (auto& field : error.fields) {
      field.field = field.field.empty() ? "condition" : fmt::format("condition.{}", field.field);
    }
    return error;
  }
  BANSO_TRY(check_references(name.key, condition_json, conditions_of(others)));
  return json::serialize(json::object{{"name", json::object{{"en", title.en}, {"ja", title.ja}}},
                                      {"description", description.value_or("")},
                                      {"condition", *condition}});
}

}  // namespace

SegmentBody read_body(std::string_view body) {
  SegmentBody read;
  const auto parsed = json::parse(body);
  if (!parsed || !parsed->is_object()) return read;
  const auto& object = parsed->get_object();
  const auto text = [](const json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  if (const auto* name = object.if_contains("name"); name && name->is_object()) {
    read.name = {text(name->get_object(), "en"), text(name->get_object(), "ja")};
  }
  read.description = text(object, "description");
  if (const auto* condition = object.if_contains("condition")) read.condition_json = json::serialize(*condition);
  return read;
}

Result<> check_references(const std::string& key, const std::string& condition_json,
                          const std::map<std::string, std::string>& others) {
  for (const auto& used : engine::referenced_segments(condition_json)) {
    if (used == key || others.contains(used)) continue;
    return core::Error::invalid_field("condition", {fmt::format("There is no published segment \"{}\".", used),
                                                    fmt::format("公開済みのセグメント「{}」はありません。", used)});
  }
  auto all = others;
  all[key] = condition_json;
  const auto cycle = engine::cycle_from(key, all);
  if (cycle.empty()) return {};
  const auto path = fmt::format("{}", fmt::join(cycle, " → "));
  return core::Error::invalid_field(
      "condition",
      {fmt::format("The segment would lead back to itself: {}. Take one of these out of its condition.", path),
       fmt::format("セグメントが自分自身を参照してしまいます({})。いずれかを条件から外してください。", path)});
}

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health) {
  definitions::Kind kind;
  kind.word = std::string(segment_kind);
  kind.name = {"Segment", "セグメント"};
  kind.check = [health = std::weak_ptr(health)](const Name& name, const Bodies& others) -> Result<std::string> {
    const auto service = health.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    return check_body(*service, name, others);
  };
  kind.uses = uses_of;
  kind.title = [](std::string_view body) { return read_body(body).name; };
  kind.checked_with = segment_kinds;
  return kind;
}

std::vector<health::SegmentRule> published_segments(definitions::Service& definitions) {
  std::vector<health::SegmentRule> segments;
  for (const auto& [name, text] : definitions.published(segment_kinds).bodies) {
    auto body = read_body(text);
    segments.push_back({name.key, std::move(body.name), std::move(body.condition_json)});
  }
  return segments;
}

}  // namespace banso::segments
