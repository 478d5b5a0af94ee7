// How long events took from their receipt to a published score, over the last accounts that were scored.
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

#include "core/time.hpp"

namespace banso::health {

struct LagFigures {
  std::int64_t samples = 0;  // accounts scored because of events; at most the window's
  double p50_ms = 0, p99_ms = 0;
};

// Threading: all members may be called from any thread.
class LagWindow {
 public:
  void add(core::Instant received_at, core::Instant published_at);
  LagFigures figures() const;

 private:
  mutable std::mutex mutex_;
  std::vector<float> lags_ms_;  // a ring once it is full
  std::size_t next_ = 0;
};

}  // namespace banso::health
