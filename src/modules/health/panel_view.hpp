// The lab's panel as a table of the book's fields, week by week: fields that rest on measures, scores, contracts and
// attributes, whose past is known. Internal to the module.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "book_table.hpp"
#include "definition_set.hpp"
#include "engine/lab/outcomes.hpp"
#include "engine/lab/rescore.hpp"
#include "health.hpp"

namespace banso::health {

struct PanelViewInput {
  std::shared_ptr<const engine::lab::LabPanel> panel;
  DefinitionSetPtr set;  // of the panel
  core::Day known_on;
  std::string currency;
  std::vector<customers::AttributeDefinition> attributes;
  std::vector<SegmentRule> segments;
  std::map<std::string, std::string> owners;  // by name: the value of the field "owner"
  engine::lab::Rescorer* rescorer = nullptr;  // used by the constructor alone
  engine::ParallelFor parallel_for;           // as well
};

// Computes the scores of all accounts and weeks at once; what else it needs when it is asked for.
PanelViewPtr make_panel_view(PanelViewInput input);

}  // namespace banso::health
