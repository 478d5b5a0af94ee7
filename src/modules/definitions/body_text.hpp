// Bodies as text: indented for files and for reading, and compared field by field.
#pragma once

#include <string>
#include <vector>

#include "definitions.hpp"
#include "platform/json/json.hpp"

namespace banso::definitions {

// Two spaces of indentation; arrays of plain numbers and words stay on one line.
std::string indented(const platform::json::value& json);

// Objects in arrays are matched by their "key" or "measure" where they have one, so that an inserted measure is one
// difference and not one for each that follows it.
std::vector<Difference> differences(const platform::json::value& before, const platform::json::value& after);

}  // namespace banso::definitions
