// The listening server. RESTinio hides behind it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "platform/http/dispatcher.hpp"

namespace banso::platform::http {

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 picks a free one
  int io_threads = 2;
  int worker_threads = 8;
  int waiting_requests_limit = 512;  // beyond it: 503 with Retry-After
};

class Server {
 public:
  // Listens when it returns. Throws std::runtime_error with a sentence if the port cannot be had.
  static std::unique_ptr<Server> start(const ServerSettings& settings, std::shared_ptr<const Dispatcher> dispatcher);
  virtual ~Server() = default;  // stops, letting requests under way finish

  virtual std::uint16_t port() const = 0;
};

}  // namespace banso::platform::http
