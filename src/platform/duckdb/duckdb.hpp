// DuckDB behind owning types: nobody else sees its C API. Used for the event store (events.duckdb) and for the mart of
// derived facts (mart.duckdb).
//
//   auto database = duckdb::Database::open("mart.duckdb", {.memory_limit = "512MB", .threads = 2});
//   auto connection = database->connect();
//   connection.execute("CREATE TABLE score (account_id BIGINT, day INTEGER, value DOUBLE)");
//
//   auto result = connection.query("SELECT account_id, value FROM score WHERE day = $1", {day});
//   while (result.next()) {                                   // chunk by chunk, at most 2048 rows each
//     const auto accounts = result.column(0).int64s();       // views into DuckDB's own memory until the next next()
//     const auto values = result.column(1).doubles();
//   }
//
//   duckdb::Transaction transaction(connection);
//   duckdb::Appender appender(connection, "score");         // the fast way in: hundreds of thousands of rows a second
//   appender.add(account_id).add(day).add(value).end_row();
//   appender.close();
//   transaction.commit();
//
// Threading: a Database is shared between threads. A Connection and what is made from it belong to one thread at a
// time; connections are cheap, make one per piece of work. Errors are exceptions that name the SQL: they mean a defect
// or a broken disk, never a mistake of the caller's caller.
//
// Types: integers, DOUBLE, BOOLEAN, VARCHAR, DATE (as core::Day) and TIMESTAMP (as core::Instant). Sums of integers are
// HUGEINT in DuckDB: write CAST(SUM(x) AS BIGINT).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace banso::platform::duckdb {

class DuckDbError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Settings {
  std::string memory_limit = "1GB";  // as DuckDB writes it: "512MB", "4GB"
  int threads = 2;                   // worker threads of one database, shared by its connections
  bool read_only = false;
};

// One bound parameter ($1, $2, ...). A vector of integers is a list: "account_id IN (SELECT unnest($1))".
class Value {
 public:
  Value() = default;
  Value(std::nullptr_t) {}
  Value(bool yes) : data_(yes) {}
  Value(int integer) : data_(static_cast<std::int64_t>(integer)) {}
  Value(std::int64_t integer) : data_(integer) {}
  Value(double number) : data_(number) {}
  Value(std::string text) : data_(std::move(text)) {}
  Value(std::string_view text) : data_(std::string(text)) {}
  Value(const char* text) : data_(std::string(text)) {}
  Value(core::Day day) : data_(day) {}              // binds as DATE; bind day.days where the column is INTEGER
  Value(core::Instant instant) : data_(instant) {}  // binds as TIMESTAMP
  Value(std::vector<std::int64_t> integers) : data_(std::move(integers)) {}
  template <class Tag>
  Value(core::Id<Tag> id) : data_(id.value) {}
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }

  using Data = std::variant<std::monostate, bool, std::int64_t, double, std::string, core::Day, core::Instant,
                            std::vector<std::int64_t>>;
  const Data& data() const { return data_; }

 private:
  Data data_;
};

using Values = std::vector<Value>;

// One column of the current chunk: a view, valid until the next call of Result::next(). Asking for another type than
// the column has throws. Cells that are null hold rubbish in the spans: ask is_null() where null can occur.
class Column {
 public:
  bool is_null(std::size_t row) const { return validity_ && !(validity_[row / 64] >> (row % 64) & 1); }
  bool has_nulls() const { return validity_ != nullptr; }  // may have: false means certainly not

  std::span<const std::int16_t> int16s() const;
  std::span<const std::int32_t> int32s() const;    // INTEGER, and DATE as days since 1970-01-01
  std::span<const std::int64_t> int64s() const;    // BIGINT, and TIMESTAMP as microseconds since 1970-01-01
  std::span<const std::uint64_t> uint64s() const;  // UBIGINT
  std::span<const double> doubles() const;
  std::span<const bool> bools() const;
  std::string_view text(std::size_t row) const;  // VARCHAR; empty where null

  // One cell of any integer width, for results of a few rows.
  std::int64_t integer(std::size_t row) const;

 private:
  friend class Result;
  enum class Type { other, boolean, int8, int16, int32, int64, uint64, number, text };
  void expect(Type type, const char* asked) const;

  Type type_ = Type::other;
  const void* data_ = nullptr;
  const std::uint64_t* validity_ = nullptr;
  std::size_t size_ = 0;
  std::size_t index_ = 0;
};

class OwnTransaction;

// The rows of a query, read forward once, chunk by chunk. Keeps its connection busy until destroyed, and must not
// outlive it.
class Result {
 public:
  Result(Result&&) noexcept;
  Result& operator=(Result&&) noexcept;
  ~Result();

  bool next();               // moves to the next chunk; false after the last
  std::size_t size() const;  // rows in the current chunk
  const Column& column(std::size_t index) const;
  std::size_t column_count() const;
  std::string column_name(std::size_t index) const;

 private:
  friend class Statement;
  friend class Connection;
  struct Impl;
  explicit Result(std::unique_ptr<Impl> impl);
  void keep(std::unique_ptr<OwnTransaction> transaction);
  std::unique_ptr<Impl> impl_;
};

// Planned once, by what the tables hold now: run it in the transaction in which it was prepared, unless nobody else
// appends to its tables.
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  std::int64_t execute(const Values& values = {});  // rows changed
  Result query(const Values& values = {});          // the whole result is computed, then read
  Result stream(const Values& values = {});         // computed while it is read: for results larger than memory

 private:
  friend class Connection;
  struct Impl;
  explicit Statement(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

class Connection {
 public:
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();
  struct Impl;

  // One or more statements without parameters, or one with. Rows changed by the last one.
  std::int64_t execute(const std::string& sql);
  std::int64_t execute(const std::string& sql, const Values& values);
  Result query(const std::string& sql, const Values& values = {});
  Result stream(const std::string& sql, const Values& values = {});
  Statement prepare(const std::string& sql);

  // The first cell of the first row, for counts and the like; nothing if there is no row or it is null.
  std::optional<std::int64_t> query_integer(const std::string& sql, const Values& values = {});

  // Stops what this connection is running; the running call throws. The one call allowed from another thread.
  void interrupt();

 private:
  friend class Database;
  friend class Appender;
  friend class Transaction;
  explicit Connection(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// BEGIN at construction; ROLLBACK at destruction unless commit() was called. Commit is durable when it returns (for a
// database in a file). Two transactions that changed the same rows: the later commit throws.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Connection* connection_;
};

// Appends rows column by column through DuckDB's own vectors. Every column of the table, in its order, must be added
// before end_row(). Use it inside a Transaction: then the rows are all or nothing. (Outside, they are committed in
// pieces.)
class Appender {
 public:
  Appender(Connection& connection, const std::string& table);
  ~Appender();  // close() first: an unfinished append is for a transaction that is rolled back
  Appender(const Appender&) = delete;
  Appender& operator=(const Appender&) = delete;

  Appender& add(std::int64_t integer);  // into any integer column; throws if it does not fit
  Appender& add(int integer) { return add(static_cast<std::int64_t>(integer)); }
  Appender& add(std::uint64_t integer);
  Appender& add(double number);
  Appender& add(bool yes);
  Appender& add(std::string_view text);
  Appender& add(const std::string& text) { return add(std::string_view(text)); }
  Appender& add(const char* text) { return add(std::string_view(text)); }
  Appender& add(core::Day day) { return add(static_cast<std::int64_t>(day.days)); }  // DATE or INTEGER
  Appender& add(core::Instant instant) { return add(instant.microseconds); }         // TIMESTAMP or BIGINT
  template <class Tag>
  Appender& add(core::Id<Tag> id) {
    return add(id.value);
  }
  Appender& add_null();
  void end_row();
  void close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

class Database : public std::enable_shared_from_this<Database> {
 public:
  // Creates the file if it is missing. One process at a time may hold it open for writing.
  static std::shared_ptr<Database> open(const std::filesystem::path& file, const Settings& settings = {});
  static std::shared_ptr<Database> in_memory(const Settings& settings = {});
  ~Database();

  Connection connect();
  // Moves what the write-ahead log holds into the file. Done by itself from time to time, by the thread whose commit
  // made the log large, and at close. Others may read meanwhile; appends wait. False: somebody's transaction was in
  // the way; try again.
  bool checkpoint();
  // The size of the write-ahead log; 0 in memory.
  std::int64_t log_bytes() const;
  // After a fatal error (the disk became full during a commit) DuckDB refuses all further work: then this opens the
  // file again, and what was committed is there. Connections made before stay useless. True: it was opened again.
  // Throws where that fails (the disk is still full); call it again later.
  bool reopen_if_broken();

 private:
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace banso::platform::duckdb
