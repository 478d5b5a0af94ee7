// What a playbook would do, with nothing sent and nothing written. Waits are taken to pass, tasks to be done, approvals
// to be given; conditions are those of now. Internal to the module.
#pragma once

#include "deeds.hpp"
#include "platform/json/json.hpp"

namespace banso::playbooks {

struct DryRunRequest {
  std::string key;
  workflow::Playbook playbook;
  std::optional<core::AccountId> account;  // nothing: the whole book
};
core::Result<platform::json::object> dry_run(Context& context, const DryRunRequest& request,
                                             const std::map<std::string, NoteDeed, std::less<>>& notes);

}  // namespace banso::playbooks
