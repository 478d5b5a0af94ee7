#include "kind.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace banso::journeys {
namespace {

namespace json = platform::json;
using core::Result;
using definitions::Bodies;
using definitions::Name;

const std::vector<std::string> journey_kinds{std::string(journey_kind)};

// Fields this module writes itself: a journey that looks at them would chase its own tail.
bool is_own_field(std::string_view field) {
  return field == "attribute.journey" || field.starts_with("attribute.journey_");
}

void move_faults(core::Error error, const std::string& path, std::vector<core::FieldError>& faults) {
  if (error.fields.empty()) {
    faults.push_back({path, error.message});
    return;
  }
  for (auto& field : error.fields) {
    field.field = field.field.empty() ? path : fmt::format("{}.{}", path, field.field);
    faults.push_back(std::move(field));
  }
}

engine::Condition compile_one(const std::string& condition, const std::string& path,
                              const engine::FieldCatalogue& fields, std::vector<core::FieldError>& faults) {
  auto compiled = engine::compile_condition(condition, fields);
  if (!compiled) {
    move_faults(std::move(compiled).error(), path, faults);
    return {};
  }
  for (const auto& field : compiled->fields()) {
    if (!is_own_field(field)) continue;
    faults.push_back(
        {path,
         {fmt::format("The journey itself sets \"{}\", so it cannot depend on it. Take it out.", field),
          fmt::format("「{}」はジャーニー自身が設定する項目のため、条件に使えません。外してください。", field)}});
  }
  return std::move(*compiled);
}

// Measures and segments that a condition names.
void collect_uses(const json::value& node, std::vector<Name>& used) {
  if (const auto* list = node.if_array()) {
    for (const auto& each : *list) collect_uses(each, used);
    return;
  }
  const auto* object = node.if_object();
  if (!object) return;
  for (const auto& [key, value] : *object) {
    if (key == "field" && value.is_string()) {
      constexpr std::string_view prefix = "measure.";
      const std::string_view field = value.get_string();
      if (field.starts_with(prefix)) used.push_back({"measure", std::string(field.substr(prefix.size()))});
    } else if (key == "condition" && value.is_object()) {
      for (auto& segment : engine::referenced_segments(json::serialize(value))) {
        used.push_back({"segment", std::move(segment)});
      }
    }
    collect_uses(value, used);
  }
}

std::vector<Name> uses_of(std::string_view body) {
  std::vector<Name> used;
  if (const auto parsed = json::parse(body)) collect_uses(*parsed, used);
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

Result<std::string> check_body(health::Service& health, const Name& name, const Bodies& others) {
  BANSO_TRY_ASSIGN(auto journey, engine::journeys::journey_from_json(others.at(name)));
  auto text = engine::journeys::to_json(journey);
  BANSO_TRY(compile(name.key, std::move(journey), *health.condition_fields()));
  return text;
}

}  // namespace

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health) {
  definitions::Kind kind;
  kind.word = std::string(journey_kind);
  kind.name = {"Journey", "ジャーニー"};
  kind.check = [health = std::weak_ptr(health)](const Name& name, const Bodies& others) -> Result<std::string> {
    const auto service = health.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    return check_body(*service, name, others);
  };
  kind.uses = uses_of;
  kind.title = [](std::string_view body) -> core::Text {
    const auto journey = engine::journeys::journey_from_json(body);
    return journey ? journey->name : core::Text{"Journey", "ジャーニー"};
  };
  kind.checked_with = journey_kinds;
  return kind;
}

Result<CompiledJourney> compile(std::string key, engine::journeys::Journey journey,
                                const engine::FieldCatalogue& fields) {
  CompiledJourney compiled;
  std::vector<core::FieldError> faults;
  if (!journey.condition_json.empty()) {
    compiled.whose = compile_one(journey.condition_json, "condition", fields, faults);
  }
  for (std::size_t stage = 0; stage < journey.stages.size(); ++stage) {
    const auto& milestones = journey.stages[stage].milestones;
    for (std::size_t i = 0; i < milestones.size(); ++i) {
      auto& condition = compiled.milestones.emplace_back();
      if (!milestones[i].is_provable()) continue;
      condition = compile_one(milestones[i].condition_json,
                              fmt::format("stages[{}].milestones[{}].condition", stage, i), fields, faults);
    }
  }
  if (!faults.empty()) {
    core::Error error;
    error.message = faults.front().message;
    error.fields = std::move(faults);
    return error;
  }
  compiled.key = std::move(key);
  compiled.map = std::move(journey);
  return compiled;
}

const CompiledJourney* JourneySet::find(std::string_view key) const {
  const auto found = std::find_if(journeys.begin(), journeys.end(), [&](const auto& each) { return each.key == key; });
  return found == journeys.end() ? nullptr : &*found;
}

JourneySetPtr read_published(definitions::Service& definitions, const engine::FieldCatalogue& fields) {
  auto set = std::make_shared<JourneySet>();
  const auto published = definitions.published(journey_kinds);
  set->release = published.release;
  for (const auto& [name, body] : published.bodies) {
    auto journey = engine::journeys::journey_from_json(body);
    if (!journey) continue;
    auto compiled = compile(name.key, std::move(*journey), fields);
    if (compiled) {
      set->journeys.push_back(std::move(*compiled));
    } else {
      platform::log::warning(
          fmt::format("the journey {} cannot be followed: {}", name.key, compiled.error().message.en));
    }
  }
  std::stable_sort(set->journeys.begin(), set->journeys.end(),
                   [](const auto& left, const auto& right) { return left.map.rank < right.map.rank; });
  return set;
}

}  // namespace banso::journeys
