// The whole book on its journeys: how many accounts and how much ARR stand in each stage, and where they stall.
// Internal to the module.
#pragma once

#include "follower.hpp"
#include "platform/json/json.hpp"

namespace banso::journeys {

// By journey, in the order of their ranks, with what is said of feelings lately.
platform::json::array render_book_map(const health::BookView& book, Follower& follower, Store& store);

struct LineFilter {
  std::string journey;
  std::optional<std::string> stage;
  bool only_stuck = false, only_regressing = false;
};
// The accounts it concerns, largest ARR first.
platform::json::object render_lines(const health::BookView& book, Follower& follower, const LineFilter& filter,
                                    core::PageRequest page);

// Where a draft would put everybody, by stage: nothing is remembered of what customers confirmed.
core::Result<platform::json::object> preview(const health::BookView& book, const CompiledJourney& draft);

}  // namespace banso::journeys
