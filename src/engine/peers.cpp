#include "peers.hpp"

#include <algorithm>
#include <stdexcept>

namespace banso::engine {

void ValueDistribution::merge(const ValueDistribution& other) {
  loose_.insert(loose_.end(), other.loose_.begin(), other.loose_.end());
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < other.values_.size(); ++i) {
    loose_.insert(loose_.end(), other.up_to_[i] - before, other.values_[i]);
    before = other.up_to_[i];
  }
}

void ValueDistribution::settle() {
  if (loose_.empty()) return;
  ValueDistribution settled;
  std::swap(settled.loose_, loose_);
  settled.merge(*this);
  auto& all = settled.loose_;
  std::sort(all.begin(), all.end());
  values_.clear();
  up_to_.clear();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (values_.empty() || all[i] != values_.back()) {
      values_.push_back(all[i]);
      up_to_.push_back(0);
    }
    up_to_.back() = static_cast<std::uint32_t>(i + 1);
  }
  values_.shrink_to_fit();
  up_to_.shrink_to_fit();
}

std::optional<PeerStanding> ValueDistribution::standing(double value) const {
  if (!loose_.empty()) throw std::logic_error("a distribution was asked before it was settled");
  if (values_.empty()) return std::nullopt;
  const auto wanted = static_cast<float>(value);
  const auto place =
      static_cast<std::size_t>(std::lower_bound(values_.begin(), values_.end(), wanted) - values_.begin());
  const double below = place == 0 ? 0 : up_to_[place - 1];
  const bool is_met = place < values_.size() && values_[place] == wanted;
  const double equal = is_met ? up_to_[place] - below : 0;
  return PeerStanding{(below + equal / 2) * 100 / up_to_.back(), up_to_.back()};
}

std::size_t ValueDistribution::memory_bytes() const {
  return (values_.capacity() + up_to_.capacity() + loose_.capacity()) * sizeof(float);
}

std::optional<std::size_t> PeerDistributions::day_index(Day day) const {
  const auto after = std::upper_bound(days_.begin(), days_.end(), day);
  if (after == days_.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - days_.begin()) - 1;
}

void PeerDistributions::add(std::string_view measure, std::string_view group, std::size_t day, double value) {
  auto of_measure = groups_.find(measure);
  if (of_measure == groups_.end()) of_measure = groups_.try_emplace(std::string(measure)).first;
  auto of_group = of_measure->second.find(group);
  if (of_group == of_measure->second.end()) {
    of_group = of_measure->second.try_emplace(std::string(group), ByDay(days_.size())).first;
  }
  of_group->second[day].add(value);
}

void PeerDistributions::merge(const PeerDistributions& other) {
  if (empty()) days_ = other.days_;
  if (other.empty()) return;
  if (days_ != other.days_) throw std::invalid_argument("peers of different days cannot be merged");
  for (const auto& [measure, groups] : other.groups_) {
    for (const auto& [group, by_day] : groups) {
      auto& own = groups_[measure].try_emplace(group, ByDay(days_.size())).first->second;
      for (std::size_t day = 0; day < by_day.size(); ++day) own[day].merge(by_day[day]);
    }
  }
}

void PeerDistributions::settle() {
  for (auto& [measure, groups] : groups_) {
    for (auto& [group, by_day] : groups) {
      for (auto& distribution : by_day) distribution.settle();
    }
  }
}

const PeerDistributions::ByDay* PeerDistributions::find(std::string_view measure, std::string_view group) const {
  const auto of_measure = groups_.find(measure);
  if (of_measure == groups_.end()) return nullptr;
  const auto of_group = of_measure->second.find(group);
  return of_group == of_measure->second.end() ? nullptr : &of_group->second;
}

std::size_t PeerDistributions::memory_bytes() const {
  std::size_t total = 0;
  for (const auto& [measure, groups] : groups_) {
    for (const auto& [group, by_day] : groups) {
      for (const auto& distribution : by_day) total += sizeof(distribution) + distribution.memory_bytes();
    }
  }
  return total;
}

}  // namespace banso::engine
