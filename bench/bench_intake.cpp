// Durable intake over HTTP into a fresh installation: batches of 100 over eight connections, the load generator on the
// same machine. What counts is what is stored and readable at the end.
//
// intake.vs_appender: events a second; peer: DuckDB's own appender on one thread, the same rows from memory.
// intake.ack_p99_ms: from the first byte of a batch to its 200, at that full speed.
// intake.vs_node_postgres: events a second; peer: Fastify and PostgreSQL doing the same durable, deduplicated work
// (bench/peers/node_postgres).
#include <chrono>
#include <filesystem>
#include <iostream>

#include "support/appender_peer.hpp"
#include "support/event_mix.hpp"
#include "support/figure.hpp"
#include "support/installation.hpp"
#include "support/node_postgres_peer.hpp"
#include "support/options.hpp"

namespace {

using namespace banso::bench;

constexpr double target_vs_appender = 0.5;
constexpr double target_ack_p99_ms = 250;
constexpr double target_vs_node_postgres = 4;

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void measure(const Options& options, const std::filesystem::path& folder) {
  const MixSettings mix;
  const auto batches = make_batches(mix, now_us());
  Sustained ours;
  {
    Installation installation(folder / "banso", mix.accounts);
    ours = sustain(installation, batches, {.seconds = options.seconds});
  }
  if (options.wants("intake.vs_appender")) {
    const auto peer = appender_rows_per_s(folder / "appender.duckdb", batches, options.full ? 20 : 4);
    const auto ratio = ours.events_per_s() / peer;
    print({"intake.vs_appender", ours.events_per_s(), "events/s", "DuckDB appender, one thread", peer, ratio,
           target_vs_appender, ratio >= target_vs_appender});
  }
  if (options.wants("intake.ack_p99_ms")) {
    const auto p99_ms = ours.load.ack_ms(0.99);
    print({"intake.ack_p99_ms", p99_ms, "ms", "", 0, 0, target_ack_p99_ms, p99_ms <= target_ack_p99_ms});
  }
  if (options.wants("intake.vs_node_postgres")) {
    const auto peer = node_postgres_events_per_s(folder / "node_postgres", batches, options.seconds);
    const auto ratio = ours.events_per_s() / peer;
    print({"intake.vs_node_postgres", ours.events_per_s(), "events/s", "Fastify + PostgreSQL", peer, ratio,
           target_vs_node_postgres, ratio >= target_vs_node_postgres});
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = read_options(argc, argv, {"intake.vs_appender", "intake.ack_p99_ms", "intake.vs_node_postgres"});
  const auto folder = std::filesystem::temp_directory_path() / "banso-bench-intake";
  try {
    measure(options, folder);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  std::filesystem::remove_all(folder);
  return 0;
}
