// The C API's handles as owning types, for the .cpp files of this folder only.
#pragma once

#include <duckdb.h>

#include <memory>
#include <string>

#include "platform/duckdb/duckdb.hpp"

namespace banso::platform::duckdb {

struct Database::Impl {
  duckdb_database handle = nullptr;
  ~Impl() { duckdb_close(&handle); }
};

struct Connection::Impl {
  std::shared_ptr<Database> database;  // a connection keeps its database open
  duckdb_connection handle = nullptr;
  ~Impl() { duckdb_disconnect(&handle); }
};

struct Statement::Impl {
  duckdb_prepared_statement handle = nullptr;
  std::string sql;
  ~Impl() { duckdb_destroy_prepare(&handle); }
};

[[noreturn]] inline void fail(const std::string& what, const std::string& sql) {
  throw DuckDbError(what + " [in: " + sql + "]");
}

}  // namespace banso::platform::duckdb
