// Definitions as JSON text, for people to read, compare and keep in files. Writing is canonical: keys in a fixed
// order, defaults left out, two spaces of indentation, so that equal definitions give equal text.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "definitions.hpp"

namespace banso::engine {

std::string to_json(const Definitions& definitions);

// Reads and validates. Unknown keys, wrong types and everything validate() refuses are reported together, each field
// with its path ("measures[3].window_days"). At most 4 MiB of text (too_large).
core::Result<Definitions> definitions_from_json(std::string_view text);

}  // namespace banso::engine
