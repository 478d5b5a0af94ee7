// Sends batches of events over kept connections, each connection its next batch as soon as the last one is answered
// (closed loop), or at a given pace. One thread, no allocation while sending: it must never be what is measured.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "event_mix.hpp"

namespace banso::bench {

struct LoadSettings {
  std::uint16_t port = 0;  // on 127.0.0.1
  std::string write_key = {};
  int connections = 8;
  double seconds = 10;
  double events_per_s = 0;          // 0: as fast as answers come
  std::uint64_t first_message = 0;  // message ids count on from here
};

struct LoadResult {
  std::int64_t acknowledged = 0;      // events answered with 200
  std::int64_t refused = 0;           // batches answered with 429 or 503; they were sent again
  std::int64_t failed = 0;            // batches answered with anything else; they were not
  std::uint64_t next_message = 0;     // the first id not used
  double seconds = 0;                 // from the first byte to the last answer
  double cpu_seconds = 0;             // of the generator itself
  std::vector<std::uint32_t> ack_us;  // of every acknowledged batch, sorted: from the first byte sent to the answer
  std::string first_failure;          // the answer that was first counted in `failed`

  double events_per_s() const { return static_cast<double>(acknowledged) / seconds; }
  double ack_ms(double share) const;  // 0.99: what 99 of 100 batches did not exceed
};

// `while_running` is called about ten times a second, to look at the server; it must be quick.
LoadResult send_load(const std::vector<Batch>& batches, const LoadSettings& settings,
                     const std::function<void()>& while_running = {});

}  // namespace banso::bench
