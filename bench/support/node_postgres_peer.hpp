// The peer of bench/peers/node_postgres: started on a PostgreSQL cluster of its own, loaded with the same bodies.
#pragma once

#include <filesystem>
#include <vector>

#include "event_mix.hpp"

namespace banso::bench {

// Events a second, stored. BANSO_BENCH_PEERS names bench/peers.
double node_postgres_events_per_s(const std::filesystem::path& folder, const std::vector<Batch>& batches,
                                  double seconds);

}  // namespace banso::bench
