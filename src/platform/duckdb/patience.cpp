#include "patience.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace banso::platform::duckdb {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::microseconds first_pause = 20us;
constexpr std::chrono::microseconds longest_pause = 200us;
constexpr const char* commit_sql = "COMMIT";

struct Prepared {
  duckdb_prepared_statement handle = nullptr;
  ~Prepared() { duckdb_destroy_prepare(&handle); }
};

struct Pending {
  duckdb_pending_result handle = nullptr;
  ~Pending() { duckdb_destroy_pending(&handle); }
};

struct Done {
  duckdb_result result{};
  ~Done() { duckdb_destroy_result(&result); }
};

[[noreturn]] void fail_with(const char* error, const std::string& sql) {
  fail(error ? error : "failed", sql);
}

// Does what there is to do, and sleeps while others do the rest.
void work_off(duckdb_pending_result pending) {
  for (auto pause = first_pause;;) {
    const auto state = duckdb_pending_execute_task(pending);
    if (state == DUCKDB_PENDING_ERROR || duckdb_pending_execution_is_finished(state)) return;
    if (state != DUCKDB_PENDING_NO_TASKS_AVAILABLE) continue;
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, longest_pause);
  }
}

}  // namespace

void execute(duckdb_prepared_statement statement, const std::string& sql, duckdb_result& result) {
  Pending pending;
  if (duckdb_pending_prepared(statement, &pending.handle) == DuckDBError) {
    fail_with(duckdb_pending_error(pending.handle), sql);
  }
  work_off(pending.handle);
  if (duckdb_execute_pending(pending.handle, &result) == DuckDBError) fail_with(duckdb_result_error(&result), sql);
}

void commit(Connection::Impl& connection) {
  Prepared statement;
  if (duckdb_prepare(connection.handle, commit_sql, &statement.handle) == DuckDBError) {
    fail_with(duckdb_prepare_error(statement.handle), commit_sql);
  }
  Done done;
  execute(statement.handle, commit_sql, done.result);
}

}  // namespace banso::platform::duckdb
