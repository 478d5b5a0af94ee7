// Texts with places for values: "{score} out of 100, {score.before} before". Internal to the module.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/text.hpp"

namespace banso::signals {

struct Placeholder {
  std::string field;
  bool is_before = false;  // the value before the account entered
  bool operator==(const Placeholder&) const = default;
};
// Of both languages, each once.
std::vector<Placeholder> placeholders_of(const core::Text& text);
// `value` gives what stands for a place, in both languages.
core::Text fill(const core::Text& text, const std::function<core::Text(const Placeholder&)>& value);

}  // namespace banso::signals
