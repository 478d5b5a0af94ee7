#include "noise_budget.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace banso::engine::signals {
namespace {

constexpr double prior_answers = 10;
constexpr double precision_unknown = 0.5;
constexpr std::array<double, 4> severity_weights{0.5, 1, 2, 4};

}  // namespace

double precision_of(const Feedback& feedback, std::optional<double> prior) {
  const double before = prior.value_or(precision_unknown);
  const double answers = static_cast<double>(feedback.useful + feedback.not_useful);
  return (before * prior_answers + static_cast<double>(feedback.useful)) / (prior_answers + answers);
}

double expected_value(std::int64_t value_at_stake_minor, double precision, AlertSeverity severity) {
  return static_cast<double>(value_at_stake_minor) * precision * severity_weights[static_cast<std::size_t>(severity)];
}

std::vector<bool> within_budget(std::span<const Candidate> candidates, std::span<const Used> used,
                                std::optional<int> alerts_per_person_week) {
  std::vector<bool> is_let_through(candidates.size(), true);
  if (!alerts_per_person_week) return is_let_through;
  std::unordered_map<std::int64_t, int> counts;
  for (const auto& each : used) counts[each.person] += each.alerts;
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto key = [&](const Candidate& candidate) {
      return std::tuple(candidate.severity != AlertSeverity::critical, -candidate.expected_value, candidate.age);
    };
    return key(candidates[a]) < key(candidates[b]);
  });
  for (const auto index : order) {
    const auto& candidate = candidates[index];
    if (candidate.person == 0) continue;
    auto& count = counts[candidate.person];
    const bool has_room = candidate.severity == AlertSeverity::critical || count < *alerts_per_person_week;
    is_let_through[index] = has_room;
    if (has_room) ++count;
  }
  return is_let_through;
}

}  // namespace banso::engine::signals
