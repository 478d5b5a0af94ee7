// /api/signals/starters: what ships with the product, and adding it.
#include <algorithm>

#include "render.hpp"
#include "routes.hpp"

namespace banso::signals {
namespace {

namespace http = platform::http;
namespace json = platform::json;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;

constexpr std::size_t most_at_once = 100;
constexpr std::string_view measure_kind = "measure";

StarterSituation situation_of(const Dependencies& from) {
  StarterSituation situation;
  situation.fields = from.health->condition_fields();
  situation.features = from.surroundings.features();
  const std::vector<std::string> kinds{std::string(measure_kind)};
  for (const auto& [name, body] : from.definitions->published(kinds).bodies) {
    if (name.kind == measure_kind) situation.measures[name.key] = body;
  }
  return situation;
}

json::object render_parameter(const StarterParameter& parameter, const StarterSituation& situation) {
  json::array choices;
  for (const auto& choice : choices_of(parameter, situation)) {
    choices.push_back(json::object{{"value", choice.value}, {"name", render(choice.name)}});
  }
  return {{"key", parameter.key},
          {"name", render(parameter.name)},
          {"kind", word_of(parameter.kind)},
          {"default", json::from(parameter.otherwise)},
          {"choices", std::move(choices)}};
}

Result<Response> list(const Dependencies& from) {
  const auto situation = situation_of(from);
  json::array items;
  for (const auto& starter : starters()) {
    BANSO_TRY_ASSIGN(const auto prepared, prepare(starter, {}, situation));
    json::array missing, measures, parameters;
    for (const auto& text : prepared.missing) missing.push_back(render(text));
    for (const auto& measure : prepared.measures) {
      measures.push_back(json::object{{"key", measure.key}, {"name", render(measure.name)}});
    }
    for (const auto& parameter : starter.parameters) parameters.push_back(render_parameter(parameter, situation));
    const auto there = from.definitions->get({std::string(signal_kind), starter.key});
    const auto blank = [](core::Text text) {
      for (auto* each : {&text.en, &text.ja}) {
        // What is chosen later is not named yet: "Use of a feature falls: $name_of_feature".
        const auto colon = each->find(": $name_of_");
        if (colon != std::string::npos) each->resize(colon);
      }
      return text;
    };
    items.push_back(json::object{
        {"key", starter.key},
        {"name", render(blank(starter.name))},
        {"description", render(starter.description)},
        {"kind", work::word_of(starter.kind)},
        {"severity", work::word_of(starter.severity)},
        {"available", prepared.missing.empty()},
        {"added", there.has_value() && !there->summary.retired},
        {"missing", std::move(missing)},
        {"needs_measures", std::move(measures)},
        {"parameters", std::move(parameters)},
        {"rule", prepared.body && prepared.missing.empty() ? *json::parse(*prepared.body) : json::value(nullptr)}});
  }
  const auto total = items.size();
  return answer(json::object{{"items", std::move(items)}, {"total", total}});
}

Result<ParameterValues> read_parameters(const json::object* given) {
  ParameterValues values;
  if (!given) return values;
  for (const auto& [key, value] : *given) {
    if (value.is_number()) {
      values[key] = value.to_number<double>();
    } else if (value.is_string()) {
      values[key] = std::string(value.get_string());
    } else {
      return core::Error::invalid_field("parameters." + std::string(key),
                                        {"Give a number or a text.", "数値または文字列で指定してください。"});
    }
  }
  return values;
}

struct Wanted {
  const Starter* starter = nullptr;
  std::string key;
  PreparedStarter prepared;
};

Result<Wanted> read_item(const json::value& item, const StarterSituation& situation) {
  const auto* object = item.if_object();
  if (!object) return core::Error::invalid_field("items", {"Give objects.", "オブジェクトで指定してください。"});
  json::Fields fields(*object);
  const auto name = fields.text("starter", {.required = true, .max_length = 64});
  const auto key = fields.text("key", {.max_length = 64});
  const auto* parameters = fields.child("parameters");
  BANSO_TRY(fields.finish());
  Wanted wanted;
  wanted.starter = find_starter(*name);
  if (!wanted.starter) {
    return core::Error::invalid_field(
        "starter", {"There is no starter rule \"" + *name + "\".", "標準ルール「" + *name + "」はありません。"});
  }
  BANSO_TRY_ASSIGN(const auto values, read_parameters(parameters));
  BANSO_TRY_ASSIGN(wanted.prepared, prepare(*wanted.starter, values, situation));
  wanted.key = key.value_or(wanted.starter->key);
  if (!wanted.prepared.missing.empty()) {
    const auto& what = wanted.prepared.missing.front();
    return core::Error::conflict({"\"" + wanted.starter->name.en + "\" needs data that are not there: " + what.en + ".",
                                  "「" + wanted.starter->name.ja + "」に必要なデータがありません: " + what.ja});
  }
  if (!wanted.prepared.body) {
    return core::Error::invalid_field("parameters", {"Choose the parameters of \"" + wanted.starter->name.en + "\".",
                                                     "「" + wanted.starter->name.ja + "」の設定値を選んでください。"});
  }
  return wanted;
}

Result<Response> add(const Dependencies& from, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto publish = fields.yes_no("publish").value_or(false);
  const auto* items = fields.list("items");
  if (fields.ok() && (!items || items->empty() || items->size() > most_at_once)) {
    fields.fail("items", {"Give 1 to 100 starter rules.", "1〜100件の標準ルールを指定してください。"});
  }
  BANSO_TRY(fields.finish());
  const auto situation = situation_of(from);
  definitions::Bodies measures;
  std::vector<Wanted> wanted;
  for (const auto& item : *items) {
    BANSO_TRY_ASSIGN(auto each, read_item(item, situation));
    for (const auto& measure : each.prepared.measures) {
      measures[{std::string(measure_kind), measure.key}] = measure.body;
    }
    wanted.push_back(std::move(each));
  }
  const core::Text why{"Needed by starter signals", "標準シグナルに必要な指標"};
  if (!measures.empty()) BANSO_TRY(from.definitions->publish_all(request.caller, measures, why));
  json::array rules, keys;
  definitions::Bodies bodies;
  for (const auto& each : wanted) {
    const definitions::Name name{std::string(signal_kind), each.key};
    if (publish) {
      bodies[name] = *each.prepared.body;
    } else {
      BANSO_TRY(from.definitions->put_draft(request.caller, name, *each.prepared.body));
    }
    rules.emplace_back(each.key);
  }
  if (publish) {
    BANSO_TRY(from.definitions->publish_all(request.caller, bodies, {"Starter signals", "標準シグナル"}));
  }
  for (const auto& [name, text] : measures) keys.emplace_back(name.key);
  return answer(json::object{{"rules", std::move(rules)}, {"measures", std::move(keys)}});
}

}  // namespace

http::Routes starter_routes(const std::shared_ptr<const RouteContext>& context) {
  return {
      {Method::get, "/api/signals/starters", Permission::read_only,
       [context](const Request&) { return list(context->from); }},
      {Method::post, "/api/signals/starters", Permission::leader,
       [context](const Request& request) { return add(context->from, request); }},
  };
}

}  // namespace banso::signals
