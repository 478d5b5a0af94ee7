// Differences of which no formula knows the tails: drawn again and again out of the sample itself.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "difference.hpp"
#include "moments.hpp"
#include "random.hpp"

namespace banso::engine::effects {
namespace {

constexpr std::size_t most_draws = 2000;
constexpr std::size_t least_draws = 400;
constexpr std::size_t draws_budget = 20'000'000;  // cases drawn in all, so that large arms stay quick

std::size_t rounds_for(std::size_t cases) {
  return std::clamp(draws_budget / std::max<std::size_t>(1, cases), least_draws, most_draws);
}

struct Estimate {
  double value = 0;
  double standard_error = 0;
};

// The interval out of how far estimates of resamples lie from that of the sample, each in its own standard errors. The
// same on both sides: where a few large losses make the tail, this keeps its promise best (see coverage_test.cpp).
Interval studentised(Estimate sample, std::vector<double>& distances, double confidence) {
  for (auto& each : distances) each = std::abs(each);
  std::sort(distances.begin(), distances.end());
  const double place = confidence * static_cast<double>(distances.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, distances.size() - 1);
  const double reach = distances[below] + (place - static_cast<double>(below)) * (distances[above] - distances[below]);
  return {sample.value - reach * sample.standard_error, sample.value + reach * sample.standard_error};
}

// `resample` draws once more. Resamples without any spread say nothing of it and are left out.
template <class Resample>
std::optional<Interval> bootstrap(Estimate sample, std::size_t rounds, double confidence, Resample resample) {
  std::vector<double> distances;
  distances.reserve(rounds);
  for (std::size_t round = 0; round < rounds; ++round) {
    const Estimate drawn = resample();
    if (drawn.standard_error > 0) distances.push_back((drawn.value - sample.value) / drawn.standard_error);
  }
  if (distances.size() < least_draws / 2) return std::nullopt;
  return studentised(sample, distances, confidence);
}

void draw(std::span<const double> from, std::vector<double>& into, Random& random) {
  into.resize(from.size());
  for (auto& each : into) each = from[random.below(from.size())];
}

Estimate estimate(std::span<const double> treated, std::span<const double> comparison) {
  const auto a = moments_of(treated);
  const auto b = moments_of(comparison);
  return {a.mean - b.mean, std::sqrt(a.variance_of_mean() + b.variance_of_mean())};
}

// How often lots drawn anew give a difference as large in its own standard errors.
double permutation_p(std::span<const double> treated, std::span<const double> comparison, Estimate seen,
                     std::size_t rounds, Random& random) {
  std::vector<double> all(treated.begin(), treated.end());
  all.insert(all.end(), comparison.begin(), comparison.end());
  const double bar = std::abs(seen.value / seen.standard_error) * (1 - 1e-12);
  std::size_t as_large = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < treated.size(); ++i) std::swap(all[i], all[i + random.below(all.size() - i)]);
    const auto drawn = estimate({all.data(), treated.size()}, {all.data() + treated.size(), comparison.size()});
    if (!(drawn.standard_error > 0) || std::abs(drawn.value / drawn.standard_error) >= bar) ++as_large;
  }
  return static_cast<double>(as_large + 1) / static_cast<double>(rounds + 1);
}

struct RatioEstimate {
  double ratio = 0;
  double variance = 0;  // by linearisation
};

RatioEstimate ratio_of(std::span<const BeforeAfter> cases) {
  double before = 0, after = 0;
  for (const auto& each : cases) {
    before += each.before;
    after += each.after;
  }
  if (!(before > 0) || cases.size() < 2) return {};
  RatioEstimate found{after / before, 0};
  const auto n = static_cast<double>(cases.size());
  for (const auto& each : cases) {
    const double rest = (each.after - found.ratio * each.before) / (before / n);
    found.variance += rest * rest / (n * (n - 1));
  }
  return found;
}

Estimate estimate(std::span<const BeforeAfter> treated, std::span<const BeforeAfter> comparison) {
  const auto a = ratio_of(treated);
  const auto b = ratio_of(comparison);
  return {a.ratio - b.ratio, std::sqrt(a.variance + b.variance)};
}

// A share that nobody in an arm varies in has a bootstrap of one point: then no interval is better than a wrong one.
void take(Difference& into, Estimate sample, std::optional<Interval> interval) {
  into.difference = sample.value;
  if (!(sample.standard_error > 0) || !interval) {
    into.cannot_say = CannotSay::no_variation;
    return;
  }
  into.standard_error = sample.standard_error;
  into.interval = interval;
}

}  // namespace

Difference difference_of_amounts(std::span<const double> treated, std::span<const double> comparison, double confidence,
                                 std::uint64_t seed) {
  Difference found;
  found.treated = {treated.size(), moments_of(treated).mean};
  found.comparison = {comparison.size(), moments_of(comparison).mean};
  const auto sample = estimate(treated, comparison);
  found.difference = sample.value;
  if (treated.size() < 2 || comparison.size() < 2) {
    found.cannot_say = CannotSay::too_few;
    return found;
  }
  if (!(sample.standard_error > 0)) {
    found.cannot_say = CannotSay::no_variation;
    return found;
  }
  Random random(seed);
  const auto rounds = rounds_for(treated.size() + comparison.size());
  std::vector<double> a, b;
  take(found, sample, bootstrap(sample, rounds, confidence, [&] {
         draw(treated, a, random);
         draw(comparison, b, random);
         return estimate(a, b);
       }));
  if (found.interval) found.p_value = permutation_p(treated, comparison, sample, rounds, random);
  return found;
}

Difference difference_of_ratios(std::span<const BeforeAfter> treated, std::span<const BeforeAfter> comparison,
                                double confidence, std::uint64_t seed) {
  Difference found;
  found.treated = {treated.size(), ratio_of(treated).ratio};
  found.comparison = {comparison.size(), ratio_of(comparison).ratio};
  const auto sample = estimate(treated, comparison);
  found.difference = sample.value;
  if (treated.size() < 2 || comparison.size() < 2) {
    found.cannot_say = CannotSay::too_few;
    return found;
  }
  Random random(seed);
  std::vector<BeforeAfter> a(treated.size()), b(comparison.size());
  const auto rounds = rounds_for(treated.size() + comparison.size());
  if (sample.standard_error > 0) {
    std::vector<double> distances;
    take(found, sample, bootstrap(sample, rounds, confidence, [&] {
           for (auto& each : a) each = treated[random.below(treated.size())];
           for (auto& each : b) each = comparison[random.below(comparison.size())];
           const auto drawn = estimate(a, b);
           if (drawn.standard_error > 0) distances.push_back((drawn.value - sample.value) / drawn.standard_error);
           return drawn;
         }));
    // The p that belongs to the interval: how often a resample lies as far from the sample as "no difference" does.
    const double bar = std::abs(sample.value / sample.standard_error);
    const auto beyond = std::count_if(distances.begin(), distances.end(), [&](double d) { return std::abs(d) >= bar; });
    found.p_value = static_cast<double>(beyond + 1) / static_cast<double>(distances.size() + 1);
  } else {
    found.cannot_say = CannotSay::no_variation;
  }
  return found;
}

Difference difference_of_pairs(std::span<const Matched> pairs, double confidence, std::uint64_t seed) {
  std::vector<double> differences, treated, comparison;
  for (const auto& pair : pairs) {
    differences.push_back(pair.treated - pair.comparison);
    treated.push_back(pair.treated);
    comparison.push_back(pair.comparison);
  }
  Difference found;
  found.treated = {pairs.size(), moments_of(treated).mean};
  found.comparison = {pairs.size(), moments_of(comparison).mean};
  const auto moments = moments_of(differences);
  const Estimate sample{moments.mean, std::sqrt(moments.variance_of_mean())};
  found.difference = sample.value;
  if (pairs.size() < 2) {
    found.cannot_say = CannotSay::too_few;
    return found;
  }
  if (!(sample.standard_error > 0)) {
    found.cannot_say = CannotSay::no_variation;
    return found;
  }
  Random random(seed);
  const auto rounds = rounds_for(pairs.size());
  std::vector<double> drawn;
  const auto of = [](const std::vector<double>& values) {
    const auto each = moments_of(values);
    return Estimate{each.mean, std::sqrt(each.variance_of_mean())};
  };
  take(found, sample, bootstrap(sample, rounds, confidence, [&] {
         draw(differences, drawn, random);
         return of(drawn);
       }));
  if (!found.interval) return found;
  // Which of a pair was treated could as well have been the other one.
  const double bar = std::abs(sample.value / sample.standard_error) * (1 - 1e-12);
  std::size_t as_large = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    drawn = differences;
    for (auto& each : drawn) each = random.below(2) == 0 ? each : -each;
    const auto flipped = of(drawn);
    if (!(flipped.standard_error > 0) || std::abs(flipped.value / flipped.standard_error) >= bar) ++as_large;
  }
  found.p_value = static_cast<double>(as_large + 1) / static_cast<double>(rounds + 1);
  return found;
}

}  // namespace banso::engine::effects
