// Running statements without turning in a circle, for the .cpp files of this folder only.
#pragma once

#include <string>

#include "handles.hpp"

namespace banso::platform::duckdb {

// Commits. DuckDB may give the work (writing the log) to one of its own threads; its plain query functions would then
// look for something to do without a pause, and take a core from those who have something to do. Here the caller
// sleeps.
void commit(Connection::Impl& connection);

}  // namespace banso::platform::duckdb
