// The measure of intake: how fast one thread of DuckDB's own appender takes the same rows from memory, into a file, in
// transactions of the size that Banso commits.
#pragma once

#include <filesystem>
#include <vector>

#include "event_mix.hpp"

namespace banso::bench {

// Rows a second, over about so many seconds.
double appender_rows_per_s(const std::filesystem::path& file, const std::vector<Batch>& batches, double seconds);

}  // namespace banso::bench
