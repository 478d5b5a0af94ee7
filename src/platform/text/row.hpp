// One record of delimited text, or a row of anything else that is read as a table.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/text.hpp"

namespace banso::platform::text {

struct Row {
  std::int64_t line = 0;                // where it begins, as an editor counts (1 = the first line of the file)
  std::vector<std::string_view> cells;  // valid until the next row is read
  // Why the row cannot be used although its text is there: a quotation mark left open, too many cells. The cells then
  // hold the line cut at its delimiters, so that it can be shown and handed back.
  std::optional<core::Text> problem;
};

}  // namespace banso::platform::text
