#include "platform/http/request_figures.hpp"

#include <algorithm>

#include "platform/http/route_table.hpp"

namespace banso::platform::http {

RequestFigures::PerRoute RequestFigures::make(metrics::Registry& registry, const std::string& pattern,
                                              const std::string& method) {
  const auto answered = [&](const char* status_class) {
    return registry.counter("banso_http_requests_total", "HTTP requests answered.",
                            {{"route", pattern}, {"method", method}, {"status", status_class}});
  };
  return {{answered("1xx"), answered("2xx"), answered("3xx"), answered("4xx"), answered("5xx")},
          registry.histogram("banso_http_request_duration_seconds",
                             "From the last byte of a request to its answer being ready.",
                             {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10},
                             {{"route", pattern}, {"method", method}})};
}

RequestFigures::RequestFigures(metrics::Registry& registry, const Routes& routes) {
  for (const Route& route : routes) {
    by_route_.emplace(&route, make(registry, route.pattern, std::string(name_of(route.method))));
  }
  by_route_.emplace(nullptr, make(registry, "other", "any"));
}

void RequestFigures::observe(const Route* route, int status, std::chrono::steady_clock::duration took) {
  PerRoute& figures = by_route_.at(route);
  figures.by_status_class[static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1)].add();
  figures.seconds.observe(std::chrono::duration<double>(took).count());
}

void add_lane_figures(metrics::Registry& registry, const std::string& name, std::shared_ptr<const Lane> lane) {
  registry.on_scrape([name, lane = std::move(lane)](metrics::Scrape& scrape) {
    const metrics::Labels labels{{"lane", name}};
    scrape.gauge("banso_http_waiting_requests", "Requests that wait for a worker or are worked on.", lane->waiting(),
                 labels);
    scrape.gauge("banso_http_waiting_requests_limit", "Beyond it, requests are refused with 503.",
                 lane->limits().waiting_requests, labels);
    scrape.gauge("banso_http_body_bytes", "Memory taken by the bodies of requests.",
                 static_cast<double>(lane->body_bytes()), labels);
    scrape.counter("banso_http_refused_total", "Requests refused because too many waited.",
                   static_cast<double>(lane->refused()), labels);
  });
}

}  // namespace banso::platform::http
