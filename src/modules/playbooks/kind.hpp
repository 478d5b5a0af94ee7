// The kind "playbook": what its bodies may say. Internal to the module.
#pragma once

#include "engine/workflow/playbook.hpp"
#include "playbooks.hpp"

namespace banso::playbooks {

definitions::Kind make_kind(const std::shared_ptr<health::Service>& health);

// Everything that is wrong with a body, with its paths: its form, the graph, conditions, what it needs. `others`: the
// bodies it will live with; nothing: what it needs is not looked for.
std::vector<core::FieldError> body_faults(const std::string& key, std::string_view body,
                                          const engine::FieldCatalogue& fields, const definitions::Bodies* others);

// The condition that an account enters when the field takes the value.
std::string change_condition(const engine::workflow::Start& start);

}  // namespace banso::playbooks
