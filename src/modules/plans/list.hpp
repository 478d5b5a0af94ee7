// The list of plans: filter, order, sums. Internal to the module.
#pragma once

#include "render.hpp"

namespace banso::plans {

struct ListFilter {
  core::UserId owner;            // none: all
  std::string state = "living";  // living, draft, sent, active, closed, all
  bool no_next_step = false, is_late = false, is_unconfirmed = false;
  std::optional<document::GoalStatus> status;
  std::string search_key;  // customers::search_key of what is looked for
};

platform::json::object render_list(const Scene& scene, const std::vector<PlanFilePtr>& files, const ListFilter& filter,
                                   const core::PageRequest& page);

}  // namespace banso::plans
