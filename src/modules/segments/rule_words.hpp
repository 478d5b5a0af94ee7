// One rule of a condition in words, without its field: "50 or more", "within the next 90 days". Internal to the module.
#pragma once

#include "modules/health/health.hpp"
#include "platform/json/json.hpp"

namespace banso::segments {

core::Text number_in_words(double value, engine::FieldType type, const std::string& currency);
core::Text day_in_words(core::Day day);
// Of a rule that compiles.
core::Text needs_in_words(const platform::json::object& rule, const engine::Field& field, const health::BookView& book);

}  // namespace banso::segments
