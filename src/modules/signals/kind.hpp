// The kind "signal_rule": what its bodies mean. Internal to the module.
#pragma once

#include "engine/signals/firing.hpp"
#include "modules/work/work.hpp"
#include "signals.hpp"

namespace banso::signals {

struct RuleBody {
  core::Text name, description;
  work::CallKind kind = work::CallKind::risk;
  work::Severity severity = work::Severity::medium;
  bool is_enabled = true;
  std::string scope_json;  // empty: everybody
  std::string condition_json;
  std::string leave_json;  // empty: leaves where the condition does not hold
  engine::signals::Timing timing;
  bool closes_by_itself = true;
  core::Text explanation;
  struct Call {
    core::Text title;  // empty: the rule's name
    org::AccountRole role = org::AccountRole::csm;
    int due_business_days = 5;
    std::string playbook;
    double hours_estimate = 1;
  } call;
};

// The body, checked against the fields that conditions may speak of, and its canonical text.
struct CheckedBody {
  RuleBody body;
  std::string canonical;
};
core::Result<CheckedBody> check_body(std::string_view json, const engine::FieldCatalogue& fields);
// Of a body that was checked once; fields may have gone since.
RuleBody read_body(std::string_view json);

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health);

}  // namespace banso::signals
