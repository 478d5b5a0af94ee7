// A rule's conditions as far as their past is known. Internal to the module.
#pragma once

#include <string>
#include <vector>

#include "kind.hpp"

namespace banso::signals {

struct UnknownPast {
  std::string field;
  core::Text name;
  bool operator==(const UnknownPast&) const = default;
};

// The rule ready to be run over the panel: what it asks of fields without a past is left out and named.
struct PastRule {
  // Scope, condition and leave condition, in this order; what is not there holds for all.
  std::vector<engine::Condition> conditions;
  bool has_leave = false;
  std::vector<UnknownPast> left_out;
};
// Refused where nothing of the condition is left. `fields` are those of the present book, for names.
core::Result<PastRule> past_rule(const RuleBody& rule, const health::PanelView& panel,
                                 const engine::FieldCatalogue& fields);

}  // namespace banso::signals
