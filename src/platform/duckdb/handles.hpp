// The C API's handles as owning types, for the .cpp files of this folder only.
#pragma once

#include <duckdb.h>

#include <memory>
#include <mutex>
#include <string>

#include "platform/duckdb/duckdb.hpp"

namespace banso::platform::duckdb {

// One opening of a database. After a fatal error DuckDB wants the database closed and opened again.
struct Opening {
  duckdb_database handle = nullptr;
  ~Opening() { duckdb_close(&handle); }
};

struct Database::Impl {
  std::string path;  // empty: in memory
  Settings settings;
  std::mutex mutex;
  std::shared_ptr<Opening> opening;  // guarded by the mutex
};

struct Connection::Impl {
  std::shared_ptr<Opening> opening;  // a connection keeps its database open
  duckdb_connection handle = nullptr;
  bool in_transaction = false;
  ~Impl() { duckdb_disconnect(&handle); }
};

// DuckDB plans by the statistics of the moment, and a plan is wrong for rows that came since: values that had fitted
// into a byte are cut to a byte. So a statement is planned and run in one transaction, its own where the caller has
// none. Ended by commit(), or else undone.
class OwnTransaction {
 public:
  explicit OwnTransaction(Connection::Impl& connection);
  ~OwnTransaction();
  OwnTransaction(const OwnTransaction&) = delete;
  OwnTransaction& operator=(const OwnTransaction&) = delete;
  void commit();

 private:
  Connection::Impl* connection_ = nullptr;  // none: there is a transaction already
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
