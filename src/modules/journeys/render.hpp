// Journeys and positions as JSON. Internal to the module.
#pragma once

#include "follower.hpp"
#include "platform/json/json.hpp"
#include "stage_words.hpp"

namespace banso::journeys {

platform::json::object render(const core::Text& text);
platform::json::object render_money(std::int64_t amount_minor, const std::string& currency);

// The map itself: stages, milestones, moments of truth, without conditions.
platform::json::object render_map(const CompiledJourney& journey);

// Where an account stands: the three positions apart, milestones, pace.
platform::json::object render_position(const Position& position, core::Day today);
// One line of a list: account, stage, basis, days, stuck.
platform::json::object render_line(const health::BookView& book, std::size_t row, const Position& position);

platform::json::object render_review(const health::BookView& book, const JourneySet& set, const Review& review);

}  // namespace banso::journeys
