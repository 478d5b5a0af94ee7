// The event store on one machine, without HTTP: what an append costs, how long it can be held up, and what a large past
// costs those who read (--prefill-events says how large; ./dev bench --full takes 100 million).
//
// event_store.append_rows_per_s: batches of 10,000 with message ids, deduplicated and durable, while tails are settled
// behind; peer: DuckDB's own appender on one thread with the same rows, in the same run.
// event_store.append_longest_ms: the longest of those appends. The others: with the past stored.
//
// BANSO_BENCH_PAST names a folder where the past is kept: made at the first run, used again by the later ones. Its ids
// are those of a new installation whose first 2,000 accounts and first source were just made.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <numeric>
#include <random>
#include <span>

#include <unistd.h>

#include "platform/events/event_store.hpp"
#include "support/appender_peer.hpp"
#include "support/event_mix.hpp"
#include "support/figure.hpp"
#include "support/options.hpp"
#include "support/prefill.hpp"

namespace {

using namespace banso;
using namespace banso::bench;
namespace events = platform::events;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t documented_events = 100'000'000;
constexpr int account_count = 2'000;
constexpr std::size_t rows_of_append = 10'000;
constexpr int questions = 100;
const events::Settings store_settings{.memory_limit = "384MB"};

double ms_since(Clock::time_point started) {
  return std::chrono::duration<double, std::milli>(Clock::now() - started).count();
}

double resident_mib() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t total = 0, resident = 0;
  statm >> total >> resident;
  return static_cast<double>(resident * ::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

core::Instant now() {
  return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

// The events of some batches, as often as wanted, each time with new message ids.
class Feed {
 public:
  explicit Feed(const std::vector<Batch>& batches) {
    for (const auto& batch : batches) {
      for (const auto& from : batch.events) {
        events::Event event;
        event.source = {1};
        event.message_id = "m-" + std::string(message_id_digits, '0');
        event.account = {from.account + 1};
        event.matched_by = events::MatchedBy::group_id;
        event.group_key = from.account_key;
        event.person_key = event.user_id = from.user_id;
        event.name = from.name;
        event.properties = from.properties;
        pool_.push_back(std::move(event));
      }
    }
  }

  std::span<const events::Event> next(std::size_t count) {
    if (place_ + count > pool_.size()) place_ = 0;
    const std::span part(pool_.data() + place_, count);
    place_ += count;
    for (auto& event : part) {
      event.occurred_at = event.received_at = now();
      write_message_id(event.message_id.data() + 2, ++number_);
    }
    return part;
  }

 private:
  std::vector<events::Event> pool_;
  std::size_t place_ = 0;
  std::uint64_t number_ = static_cast<std::uint64_t>(now().microseconds);  // new ones in every run
};

struct Appends {
  double rows_per_s = 0;
  double longest_ms = 0;
};

Appends append_for(events::EventStore& store, Feed& feed, double seconds) {
  Appends result;
  std::int64_t rows = 0;
  const auto started = Clock::now();
  while (ms_since(started) < seconds * 1000) {
    const auto batch = feed.next(rows_of_append);
    const auto begun = Clock::now();
    rows += store.append(batch).stored;
    result.longest_ms = std::max(result.longest_ms, ms_since(begun));
  }
  result.rows_per_s = static_cast<double>(rows) * 1000 / ms_since(started);
  return result;
}

template <class Ask>
double p95_ms(Ask ask) {
  std::vector<double> times;
  for (int question = 0; question < questions; ++question) {
    const auto started = Clock::now();
    ask();
    times.push_back(ms_since(started));
  }
  std::ranges::sort(times);
  std::cerr << fmt::format("p50 {:.1f}, p95 {:.1f}, most {:.1f} ms\n", times[times.size() / 2],
                           times[times.size() * 95 / 100], times.back());
  return times[times.size() * 95 / 100];
}

// Random accounts, the first four pages of fifty.
double timeline_p95_ms(events::EventStore& store) {
  std::mt19937_64 random(1);
  return p95_ms([&] {
    events::TimelineQuery query{};
    query.account = {static_cast<std::int64_t>(random() % account_count) + 1};
    query.page = {.offset = static_cast<std::int64_t>(random() % 4) * 50, .limit = 50};
    store.timeline(query);
  });
}

class Measuring {
 public:
  Measuring(const Options& options, const std::filesystem::path& folder) : options_(options), folder_(folder) {}

  void run() {
    if (options_.wants("event_store.append_rows_per_s") || options_.wants("event_store.append_longest_ms")) {
      measure_appends();
    }
    if (options_.wants("event_store.open_s") || options_.wants("event_store.timeline_p95_ms") ||
        options_.wants("event_store.added_ms") || options_.wants("event_store.rss_mib")) {
      measure_past();
    }
  }

 private:
  void measure_appends() {
    const auto store = events::open_duckdb_store(folder_ / "empty.duckdb", store_settings);
    const auto appends = append_for(*store, feed_, options_.seconds);
    const double peer = appender_rows_per_s(folder_ / "peer.duckdb", batches_, options_.seconds);
    print({.name = "event_store.append_rows_per_s",
           .value = appends.rows_per_s,
           .unit = "rows/s",
           .peer = "DuckDB's appender, one thread, same rows",
           .peer_value = peer,
           .ratio = appends.rows_per_s / peer,
           .target = peer / 2,
           .met = appends.rows_per_s >= peer / 2});
    print_ms("event_store.append_longest_ms", appends.longest_ms, 1000);
  }

  static std::filesystem::path past_file(const std::filesystem::path& folder) {
    const char* kept = std::getenv("BANSO_BENCH_PAST");
    return (kept ? std::filesystem::path(kept) : folder) / "events.duckdb";
  }

  void make_past(const std::filesystem::path& file) const {
    if (std::filesystem::exists(file)) return;
    std::filesystem::create_directories(file.parent_path());
    std::vector<std::int64_t> accounts(account_count);
    std::iota(accounts.begin(), accounts.end(), 1);
    const auto begun = Clock::now();
    prefill(file, accounts, {.events = options_.prefill_events, .source_id = 1});
    std::cerr << fmt::format("{} events stored at {:.0f}/s\n", options_.prefill_events,
                             static_cast<double>(options_.prefill_events) * 1000 / ms_since(begun));
  }

  void measure_past() {
    const auto file = past_file(folder_);
    make_past(file);
    const auto opened = Clock::now();
    const auto store = events::open_duckdb_store(file, store_settings);
    print_past("event_store.open_s", ms_since(opened) / 1000, "s", 5);
    print_past("event_store.timeline_p95_ms", timeline_p95_ms(*store), "ms", 100);
    const auto appends = append_for(*store, feed_, options_.seconds);
    print_past("event_store.append_with_past_rows_per_s", appends.rows_per_s, "rows/s", 0);
    print_past("event_store.append_with_past_longest_ms", appends.longest_ms, "ms", 1000);
    print_past("event_store.timeline_after_appends_p95_ms", timeline_p95_ms(*store), "ms", 100);
    auto position = store->position();
    print_past("event_store.added_ms", p95_ms([&] {
                 store->append(feed_.next(rows_of_append));
                 const auto changes = store->changes_since(position);
                 store->user_days_added(position, changes.until, [](const events::UserDays&) {});
                 position = changes.until;
               }),
               "ms", 200);
    print_past("event_store.rss_mib", resident_mib(), "MiB", 700);
  }

  static void print_ms(const std::string& name, double value, double target) {
    print({.name = name,
           .value = value,
           .unit = "ms",
           .peer = {},
           .peer_value = {},
           .ratio = {},
           .target = target,
           .met = value <= target});
  }

  void print_past(const std::string& name, double value, const std::string& unit, double target) const {
    const bool documented = options_.prefill_events >= documented_events && target > 0;
    print({.name = name,
           .value = value,
           .unit = unit,
           .peer = {},
           .peer_value = {},
           .ratio = {},
           .target = target,
           .met = documented ? std::optional(value <= target) : std::nullopt});
  }

  const Options options_;
  const std::filesystem::path folder_;
  const std::vector<Batch> batches_ = make_batches({}, now().microseconds);
  Feed feed_{batches_};
};

}  // namespace

int main(int argc, char** argv) {
  const auto options =
      read_options(argc, argv,
                   {"event_store.append_rows_per_s", "event_store.append_longest_ms", "event_store.open_s",
                    "event_store.timeline_p95_ms", "event_store.append_with_past_rows_per_s",
                    "event_store.append_with_past_longest_ms", "event_store.timeline_after_appends_p95_ms",
                    "event_store.added_ms", "event_store.rss_mib"});
  const auto folder = std::filesystem::temp_directory_path() / "banso-bench-event-store";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  Measuring(options, folder).run();
  std::filesystem::remove_all(folder);
  return 0;
}
