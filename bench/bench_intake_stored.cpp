// What a past of 100 million events costs a running server (--prefill-events says how many; ./dev bench --full takes
// all of them).
//
// intake.rate_at_100m: durable intake, events a second; peer: the same server with nothing stored, in the same run.
// intake.rss_mib_at_100m: the most resident memory of the process, while it takes events and answers questions.
// events.timeline_p95_ms: a page of an account's events. events.feature_usage_p95_ms: who used a feature in 90 days.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <random>
#include <thread>

#include "support/event_mix.hpp"
#include "support/figure.hpp"
#include "support/installation.hpp"
#include "support/options.hpp"
#include "support/prefill.hpp"

namespace {

using namespace banso::bench;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t documented_events = 100'000'000;
constexpr double target_rate = 0.9;
constexpr double target_rss_mib = 1024;
constexpr double target_query_ms = 100;
constexpr int questions = 200;

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// 95 of 100 questions are answered within so many milliseconds, one after another.
template <class Path>
double p95_ms(Installation& installation, Path path_of_question) {
  std::mt19937_64 random(95);
  std::vector<double> times_ms;
  for (int i = 0; i < questions; ++i) {
    const auto path = path_of_question(random);
    const auto started = Clock::now();
    installation.api().get(path);
    times_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - started).count());
  }
  std::ranges::sort(times_ms);
  return times_ms[times_ms.size() * 95 / 100];
}

std::string day_before(int days) {
  return iso_time(now_us() - days * 86'400'000'000LL).substr(0, 10);
}

class Stored {
 public:
  Stored(const Options& options, const std::filesystem::path& folder)
      : options_(options), batches_(make_batches(mix_, now_us())), installation_(folder / "stored", mix_.accounts) {
    accounts_ = installation_.account_ids();
    installation_.stop();
    prefill(installation_.data() / "events.duckdb", accounts_,
            {.events = options.prefill_events, .source_id = installation_.source_id()});
    const auto started = Clock::now();
    installation_.start();
    const std::chrono::duration<double> serving = Clock::now() - started;
    wait_for_facts();
    const std::chrono::duration<double> ready = Clock::now() - started;
    std::cerr << fmt::format("serves after {:.1f} s, facts and scores are there after {:.0f} s; RSS {:.0f} MiB\n",
                             serving.count(), ready.count(), installation_.process().resident_mib());
  }

  void measure_queries() {
    const auto account = [&](auto& random) { return accounts_[random() % accounts_.size()]; };
    if (options_.wants("events.timeline_p95_ms")) {
      const auto ms = p95_ms(installation_, [&](auto& random) {
        return fmt::format("/api/accounts/{}/events?limit=50&offset={}", account(random), random() % 4 * 50);
      });
      report({"events.timeline_p95_ms", ms, "ms", "", 0, 0, target_query_ms, ms <= target_query_ms});
    }
    if (options_.wants("events.feature_usage_p95_ms")) {
      const auto features = installation_.api().get("/api/features").as_object();
      const auto& items = features.at("items").as_array();
      const auto ms = p95_ms(installation_, [&](auto& random) {
        const int until = static_cast<int>(random() % 300);
        return fmt::format("/api/features/{}/usage?from={}&to={}", items[random() % items.size()].at("id").as_int64(),
                           day_before(until + 89), day_before(until));
      });
      report({"events.feature_usage_p95_ms", ms, "ms", "", 0, 0, target_query_ms, ms <= target_query_ms});
    }
    look_at_memory();
  }

  void measure_intake(double empty_rate) {
    const auto stored = sustain(installation_, batches_, {.seconds = options_.seconds});
    peak_rss_mib_ = std::max(peak_rss_mib_, stored.peak_rss_mib);
    if (options_.wants("intake.rate_at_100m")) {
      const auto ratio = stored.events_per_s() / empty_rate;
      report({"intake.rate_at_100m", stored.events_per_s(), "events/s", "nothing stored", empty_rate, ratio,
              target_rate, ratio >= target_rate});
    }
  }

  void report_memory() {
    look_at_memory();
    if (!options_.wants("intake.rss_mib_at_100m")) return;
    report({"intake.rss_mib_at_100m", peak_rss_mib_, "MiB", "", 0, 0, target_rss_mib, peak_rss_mib_ <= target_rss_mib});
  }

 private:
  // The figures speak of 100 million events: of fewer, nothing is said about the target.
  void report(Figure figure) {
    if (options_.prefill_events < documented_events) {
      figure.unit += fmt::format(" at {} events", options_.prefill_events);
      figure.met.reset();
    }
    print(figure);
  }

  void look_at_memory() { peak_rss_mib_ = std::max(peak_rss_mib_, installation_.process().resident_mib()); }

  void wait_for_facts() {
    const auto last = fmt::format("/api/accounts/{}/usage", accounts_.back());
    const auto end = Clock::now() + std::chrono::hours(1);
    while (installation_.api().get(last).at("features").as_array().empty()) {
      if (Clock::now() > end) throw std::runtime_error("the daily facts were not made within an hour");
      look_at_memory();
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    installation_.wait_until_scored(3600);
  }

  const Options& options_;
  const MixSettings mix_;
  const std::vector<Batch> batches_;
  Installation installation_;
  std::vector<std::int64_t> accounts_;
  double peak_rss_mib_ = 0;
};

double rate_of_empty(const Options& options, const std::filesystem::path& folder) {
  const MixSettings mix;
  Installation installation(folder / "empty", mix.accounts);
  return sustain(installation, make_batches(mix, now_us()), {.seconds = options.seconds}).events_per_s();
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = read_options(
      argc, argv,
      {"intake.rate_at_100m", "intake.rss_mib_at_100m", "events.timeline_p95_ms", "events.feature_usage_p95_ms"});
  const auto folder = std::filesystem::temp_directory_path() / "banso-bench-stored";
  try {
    const auto empty_rate = options.wants("intake.rate_at_100m") ? rate_of_empty(options, folder) : 0;
    Stored stored(options, folder);
    stored.measure_queries();
    if (options.wants("intake.rate_at_100m") || options.wants("intake.rss_mib_at_100m"))
      stored.measure_intake(empty_rate);
    stored.report_memory();
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  std::filesystem::remove_all(folder);
  return 0;
}
