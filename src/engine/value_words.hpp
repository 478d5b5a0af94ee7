// Values of fields as people read them. Pure.
#pragma once

#include <string>

#include "condition.hpp"
#include "core/text.hpp"
#include "definitions.hpp"

namespace banso::engine {

std::string with_separators(double value);  // "1,234.5": one decimal at most
// Money is in units, not minor ones.
core::Text number_in_words(double value, FieldType type, const std::string& currency);

std::string_view unit_word(Unit unit);  // "percent", "days", ...
// "12%", "3 people" / 「3人」; the number alone where the word names no unit.
core::Text with_unit(const std::string& number, std::string_view unit_word);

}  // namespace banso::engine
