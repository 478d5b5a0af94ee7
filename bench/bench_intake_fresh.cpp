// fresh.event_to_score_p99_ms: how long after an event is sent the book shows the measure that it changed, while 20,000
// events a second come in for 2,000 other accounts with 18 months of facts. Seen from outside: a probe sends an event
// of a new person and asks the book until it counts one active user more. What the server says of itself is printed
// beside.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <mutex>
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

constexpr double events_per_s = 20'000;
constexpr double target_ms = 1000;
constexpr int probes_at_once = 4;
constexpr int days_of_facts = 548;
constexpr auto ask_every = std::chrono::milliseconds(10);
constexpr auto patience = std::chrono::seconds(60);
constexpr const char* measure = "active_users_28d";

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// Sends events of one account, one after another, each of a person never seen before.
class Probe {
 public:
  Probe(Installation& installation, int account)
      : api_(installation.port()), write_key_(installation.write_key()), account_(account) {
    api_.post("/api/session", {{"email", "bench@example.com"}, {"password", "correct horse battery"}});
  }

  double event_to_score_ms() {
    const auto before = active_users();
    const auto sent = Clock::now();
    api_.send_event("/v1/track", write_key_,
                    {{"userId", fmt::format("probe-{}", ++persons_)},
                     {"event", event_names().front()},
                     {"context", {{"groupId", account_key(account_)}}}});
    while (active_users() <= before) {
      if (Clock::now() - sent > patience) throw std::runtime_error("an event did not change its score in a minute");
      std::this_thread::sleep_for(ask_every);
    }
    return std::chrono::duration<double, std::milli>(Clock::now() - sent).count();
  }

 private:
  double active_users() {
    const auto page = api_.get(fmt::format("/api/book?limit=1&q=Customer%20{}&columns=measure.{}", account_, measure));
    const auto& items = page.at("items").as_array();
    if (items.empty()) throw std::runtime_error("the book does not show a probe's account");
    const auto* measures = items.front().at("measures").if_object();
    const auto* value = measures == nullptr ? nullptr : measures->if_contains(measure);
    return value == nullptr || value->is_null() ? 0 : value->to_number<double>();
  }

  ApiClient api_;
  std::string write_key_;
  int account_;
  int persons_ = 0;
};

std::vector<double> probe_while(Installation& installation, int first_account, const std::atomic<bool>& is_loaded) {
  std::vector<double> all_ms;
  std::mutex mutex;
  std::vector<std::jthread> threads;
  for (int i = 0; i < probes_at_once; ++i) {
    threads.emplace_back([&, i] {
      Probe probe(installation, first_account + i);
      while (is_loaded) {
        double took_ms = patience / std::chrono::milliseconds(1);  // what never came counts as this
        try {
          took_ms = probe.event_to_score_ms();
        } catch (const std::exception& error) {
          std::cerr << error.what() << "\n";
        }
        const std::lock_guard lock(mutex);
        all_ms.push_back(took_ms);
      }
    });
  }
  threads.clear();  // joins
  std::ranges::sort(all_ms);
  return all_ms;
}

void measure_freshness(const Options& options, const std::filesystem::path& folder) {
  MixSettings mix;
  Installation installation(folder, mix.accounts + probes_at_once);
  const auto accounts = installation.account_ids();
  installation.stop();
  prefill(
      installation.data() / "events.duckdb", accounts,
      {.events = options.full ? 20'000'000 : 2'000'000, .days = days_of_facts, .source_id = installation.source_id()});
  installation.start();
  const auto last = fmt::format("/api/accounts/{}/usage", accounts.back());
  while (installation.api().get(last).at("features").as_array().empty()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  std::this_thread::sleep_for(std::chrono::seconds(2));
  installation.wait_until_scored(3600);

  const auto batches = make_batches(mix, now_us());
  std::atomic<bool> is_loaded = true;
  LoadResult load;
  std::jthread sender([&] {
    load = send_load(batches, {.port = installation.port(),
                               .write_key = installation.write_key(),
                               .seconds = options.seconds,
                               .events_per_s = events_per_s});
    is_loaded = false;
  });
  const auto times_ms = probe_while(installation, mix.accounts, is_loaded);
  sender.join();
  const auto at = [&](double share) {
    return times_ms[static_cast<std::size_t>(share * static_cast<double>(times_ms.size() - 1))];
  };
  std::cerr << fmt::format(
      "{:.0f} events/s acknowledged (ack p99 {:.1f} ms, refused {}, failed {}); {} probes: p50 {:.0f} ms, p95 {:.0f} "
      "ms, "
      "p99 {:.0f} ms; RSS {:.0f} MiB\n",
      load.events_per_s(), load.ack_ms(0.99), load.refused, load.failed, times_ms.size(), at(0.5), at(0.95), at(0.99),
      installation.process().resident_mib());
  std::cerr << "the server itself: " << boost::json::serialize(installation.api().get("/api/evaluation")) << "\n";
  if (load.events_per_s() < 0.98 * events_per_s) throw std::runtime_error("the server did not keep up with the pace");
  print({"fresh.event_to_score_p99_ms", at(0.99), "ms", "", 0, 0, target_ms, at(0.99) <= target_ms});
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = read_options(argc, argv, {"fresh.event_to_score_p99_ms"});
  const auto folder = std::filesystem::temp_directory_path() / "banso-bench-fresh";
  try {
    measure_freshness(options, folder);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  std::filesystem::remove_all(folder);
  return 0;
}
