// The records database: SQLite in a file, or PostgreSQL, behind one small SQL door.
//
// Modules write one SQL subset that runs unchanged on both: column types BIGINT, TEXT and DOUBLE PRECISION only; yes/no
// is BIGINT 0/1, instants are BIGINT microseconds UTC (names end in _at_us), days are BIGINT days since 1970 (names end
// in _day), JSON is TEXT. ON CONFLICT ... DO UPDATE and RETURNING work on both. Sums: CAST(SUM(x) AS BIGINT).
// Parameters are always bound, written :1, :2, ... in the SQL text in order of first use. Ids come from new_id().
//
// Threading: Database is shared between threads. A Session belongs to the thread that was handed it, for the duration
// of the callback. Errors of the database (not of the caller) are exceptions derived from DatabaseError.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace banso::platform::records {

class DatabaseError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A unique key was violated; services that expect this catch it and answer with a conflict.
class UniqueViolation : public DatabaseError {
 public:
  using DatabaseError::DatabaseError;
};

// One bound value or one cell: null, integer, floating point, or text.
class Value {
 public:
  Value() = default;
  Value(std::nullptr_t) {}
  Value(std::int64_t integer) : data_(integer) {}
  Value(int integer) : data_(static_cast<std::int64_t>(integer)) {}
  Value(long long integer) : data_(static_cast<std::int64_t>(integer)) {}
  Value(bool yes) : data_(static_cast<std::int64_t>(yes)) {}
  Value(double number) : data_(number) {}
  Value(std::string text) : data_(std::move(text)) {}
  Value(std::string_view text) : data_(std::string(text)) {}
  Value(const char* text) : data_(std::string(text)) {}
  Value(core::Day day) : data_(static_cast<std::int64_t>(day.days)) {}
  Value(core::Instant instant) : data_(instant.microseconds) {}
  template <class Tag>
  Value(core::Id<Tag> id) : data_(id.value) {}
  template <class T>
  Value(const std::optional<T>& maybe) {
    if (maybe) *this = Value(*maybe);
  }

  using Data = std::variant<std::monostate, std::int64_t, double, std::string>;
  const Data& data() const { return data_; }

 private:
  Data data_;
};

using Values = std::vector<Value>;

// One row of a result. Columns are asked for by position; a null asked for as a plain value is a programming error
// and throws DatabaseError, as does a wrong type.
class Row {
 public:
  explicit Row(std::vector<Value> cells) : cells_(std::move(cells)) {}

  std::size_t size() const { return cells_.size(); }
  bool is_null(std::size_t column) const;
  std::int64_t integer(std::size_t column) const;
  double number(std::size_t column) const;
  std::string text(std::size_t column) const;
  bool yes(std::size_t column) const { return integer(column) != 0; }
  core::Day day(std::size_t column) const { return {static_cast<std::int32_t>(integer(column))}; }
  core::Instant instant(std::size_t column) const { return {integer(column)}; }
  template <class IdType>
  IdType id(std::size_t column) const {
    return IdType{is_null(column) ? 0 : integer(column)};
  }
  std::optional<std::int64_t> maybe_integer(std::size_t column) const;
  std::optional<double> maybe_number(std::size_t column) const;
  std::optional<std::string> maybe_text(std::size_t column) const;
  std::optional<core::Day> maybe_day(std::size_t column) const;
  std::optional<core::Instant> maybe_instant(std::size_t column) const;

 private:
  std::vector<Value> cells_;
};

enum class Dialect { sqlite, postgresql };

// One connection inside one transaction. Prepared statements are cached per connection by SQL text, so running the
// same text in a loop is the fast way.
class Session {
 public:
  virtual ~Session() = default;
  virtual Dialect dialect() const = 0;
  virtual std::vector<Row> query(std::string_view sql, const Values& parameters = {}) = 0;
  // Row by row, without holding the result in memory. `visit` must not run statements on this session.
  virtual void each(std::string_view sql, const Values& parameters, const std::function<void(const Row&)>& visit) = 0;
  // Rows changed.
  virtual std::int64_t execute(std::string_view sql, const Values& parameters = {}) = 0;

  std::optional<Row> query_one(std::string_view sql, const Values& parameters = {});
};

struct Migration {
  std::string_view module;  // "customers"
  int number;               // 1, 2, ... within the module, applied in order, once, forward only
  std::string_view name;    // "0001_accounts"
  std::string_view sql;     // statements separated by ';' at line ends
};

class Database {
 public:
  // "sqlite:/path/records.db" or "postgresql://user@host/name" (also key=value form after "postgresql:").
  static std::shared_ptr<Database> open(const std::string& url, int connections = 8);
  virtual ~Database() = default;

  virtual Dialect dialect() const = 0;
  // Applies what is missing, each in a transaction of its own. Safe to call from several nodes at once.
  virtual void migrate(std::span<const Migration> migrations) = 0;
  // A consistent read; nothing may be written. Reading inside of another transaction of the same thread joins it.
  virtual void read_impl(const std::function<void(Session&)>& work) = 0;
  // Commits when work returns normally, rolls back when it throws (the exception goes on).
  virtual void write_impl(const std::function<void(Session&)>& work) = 0;

  template <class Work>
  auto read(Work&& work) {
    return run(std::forward<Work>(work), [this](const auto& inner) { read_impl(inner); });
  }

  // Work may return a core::Result: an error in it rolls back, too, and is returned.
  template <class Work>
  auto write(Work&& work) {
    return run(std::forward<Work>(work), [this](const auto& inner) { write_impl(inner); });
  }

 private:
  struct RolledBack {};  // thrown inside to undo a transaction whose work returned an error

  template <class Work, class Runner>
  static auto run(Work&& work, Runner runner) {
    using Answer = std::invoke_result_t<Work, Session&>;
    if constexpr (std::is_void_v<Answer>) {
      runner([&](Session& session) { work(session); });
    } else {
      std::optional<Answer> answer;
      try {
        runner([&](Session& session) {
          answer.emplace(work(session));
          if constexpr (requires {
                          answer->has_value();
                          answer->error().code;
                        }) {
            if (!answer->has_value()) throw RolledBack{};
          }
        });
      } catch (const RolledBack&) {
      }
      return std::move(*answer);
    }
  }
};

// The tables of this library itself (the version log).
std::span<const Migration> migrations();

// A new id: positive, below 2^53, increasing within a process, different between nodes (0..15; set once at start).
std::int64_t new_id();
void set_node_number(int node_number);

}  // namespace banso::platform::records
