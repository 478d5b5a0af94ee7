// Reading an answer row by row as it arrives, with memory for one piece of it.
#pragma once

#include <string>

#include "clickhouse_cluster.hpp"
#include "platform/clickhouse/row_binary.hpp"

namespace banso::platform::events {

// `read` takes a row from a RowReader; `handle` gets each row that has arrived whole.
template <class Read, class Handle>
void stream_rows(ClickHouseCluster& cluster, const clickhouse::Request& request, Read read, Handle handle) {
  std::string waiting;
  cluster.stream(request, [&](std::string_view piece) {
    waiting += piece;
    clickhouse::RowReader row(waiting);
    std::size_t whole = 0;
    while (!row.at_end()) {
      auto value = read(row);
      if (!row.ok()) break;
      whole = row.position();
      handle(std::move(value));
    }
    waiting.erase(0, whole);
  });
  if (!waiting.empty()) clickhouse::throw_truncated();
}

}  // namespace banso::platform::events
