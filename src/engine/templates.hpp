// Scorecards that ship with the product, to begin from: measures and a scorecard that a team can take as drafts, adjust
// to the names of its own features and attributes, and publish.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text.hpp"
#include "definitions.hpp"

namespace banso::engine {

struct Template {
  std::string key;
  core::Text name;
  core::Text description;   // what it is for, and what to adjust
  Definitions definitions;  // valid by themselves; one scorecard
};

// All of them. Built anew at each call: keep what you need.
std::vector<Template> templates();

}  // namespace banso::engine
