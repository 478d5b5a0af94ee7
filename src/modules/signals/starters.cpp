#include "starters.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "platform/json/json.hpp"
#include "starter_measures.hpp"

namespace banso::signals {
namespace {

namespace json = platform::json;

constexpr std::string_view measure_prefix = "measure.";
constexpr std::size_t longest_key = 64;

// In the form of a key: what is neither a letter nor a digit becomes "_"; where that loses something, a hash says what.
std::string as_key(std::string_view text, std::size_t longest) {
  std::string key;
  std::uint32_t hash = 2166136261u;  // FNV-1a
  bool is_exact = text.size() <= longest;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    is_exact = is_exact && is_plain;
    key += is_plain ? c : '_';
  }
  if (is_exact) return key;
  const auto suffix = fmt::format("_{:08x}", hash);
  return key.substr(0, longest - suffix.size()) + suffix;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// Quotes and backslashes as they stand within a JSON text.
std::string escaped(const std::string& text) {
  const auto quoted = json::serialize(json::value(text));
  return quoted.substr(1, quoted.size() - 2);
}

std::string shown(double number) {
  return number == std::floor(number) ? fmt::format("{:.0f}", number) : fmt::format("{}", number);
}

using Texts = std::map<std::string, std::string>;  // by parameter: what stands for "$key" in JSON

// "$measure" is written where a field stands; "$feature" of keys is written as a key, everywhere else as it is.
std::string filled(std::string text, const Texts& texts) {
  for (const auto& [key, value] : texts) text = replaced(std::move(text), fmt::format("${}", key), value);
  return text;
}

// "$name_of_key" stands in names and explanations for what was chosen, as it is called.
struct Filling {
  Texts texts;
  std::map<std::string, core::Text> names;

  json::object both(const core::Text& text) const {
    auto en = text.en, ja = text.ja;
    for (const auto& [key, name] : names) {
      const auto placeholder = fmt::format("$name_of_{}", key);
      en = replaced(std::move(en), placeholder, name.en);
      ja = replaced(std::move(ja), placeholder, name.ja);
    }
    return {{"en", filled(std::move(en), texts)}, {"ja", filled(std::move(ja), texts)}};
  }
};

json::value group(const std::string& rules, const Texts& texts) {
  if (rules.empty()) return nullptr;
  return *json::parse(R"({"combinator": "and", "rules": [)" + filled(rules, texts) + "]}");
}

json::value scope_of(const Starter& starter, const Texts& texts, const StarterSituation& situation) {
  auto usual = group(starter.scope_rules, texts);
  if (starter.narrower_scope_rules.empty()) return usual;
  const auto narrower = group(starter.narrower_scope_rules, texts);
  const bool is_known = engine::compile_condition(json::serialize(narrower), *situation.fields).has_value();
  return is_known ? group(starter.scope_rules + ", " + starter.narrower_scope_rules, texts) : usual;
}

std::string body_of(const Starter& starter, const Filling& filling, const StarterSituation& situation) {
  const auto& texts = filling.texts;
  const json::object body{{"name", filling.both(starter.name)},
                          {"description", filling.both(starter.description)},
                          {"kind", work::word_of(starter.kind)},
                          {"severity", work::word_of(starter.severity)},
                          {"enabled", true},
                          {"scope", scope_of(starter, texts, situation)},
                          {"condition", group(starter.rules, texts)},
                          {"leave_condition", group(starter.leave_rules, texts)},
                          {"for_days", *json::parse(filled(starter.for_days, texts))},
                          {"cooldown_days", starter.cooldown_days},
                          {"closes_by_itself", starter.closes_by_itself},
                          {"fires_on_existing", false},
                          {"explanation", filling.both(starter.explanation)},
                          {"call", json::object{{"title", nullptr},
                                                {"role", org::word_of(starter.role)},
                                                {"due_business_days", starter.due_business_days},
                                                {"playbook", ""},
                                                {"hours_estimate", starter.hours}}}};
  return json::serialize(body);
}

std::string text_member(const std::string& body, std::string_view member) {
  const auto parsed = json::parse_object(body);
  const auto* value = parsed ? parsed->if_contains(member) : nullptr;
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

core::Text name_in(const std::string& body) {
  const auto parsed = json::parse_object(body);
  const auto* name = parsed ? parsed->if_contains("name") : nullptr;
  if (!name || !name->is_object()) return {};
  return {std::string(name->at("en").as_string()), std::string(name->at("ja").as_string())};
}

core::Text name_of_source(const std::string& source) {
  static const std::map<std::string, core::Text> names{{"usage", {"usage events", "利用イベント"}},
                                                       {"tickets", {"tickets", "チケット"}},
                                                       {"surveys", {"survey answers", "アンケート回答"}},
                                                       {"interactions", {"meetings and calls", "面談・通話の記録"}},
                                                       {"contacts", {"contacts", "担当者"}},
                                                       {"subscriptions", {"contracts", "契約"}},
                                                       {"account", {"accounts", "顧客"}}};
  const auto found = names.find(source);
  return found == names.end() ? core::Text{source, source} : found->second;
}

// Sources that are measured already: where nobody measures tickets there are none to speak of.
std::set<std::string> sources_of(const StarterSituation& situation) {
  std::set<std::string> sources{"account"};
  for (const auto& [key, body] : situation.measures) sources.insert(text_member(body, "source"));
  return sources;
}

// These fields are there once the workspace has a plan.
bool is_kept_by_plans(std::string_view field) {
  return field.starts_with("attribute.plan_") || field.starts_with("attribute.goals_");
}

// A measure's body names its own key.
std::string with_key(const std::string& key, std::string_view body) {
  return fmt::format("{{\"key\": \"{}\", {}", key, body.substr(1));
}

void need_field(const std::string& field, const Texts& raw, const StarterSituation& situation,
                const std::set<std::string>& sources, PreparedStarter& prepared) {
  if (situation.fields->find(field)) return;
  const auto note = [&](core::Text what) {
    if (std::find(prepared.missing.begin(), prepared.missing.end(), what) == prepared.missing.end()) {
      prepared.missing.push_back(std::move(what));
    }
  };
  if (is_kept_by_plans(field)) return note({"success plans", "サクセスプラン"});
  if (!field.starts_with(measure_prefix)) return note({"the field " + field, "項目「" + field + "」"});
  const auto key = field.substr(measure_prefix.size());
  // The measure of a feature is known by the feature's place in its key.
  const auto feature = raw.find("feature");
  const auto feature_key = feature == raw.end() ? std::string() : as_key(feature->second, longest_key / 2);
  const auto general = feature_key.empty() ? key : replaced(key, "_" + feature_key, "_$feature");
  const auto* body = starter_measure(general);
  if (!body) return note({"the measure " + key, "指標「" + key + "」"});
  const std::string source = text_member(body, "source");
  if (!sources.contains(source)) return note(name_of_source(source));
  auto text = with_key(key, body);
  if (feature != raw.end()) text = replaced(std::move(text), "$feature", escaped(feature->second));
  auto name = name_in(text);
  prepared.measures.push_back({key, std::move(text), std::move(name)});
}

core::Error unfit(const StarterParameter& parameter) {
  return core::Error::invalid_field(
      "parameters." + parameter.key,
      {fmt::format("\"{}\" does not fit. Choose one of the values offered.", parameter.name.en),
       fmt::format("「{}」の値が正しくありません。候補から選んでください。", parameter.name.ja)});
}

}  // namespace

std::string_view word_of(ParameterKind kind) {
  static constexpr std::string_view words[] = {"number", "feature", "measure"};
  return words[static_cast<std::size_t>(kind)];
}

const Starter* find_starter(std::string_view key) {
  const auto& all = starters();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Starter& starter) { return starter.key == key; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<engine::Choice> choices_of(const StarterParameter& parameter, const StarterSituation& situation) {
  std::vector<engine::Choice> choices;
  if (parameter.kind == ParameterKind::feature) {
    for (const auto& [key, name] : situation.features) choices.push_back({key, name});
  } else if (parameter.kind == ParameterKind::measure) {
    for (const auto& field : situation.fields->fields()) {
      const bool is_measure = field.name.starts_with(measure_prefix) || field.name.starts_with("group.");
      if (is_measure && field.type == engine::FieldType::number) choices.push_back({field.name, field.label});
    }
  }
  return choices;
}

core::Result<PreparedStarter> prepare(const Starter& starter, const ParameterValues& given,
                                      const StarterSituation& situation) {
  PreparedStarter prepared;
  Filling filling;
  auto& texts = filling.texts;
  Texts raw;
  bool is_complete = true;
  for (const auto& parameter : starter.parameters) {
    const auto found = given.find(parameter.key);
    if (parameter.kind == ParameterKind::number) {
      const auto value = found == given.end() ? ParameterValue(parameter.otherwise.value_or(0)) : found->second;
      const auto* number = std::get_if<double>(&value);
      if (!number || !std::isfinite(*number)) return unfit(parameter);
      texts[parameter.key] = shown(*number);
      continue;
    }
    const auto choices = choices_of(parameter, situation);
    if (choices.empty()) {
      prepared.missing.push_back(parameter.kind == ParameterKind::feature ? name_of_source("usage")
                                                                          : core::Text{"measures", "指標"});
    }
    if (found == given.end()) {
      is_complete = false;
      continue;
    }
    const auto* chosen = std::get_if<std::string>(&found->second);
    const auto choice =
        std::find_if(choices.begin(), choices.end(), [&](const auto& each) { return chosen && each.value == *chosen; });
    if (choice == choices.end()) return unfit(parameter);
    raw[parameter.key] = *chosen;
    texts[parameter.key] = parameter.kind == ParameterKind::feature ? as_key(*chosen, longest_key / 2) : *chosen;
    filling.names[parameter.key] = {choice->name.en.empty() ? *chosen : choice->name.en,
                                    choice->name.ja.empty() ? *chosen : choice->name.ja};
  }
  if (!is_complete) return prepared;
  prepared.body = body_of(starter, filling, situation);
  const auto sources = sources_of(situation);
  const auto read = read_body(*prepared.body);
  for (const auto* condition : {&read.scope_json, &read.condition_json, &read.leave_json}) {
    for (const auto& field : engine::referenced_fields(*condition)) {
      need_field(field, raw, situation, sources, prepared);
    }
  }
  return prepared;
}

}  // namespace banso::signals
