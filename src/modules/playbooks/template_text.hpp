// Texts with {{placeholders}}: account.name, owner.name, playbook.name, run.id, and any field of the book. Internal to
// the module.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "deeds.hpp"

namespace banso::playbooks {

enum class Escape { none, json };
// Unknown and missing ones become empty.
std::string fill(std::string_view text, const std::function<std::string(std::string_view)>& value, Escape escape);

// The values for one run's account, in that language.
std::function<std::string(std::string_view)> values_of(Context& context, const RunRow& run,
                                                       const workflow::Playbook& playbook, core::Language language);
core::Text fill_both(Context& context, const Deed& deed, const core::Text& text);

}  // namespace banso::playbooks
