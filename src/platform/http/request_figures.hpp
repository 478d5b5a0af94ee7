// What the server tells monitoring: requests by route, method and status class, how long they took, and its queues.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/http/http.hpp"
#include "platform/http/lane.hpp"
#include "platform/metrics/metrics.hpp"

namespace banso::platform::http {

class RequestFigures {
 public:
  // `routes` must stay where they are.
  RequestFigures(metrics::Registry& registry, const Routes& routes);

  // `route`: nothing for files of the UI and for what there is not. Takes about 0.1 microseconds.
  void observe(const Route* route, int status, std::chrono::steady_clock::duration took);

 private:
  struct PerRoute {
    std::array<metrics::Counter, 5> by_status_class;  // 1xx, 2xx, ...
    metrics::Histogram seconds;
  };
  static PerRoute make(metrics::Registry& registry, const std::string& pattern, const std::string& method);

  std::unordered_map<const Route*, PerRoute> by_route_;
};

// Waiting requests and bytes of a lane, and how many it refused.
void add_lane_figures(metrics::Registry& registry, const std::string& name, std::shared_ptr<const Lane> lane);

}  // namespace banso::platform::http
