#include "platform/records/soci_session.hpp"

#include <charconv>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace banso::platform::records {
namespace {

constexpr std::size_t cached_statements_limit = 400;

// Where a bound value lives while a prepared statement refers to it.
struct Slot {
  soci::indicator indicator = soci::i_ok;
  long long integer = 0;
  double number = 0;
  std::string text;
  std::string name;
};

char type_letter(const Value& value) {
  switch (value.data().index()) {
    case 1:
      return 'i';
    case 2:
      return 'd';
    default:
      return 's';  // null travels as a text without a value; both databases accept it for any column
  }
}

Value cell(const soci::row& row, std::size_t column) {
  if (row.get_indicator(column) == soci::i_null) return {};
  switch (row.get_properties(column).get_data_type()) {
    case soci::dt_integer:
      return Value(static_cast<std::int64_t>(row.get<int>(column)));
    case soci::dt_long_long:
      return Value(static_cast<std::int64_t>(row.get<long long>(column)));
    case soci::dt_unsigned_long_long:
      return Value(static_cast<std::int64_t>(row.get<unsigned long long>(column)));
    case soci::dt_double:
      return Value(row.get<double>(column));
    default:
      return Value(row.get<std::string>(column));
  }
}

Row copy_row(const soci::row& row) {
  std::vector<Value> cells;
  cells.reserve(row.size());
  for (std::size_t column = 0; column < row.size(); ++column) cells.push_back(cell(row, column));
  return Row(std::move(cells));
}

bool is_unique_violation(const std::string& message) {
  return message.find("UNIQUE constraint failed") != std::string::npos ||
         message.find("duplicate key value") != std::string::npos;
}

}  // namespace

struct SociSession::Connection {
  soci::session session;
};

struct SociSession::Prepared {
  explicit Prepared(soci::session& session) : statement(session) {}

  std::vector<std::unique_ptr<Slot>> slots;
  soci::row row;
  soci::statement statement;
};

SociSession::SociSession(Dialect dialect, const std::string& connect_string)
    : dialect_(dialect), connection_(std::make_unique<Connection>()) {
  try {
    if (dialect == Dialect::sqlite) {
      connection_->session.open(soci::sqlite3, connect_string);
    } else {
      connection_->session.open(soci::postgresql, connect_string);
    }
  } catch (const std::exception& error) {
    throw DatabaseError(std::string("cannot open the records database: ") + error.what());
  }
}

SociSession::~SociSession() {
  cache_.clear();
}

// Turns the driver's exceptions into ours and forgets a statement that failed in the middle.
template <class Work>
auto SociSession::guarded(std::string_view sql, Work&& work) {
  try {
    return work();
  } catch (const soci::soci_error& error) {
    cache_.clear();
    usable_ = error.get_error_category() != soci::soci_error::connection_error;
    const std::string message = std::string(error.what()) + " in: " + std::string(sql.substr(0, 300));
    if (is_unique_violation(message)) throw UniqueViolation(message);
    throw DatabaseError(message);
  } catch (...) {
    cache_.clear();  // a visitor threw while rows were pending
    throw;
  }
}

std::shared_ptr<SociSession::Prepared> SociSession::prepared(std::string_view sql, const Values& parameters,
                                                             bool with_result) {
  std::string key;
  key.reserve(sql.size() + parameters.size() + 1);
  for (const auto& value : parameters) key.push_back(type_letter(value));
  key.push_back(with_result ? '?' : '!');
  key.append(sql);

  auto found = cache_.find(key);
  // A visitor may run the very statement whose rows it is visiting: that takes a second one.
  if (found == cache_.end() || found->second.use_count() > 1) {
    if (cache_.size() >= cached_statements_limit) cache_.clear();
    auto made = std::make_shared<Prepared>(connection_->session);
    made->statement.alloc();
    made->statement.prepare(std::string(sql), soci::details::st_repeatable_query);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      auto& slot = *made->slots.emplace_back(std::make_unique<Slot>());
      slot.name = std::to_string(i + 1);
      switch (type_letter(parameters[i])) {
        case 'i':
          made->statement.exchange(soci::use(slot.integer, slot.indicator, slot.name));
          break;
        case 'd':
          made->statement.exchange(soci::use(slot.number, slot.indicator, slot.name));
          break;
        default:
          made->statement.exchange(soci::use(slot.text, slot.indicator, slot.name));
      }
    }
    if (with_result) made->statement.exchange(soci::into(made->row));
    made->statement.define_and_bind();
    found = cache_.insert_or_assign(std::move(key), std::move(made)).first;
  }

  auto statement = found->second;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    Slot& slot = *statement->slots[i];
    const auto& data = parameters[i].data();
    slot.indicator = data.index() == 0 ? soci::i_null : soci::i_ok;
    if (const auto* integer = std::get_if<std::int64_t>(&data)) slot.integer = *integer;
    if (const auto* number = std::get_if<double>(&data)) slot.number = *number;
    if (const auto* text = std::get_if<std::string>(&data)) slot.text = *text;
  }
  return statement;
}

std::vector<Row> SociSession::query(std::string_view sql, const Values& parameters) {
  std::vector<Row> rows;
  each(sql, parameters, [&](const Row& row) { rows.push_back(row); });
  return rows;
}

void SociSession::each(std::string_view sql, const Values& parameters, const std::function<void(const Row&)>& visit) {
  guarded(sql, [&] {
    const auto statement = prepared(sql, parameters, true);
    statement->statement.execute(false);
    while (statement->statement.fetch()) visit(copy_row(statement->row));
  });
}

std::int64_t SociSession::execute(std::string_view sql, const Values& parameters) {
  return guarded(sql, [&]() -> std::int64_t {
    const auto statement = prepared(sql, parameters, false);
    statement->statement.execute(true);
    return statement->statement.get_affected_rows();
  });
}

void SociSession::run(const std::string& sql) {
  guarded(sql, [&] { connection_->session.once << sql; });
}

}  // namespace banso::platform::records
