// What the lab says, as JSON. Names and shapes are those of api/lab.yaml.
#pragma once

#include "lab.hpp"

namespace banso::health {

json::object render_panel(const LabState& state);
json::array render_scorecards(definitions::Service& service, const engine::Definitions& published);
json::object render_judgement(const LabState& state, const lab::ScoredPanel& scored, const lab::Judgement& judgement,
                              const LabRequest& request, double computed_ms);
json::object render_moved(const lab::ScoredPanel& before, const lab::ScoredPanel& after, std::size_t row,
                          core::AccountId account, const std::string& name, std::int64_t arr_minor);
json::object render_suggestion(const lab::ScoredPanel& scored, const lab::Suggestion& suggestion);

}  // namespace banso::health
