#include "duckdb_settler.hpp"

#include <string>

namespace banso::platform::events {

bool DuckDbSettler::step(duckdb::Connection& connection, std::int64_t tail, const layout::TailNumbers& remaining) {
  if (planned_tail_ != tail || plan_.empty()) plan(connection, tail);
  if (plan_.empty()) {
    duckdb::Transaction transaction(connection);
    layout::drop_tail(connection, tail, remaining);
    transaction.commit();
    planned_tail_ = -1;
    return true;
  }
  move(connection, tail, plan_.front());
  plan_.pop_front();
  return false;
}

// Made anew when it is done: a correction may have given rows to an account that had its turn.
void DuckDbSettler::plan(duckdb::Connection& connection, std::int64_t tail) {
  planned_tail_ = tail;
  plan_.clear();
  std::int64_t rows_in_piece = piece_rows_;  // full: the first account begins one
  auto rows = connection.query("SELECT account_id, count(*) FROM " + layout::tail_table(tail) +
                               " GROUP BY account_id ORDER BY account_id");
  while (rows.next()) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto account = rows.column(0).int64s()[row];
      if (rows_in_piece >= piece_rows_) {
        plan_.push_back({account, account});
        rows_in_piece = 0;
      }
      plan_.back().last = account;
      rows_in_piece += rows.column(1).int64s()[row];
    }
  }
}

void DuckDbSettler::move(duckdb::Connection& connection, std::int64_t tail, const Accounts& accounts) const {
  const auto table = layout::tail_table(tail);
  const auto piece = " FROM " + table + " WHERE account_id BETWEEN $1 AND $2";
  const duckdb::Values bounds{accounts.first, accounts.last};
  duckdb::Transaction transaction(connection);
  connection.execute("INSERT INTO event_main SELECT " + std::string(layout::columns) + piece +
                         " ORDER BY account_id, occurred_at, event_no",
                     bounds);
  connection.execute("INSERT INTO settled_volume " + layout::volumes_sql(piece), bounds);
  connection.execute("UPDATE store_state SET settled_until = greatest(settled_until, (SELECT max(event_no) FROM " +
                     table + "))");
  connection.execute("DELETE" + piece, bounds);
  transaction.commit();
}

}  // namespace banso::platform::events
