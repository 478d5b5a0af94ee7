// Plan templates for the usual cases, to begin with. Internal to the module.
#pragma once

#include <string>
#include <vector>

#include "core/text.hpp"

namespace banso::plans {

struct Starter {
  std::string key;
  core::Text name, description;
  std::string body;  // of the kind "plan_template"
};
const std::vector<Starter>& starters();

}  // namespace banso::plans
