#include "appender_peer.hpp"

#include <chrono>

#include <fmt/format.h>

#include "platform/duckdb/duckdb.hpp"

namespace banso::bench {
namespace {

namespace duckdb = platform::duckdb;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t rows_of_transaction = 20'000;

// The columns that Banso's event table has.
constexpr const char* table = R"sql(
CREATE TABLE event (
  event_no BIGINT NOT NULL,
  source_id BIGINT NOT NULL,
  message_id VARCHAR NOT NULL,
  occurred_at TIMESTAMP NOT NULL,
  received_at TIMESTAMP NOT NULL,
  account_id BIGINT NOT NULL,
  matched_by TINYINT NOT NULL,
  group_key VARCHAR NOT NULL,
  person_key VARCHAR NOT NULL,
  user_id VARCHAR NOT NULL,
  anonymous_id VARCHAR NOT NULL,
  kind TINYINT NOT NULL,
  name VARCHAR NOT NULL,
  properties VARCHAR NOT NULL,
  import_id BIGINT NOT NULL
))sql";

}  // namespace

double appender_rows_per_s(const std::filesystem::path& file, const std::vector<Batch>& batches, double seconds) {
  const auto database = duckdb::Database::open(file, {.memory_limit = "1GB", .threads = 1});
  auto connection = database->connect();
  connection.execute("SET checkpoint_threshold = '128MB'");
  connection.execute(table);
  std::string message_id = "m-" + std::string(message_id_digits, '0');
  std::int64_t rows = 0;
  std::size_t turn = 0;
  const auto started = Clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(Clock::now() - started).count(); };
  while (elapsed() < seconds) {
    duckdb::Transaction transaction(connection);
    duckdb::Appender appender(connection, "event");
    for (const auto end = rows + rows_of_transaction; rows < end;) {
      for (const auto& event : batches[turn++ % batches.size()].events) {
        write_message_id(message_id.data() + 2, static_cast<std::uint64_t>(rows));
        appender.add(++rows).add(std::int64_t{1}).add(message_id);
        appender.add(event.occurred_at_us).add(event.occurred_at_us);
        appender.add(std::int64_t{event.account}).add(2).add(event.account_key).add(event.user_id).add(event.user_id);
        appender.add("").add(0).add(event.name).add(event.properties).add(std::int64_t{0});
        appender.end_row();
      }
    }
    appender.close();
    transaction.commit();
  }
  return static_cast<double>(rows) / elapsed();
}

}  // namespace banso::bench
