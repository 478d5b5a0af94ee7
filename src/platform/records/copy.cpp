#include "platform/records/copy.hpp"

#include <algorithm>
#include <bit>
#include "core/hash.hpp"

namespace banso::platform::records {
namespace {

constexpr std::size_t rows_at_once = 100;
constexpr std::int64_t show_every_rows = 50'000;

enum class Type { integer, number, text };

Type type_from(const std::string& word) {
  if (word == "BIGINT") return Type::integer;
  return word == "DOUBLE PRECISION" ? Type::number : Type::text;
}

struct Table {
  std::string name;
  std::vector<std::string> columns;
  std::vector<Type> types;

  Values values(const Row& row) const {
    Values cells;
    cells.reserve(row.size());
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (row.is_null(column)) {
        cells.emplace_back();
      } else if (types[column] == Type::integer) {
        cells.emplace_back(row.integer(column));
      } else if (types[column] == Type::number) {
        cells.emplace_back(row.number(column));
      } else {
        cells.emplace_back(row.text(column));
      }
    }
    return cells;
  }

  std::string list() const {
    std::string joined;
    for (const auto& column : columns) joined += (joined.empty() ? "" : ", ") + column;
    return joined;
  }
};

// In the order in which they were made, so that what is referred to comes first.
std::vector<Table> tables_of(Session& session) {
  std::vector<Table> tables;
  for (const auto& row : session.query(
           "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")) {
    Table table{row.text(0), {}, {}};
    if (table.name == "schema_migration" || table.name == "node" || table.name == "records_copy") continue;
    for (const auto& column : session.query("SELECT name, type FROM pragma_table_info(:1)", {table.name})) {
      table.columns.push_back(column.text(0));
      table.types.push_back(type_from(column.text(1)));
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

struct HashCell {
  std::uint64_t operator()(std::monostate) const { return 1; }
  std::uint64_t operator()(std::int64_t integer) const {
    return core::mix_bits(static_cast<std::uint64_t>(integer) + 2);
  }
  std::uint64_t operator()(double number) const { return core::mix_bits(std::bit_cast<std::uint64_t>(number) + 3); }
  std::uint64_t operator()(const std::string& text) const { return std::hash<std::string>{}(text); }
};

std::uint64_t hash_of(const Values& cells) {
  std::uint64_t hash = 0;
  for (const auto& cell : cells) hash = core::mix_bits(hash + std::visit(HashCell{}, cell.data()));
  return hash;
}

std::string insert_sql(const Table& table, std::size_t rows) {
  std::string sql = "INSERT INTO " + table.name + " (" + table.list() + ") VALUES ";
  std::size_t parameter = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    sql += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      sql += (column == 0 ? ":" : ", :") + std::to_string(++parameter);
    }
    sql += ")";
  }
  return sql;
}

class TableCopy {
 public:
  TableCopy(const Table& table, Session& to, const ShowCopied& show)
      : table_(table), to_(to), show_(show), many_(insert_sql(table, rows_at_once)), one_(insert_sql(table, 1)) {
    copied_.name = table.name;
  }

  void add(const Row& row) {
    rows_.push_back(table_.values(row));
    copied_.checksum += hash_of(rows_.back());
    ++copied_.rows;
    if (rows_.size() == rows_at_once) flush_many();
    if (show_ && copied_.rows % show_every_rows == 0) show_(copied_);
  }

  CopiedTable finish() {
    for (const auto& cells : rows_) to_.execute(one_, cells);
    rows_.clear();
    compare();
    if (show_) show_(copied_);
    return copied_;
  }

 private:
  void flush_many() {
    Values all;
    for (auto& cells : rows_) std::ranges::move(cells, std::back_inserter(all));
    to_.execute(many_, all);
    rows_.clear();
  }

  void compare() {
    CopiedTable there{table_.name, 0, 0};
    to_.each("SELECT " + table_.list() + " FROM " + table_.name, {}, [&](const Row& row) {
      ++there.rows;
      there.checksum += hash_of(table_.values(row));
    });
    if (there.rows == copied_.rows && there.checksum == copied_.checksum) return;
    throw DatabaseError("table " + table_.name + " differs after copying: " + std::to_string(copied_.rows) + " rows, " +
                        std::to_string(there.rows) + " in the copy");
  }

  const Table& table_;
  Session& to_;
  const ShowCopied& show_;
  const std::string many_, one_;
  std::vector<Values> rows_;
  CopiedTable copied_;
};

}  // namespace

std::vector<CopiedTable> copy_all(Database& from, Database& to, const ShowCopied& show) {
  std::vector<CopiedTable> copied;
  from.read([&](Session& source) {
    const auto tables = tables_of(source);
    to.write([&](Session& target) {
      for (auto table = tables.rbegin(); table != tables.rend(); ++table) target.execute("DELETE FROM " + table->name);
      for (const auto& table : tables) {
        TableCopy copy(table, target, show);
        source.each("SELECT " + table.list() + " FROM " + table.name, {}, [&](const Row& row) { copy.add(row); });
        copied.push_back(copy.finish());
      }
    });
  });
  return copied;
}

}  // namespace banso::platform::records
