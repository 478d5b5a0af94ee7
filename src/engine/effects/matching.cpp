#include "matching.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <vector>

#include "moments.hpp"

namespace banso::engine::effects {
namespace {

// Of each treated case so many of the nearest are looked at in one round; who gets none looks again in the next.
constexpr std::size_t nearest_kept = 8;
const double unknown = std::numeric_limits<double>::quiet_NaN();

std::vector<double> known_values(const Covariates& cases, std::size_t column) {
  std::vector<double> values;
  for (std::size_t row = 0; row < cases.rows(); ++row) {
    if (!std::isnan(cases.at(row, column))) values.push_back(cases.at(row, column));
  }
  return values;
}

double standard_deviation(const Covariates& treated, const Covariates& candidates, std::size_t column) {
  const auto a = moments_of(known_values(treated, column));
  const auto b = moments_of(known_values(candidates, column));
  return std::sqrt((a.variance + b.variance) / 2);
}

class Matcher {
 public:
  Matcher(const Covariates& treated, const Covariates& candidates, MatchSettings settings)
      : treated_(treated), candidates_(candidates), settings_(settings), taken_(candidates.rows(), false) {
    for (std::size_t column = 0; column < treated.columns; ++column) {
      deviations_.push_back(standard_deviation(treated, candidates, column));
    }
    for (std::size_t row = 0; row < candidates.rows(); ++row) strata_[candidates.strata[row]].push_back(row);
    // Within a stratum by the first covariate, so that only those within its caliper are looked at.
    for (auto& [stratum, rows] : strata_) {
      std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return first(a) < first(b); });
    }
  }

  Matching run() {
    Matching found;
    std::vector<std::size_t> waiting(treated_.rows());
    std::iota(waiting.begin(), waiting.end(), 0);
    while (!waiting.empty()) {
      std::vector<MatchedPair> proposals;
      for (const auto row : waiting) propose(row, proposals);
      if (proposals.empty()) break;
      std::stable_sort(proposals.begin(), proposals.end(),
                       [](const auto& a, const auto& b) { return a.distance < b.distance; });
      std::vector<bool> has_one(treated_.rows(), false);
      for (const auto& pair : proposals) {
        if (has_one[pair.treated] || taken_[pair.candidate]) continue;
        has_one[pair.treated] = taken_[pair.candidate] = true;
        found.pairs.push_back(pair);
      }
      std::erase_if(waiting, [&](std::size_t row) { return has_one[row]; });
    }
    found.unmatched = std::move(waiting);
    std::sort(found.pairs.begin(), found.pairs.end(),
              [](const auto& a, const auto& b) { return a.treated < b.treated; });
    for (std::size_t column = 0; column < treated_.columns; ++column) found.balance.push_back(balance(found, column));
    return found;
  }

 private:
  // Unknown ones last.
  double first(std::size_t candidate) const {
    if (candidates_.columns == 0) return 0;
    const double value = candidates_.at(candidate, 0);
    return std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
  }

  // Nothing (infinity) where they may not be paired.
  double distance(std::size_t row, std::size_t candidate) const {
    constexpr double apart = std::numeric_limits<double>::infinity();
    double squares = 0;
    for (std::size_t column = 0; column < treated_.columns; ++column) {
      const double a = treated_.at(row, column);
      const double b = candidates_.at(candidate, column);
      if (std::isnan(a) != std::isnan(b)) return apart;
      if (std::isnan(a) || a == b) continue;
      if (!(deviations_[column] > 0)) return apart;
      const double scaled = (a - b) / deviations_[column];
      if (std::abs(scaled) > settings_.caliper) return apart;
      squares += scaled * scaled;
    }
    return std::sqrt(squares / static_cast<double>(std::max<std::size_t>(1, treated_.columns)));
  }

  void propose(std::size_t row, std::vector<MatchedPair>& proposals) const {
    const auto stratum = strata_.find(treated_.strata[row]);
    if (stratum == strata_.end()) return;
    const auto& rows = stratum->second;
    auto from = rows.begin(), to = rows.end();
    if (treated_.columns > 0 && !std::isnan(treated_.at(row, 0))) {
      const double reach = settings_.caliper * deviations_[0];
      const double middle = treated_.at(row, 0);
      from = std::lower_bound(rows.begin(), rows.end(), middle - reach * (1 + 1e-9),
                              [&](std::size_t candidate, double value) { return first(candidate) < value; });
      to = std::upper_bound(from, rows.end(), middle + reach * (1 + 1e-9),
                            [&](double value, std::size_t candidate) { return value < first(candidate); });
    }
    std::vector<MatchedPair> nearest;  // a heap with the farthest in front
    const auto farther = [](const MatchedPair& a, const MatchedPair& b) { return a.distance < b.distance; };
    for (; from != to; ++from) {
      if (taken_[*from]) continue;
      const double apart = distance(row, *from);
      if (std::isinf(apart)) continue;
      if (nearest.size() == nearest_kept) {
        if (apart >= nearest.front().distance) continue;
        std::pop_heap(nearest.begin(), nearest.end(), farther);
        nearest.pop_back();
      }
      nearest.push_back({row, *from, apart});
      std::push_heap(nearest.begin(), nearest.end(), farther);
    }
    proposals.insert(proposals.end(), nearest.begin(), nearest.end());
  }

  CovariateBalance balance(const Matching& found, std::size_t column) const {
    std::vector<double> a, b;
    for (const auto& pair : found.pairs) {
      a.push_back(treated_.at(pair.treated, column));
      b.push_back(candidates_.at(pair.candidate, column));
    }
    const auto is_unknown = [](double value) { return std::isnan(value); };
    std::erase_if(a, is_unknown);
    std::erase_if(b, is_unknown);
    const double deviation = deviations_[column];
    const auto in_deviations = [&](double difference) { return deviation > 0 ? difference / deviation : 0; };
    CovariateBalance found_balance;
    found_balance.treated_mean = a.empty() ? unknown : moments_of(a).mean;
    found_balance.matched_mean = b.empty() ? unknown : moments_of(b).mean;
    const auto all_treated = known_values(treated_, column);
    const auto all_candidates = known_values(candidates_, column);
    found_balance.before = all_treated.empty() || all_candidates.empty()
                               ? unknown
                               : in_deviations(moments_of(all_treated).mean - moments_of(all_candidates).mean);
    found_balance.after =
        a.empty() || b.empty() ? unknown : in_deviations(found_balance.treated_mean - found_balance.matched_mean);
    return found_balance;
  }

  const Covariates& treated_;
  const Covariates& candidates_;
  const MatchSettings settings_;
  std::vector<double> deviations_;
  std::map<std::int64_t, std::vector<std::size_t>> strata_;
  std::vector<bool> taken_;
};

}  // namespace

std::vector<CovariateBalance> balance_of(const Covariates& treated, const Covariates& others) {
  const auto mean_of = [](const std::vector<double>& values) {
    return values.empty() ? unknown : moments_of(values).mean;
  };
  std::vector<CovariateBalance> found;
  for (std::size_t column = 0; column < treated.columns; ++column) {
    CovariateBalance each;
    each.treated_mean = mean_of(known_values(treated, column));
    each.matched_mean = mean_of(known_values(others, column));
    const double deviation = standard_deviation(treated, others, column);
    const double apart = each.treated_mean - each.matched_mean;
    each.before = each.after = std::isnan(apart) ? unknown : deviation > 0 ? apart / deviation : 0;
    found.push_back(each);
  }
  return found;
}

Matching match(const Covariates& treated, const Covariates& candidates, MatchSettings settings) {
  return Matcher(treated, candidates, settings).run();
}

}  // namespace banso::engine::effects
