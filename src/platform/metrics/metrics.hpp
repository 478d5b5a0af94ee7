// Figures for a monitoring system, in Prometheus' text format. prometheus-cpp hides in metrics.cpp.
//
//   Registry registry;
//   Counter refused = registry.counter("banso_http_refused_total", "Requests refused for being too many.");
//   refused.add();
//   registry.on_scrape([&](Scrape& scrape) { scrape.gauge("banso_queue_bytes", "Waiting to be stored.", queue.bytes());
//   }); registry.text();
//
// Names follow Prometheus: snake case, base units (seconds, bytes) at the end, counters end in _total. A name has one
// help text and one kind; asking for the same name and labels again gives the same figure. Misuse (a bad name, a name
// used as two kinds) throws std::invalid_argument at once: it is a defect.
//
// Threading: everything may be called from any thread; adding costs some tens of nanoseconds. Handles are small values
// and must not outlive their Registry.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace banso::platform::metrics {

using Labels = std::map<std::string, std::string>;

class Counter {
 public:
  void add(double amount = 1);

 private:
  friend class Registry;
  explicit Counter(prometheus::Counter& counter) : counter_(&counter) {}
  prometheus::Counter* counter_;
};

class Gauge {
 public:
  void set(double value);

 private:
  friend class Registry;
  explicit Gauge(prometheus::Gauge& gauge) : gauge_(&gauge) {}
  prometheus::Gauge* gauge_;
};

class Histogram {
 public:
  void observe(double value);

 private:
  friend class Registry;
  explicit Histogram(prometheus::Histogram& histogram) : histogram_(&histogram) {}
  prometheus::Histogram* histogram_;
};

// For figures that somebody else keeps: they are asked for when the page is.
class Scrape {
 public:
  virtual ~Scrape() = default;
  virtual void counter(const std::string& name, const std::string& help, double value, const Labels& labels = {}) = 0;
  virtual void gauge(const std::string& name, const std::string& help, double value, const Labels& labels = {}) = 0;
};
using OnScrape = std::function<void(Scrape&)>;

class Registry {
 public:
  Registry();
  ~Registry();

  Counter counter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge gauge(const std::string& name, const std::string& help, const Labels& labels = {});
  // `bounds`: upper ends of the buckets, ascending; the last one, infinity, is added.
  Histogram histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                      const Labels& labels = {});

  // Called for each text(), one after the other. One that throws is left out of that text and counted in
  // banso_metrics_failures_total.
  void on_scrape(OnScrape callback);

  std::string text();
  static constexpr const char* content_type = "text/plain; version=0.0.4; charset=utf-8";

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Memory, open files, processor time and start of this process, under the names that Prometheus' own clients use.
void add_process_figures(Registry& registry);

}  // namespace banso::platform::metrics
