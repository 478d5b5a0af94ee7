#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/metrics/metrics.hpp"

namespace banso::platform::metrics {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Registry, WritesWhatPrometheusReads) {
  Registry registry;
  registry.counter("things_total", "Things seen.", {{"kind", "a \"b\""}}).add(3);
  registry.gauge("level", "How full.").set(0.5);
  Histogram lag = registry.histogram("lag_seconds", "From here to there.", {0.1, 1});
  lag.observe(0.05);
  lag.observe(0.5);
  lag.observe(7);
  const std::string text = registry.text();
  EXPECT_THAT(text, HasSubstr("# HELP things_total Things seen.\n# TYPE things_total counter\n"));
  EXPECT_THAT(text, HasSubstr("things_total{kind=\"a \\\"b\\\"\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("level 0.5\n"));
  EXPECT_THAT(text, HasSubstr("lag_seconds_count 3\n"));
  EXPECT_THAT(text, HasSubstr("lag_seconds_bucket{le=\"1\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("lag_seconds_bucket{le=\"+Inf\"} 3\n"));
}

TEST(Registry, GivesTheSameFigureForTheSameName) {
  Registry registry;
  registry.counter("calls_total", "Calls.", {{"source", "1"}}).add();
  registry.counter("calls_total", "Calls.", {{"source", "1"}}).add();
  registry.counter("calls_total", "Calls.", {{"source", "2"}}).add();
  EXPECT_THAT(registry.text(), HasSubstr("calls_total{source=\"1\"} 2\n"));
  EXPECT_ANY_THROW(registry.gauge("calls_total", "Calls."));
  EXPECT_ANY_THROW(registry.gauge("not a name", "Nothing."));
}

TEST(Registry, AsksForFiguresOfOthersEachTime) {
  Registry registry;
  int asked = 0;
  registry.on_scrape([&](Scrape& scrape) {
    scrape.gauge("asked", "How often.", ++asked, {{"part", "x"}});
    scrape.gauge("asked", "How often.", asked * 10, {{"part", "y"}});
  });
  registry.on_scrape([](Scrape& scrape) {
    scrape.counter("lost_total", "Left out with what failed.", 1);
    throw std::runtime_error("the database is away");
  });
  EXPECT_THAT(registry.text(), HasSubstr("asked{part=\"x\"} 1\nasked{part=\"y\"} 10\n"));
  const std::string second = registry.text();
  EXPECT_THAT(second, HasSubstr("asked{part=\"x\"} 2\n"));
  EXPECT_THAT(second, Not(HasSubstr("lost_total")));
  EXPECT_THAT(second, HasSubstr("banso_metrics_failures_total 2\n"));
}

TEST(Registry, CountsFromManyThreads) {
  Registry registry;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        Counter counter = registry.counter("steps_total", "Steps.");
        for (int step = 0; step < 10'000; ++step) counter.add();
      });
    }
  }
  EXPECT_THAT(registry.text(), HasSubstr("steps_total 40000\n"));
}

TEST(ProcessFigures, TellMemoryAndFiles) {
  Registry registry;
  add_process_figures(registry);
  const std::string text = registry.text();
  const std::string name = "\nprocess_resident_memory_bytes ";
  ASSERT_THAT(text, HasSubstr(name));
  EXPECT_GT(std::stod(text.substr(text.find(name) + name.size())), 1e6);
  EXPECT_THAT(text, HasSubstr("\nprocess_open_fds "));
  EXPECT_THAT(text, HasSubstr("\nprocess_start_time_seconds "));
}

}  // namespace
}  // namespace banso::platform::metrics
