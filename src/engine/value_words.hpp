// Values of fields as people read them. Pure.
#pragma once

#include <string>

#include "condition.hpp"
#include "core/text.hpp"

namespace banso::engine {

std::string with_separators(double value);  // "1,234.5": one decimal at most
// Money is in units, not minor ones.
core::Text number_in_words(double value, FieldType type, const std::string& currency);

}  // namespace banso::engine
