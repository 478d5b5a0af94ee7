#include "weights.hpp"

#include <cmath>

namespace banso::engine::lab {
namespace {

constexpr double weights_total = 100;
constexpr int decimals = 10;  // weights are given in tenths

double tenths(double weight) {
  return std::round(weight * decimals) / decimals;
}

double nominal_weight(const ScorecardGroup& group) {
  double sum = 0;
  for (const auto& item : group.items) sum += item.weight;
  for (const auto& inner : group.groups) sum += nominal_weight(inner) > 0 ? inner.weight : 0;
  return sum;
}

void add_shares(const ScorecardGroup& group, double share, std::vector<double>& shares) {
  const double sum = nominal_weight(group);
  for (const auto& item : group.items) shares.push_back(sum > 0 ? share * item.weight / sum : 0);
  for (const auto& inner : group.groups) {
    add_shares(inner, sum > 0 && nominal_weight(inner) > 0 ? share * inner.weight / sum : 0, shares);
  }
}

// Weights are the shares themselves: then each group's is the sum of what is in it. Returns that sum.
double set_weights(ScorecardGroup& group, std::span<const double> shares, std::size_t& next) {
  double sum = 0;
  for (auto& item : group.items) sum += item.weight = tenths(weights_total * shares[next++]);
  for (auto& inner : group.groups) sum += set_weights(inner, shares, next);
  return group.weight = tenths(sum);
}

ScorecardItem* find_item(ScorecardGroup& group, std::size_t index, std::size_t& passed) {
  for (auto& item : group.items) {
    if (passed++ == index) return &item;
  }
  for (auto& inner : group.groups) {
    if (auto* found = find_item(inner, index, passed)) return found;
  }
  return nullptr;
}

}  // namespace

std::vector<double> nominal_shares(const Scorecard& scorecard) {
  ScorecardGroup root;
  root.groups = scorecard.groups;
  std::vector<double> shares;
  add_shares(root, 1, shares);
  return shares;
}

Scorecard with_shares(Scorecard scorecard, std::span<const double> shares) {
  std::size_t next = 0;
  for (auto& group : scorecard.groups) set_weights(group, shares, next);
  return scorecard;
}

Scorecard without_item(Scorecard scorecard, std::size_t index) {
  std::size_t passed = 0;
  for (auto& group : scorecard.groups) {
    if (auto* item = find_item(group, index, passed)) {
      item->weight = 0;
      break;
    }
  }
  return scorecard;
}

}  // namespace banso::engine::lab
