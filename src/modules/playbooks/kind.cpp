#include "kind.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "engine/workflow/graph_check.hpp"
#include "engine/workflow/playbook_json.hpp"
#include "platform/json/json.hpp"

namespace banso::playbooks {
namespace {

namespace json = platform::json;
namespace workflow = engine::workflow;
using definitions::Bodies;
using definitions::Name;
using Faults = std::vector<core::FieldError>;
using workflow::StepKind;

const std::string segment_word = "segment", template_word = "mail_template", survey_word = "survey",
                  plan_template_word = "plan_template";

// Every condition of the playbook with its path.
std::vector<std::pair<std::string, std::string>> conditions_of(const workflow::Playbook& playbook) {
  std::vector<std::pair<std::string, std::string>> found;
  const auto add = [&](std::string path, const std::string& text) {
    if (!text.empty()) found.emplace_back(std::move(path), text);
  };
  add("start.condition", playbook.start.condition_json);
  add("goal", playbook.goal_json);
  add("exit", playbook.exit_json);
  for (const auto& step : playbook.steps) {
    add(fmt::format("steps[{}].until_condition", step.key), step.condition_json);
    for (std::size_t i = 0; i < step.cases.size(); ++i) {
      add(fmt::format("steps[{}].cases[{}].condition", step.key, i), step.cases[i].condition_json);
    }
  }
  return found;
}

void check_condition(const std::string& path, const std::string& text, const engine::FieldCatalogue& fields,
                     Faults& faults) {
  auto compiled = engine::compile_condition(text, fields);
  if (compiled) return;
  const auto& error = compiled.error();
  if (error.fields.empty()) faults.push_back({path, error.message});
  for (const auto& fault : error.fields) {
    faults.push_back({fault.field.empty() ? path : path + "." + fault.field, fault.message});
  }
}

void check_fields(const workflow::Playbook& playbook, const engine::FieldCatalogue& fields, Faults& faults) {
  for (const auto& [path, text] : conditions_of(playbook)) check_condition(path, text, fields, faults);
  if (playbook.start.on == workflow::StartOn::change) {
    check_condition("start", change_condition(playbook.start), fields, faults);
  }
  for (const auto& step : playbook.steps) {
    const bool waits_for_day = step.kind == StepKind::wait && step.wait_for == workflow::WaitFor::until_field;
    const auto* field = waits_for_day || step.kind == StepKind::set_field ? fields.find(step.field) : nullptr;
    if (waits_for_day && (!field || field->type != engine::FieldType::day)) {
      faults.push_back({fmt::format("steps[{}].until_field", step.key),
                        {fmt::format("\"{}\" is no day of the book.", step.field),
                         fmt::format("「{}」は日付の項目ではありません。", step.field)}});
    }
    if (step.kind == StepKind::set_field && step.field.starts_with("attribute.") && !field) {
      faults.push_back({fmt::format("steps[{}].field", step.key),
                        {fmt::format("There is no attribute \"{}\".", step.field.substr(10)),
                         fmt::format("属性「{}」はありません。", step.field.substr(10))}});
    }
  }
}

void add_measures(const json::value& node, std::vector<Name>& used) {
  const auto* each = node.if_object();
  if (!each) return;
  if (const auto* rules = each->if_contains("rules"); rules && rules->is_array()) {
    for (const auto& rule : rules->get_array()) add_measures(rule, used);
  }
  constexpr std::string_view prefix = "measure.";
  const auto* field = each->if_contains("field");
  if (!field || !field->is_string()) return;
  const std::string key(field->get_string());
  if (key.starts_with(prefix)) used.push_back({"measure", key.substr(prefix.size())});
}

std::vector<Name> uses_of(std::string_view body) {
  const auto playbook = workflow::read_checked(body);
  std::vector<Name> used;
  for (const auto& [path, text] : conditions_of(playbook)) {
    for (auto& key : engine::referenced_segments(text)) used.push_back({segment_word, std::move(key)});
    if (const auto parsed = json::parse(text)) add_measures(*parsed, used);
  }
  if (!playbook.start.segment.empty()) used.push_back({segment_word, playbook.start.segment});
  for (const auto& step : playbook.steps) {
    if (step.kind == StepKind::email) used.push_back({template_word, step.template_key});
    if (step.kind == StepKind::survey) used.push_back({survey_word, step.template_key});
    if (step.kind == StepKind::plan && !step.template_key.empty()) {
      used.push_back({plan_template_word, step.template_key});
    }
    if (step.kind == StepKind::playbook) used.push_back({std::string(playbook_kind), step.playbook});
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

// What must be there: templates, surveys, segments, other playbooks.
void check_needs(const std::string& key, const workflow::Playbook& playbook, const Bodies& others, Faults& faults) {
  const auto need = [&](std::string path, const std::string& kind, const std::string& name, const core::Text& what) {
    if (others.contains({kind, name})) return;
    faults.push_back({std::move(path),
                      {fmt::format("There is no published {} \"{}\".", what.en, name),
                       fmt::format("公開済みの{}「{}」はありません。", what.ja, name)}});
  };
  if (!playbook.start.segment.empty()) {
    need("start.segment", segment_word, playbook.start.segment, {"segment", "セグメント"});
  }
  for (const auto& step : playbook.steps) {
    const auto path = [&](std::string_view field) { return fmt::format("steps[{}].{}", step.key, field); };
    if (step.kind == StepKind::email) {
      need(path("template"), template_word, step.template_key, {"mail template", "メールテンプレート"});
    }
    if (step.kind == StepKind::survey) {
      need(path("survey"), survey_word, step.template_key, {"survey", "アンケート"});
    }
    if (step.kind == StepKind::plan && !step.template_key.empty()) {
      need(path("template"), plan_template_word, step.template_key, {"plan template", "プランのテンプレート"});
    }
    if (step.kind == StepKind::playbook && step.playbook != key) {
      need(path("playbook"), std::string(playbook_kind), step.playbook, {"playbook", "プレイブック"});
    }
  }
}

void check_sub_playbooks(const std::string& key, const workflow::Playbook& playbook, const Bodies& others,
                         Faults& faults) {
  std::map<std::string, workflow::Playbook> read;
  const auto other = [&](const std::string& name) -> const workflow::Playbook* {
    const auto body = others.find({std::string(playbook_kind), name});
    if (body == others.end()) return nullptr;
    auto found = read.find(name);
    if (found == read.end()) found = read.emplace(name, workflow::read_checked(body->second)).first;
    return &found->second;
  };
  const auto path_of_first = [&] {
    for (const auto& step : playbook.steps) {
      if (step.kind == StepKind::playbook) return fmt::format("steps[{}].playbook", step.key);
    }
    return std::string("steps");
  };
  const auto cycle = workflow::sub_playbook_cycle(key, playbook, other);
  if (!cycle.empty()) {
    const auto way = fmt::format("{}", fmt::join(cycle, " → "));
    faults.push_back({path_of_first(),
                      {fmt::format("The playbooks lead back to this one: {}.", way),
                       fmt::format("プレイブックが自分自身に戻ってしまいます({})。", way)}});
  } else if (workflow::sub_playbook_levels(playbook, other) > workflow::most_sub_playbook_levels) {
    faults.push_back(
        {path_of_first(),
         {fmt::format("More than {} playbooks call one another.", workflow::most_sub_playbook_levels),
          fmt::format("プレイブックの呼び出しが{}段を超えています。", workflow::most_sub_playbook_levels)}});
  }
}

}  // namespace

std::string change_condition(const workflow::Start& start) {
  return json::serialize(json::object{
      {"combinator", "and"},
      {"rules", json::array{json::object{{"field", start.field}, {"operator", "="}, {"value", start.to}}}}});
}

Faults body_faults(const std::string& key, std::string_view body, const engine::FieldCatalogue& fields,
                   const Bodies* others) {
  const auto read = workflow::read_playbook(body);
  if (!read) {
    auto faults = read.error().fields;
    if (faults.empty()) faults.push_back({"", read.error().message});
    // The form may be at fault in one place and a condition in another: both are shown.
    check_fields(workflow::read_checked(body), fields, faults);
    return faults;
  }
  Faults faults;
  check_fields(*read, fields, faults);
  if (others) {
    check_needs(key, *read, *others, faults);
    check_sub_playbooks(key, *read, *others, faults);
  }
  return faults;
}

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health) {
  definitions::Kind kind;
  kind.word = std::string(playbook_kind);
  kind.name = {"Playbook", "プレイブック"};
  kind.check = [health = std::weak_ptr(health)](const Name& name, const Bodies& others) -> core::Result<std::string> {
    const auto service = health.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    const auto& body = others.at(name);
    BANSO_TRY(workflow::as_result(body_faults(name.key, body, *service->condition_fields(), &others)));
    return workflow::write_playbook(workflow::read_checked(body));
  };
  kind.uses = uses_of;
  kind.title = [](std::string_view body) { return workflow::read_checked(body).name; };
  kind.checked_with = {std::string(playbook_kind), segment_word, template_word, survey_word, plan_template_word};
  return kind;
}

}  // namespace banso::playbooks
