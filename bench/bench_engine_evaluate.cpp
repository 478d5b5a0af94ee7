// engine.evaluate_10k_accounts_s: today's assessments of 10,000 accounts, all starter measures and the scorecard, from
// a book in memory. Peer: DuckDB computing only five of the usage measures in one SQL statement over the same
// user-days, on as many threads, in the same run; their values must be equal.
#include <chrono>
#include <iostream>
#include <vector>

#include <fmt/format.h>

#include "engine/evaluate.hpp"
#include "engine/starter.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "support/parallel.hpp"
#include "support/simulated_book.hpp"

namespace {

using namespace banso;
namespace duckdb = platform::duckdb;

constexpr int account_count = 10'000;
constexpr int month_count = 6;
constexpr int threads = 4;
constexpr int runs = 5;
constexpr double target_s = 1.0;

template <class Work>
double fastest_s(Work work) {
  double fastest = 1e9;
  for (int run = 0; run < runs; ++run) {
    const auto started = std::chrono::steady_clock::now();
    work();
    fastest = std::min(fastest, std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
  }
  return fastest;
}

void fill_peer(duckdb::Connection& connection, const engine::Book& book) {
  connection.execute(
      "CREATE TABLE user_day (account_id BIGINT, day INTEGER, person INTEGER, feature INTEGER, is_active BOOLEAN, "
      "events INTEGER, known_day INTEGER)");
  duckdb::Transaction transaction(connection);
  duckdb::Appender appender(connection, "user_day");
  const auto& usage = book.usage();
  for (std::size_t account = 0; account < book.size(); ++account) {
    for (auto row = usage.offsets[account]; row < usage.offsets[account + 1]; ++row) {
      appender.add(book.account_ids()[account]).add(usage.days[row]).add(static_cast<std::int64_t>(usage.persons[row]));
      appender.add(static_cast<std::int64_t>(usage.features[row])).add(book.features()[usage.features[row]].is_active);
      appender.add(static_cast<std::int64_t>(usage.events[row])).add(usage.days[row] + usage.delay_days[row]).end_row();
    }
  }
  appender.close();
  transaction.commit();
}

constexpr const char* peer_sql =
    "SELECT account_id, COUNT(DISTINCT person) FILTER (is_active AND day > $1 - 28) AS active_users_28d, "
    "CAST(COALESCE(SUM(events) FILTER (is_active AND day > $1 - 28), 0) AS BIGINT) AS events_28d, "
    "COUNT(DISTINCT day) FILTER (is_active AND day > $1 - 28) AS days_active_28d, "
    "COUNT(DISTINCT feature) FILTER (is_active AND day > $1 - 28) AS features_28d, "
    "$1 - MAX(day) FILTER (is_active) AS days_since_activity "
    "FROM user_day WHERE day <= $1 AND known_day <= $1 GROUP BY account_id ORDER BY account_id";

// True where the engine says the same of active users as the peer.
bool is_equal(duckdb::Connection& connection, const engine::Definitions& definitions,
              const engine::Assessments& assessed, core::Day as_of) {
  const auto index = definitions.measure_index("active_users_28d");
  if (!index) return false;
  const auto& column = assessed.measures[*index];
  auto result = connection.query(peer_sql, {as_of.days});
  while (result.next()) {
    for (std::size_t row = 0; row < result.size(); ++row) {
      const auto account = static_cast<std::size_t>(result.column(0).int64s()[row] - 1);
      if (column.values[account] != static_cast<double>(result.column(1).integer(row))) return false;
    }
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "--list") {
    std::cout << "engine.evaluate_10k_accounts_s\n";
    return 0;
  }
  const core::Day as_of = core::day_from(2026, 3, 31);
  const auto simulated = simulation::Simulation::create({account_count, month_count, 1, as_of + 1}).value();
  const auto book = bench::simulated_book(simulated, 0, account_count, threads);
  const engine::ParallelFor parallel_for = [](std::size_t count, const auto& body) {
    bench::parallel_for(threads, count, body);
  };
  const auto definitions = engine::starter_definitions(engine::summarise(book, as_of));
  std::cerr << fmt::format("{} accounts, {} user-days, {} measures\n", book.size(), book.usage().days.size(),
                           definitions.measures.size());
  const auto assessed = engine::evaluate(book, definitions, as_of, parallel_for);
  const double ours_s = fastest_s([&] { engine::evaluate(book, definitions, as_of, parallel_for); });

  const auto database = duckdb::Database::in_memory({.memory_limit = "6GB", .threads = threads});
  auto connection = database->connect();
  fill_peer(connection, book);
  if (!is_equal(connection, definitions, assessed, as_of)) {
    std::cerr << "the peer's active users differ from the engine's\n";
    return 1;
  }
  const double peer_s = fastest_s([&] {
    auto result = connection.query(peer_sql, {as_of.days});
    while (result.next()) {
    }
  });
  fmt::print(
      "{{\"name\":\"engine.evaluate_10k_accounts_s\",\"value\":{:.4f},\"unit\":\"s\",\"peer\":\"DuckDB SQL, 5 of the "
      "{} measures, no scores\",\"peer_value\":{:.4f},\"ratio\":{:.2f},\"target\":{},\"met\":{}}}\n",
      ours_s, definitions.measures.size(), peer_s, peer_s / ours_s, target_s, ours_s <= target_s);
  return 0;
}
