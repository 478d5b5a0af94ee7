#include "kind.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/segment_references.hpp"
#include "platform/log/log.hpp"

namespace banso::plans {
namespace {

namespace document = engine::plans;
using core::Result;
using definitions::Bodies;
using definitions::Name;

const std::vector<std::string> template_kinds{std::string(template_kind)};

Result<std::optional<engine::Condition>> compiled(const document::Template& plan_template,
                                                  const engine::FieldCatalogue& fields) {
  if (plan_template.condition_json.empty()) return std::optional<engine::Condition>();
  auto condition = engine::compile_condition(plan_template.condition_json, fields);
  if (condition) return std::optional(std::move(*condition));
  auto error = std::move(condition).error();
  if (error.fields.empty()) error.fields.push_back({"", error.message});
  for (auto& field : error.fields) {
    field.field = field.field.empty() ? "condition" : fmt::format("condition.{}", field.field);
  }
  return error;
}

Result<std::string> check_body(health::Service& health, const Name& name, const Bodies& others) {
  BANSO_TRY_ASSIGN(const auto plan_template, document::template_from_json(others.at(name)));
  const auto fields = health.condition_fields();
  BANSO_TRY(compiled(plan_template, *fields));
  core::Error error;
  for (std::size_t i = 0; i < plan_template.document.goals.size(); ++i) {
    const auto& goal = plan_template.document.goals[i];
    if (goal.kind != document::GoalKind::measure || fields->find("measure." + goal.measure)) continue;
    error.fields.push_back({fmt::format("document.goals[{}].measure", i),
                            {fmt::format("There is no published measure \"{}\".", goal.measure),
                             fmt::format("「{}」という公開済みの指標はありません。", goal.measure)}});
  }
  if (error.fields.empty()) return document::to_json(plan_template);
  error.message = error.fields.front().message;
  return error;
}

std::vector<Name> uses_of(std::string_view body) {
  std::vector<Name> used;
  const auto plan_template = document::template_from_json(body);
  if (!plan_template) return used;
  for (const auto& goal : plan_template->document.goals) {
    if (goal.kind == document::GoalKind::measure) used.push_back({"measure", goal.measure});
  }
  if (!plan_template->condition_json.empty()) {
    for (auto& segment : engine::referenced_segments(plan_template->condition_json)) {
      used.push_back({"segment", std::move(segment)});
    }
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  return used;
}

}  // namespace

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health) {
  definitions::Kind kind;
  kind.word = std::string(template_kind);
  kind.name = {"Plan template", "プランテンプレート"};
  kind.check = [health = std::weak_ptr(health)](const Name& name, const Bodies& others) -> Result<std::string> {
    const auto service = health.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    return check_body(*service, name, others);
  };
  kind.uses = uses_of;
  kind.title = [](std::string_view body) -> core::Text {
    const auto plan_template = document::template_from_json(body);
    return plan_template ? document::shown(plan_template->name) : core::Text{"Plan template", "プランテンプレート"};
  };
  kind.checked_with = template_kinds;
  return kind;
}

std::vector<CompiledTemplate> published_templates(definitions::Service& definitions,
                                                  const engine::FieldCatalogue& fields) {
  std::map<std::string, std::int64_t> versions;
  for (const auto& summary : definitions.list(std::string(template_kind))) {
    versions[summary.name.key] = summary.version;
  }
  std::vector<CompiledTemplate> found;
  for (const auto& [name, body] : definitions.published(template_kinds).bodies) {
    auto plan_template = document::template_from_json(body);
    if (!plan_template) continue;
    auto whose = compiled(*plan_template, fields);
    if (!whose) {
      platform::log::warning(
          fmt::format("the plan template {} cannot be offered: {}", name.key, whose.error().message.en));
      continue;
    }
    found.push_back({name.key, versions[name.key], std::move(*plan_template), std::move(*whose)});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return left.plan_template.rank < right.plan_template.rank;
  });
  return found;
}

bool fits(const CompiledTemplate& plan_template, const health::BookView& book, core::AccountId account) {
  if (!plan_template.whose) return true;
  const auto row = book.find(account);
  if (!row) return false;
  const std::uint32_t rows[] = {static_cast<std::uint32_t>(*row)};
  return book.run(*plan_template.whose, rows).test(0);
}

}  // namespace banso::plans
