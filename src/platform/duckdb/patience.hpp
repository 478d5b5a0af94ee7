// Running statements without turning in a circle, for the .cpp files of this folder only.
#pragma once

#include <string>

#include "handles.hpp"

namespace banso::platform::duckdb {

// DuckDB may give the work to its own threads, as commits do with the writing of the log; its plain query functions
// would then look for something to do without a pause, and take a core from those who have something to do. Here the
// caller sleeps. Both throw where the statement fails; the result is the caller's to destroy in any case.
void execute(duckdb_prepared_statement statement, const std::string& sql, duckdb_result& result);
void commit(Connection::Impl& connection);

}  // namespace banso::platform::duckdb
