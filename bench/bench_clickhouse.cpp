// The event store of a cluster: what an append costs one node and its two shards on this machine, and what reads cost.
//
// clickhouse.append_<n>_events_per_s: batches of n with message ids, claimed, deduplicated and logged, one node, one
// batch after the other. clickhouse.append_<n>_events_per_shard_core_s: the same events by the processor time that both
// shards spent, merging included, so a figure per core; ..._node_core_s: by that of the node. The reads: with all that
// stored.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>
#include <random>
#include <span>
#include <sstream>
#include <thread>

#include <sys/resource.h>
#include <unistd.h>

#include "platform/clickhouse_testing/clickhouse_cluster.hpp"
#include "platform/events/event_store.hpp"
#include "support/event_mix.hpp"
#include "support/figure.hpp"
#include "support/options.hpp"

namespace {

using namespace banso;
using namespace banso::bench;
namespace events = platform::events;
using Cluster = platform::clickhouse::testing::Cluster;
using Clock = std::chrono::steady_clock;

constexpr int account_count = 10'000;
constexpr int questions = 40;
constexpr std::size_t batch_sizes[] = {1'000, 20'000};

void show(const std::string& name, double value, const std::string& unit) {
  Figure figure;
  figure.name = name;
  figure.value = value;
  figure.unit = unit;
  print(figure);
}

double seconds_since(Clock::time_point started) {
  return std::chrono::duration<double>(Clock::now() - started).count();
}

// Of the servers, both shards together.
double shard_processor_seconds(const Cluster& cluster) {
  double ticks = 0;
  for (int shard = 0; shard < Cluster::shards; ++shard) {
    std::ifstream stat("/proc/" + std::to_string(cluster.server(shard)) + "/stat");
    std::string text((std::istreambuf_iterator<char>(stat)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string ignored;
    for (int field = 3; field < 14; ++field) fields >> ignored;
    double user = 0, system = 0;
    fields >> user >> system;
    ticks += user + system;
  }
  return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double node_processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return time.tv_sec + time.tv_usec / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// The events of some batches over and over, each time with new message ids.
class Feed {
 public:
  Feed() {
    const auto now = core::now();
    for (const auto& batch : make_batches({.accounts = account_count}, now.microseconds)) {
      for (const auto& from : batch.events) {
        events::Event event;
        event.source = {1};
        event.occurred_at = {from.occurred_at_us};
        event.received_at = now;
        event.account = {from.account + 1};
        event.matched_by = events::MatchedBy::group_id;
        event.group_key = from.account_key;
        event.person_key = event.user_id = from.user_id;
        event.name = from.name;
        event.properties = from.properties;
        events_.push_back(std::move(event));
      }
    }
  }
  std::vector<events::Event> next(std::size_t count) {
    std::vector<events::Event> batch;
    batch.reserve(count);
    for (std::size_t index = 0; index < count; ++index) {
      batch.push_back(events_[place_++ % events_.size()]);
      std::string digits(message_id_digits, '0');
      write_message_id(digits.data(), number_++);
      batch.back().message_id = "ajs-next-" + digits;
      batch.back().occurred_at.microseconds += static_cast<std::int64_t>(number_ % 86'400'000'000ULL);
    }
    return batch;
  }

 private:
  std::vector<events::Event> events_;
  std::size_t place_ = 0;
  std::uint64_t number_ = 0;
};

void measure_appends(const Options& options, Cluster& cluster, events::EventStore& store, Feed& feed) {
  for (const auto size : batch_sizes) {
    const auto name = "clickhouse.append_" + std::to_string(size);
    const auto shard_before = shard_processor_seconds(cluster), node_before = node_processor_seconds();
    double appending = 0, feeding = 0;
    std::int64_t stored = 0;
    while (appending < options.seconds) {
      const auto feed_began = node_processor_seconds();
      const auto batch = feed.next(size);
      feeding += node_processor_seconds() - feed_began;
      const auto began = Clock::now();
      stored += store.append(batch).stored;
      appending += seconds_since(began);
    }
    const auto events = static_cast<double>(stored);
    show(name + "_events_per_s", events / appending, "events/s");
    show(name + "_events_per_shard_core_s", events / (shard_processor_seconds(cluster) - shard_before),
         "events per core second");
    show(name + "_events_per_node_core_s", events / (node_processor_seconds() - node_before - feeding),
         "events per core second");
  }
}

template <class Ask>
double p95_ms(Ask ask) {
  std::vector<double> times;
  for (int question = 0; question < questions; ++question) {
    const auto began = Clock::now();
    ask(question);
    times.push_back(seconds_since(began) * 1000);
  }
  std::ranges::sort(times);
  return times[times.size() * 95 / 100];
}

void measure_reads(events::EventStore& store, Feed& feed) {
  std::mt19937 random(1);
  show("clickhouse.timeline_p95_ms", p95_ms([&](int) {
         events::TimelineQuery query;
         query.account = {1 + static_cast<std::int64_t>(random() % account_count)};
         store.timeline(query);
       }),
       "ms");
  show("clickhouse.latest_p95_ms", p95_ms([&](int) { store.latest({}, 20); }), "ms");
  show("clickhouse.follow_4000_events_p95_ms", p95_ms([&, position = store.position()](int) mutable {
         store.append(feed.next(4000));
         const auto changes = store.changes_since(position);
         store.user_days_of(changes.rewritten, changes.until, [](const events::UserDays&) {});
         position = changes.until;
       }),
       "ms");
  const auto began = Clock::now();
  const auto volumes = store.type_volumes();
  std::int64_t stored = 0;
  for (const auto& volume : volumes) stored += volume.events;
  show("clickhouse.whole_table_events_per_s", static_cast<double>(stored) / seconds_since(began), "events/s");
  show("clickhouse.stored_events", static_cast<double>(stored), "events");
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> figures{"clickhouse.append_1000_events_per_s",
                                         "clickhouse.append_1000_events_per_shard_core_s",
                                         "clickhouse.append_1000_events_per_node_core_s",
                                         "clickhouse.append_20000_events_per_s",
                                         "clickhouse.append_20000_events_per_shard_core_s",
                                         "clickhouse.append_20000_events_per_node_core_s",
                                         "clickhouse.timeline_p95_ms",
                                         "clickhouse.latest_p95_ms",
                                         "clickhouse.follow_4000_events_p95_ms",
                                         "clickhouse.whole_table_events_per_s",
                                         "clickhouse.stored_events"};
  const auto options = read_options(argc, argv, figures);
  if (std::ranges::none_of(figures, [&](const auto& figure) { return options.wants(figure); })) return 0;
  const auto cluster = Cluster::start();
  if (!cluster) {
    std::cerr << "ClickHouse is not installed (Debian package clickhouse-server)\n";
    return 0;
  }
  const auto store = events::open_clickhouse_store(cluster->new_store_url());
  Feed feed;
  measure_appends(options, *cluster, *store, feed);
  const auto prefill = std::min<std::int64_t>(options.prefill_events, 5'000'000);
  while (store->totals({}).events < prefill) {
    for (int batch = 0; batch < 10; ++batch) store->append(feed.next(20'000));
  }
  measure_reads(*store, feed);
}
