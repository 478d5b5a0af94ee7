#include <utility>

#include "handles.hpp"
#include "patience.hpp"

namespace banso::platform::duckdb {
namespace {

struct Config {
  duckdb_config handle = nullptr;
  Config() {
    if (duckdb_create_config(&handle) == DuckDBError) throw DuckDbError("DuckDB refused to make a configuration");
  }
  ~Config() { duckdb_destroy_config(&handle); }
  void set(const char* name, const std::string& value) {
    if (duckdb_set_config(handle, name, value.c_str()) == DuckDBError) {
      throw DuckDbError(std::string("DuckDB refused the setting ") + name + " = " + value);
    }
  }
};

std::shared_ptr<Opening> open_handle(const char* path, const Settings& settings) {
  Config config;
  config.set("memory_limit", settings.memory_limit);
  config.set("threads", std::to_string(settings.threads));
  if (settings.read_only) config.set("access_mode", "READ_ONLY");
  // Nothing is ever fetched from outside, and rows are read back in the order asked for, not in that of insertion.
  config.set("autoinstall_known_extensions", "false");
  config.set("preserve_insertion_order", "false");
  duckdb_database handle = nullptr;
  char* error = nullptr;
  if (duckdb_open_ext(path, &handle, config.handle, &error) == DuckDBError) {
    const std::string what = error ? error : "unknown reason";
    duckdb_free(error);
    throw DuckDbError("cannot open the DuckDB database " + std::string(path ? path : "(memory)") + ": " + what);
  }
  auto opening = std::make_shared<Opening>();
  opening->handle = handle;
  return opening;
}

// Without parameters; rows changed.
std::int64_t run(Connection::Impl& connection, const std::string& sql) {
  duckdb_result result;
  const auto state = duckdb_query(connection.handle, sql.c_str(), &result);
  const std::string error = state == DuckDBError ? duckdb_result_error(&result) : "";
  const auto changed = state == DuckDBError ? 0 : static_cast<std::int64_t>(duckdb_rows_changed(&result));
  duckdb_destroy_result(&result);
  if (state == DuckDBError) fail(error, sql);
  return changed;
}

bool works(const Opening& opening) {
  duckdb_connection connection = nullptr;
  if (duckdb_connect(opening.handle, &connection) == DuckDBError) return false;
  const bool answers = duckdb_query(connection, "SELECT 1 FROM duckdb_schemas()", nullptr) == DuckDBSuccess;
  duckdb_disconnect(&connection);
  return answers;
}

}  // namespace

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

std::shared_ptr<Database> Database::open(const std::filesystem::path& file, const Settings& settings) {
  auto impl = std::make_unique<Impl>();
  impl->path = file.string();
  impl->settings = settings;
  impl->opening = open_handle(file.c_str(), settings);
  return std::shared_ptr<Database>(new Database(std::move(impl)));
}

std::shared_ptr<Database> Database::in_memory(const Settings& settings) {
  auto impl = std::make_unique<Impl>();
  impl->settings = settings;
  impl->opening = open_handle(nullptr, settings);
  return std::shared_ptr<Database>(new Database(std::move(impl)));
}

Connection Database::connect() {
  auto impl = std::make_unique<Connection::Impl>();
  {
    const std::lock_guard lock(impl_->mutex);
    impl->opening = impl_->opening;
  }
  if (!impl->opening || duckdb_connect(impl->opening->handle, &impl->handle) == DuckDBError) {
    throw DuckDbError("DuckDB refused a connection");
  }
  return Connection(std::move(impl));
}

bool Database::reopen_if_broken() {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->path.empty()) return false;
  if (impl_->opening && works(*impl_->opening)) return false;
  impl_->opening.reset();
  impl_->opening = open_handle(impl_->path.c_str(), impl_->settings);
  return true;
}

bool Database::checkpoint() {
  auto connection = connect();
  duckdb_result result;
  const auto state = duckdb_query(connection.impl_->handle, "CHECKPOINT", &result);
  const std::string error = state == DuckDBError ? duckdb_result_error(&result) : "";
  const bool busy = state == DuckDBError && duckdb_result_error_type(&result) == DUCKDB_ERROR_TRANSACTION;
  duckdb_destroy_result(&result);
  if (state == DuckDBError && !busy) fail(error, "CHECKPOINT");
  return !busy;
}

std::int64_t Database::log_bytes() const {
  if (impl_->path.empty()) return 0;
  std::error_code missing;  // there is none after a checkpoint
  const auto size = std::filesystem::file_size(impl_->path + ".wal", missing);
  return missing ? 0 : static_cast<std::int64_t>(size);
}

Connection::Connection(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

std::int64_t Connection::execute(const std::string& sql) {
  return run(*impl_, sql);
}

std::int64_t Connection::execute(const std::string& sql, const Values& values) {
  OwnTransaction transaction(*impl_);
  const auto changed = prepare(sql).execute(values);
  transaction.commit();
  return changed;
}

Result Connection::query(const std::string& sql, const Values& values) {
  OwnTransaction transaction(*impl_);
  auto result = prepare(sql).query(values);
  transaction.commit();
  return result;
}

Result Connection::stream(const std::string& sql, const Values& values) {
  auto transaction = std::make_unique<OwnTransaction>(*impl_);
  auto result = prepare(sql).stream(values);
  result.keep(std::move(transaction));
  return result;
}

Statement Connection::prepare(const std::string& sql) {
  auto impl = std::make_unique<Statement::Impl>();
  impl->sql = sql;
  if (duckdb_prepare(impl_->handle, sql.c_str(), &impl->handle) == DuckDBError) {
    const char* error = duckdb_prepare_error(impl->handle);
    fail(error ? error : "cannot be prepared", sql);
  }
  return Statement(std::move(impl));
}

std::optional<std::int64_t> Connection::query_integer(const std::string& sql, const Values& values) {
  auto result = query(sql, values);
  if (!result.next() || result.column(0).is_null(0)) return std::nullopt;
  return result.column(0).integer(0);
}

void Connection::interrupt() {
  duckdb_interrupt(impl_->handle);
}

Transaction::Transaction(Connection& connection) : connection_(&connection) {
  connection.execute("BEGIN TRANSACTION");
  connection.impl_->in_transaction = true;
}

Transaction::~Transaction() {
  if (!connection_) return;
  connection_->impl_->in_transaction = false;
  try {
    connection_->execute("ROLLBACK");
  } catch (const DuckDbError&) {
    // A failed statement may already have ended the transaction; there is nothing left to undo.
  }
}

void Transaction::commit() {
  auto& connection = *std::exchange(connection_, nullptr);
  connection.impl_->in_transaction = false;
  duckdb::commit(*connection.impl_);
}

OwnTransaction::OwnTransaction(Connection::Impl& connection) {
  if (connection.in_transaction) return;
  run(connection, "BEGIN TRANSACTION");
  connection_ = &connection;
  connection.in_transaction = true;
}

OwnTransaction::~OwnTransaction() {
  if (!connection_) return;
  connection_->in_transaction = false;
  duckdb_query(connection_->handle, "ROLLBACK", nullptr);
}

void OwnTransaction::commit() {
  if (!connection_) return;
  auto& connection = *std::exchange(connection_, nullptr);
  connection.in_transaction = false;
  duckdb::commit(connection);
}

}  // namespace banso::platform::duckdb
