#include "keeper.hpp"

#include <algorithm>

#include "platform/log/log.hpp"

namespace banso::usage {

void Keeper::start() {
  const std::lock_guard lock(waiting_);
  if (thread_.joinable()) return;
  stopping_ = false;
  thread_ = std::thread([this] { keep(); });
}

void Keeper::stop() {
  {
    const std::lock_guard lock(waiting_);
    stopping_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Keeper::keep() {
  using Clock = std::chrono::steady_clock;
  std::vector<Clock::time_point> due;
  for (const auto& duty : duties_) due.push_back(Clock::now() + duty.every);
  std::unique_lock lock(waiting_);
  while (!stopping_) {
    stopped_.wait_until(lock, *std::ranges::min_element(due), [&] { return stopping_; });
    if (stopping_) return;
    lock.unlock();
    for (std::size_t index = 0; index < duties_.size(); ++index) {
      if (Clock::now() < due[index]) continue;
      try {
        duties_[index].work();
      } catch (const std::exception& error) {
        platform::log::error(duties_[index].name + ": " + error.what());
      }
      due[index] = Clock::now() + duties_[index].every;
    }
    lock.lock();
  }
}

}  // namespace banso::usage
