#include <utility>

#include "handles.hpp"
#include "patience.hpp"

namespace banso::platform::duckdb {
namespace {

// Binds one value; the visitor's answer is the C API's state.
struct Binder {
  duckdb_prepared_statement statement;
  idx_t position;

  duckdb_state operator()(std::monostate) const { return duckdb_bind_null(statement, position); }
  duckdb_state operator()(bool yes) const { return duckdb_bind_boolean(statement, position, yes); }
  duckdb_state operator()(std::int64_t integer) const { return duckdb_bind_int64(statement, position, integer); }
  duckdb_state operator()(double number) const { return duckdb_bind_double(statement, position, number); }
  duckdb_state operator()(const std::string& text) const {
    return duckdb_bind_varchar_length(statement, position, text.data(), text.size());
  }
  duckdb_state operator()(core::Day day) const { return duckdb_bind_date(statement, position, {day.days}); }
  duckdb_state operator()(core::Instant instant) const {
    return duckdb_bind_timestamp(statement, position, {instant.microseconds});
  }
  duckdb_state operator()(const std::vector<std::int64_t>& integers) const {
    std::vector<duckdb_value> items;
    items.reserve(integers.size());
    for (const auto integer : integers) items.push_back(duckdb_create_int64(integer));
    if (items.empty()) items.reserve(1);  // the C API makes no list from a null pointer, not even an empty one
    auto type = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
    auto list = duckdb_create_list_value(type, items.data(), integers.size());
    const auto state = duckdb_bind_value(statement, position, list);
    duckdb_destroy_value(&list);
    duckdb_destroy_logical_type(&type);
    for (auto& item : items) duckdb_destroy_value(&item);
    return state;
  }
};

void bind_all(duckdb_prepared_statement statement, const std::string& sql, const Values& values) {
  if (duckdb_nparams(statement) != values.size()) {
    fail("takes " + std::to_string(duckdb_nparams(statement)) + " parameters, got " + std::to_string(values.size()),
         sql);
  }
  for (std::size_t index = 0; index < values.size(); ++index) {
    if (std::visit(Binder{statement, index + 1}, values[index].data()) == DuckDBError) {
      fail("cannot bind parameter $" + std::to_string(index + 1), sql);
    }
  }
}

}  // namespace

struct Result::Impl {
  std::unique_ptr<OwnTransaction> transaction;  // of a stream, ended after the rest
  duckdb_result handle{};
  duckdb_data_chunk chunk = nullptr;
  std::string sql;
  std::size_t size = 0;
  std::vector<Column> columns;

  ~Impl() {
    if (chunk) duckdb_destroy_data_chunk(&chunk);
    duckdb_destroy_result(&handle);
  }
};

namespace {

void run(duckdb_prepared_statement statement, const std::string& sql, bool streaming, duckdb_result& result) {
  if (!streaming) return execute(statement, sql, result);
  if (duckdb_execute_prepared_streaming(statement, &result) == DuckDBError) {
    const char* error = duckdb_result_error(&result);
    fail(error ? error : "failed", sql);
  }
}

}  // namespace

Statement::Statement(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

std::int64_t Statement::execute(const Values& values) {
  bind_all(impl_->handle, impl_->sql, values);
  Result::Impl result;
  run(impl_->handle, impl_->sql, false, result.handle);
  return static_cast<std::int64_t>(duckdb_rows_changed(&result.handle));
}

Result Statement::query(const Values& values) {
  bind_all(impl_->handle, impl_->sql, values);
  auto result = std::make_unique<Result::Impl>();
  result->sql = impl_->sql;
  run(impl_->handle, impl_->sql, false, result->handle);
  return Result(std::move(result));
}

Result Statement::stream(const Values& values) {
  bind_all(impl_->handle, impl_->sql, values);
  auto result = std::make_unique<Result::Impl>();
  result->sql = impl_->sql;
  run(impl_->handle, impl_->sql, true, result->handle);
  return Result(std::move(result));
}

Result::Result(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {
  using Type = Column::Type;
  const auto count = duckdb_column_count(&impl_->handle);
  impl_->columns.resize(count);
  for (idx_t index = 0; index < count; ++index) {
    auto& column = impl_->columns[index];
    column.index_ = index;
    switch (duckdb_column_type(&impl_->handle, index)) {
      case DUCKDB_TYPE_BOOLEAN:
        column.type_ = Type::boolean;
        break;
      case DUCKDB_TYPE_TINYINT:
        column.type_ = Type::int8;
        break;
      case DUCKDB_TYPE_SMALLINT:
        column.type_ = Type::int16;
        break;
      case DUCKDB_TYPE_INTEGER:
      case DUCKDB_TYPE_DATE:
        column.type_ = Type::int32;
        break;
      case DUCKDB_TYPE_BIGINT:
      case DUCKDB_TYPE_TIMESTAMP:
        column.type_ = Type::int64;
        break;
      case DUCKDB_TYPE_UBIGINT:
        column.type_ = Type::uint64;
        break;
      case DUCKDB_TYPE_DOUBLE:
        column.type_ = Type::number;
        break;
      case DUCKDB_TYPE_VARCHAR:
        column.type_ = Type::text;
        break;
      default:
        break;  // readable only by those who cast it in the SQL
    }
  }
}

Result::Result(Result&&) noexcept = default;
Result& Result::operator=(Result&&) noexcept = default;
Result::~Result() = default;

void Result::keep(std::unique_ptr<OwnTransaction> transaction) {
  impl_->transaction = std::move(transaction);
}

bool Result::next() {
  if (impl_->chunk) duckdb_destroy_data_chunk(&impl_->chunk);
  impl_->size = 0;
  impl_->chunk = duckdb_fetch_chunk(impl_->handle);
  if (!impl_->chunk) {
    // A streamed query can fail while it is read.
    if (const char* error = duckdb_result_error(&impl_->handle); error && *error) fail(error, impl_->sql);
    return false;
  }
  impl_->size = duckdb_data_chunk_get_size(impl_->chunk);
  for (std::size_t index = 0; index < impl_->columns.size(); ++index) {
    auto vector = duckdb_data_chunk_get_vector(impl_->chunk, index);
    auto& column = impl_->columns[index];
    column.data_ = duckdb_vector_get_data(vector);
    column.validity_ = duckdb_vector_get_validity(vector);
    column.size_ = impl_->size;
  }
  return impl_->size > 0;
}

std::size_t Result::size() const {
  return impl_->size;
}
const Column& Result::column(std::size_t index) const {
  return impl_->columns.at(index);
}
std::size_t Result::column_count() const {
  return impl_->columns.size();
}
std::string Result::column_name(std::size_t index) const {
  const char* name = duckdb_column_name(&impl_->handle, index);
  return name ? name : "";
}

void Column::expect(Type type, const char* asked) const {
  if (type_ != type) {
    throw DuckDbError("column " + std::to_string(index_) + " of a result is not " + asked + ": cast it in the SQL");
  }
}

std::span<const std::int16_t> Column::int16s() const {
  expect(Type::int16, "SMALLINT");
  return {static_cast<const std::int16_t*>(data_), size_};
}
std::span<const std::int32_t> Column::int32s() const {
  expect(Type::int32, "INTEGER or DATE");
  return {static_cast<const std::int32_t*>(data_), size_};
}
std::span<const std::int64_t> Column::int64s() const {
  expect(Type::int64, "BIGINT or TIMESTAMP");
  return {static_cast<const std::int64_t*>(data_), size_};
}
std::span<const std::uint64_t> Column::uint64s() const {
  expect(Type::uint64, "UBIGINT");
  return {static_cast<const std::uint64_t*>(data_), size_};
}
std::span<const double> Column::doubles() const {
  expect(Type::number, "DOUBLE");
  return {static_cast<const double*>(data_), size_};
}
std::span<const bool> Column::bools() const {
  expect(Type::boolean, "BOOLEAN");
  return {static_cast<const bool*>(data_), size_};
}

std::string_view Column::text(std::size_t row) const {
  expect(Type::text, "VARCHAR");
  if (is_null(row)) return {};
  auto& cell = const_cast<duckdb_string_t*>(static_cast<const duckdb_string_t*>(data_))[row];
  return {duckdb_string_t_data(&cell), duckdb_string_t_length(cell)};
}

std::int64_t Column::integer(std::size_t row) const {
  switch (type_) {
    case Type::boolean:
      return static_cast<const bool*>(data_)[row];
    case Type::int8:
      return static_cast<const std::int8_t*>(data_)[row];
    case Type::int16:
      return static_cast<const std::int16_t*>(data_)[row];
    case Type::int32:
      return static_cast<const std::int32_t*>(data_)[row];
    case Type::int64:
      return static_cast<const std::int64_t*>(data_)[row];
    default:
      break;
  }
  throw DuckDbError("column " + std::to_string(index_) + " of a result is not an integer: cast it in the SQL");
}

}  // namespace banso::platform::duckdb
