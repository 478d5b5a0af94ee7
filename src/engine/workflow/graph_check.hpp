// What is wrong with the graph of a playbook: every fault with its path.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "playbook.hpp"

namespace banso::engine::workflow {

// Unknown and unreachable steps, keys used twice, branches without a case, loops without a wait (a wait that is sure to
// take time: days, business days, a task or an approval that is waited for), and a goal that those held out are watched
// for too shortly.
std::vector<core::FieldError> graph_faults(const Playbook& playbook);

// The way on which `key`, with this body, would lead back to itself through sub-playbooks (first = last); empty: none.
std::vector<std::string> sub_playbook_cycle(const std::string& key, const Playbook& playbook,
                                            const std::function<const Playbook*(const std::string&)>& other);
// How many levels of sub-playbooks lie below; most_sub_playbook_levels + 1 at most.
int sub_playbook_levels(const Playbook& playbook, const std::function<const Playbook*(const std::string&)>& other);

// One error that holds all faults, or nothing.
core::Result<> as_result(std::vector<core::FieldError> faults);

}  // namespace banso::engine::workflow
