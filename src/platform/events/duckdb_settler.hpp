// Moves a tail into event_main, sorted by account and time, one piece at a time: a piece is one transaction of about
// half a second, between which others get their turn. A crash leaves whole pieces; the rest is settled later.
#pragma once

#include <cstdint>
#include <deque>

#include "duckdb_layout.hpp"

namespace banso::platform::events {

class DuckDbSettler {
 public:
  explicit DuckDbSettler(std::int64_t piece_rows) : piece_rows_(piece_rows) {}

  // Nobody else may change stored rows or tables meanwhile; appends to another tail are welcome. `remaining`: the tails
  // without this one. True: the tail is gone.
  bool step(duckdb::Connection& connection, std::int64_t tail, const layout::TailNumbers& remaining);
  // Part of a tail is moved.
  bool is_under_way() const { return planned_tail_ >= 0; }

 private:
  struct Accounts {  // inclusive
    std::int64_t first = 0;
    std::int64_t last = 0;
  };
  void plan(duckdb::Connection& connection, std::int64_t tail);
  void move(duckdb::Connection& connection, std::int64_t tail, const Accounts& accounts) const;

  const std::int64_t piece_rows_;
  std::int64_t planned_tail_ = -1;
  std::deque<Accounts> plan_;
};

}  // namespace banso::platform::events
