// The listening server. Boost.Beast hides behind it (connection.cpp).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "platform/http/dispatcher.hpp"
#include "platform/http/lane.hpp"
#include "platform/metrics/metrics.hpp"

namespace banso::platform::http {

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 picks a free one
  int io_threads = 2;
  int connections_limit = 10'000;  // open at once; beyond it, new ones are closed unanswered
  LaneLimits pages = {.worker_threads = 8, .waiting_requests = 512, .body_bytes = 128 << 20};
  // Routes that take write keys. Their threads mostly wait for the disk to confirm, so there are more of them.
  LaneLimits intake = {.worker_threads = 16, .waiting_requests = 1024, .body_bytes = 128 << 20};
  std::size_t channel_buffer_bytes = 256 << 10;  // of a reader of an open response; one that lags further is dropped
  std::shared_ptr<metrics::Registry> metrics = nullptr;  // none: no figures
};

class Server {
 public:
  // Listens when it returns. Throws std::runtime_error with a sentence if the port cannot be had.
  static std::unique_ptr<Server> start(const ServerSettings& settings, std::shared_ptr<const Dispatcher> dispatcher);
  virtual ~Server() = default;  // stops, letting requests under way finish

  virtual std::uint16_t port() const = 0;
};

}  // namespace banso::platform::http
