// GET /metrics: the server's figures, for Prometheus.
#pragma once

#include <memory>
#include <string>

#include "platform/http/http.hpp"
#include "platform/metrics/metrics.hpp"

namespace banso::app {

// With a token: for those who send "Authorization: Bearer <token>". Without one: for callers on this machine who did
// not come through a reverse proxy (which is on this machine as well), and nobody else.
platform::http::Routes metrics_routes(std::shared_ptr<platform::metrics::Registry> registry, std::string token);

}  // namespace banso::app
