// The kinds of definitions that this module owns: engagement models and assignment rules. Internal to the module.
#pragma once

#include "allocation.hpp"
#include "org.hpp"

namespace banso::org {

enum class Touch { high, low, tech, mixed };
std::string_view word_of(Touch touch);

struct EngagementModel {
  std::string key;
  core::Text name;
  Touch touch = Touch::low;
  std::int64_t rank = 0;  // the first that holds counts, lowest rank first
  std::string condition_json;
  std::optional<std::int64_t> meeting_every_days, accounts_per_csm;
  double effort_weight = 1;  // points an account
};

// Whose accounts a rule places: those nobody has; also those that somebody outside the candidates has; all.
enum class AppliesTo { unassigned, outside, all };

struct AssignmentRule {
  std::string key;
  core::Text name;
  std::string condition_json;
  AccountRole role = AccountRole::csm;
  AppliesTo applies_to = AppliesTo::unassigned;
  Sharing method = Sharing::capacity;
  std::vector<core::UserId> users;  // candidates, in this order, then those of the teams by id
  std::vector<std::string> teams;   // keys
  Limits limits;                    // of each candidate, beside the person's own
};

// From canonical bodies; what is missing has its default.
EngagementModel read_model(const std::string& key, std::string_view body);
AssignmentRule read_rule(const std::string& key, std::string_view body);

// What checking a rule needs to know.
struct KindContext {
  std::shared_ptr<health::Service> health;
  std::function<bool(core::UserId)> is_user;
  std::function<bool(std::string_view team)> is_team;
};

// `others` holds what is published beside it, scorecards too: one that is chosen by the model and a model that is
// chosen by its level would never come to rest.
core::Result<std::string> check_model(const KindContext& context, std::string_view body,
                                      const definitions::Bodies& others);
core::Result<std::string> check_rule(const KindContext& context, std::string_view body,
                                     const definitions::Bodies& others);
definitions::Kind engagement_models(KindContext context);
definitions::Kind assignment_rules(KindContext context);

// By rank, then key; without those whose condition cannot be compiled.
struct CompiledModel {
  EngagementModel model;
  engine::Condition condition;
};
std::vector<CompiledModel> compile_models(std::vector<EngagementModel> models, const engine::FieldCatalogue& fields);

}  // namespace banso::org
