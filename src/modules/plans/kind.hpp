// The kind "plan_template", and the published templates with their conditions compiled. Internal to the module.
#pragma once

#include "engine/condition.hpp"
#include "engine/plans/document.hpp"
#include "plans.hpp"

namespace banso::plans {

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health);

struct CompiledTemplate {
  std::string key;
  std::int64_t version = 0;
  engine::plans::Template plan_template;
  std::optional<engine::Condition> whose;  // nothing: all
};

// Lowest rank first, then by key: the order in which an account looks for its own.
std::vector<CompiledTemplate> published_templates(definitions::Service& definitions,
                                                  const engine::FieldCatalogue& fields);
bool fits(const CompiledTemplate& plan_template, const health::BookView& book, core::AccountId account);

}  // namespace banso::plans
