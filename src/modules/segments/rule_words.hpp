// One rule of a condition in words, without its field: "50 or more", "within the next 90 days". Internal to the module.
#pragma once

#include "engine/value_words.hpp"
#include "modules/health/health.hpp"
#include "platform/json/json.hpp"

namespace banso::segments {

// Of a rule that compiles.
core::Text needs_in_words(const platform::json::object& rule, const engine::Field& field, const health::BookView& book);

}  // namespace banso::segments
