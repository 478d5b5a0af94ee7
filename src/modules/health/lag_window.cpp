#include "lag_window.hpp"

#include <algorithm>

namespace banso::health {
namespace {

constexpr std::size_t window_accounts = 10'000;

double at_share(std::vector<float>& sorted, std::size_t percent) {
  return static_cast<double>(sorted[std::min(sorted.size() - 1, sorted.size() * percent / 100)]);
}

}  // namespace

void LagWindow::add(core::Instant received_at, core::Instant published_at) {
  const auto lag_ms = static_cast<float>(published_at.microseconds - received_at.microseconds) / 1000.0f;
  const std::lock_guard lock(mutex_);
  if (lags_ms_.size() < window_accounts) {
    lags_ms_.push_back(lag_ms);
    return;
  }
  lags_ms_[next_] = lag_ms;
  next_ = (next_ + 1) % window_accounts;
}

LagFigures LagWindow::figures() const {
  std::vector<float> sorted;
  {
    const std::lock_guard lock(mutex_);
    sorted = lags_ms_;
  }
  if (sorted.empty()) return {};
  std::sort(sorted.begin(), sorted.end());
  return {static_cast<std::int64_t>(sorted.size()), at_share(sorted, 50), at_share(sorted, 99)};
}

}  // namespace banso::health
