// Statistics of retention over a million customers, from unsorted rows.
//   retention.kaplan_meier_s  curve with Greenwood's variance and log bands; against R's survfit on the same rows
//   retention.log_rank_s      log-rank test between four groups
//   retention.ltv_interval_s  survival-based lifetime value with its bootstrap of 400 draws
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <random>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "engine/retention_statistics/lifetime_value.hpp"
#include "engine/retention_statistics/log_rank.hpp"
#include "engine/retention_statistics/survival.hpp"
#include "support/figure.hpp"
#include "support/parallel.hpp"

namespace {

using namespace banso;
using namespace banso::engine::retention_statistics;
using bench::seconds_of;

constexpr double target_s = 0.5;
constexpr std::size_t full_size = 1'000'000;

// Days of subscriptions of up to ten years, a part of which is known from a later day on only.
std::vector<Lifetime> customers(std::size_t count) {
  std::mt19937_64 random(1);
  std::exponential_distribution<double> leaves(1.0 / 900);
  std::uniform_real_distribution<double> seen(1, 3650);
  std::vector<Lifetime> lifetimes(count);
  for (Lifetime& life : lifetimes) {
    const double leave = leaves(random), end = seen(random);
    life.exit = std::ceil(std::min(leave, end));
    life.ended = leave <= end;
    life.group = static_cast<std::uint32_t>(random() % 4);
    if (random() % 4 == 0) life.entry = std::floor(life.exit * 0.4);
  }
  return lifetimes;
}

// Seconds that R's survfit takes for the same rows, read beforehand, and the share it says is there after 1,000 days.
struct Peer {
  double seconds = 0, survival = 0;
};
Peer in_r(const std::vector<Lifetime>& lifetimes) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("banso_bench_r_{}", std::random_device{}());
  std::filesystem::create_directories(folder);
  {
    std::ofstream file(folder / "rows.csv");
    for (const Lifetime& life : lifetimes)
      file << (life.entry == from_the_begin ? -1 : life.entry) << ',' << life.exit << ',' << life.ended << '\n';
    std::ofstream(folder / "script.R") << R"(suppressMessages(library(survival))
d <- read.csv(commandArgs(TRUE)[1], header = FALSE)
took <- system.time(f <- survfit(Surv(d[[1]], d[[2]], d[[3]]) ~ 1, timefix = FALSE))[["elapsed"]]
cat(took, sprintf("%.12f", summary(f, times = 1000)$surv), "\n"))";
  }
  const std::string command =
      fmt::format("Rscript {} {} 2>/dev/null", (folder / "script.R").string(), (folder / "rows.csv").string());
  Peer peer;
  {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    if (std::fscanf(pipe.get(), "%lf %lf", &peer.seconds, &peer.survival) != 2) peer = {};
  }
  std::filesystem::remove_all(folder);
  return peer;
}

void report(const char* name, double seconds, std::size_t count, const Peer& peer = {}) {
  bench::Figure figure{name, seconds, "s", {}, 0, 0, target_s, {}};
  if (peer.seconds > 0) {
    figure.peer = "R survival::survfit";
    figure.peer_value = peer.seconds;
    figure.ratio = seconds / peer.seconds;
  }
  if (count >= full_size) figure.met = seconds <= target_s;
  bench::print(figure);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "--list") {
    std::cout << "retention.kaplan_meier_s\nretention.log_rank_s\nretention.ltv_interval_s\n";
    return 0;
  }
  const std::size_t count =
      argc > 1 && std::atoi(argv[1]) > 0 ? static_cast<std::size_t>(std::atoi(argv[1])) : full_size;
  const std::vector<Lifetime> lifetimes = customers(count);

  SurvivalCurve curve;
  const double curve_s = seconds_of([&] { curve = survival_curve(lifetimes); });
  const Peer peer = in_r(lifetimes);
  if (peer.seconds > 0 && std::abs(peer.survival - *curve.survival_at(1000)) > 1e-9) {
    std::cerr << "R says " << peer.survival << " are there after 1,000 days, Banso " << *curve.survival_at(1000)
              << '\n';
    return 1;
  }
  report("retention.kaplan_meier_s", curve_s, count, peer);

  LogRank test;
  const double test_s = seconds_of([&] { test = log_rank(lifetimes, 4); });
  if (test.degrees_of_freedom != 3) return 1;
  report("retention.log_rank_s", test_s, count);

  std::vector<Lifetime> in_months = lifetimes;
  for (Lifetime& life : in_months) {
    life.exit /= 30;
    life.entry /= 30;
  }
  Said<SurvivalValue> value = tl::unexpected(CannotSay::no_customers);
  const double value_s = seconds_of([&] { value = survival_lifetime_value({10'000, 0.8}, in_months); });
  if (!value) return 1;
  report("retention.ltv_interval_s", value_s, count);
  return 0;
}
