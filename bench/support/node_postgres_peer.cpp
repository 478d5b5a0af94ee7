#include "node_postgres_peer.hpp"

#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include <fmt/format.h>

#include "api_client.hpp"
#include "load_generator.hpp"
#include "process.hpp"

namespace banso::bench {
namespace {

constexpr const char* write_key = "bench";

std::filesystem::path peer_folder() {
  const char* peers = std::getenv("BANSO_BENCH_PEERS");
  if (peers == nullptr) throw std::runtime_error("BANSO_BENCH_PEERS must name bench/peers; ./dev bench sets it");
  const auto folder = std::filesystem::path(peers) / "node_postgres";
  if (!std::filesystem::exists(folder / "node_modules")) {
    throw std::runtime_error(fmt::format("run npm ci in {}; ./dev bench does", folder.string()));
  }
  return folder;
}

}  // namespace

double node_postgres_events_per_s(const std::filesystem::path& folder, const std::vector<Batch>& batches,
                                  double seconds) {
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  Process peer({"node", (peer_folder() / "server.mjs").string(), "--folder", (folder / "postgres").string(),
                "--write-key", write_key},
               folder / "peer.log");
  const auto port = static_cast<std::uint16_t>(std::stoi(peer.wait_for("http://localhost:", 60)));
  const auto load = send_load(batches, {.port = port, .write_key = write_key, .seconds = seconds});
  const auto stored = ApiClient(port).get("/count").at("events").as_int64();
  std::cerr << fmt::format("Fastify + PostgreSQL: {} events in {:.1f} s ({:.0f}/s), ack p50 {:.2f} ms, p99 {:.2f} ms\n",
                           load.acknowledged, load.seconds, load.events_per_s(), load.ack_ms(0.5), load.ack_ms(0.99));
  if (load.failed > 0) throw std::runtime_error("the peer failed: " + load.first_failure);
  if (stored != load.acknowledged) {
    throw std::runtime_error(fmt::format("the peer acknowledged {} events and stored {}", load.acknowledged, stored));
  }
  return load.events_per_s();
}

}  // namespace banso::bench
