#include "loop.hpp"

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::playbooks {

void Loop::start() {
  is_stopping_ = false;
  thread_ = std::thread([this] { run(); });
}

void Loop::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  awake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Loop::wake() {
  {
    const std::lock_guard lock(mutex_);
    has_news_ = true;
  }
  awake_.notify_all();
}

void Loop::run() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      awake_.wait_for(lock, every_, [this] { return has_news_ || is_stopping_; });
      if (is_stopping_) return;
      has_news_ = false;
    }
    try {
      if (work_()) wake();
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("{}: {} (it is tried again)", name_, failure.what()));
    }
  }
}

}  // namespace banso::playbooks
