// Runs and playbooks as JSON. Internal to the module.
#pragma once

#include "context.hpp"
#include "platform/json/json.hpp"

namespace banso::playbooks {

platform::json::object render_text(const core::Text& text);
platform::json::value render_maybe(const core::Text& text);  // null where empty
platform::json::array render_edges(const workflow::Playbook& playbook);
platform::json::object render_trace(core::Instant at, int visit, const std::string& step, const std::string& code,
                                    const core::Text& words);
// One line of a list.
platform::json::object render_run(Context& context, const RunRow& row);
// With its steps, its trace and the body of its version.
platform::json::object render_run_detail(Context& context, const RunRow& row);

}  // namespace banso::playbooks
