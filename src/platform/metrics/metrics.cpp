#include "platform/metrics/metrics.hpp"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <stdexcept>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace banso::platform::metrics {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

class CollectedScrape final : public Scrape {
 public:
  void counter(const std::string& name, const std::string& help, double value, const Labels& labels) override {
    add(name, help, MetricType::Counter, labels).counter.value = value;
  }
  void gauge(const std::string& name, const std::string& help, double value, const Labels& labels) override {
    add(name, help, MetricType::Gauge, labels).gauge.value = value;
  }

  std::vector<MetricFamily> take() { return std::move(families_); }

 private:
  ClientMetric& add(const std::string& name, const std::string& help, MetricType type, const Labels& labels) {
    auto family = std::find_if(families_.begin(), families_.end(), [&](const auto& each) { return each.name == name; });
    if (family == families_.end()) family = families_.insert(family, MetricFamily{name, help, type, {}});
    if (family->type != type) throw std::invalid_argument(name + " is used as two kinds of figure");
    ClientMetric& metric = family->metric.emplace_back();
    for (const auto& [label, text] : labels) metric.label.push_back({label, text});
    return metric;
  }

  std::vector<MetricFamily> families_;
};

// Two groups may add to one name.
void merge(std::vector<MetricFamily>& all, MetricFamily more) {
  const auto same = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == more.name; });
  if (same == all.end()) return all.push_back(std::move(more));
  if (same->type != more.type) throw std::invalid_argument(more.name + " is used as two kinds of figure");
  std::move(more.metric.begin(), more.metric.end(), std::back_inserter(same->metric));
}

}  // namespace

void Counter::add(double amount) {
  counter_->Increment(amount);
}

void Gauge::set(double value) {
  gauge_->Set(value);
}

void Histogram::observe(double value) {
  histogram_->Observe(value);
}

struct Registry::Impl {
  prometheus::Registry kept{prometheus::Registry::InsertBehavior::Merge};
  std::mutex scraping;  // guards what follows
  std::vector<OnScrape> callbacks;
};

Registry::Registry() : impl_(std::make_unique<Impl>()) {}
Registry::~Registry() = default;

Counter Registry::counter(const std::string& name, const std::string& help, const Labels& labels) {
  return Counter(prometheus::BuildCounter().Name(name).Help(help).Register(impl_->kept).Add(labels));
}

Gauge Registry::gauge(const std::string& name, const std::string& help, const Labels& labels) {
  return Gauge(prometheus::BuildGauge().Name(name).Help(help).Register(impl_->kept).Add(labels));
}

Histogram Registry::histogram(const std::string& name, const std::string& help, const std::vector<double>& bounds,
                              const Labels& labels) {
  return Histogram(prometheus::BuildHistogram().Name(name).Help(help).Register(impl_->kept).Add(labels, bounds));
}

void Registry::on_scrape(OnScrape callback) {
  const std::lock_guard lock(impl_->scraping);
  impl_->callbacks.push_back(std::move(callback));
}

std::string Registry::text() {
  Counter failures = counter("banso_metrics_failures_total", "Groups of figures that could not be collected.");
  const std::lock_guard lock(impl_->scraping);
  std::vector<MetricFamily> asked_for;
  for (const OnScrape& callback : impl_->callbacks) {
    CollectedScrape scrape;
    try {
      callback(scrape);
      for (MetricFamily& family : scrape.take()) merge(asked_for, std::move(family));
    } catch (const std::exception&) {
      failures.add();
    }
  }
  std::vector<MetricFamily> families = impl_->kept.Collect();
  for (MetricFamily& family : asked_for) families.push_back(std::move(family));
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace banso::platform::metrics
