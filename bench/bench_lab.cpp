// The Health Lab under the hand: 100,000 accounts by 104 weeks.
//   lab.rescore_p95_ms      one move of a slider: scores of all rows under other weights, and the whole judgement
//   lab.threshold_p95_ms    the same where a point of a measure's curve was moved, so that its points change as well
//   lab.share_of_bandwidth  bytes that the re-score alone reads and writes per second, against a memory copy on as many
//                           threads in the same run
#include <algorithm>
#include <cstring>
#include <ctime>
#include <iostream>
#include <random>
#include <vector>

#include <fmt/format.h>

#include "engine/book_builder.hpp"
#include "engine/lab/judgement.hpp"
#include "support/parallel.hpp"

namespace {

using namespace banso;
using namespace banso::engine;
using bench::seconds_of;
namespace lab = engine::lab;

constexpr int accounts_at_once = 2'000;
constexpr int measure_count = 20;
constexpr int week_count = 104;
constexpr int threads = 4;
constexpr int moves = 20;
constexpr double target_ms = 300;
const Day last_day = core::day_from(2026, 3, 31);

const ParallelFor on_all_cores = [](std::size_t count, const auto& body) { bench::parallel_for(threads, count, body); };

// Of all threads of this program.
double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

Definitions definitions_of_size() {
  Definitions definitions;
  Scorecard card{"health", {"Health", "ヘルス"}, {}, {}, standard_levels()};
  for (int i = 0; i < measure_count; ++i) {
    MeasureDefinition measure;
    measure.key = fmt::format("m{}", i);
    measure.name = {measure.key, measure.key};
    measure.source = Source::attribute;
    measure.aggregate = Aggregate::value;
    measure.attribute = std::string("signal");
    definitions.measures.push_back(measure);
    if (i % 5 == 0) card.groups.push_back({fmt::format("g{}", i / 5), {"Group", "グループ"}, {}, 10.0 + i, {}});
    const Curve curve{Curve::Kind::linear, {}, {{0, 0}, {100, 100}}, {}, 50};
    card.groups.back().items.push_back({measure.key, 5.0 + i % 7, MissingPolicy::ignore, 50, {{0, curve}}});
  }
  definitions.scorecards.push_back(card);
  return definitions;
}

// Values wander from week to week; one measure in four is missing for a while. Those in decline leave.
std::shared_ptr<const lab::LabPanel> panel_of(int accounts, const Definitions& definitions) {
  std::vector<Day> days;
  for (int week = week_count - 1; week >= 0; --week) days.push_back(last_day - 7 * week);
  lab::PanelBuilder builder(definitions, days);
  std::mt19937 random(1);
  const auto uniform = [&] { return static_cast<double>(random() >> 8) / (1 << 24); };
  for (int first = 0; first < accounts; first += accounts_at_once) {
    const int count = std::min(accounts_at_once, accounts - first);
    BookBuilder chunk;
    const auto product = chunk.add_product("suite");
    std::vector<Assessments> weeks(days.size());
    for (auto& week : weeks) {
      week.measures.resize(measure_count);
      for (auto& column : week.measures) {
        column.values.resize(static_cast<std::size_t>(count));
        column.states.resize(static_cast<std::size_t>(count), ValueState::number);
        column.newest_days.resize(static_cast<std::size_t>(count));
      }
    }
    for (int i = 0; i < count; ++i) {
      const auto account = chunk.add_account(core::AccountId{first + i + 1}, days.front() - 400);
      const double own = uniform() * 100;
      Subscription row;
      row.product = product;
      row.start = days.front() - 300;
      row.mrr_minor = 10'000 + static_cast<std::int64_t>(uniform() * 1e6);
      if (uniform() * 100 > own + 30) row.end = days.front() + static_cast<int>(uniform() * 7 * week_count);
      row.known = {row.start};
      chunk.add(account, row);
      for (std::size_t measure = 0; measure < measure_count; ++measure) {
        double value = own;
        const bool has_gaps = random() % 4 == 0;
        for (std::size_t week = 0; week < days.size(); ++week) {
          value = std::clamp(value + (uniform() - 0.5) * 10, 0.0, 100.0);
          weeks[week].measures[measure].values[static_cast<std::size_t>(i)] = std::round(value * 16) / 16;
          if (has_gaps && week / 20 % 2 == 0) {
            weeks[week].measures[measure].states[static_cast<std::size_t>(i)] = ValueState::empty_window;
          }
        }
      }
    }
    builder.add(std::move(chunk).build(), weeks);
  }
  return std::make_shared<const lab::LabPanel>(std::move(builder).build());
}

// Bytes read and written per second by a copy on all threads.
double copy_bytes_per_s() {
  constexpr std::size_t size = std::size_t{512} << 20, parts = 64;
  const std::vector<char> from(size, 1);
  std::vector<char> to(size, 2);
  double fastest_s = 1e9;
  for (int run = 0; run < 5; ++run) {
    fastest_s =
        std::min(fastest_s, seconds_of([&] {
                   bench::parallel_for(threads, parts, [&](std::size_t part) {
                     std::memcpy(to.data() + part * (size / parts), from.data() + part * (size / parts), size / parts);
                   });
                 }));
  }
  return 2.0 * size / fastest_s;
}

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

std::shared_ptr<const Definitions> with_moved_weight(const Definitions& definitions, int move) {
  auto moved = std::make_shared<Definitions>(definitions);
  auto& group = moved->scorecards[0].groups[static_cast<std::size_t>(move) % 4];
  group.weight += move;
  group.items[static_cast<std::size_t>(move) % group.items.size()].weight += 1 + move;
  return moved;
}

std::shared_ptr<const Definitions> with_moved_curve(const Definitions& definitions, int move) {
  auto moved = std::make_shared<Definitions>(definitions);
  auto& items = moved->scorecards[0].groups[static_cast<std::size_t>(move) % 4].items;
  items[static_cast<std::size_t>(move) % items.size()].curves[0].curve.linear[1].value -= move;
  return moved;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "--list") {
    std::cout << "lab.rescore_p95_ms\nlab.threshold_p95_ms\nlab.share_of_bandwidth\n";
    return 0;
  }
  const int accounts = argc > 1 ? std::atoi(argv[1]) : 100'000;
  const auto definitions = definitions_of_size();
  const auto panel = panel_of(accounts, definitions);
  lab::Rescorer rescorer(panel);
  lab::Judge judge(panel);
  const auto outcome = lab::judged_outcome(*panel, lab::churned(panel->book(), last_day), false, 90, on_all_cores);
  double score_s = 0;
  const auto follow = [&](std::shared_ptr<const Definitions> moved) {
    return seconds_of([&] {
      lab::ScoredPanel scored;
      score_s = seconds_of([&] { scored = rescorer.score(moved, 0, on_all_cores); });
      if (!judge.run(scored, outcome, {}, on_all_cores).auc) std::cerr << "nothing was judged\n";
    });
  };
  const double first_s = follow(with_moved_weight(definitions, 0));
  std::vector<double> weight_ms, curve_ms, rescore_s;
  const double cpu_before_s = cpu_seconds();
  for (int move = 1; move <= moves; ++move) {
    weight_ms.push_back(1000 * follow(with_moved_weight(definitions, move)));
    rescore_s.push_back(score_s);
  }
  const double cpu_ms = 1000 * (cpu_seconds() - cpu_before_s) / moves;
  for (int move = 1; move <= moves; ++move) curve_ms.push_back(1000 * follow(with_moved_curve(definitions, move)));
  // Points of every item in, scores and levels out.
  const double moved_bytes =
      static_cast<double>(panel->rows()) * (measure_count * sizeof(std::int32_t) + sizeof(std::int32_t) + 1);
  const double ours = moved_bytes / *std::min_element(rescore_s.begin(), rescore_s.end());
  const double copied = copy_bytes_per_s();
  std::cerr << fmt::format(
      "{} rows, {:.2f} GiB of panel, {:.2f} GiB of points; first judgement {:.0f} ms; a weight: {:.0f} ms at the "
      "median, re-score alone {:.0f} ms, {:.0f} ms of CPU\n",
      panel->rows(), static_cast<double>(panel->memory_bytes()) / (1 << 30),
      static_cast<double>(rescorer.memory_bytes()) / (1 << 30), 1000 * first_s, percentile(weight_ms, 0.5),
      1000 * percentile(rescore_s, 0.5), cpu_ms);
  for (const auto& [name, times_ms] :
       {std::pair{"lab.rescore_p95_ms", weight_ms}, {"lab.threshold_p95_ms", curve_ms}}) {
    const double p95_ms = percentile(times_ms, 0.95);
    fmt::print("{{\"name\":\"{}\",\"value\":{:.1f},\"unit\":\"ms\",\"target\":{},\"met\":{}}}\n", name, p95_ms,
               target_ms, p95_ms <= target_ms);
  }
  fmt::print(
      "{{\"name\":\"lab.share_of_bandwidth\",\"value\":{:.3f},\"unit\":\"share\",\"peer\":\"memcpy on {} "
      "threads\",\"peer_value\":{:.2f},\"ratio\":{:.3f}}}\n",
      ours / copied, threads, copied / 1e9, ours / copied);
  return 0;
}
