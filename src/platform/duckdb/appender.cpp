#include <limits>
#include <vector>

#include "handles.hpp"

namespace banso::platform::duckdb {

// Rows are collected in one data chunk (2048 rows) that is handed over whole: one C call per cell only for texts.
struct Appender::Impl {
  duckdb_appender handle = nullptr;
  std::string table;
  duckdb_data_chunk chunk = nullptr;
  struct Target {
    duckdb_type type;
    duckdb_vector vector;
    void* data;
  };
  std::vector<Target> columns;
  idx_t row = 0;
  std::size_t column = 0;
  idx_t capacity = duckdb_vector_size();
  bool closed = false;

  ~Impl() {
    if (chunk) duckdb_destroy_data_chunk(&chunk);
    duckdb_appender_destroy(&handle);
  }

  [[noreturn]] void complain(const std::string& what) const {
    throw DuckDbError(what + " [appending to " + table + "]");
  }

  void check(duckdb_state state, const char* what) {
    if (state == DuckDBSuccess) return;
    const char* error = duckdb_appender_error(handle);
    complain(error ? error : what);
  }

  void make_chunk() {
    const auto count = duckdb_appender_column_count(handle);
    std::vector<duckdb_logical_type> types;
    for (idx_t index = 0; index < count; ++index) types.push_back(duckdb_appender_column_type(handle, index));
    chunk = duckdb_create_data_chunk(types.data(), count);
    for (idx_t index = 0; index < count; ++index) {
      columns.push_back({duckdb_get_type_id(types[index]), nullptr, nullptr});
      duckdb_destroy_logical_type(&types[index]);
    }
    take_vectors();
  }

  void take_vectors() {
    for (idx_t index = 0; index < columns.size(); ++index) {
      columns[index].vector = duckdb_data_chunk_get_vector(chunk, index);
      columns[index].data = duckdb_vector_get_data(columns[index].vector);
    }
  }

  Target& next_column() {
    if (column >= columns.size()) complain("more values than columns");
    return columns[column++];
  }

  template <class T>
  void store(const Target& target, std::int64_t integer) {
    if (integer < static_cast<std::int64_t>(std::numeric_limits<T>::min()) ||
        integer > static_cast<std::int64_t>(std::numeric_limits<T>::max())) {
      complain(std::to_string(integer) + " does not fit into column " + std::to_string(column - 1));
    }
    static_cast<T*>(target.data)[row] = static_cast<T>(integer);
  }

  void hand_over() {
    if (row == 0) return;
    duckdb_data_chunk_set_size(chunk, row);
    check(duckdb_append_data_chunk(handle, chunk), "rows were refused");
    duckdb_data_chunk_reset(chunk);
    take_vectors();  // a reset may move them
    row = 0;
  }
};

Appender::Appender(Connection& connection, const std::string& table) : impl_(std::make_unique<Impl>()) {
  impl_->table = table;
  impl_->check(duckdb_appender_create(connection.impl_->handle, nullptr, table.c_str(), &impl_->handle),
               "there is no such table");
  impl_->make_chunk();
}

Appender::~Appender() = default;

Appender& Appender::add(std::int64_t integer) {
  const auto& target = impl_->next_column();
  switch (target.type) {
    case DUCKDB_TYPE_TINYINT:
      impl_->store<std::int8_t>(target, integer);
      break;
    case DUCKDB_TYPE_UTINYINT:
      impl_->store<std::uint8_t>(target, integer);
      break;
    case DUCKDB_TYPE_SMALLINT:
      impl_->store<std::int16_t>(target, integer);
      break;
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_DATE:
      impl_->store<std::int32_t>(target, integer);
      break;
    case DUCKDB_TYPE_BIGINT:
    case DUCKDB_TYPE_TIMESTAMP:
      impl_->store<std::int64_t>(target, integer);
      break;
    case DUCKDB_TYPE_DOUBLE:
      static_cast<double*>(target.data)[impl_->row] = static_cast<double>(integer);
      break;
    default:
      impl_->complain("column " + std::to_string(impl_->column - 1) + " does not take an integer");
  }
  return *this;
}

Appender& Appender::add(std::uint64_t integer) {
  const auto& target = impl_->next_column();
  if (target.type != DUCKDB_TYPE_UBIGINT)
    impl_->complain("column " + std::to_string(impl_->column - 1) + " is not UBIGINT");
  static_cast<std::uint64_t*>(target.data)[impl_->row] = integer;
  return *this;
}

Appender& Appender::add(double number) {
  const auto& target = impl_->next_column();
  if (target.type != DUCKDB_TYPE_DOUBLE)
    impl_->complain("column " + std::to_string(impl_->column - 1) + " is not DOUBLE");
  static_cast<double*>(target.data)[impl_->row] = number;
  return *this;
}

Appender& Appender::add(bool yes) {
  const auto& target = impl_->next_column();
  if (target.type != DUCKDB_TYPE_BOOLEAN)
    impl_->complain("column " + std::to_string(impl_->column - 1) + " is not BOOLEAN");
  static_cast<bool*>(target.data)[impl_->row] = yes;
  return *this;
}

Appender& Appender::add(std::string_view text) {
  const auto& target = impl_->next_column();
  if (target.type != DUCKDB_TYPE_VARCHAR)
    impl_->complain("column " + std::to_string(impl_->column - 1) + " is not VARCHAR");
  duckdb_vector_assign_string_element_len(target.vector, impl_->row, text.data(), text.size());
  return *this;
}

Appender& Appender::add_null() {
  const auto& target = impl_->next_column();
  duckdb_vector_ensure_validity_writable(target.vector);
  duckdb_validity_set_row_invalid(duckdb_vector_get_validity(target.vector), impl_->row);
  return *this;
}

void Appender::end_row() {
  if (impl_->column != impl_->columns.size()) {
    impl_->complain(std::to_string(impl_->column) + " values for " + std::to_string(impl_->columns.size()) +
                    " columns");
  }
  impl_->column = 0;
  if (++impl_->row == impl_->capacity) impl_->hand_over();
}

void Appender::close() {
  if (impl_->column != 0) impl_->complain("closed in the middle of a row");
  impl_->hand_over();
  impl_->check(duckdb_appender_close(impl_->handle), "rows could not be written");
}

}  // namespace banso::platform::duckdb
