#include "reason_book.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::retention {
namespace {

constexpr auto fresh_for = std::chrono::seconds(5);
constexpr std::size_t most_known = 24;

}  // namespace

std::vector<ChurnReason> ReasonBook::between(core::Day first, core::Day last) {
  if (!reasons_) return {};
  const Days days{first, last};
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(days);
    if (found != known_.end()) {
      if (std::chrono::steady_clock::now() - found->second.read_at > fresh_for) {
        found->second.is_wanted = true;
        awake_.notify_all();
      }
      return found->second.reasons;
    }
  }
  auto reasons = reasons_(first, last);
  const std::lock_guard lock(mutex_);
  if (known_.size() >= most_known) known_.clear();
  known_[days] = {reasons, std::chrono::steady_clock::now(), false};
  return reasons;
}

void ReasonBook::start() {
  is_stopping_ = false;
  if (reasons_) thread_ = std::thread([this] { follow(); });
}

void ReasonBook::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  awake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void ReasonBook::follow() {
  while (true) {
    Days days;
    {
      std::unique_lock lock(mutex_);
      const auto wanted = [this] {
        return std::find_if(known_.begin(), known_.end(), [](const auto& each) { return each.second.is_wanted; });
      };
      awake_.wait(lock, [&] { return is_stopping_ || wanted() != known_.end(); });
      if (is_stopping_) return;
      days = wanted()->first;
      wanted()->second.is_wanted = false;
    }
    try {
      auto reasons = reasons_(days.first, days.second);
      const std::lock_guard lock(mutex_);
      known_[days] = {std::move(reasons), std::chrono::steady_clock::now(), false};
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("the reasons of churn could not be read: {}", failure.what()));
    }
  }
}

}  // namespace banso::retention
