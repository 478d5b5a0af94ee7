// A thread that does the same again and again: when woken, and every so often. Internal to the module.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace banso::playbooks {

// Threading: wake() from any thread; start() and stop() from one.
class Loop {
 public:
  // `work` returns true where there is more to do at once. What it throws is logged, and it is tried again.
  Loop(std::string name, std::chrono::milliseconds every, std::function<bool()> work)
      : name_(std::move(name)), every_(every), work_(std::move(work)) {}
  ~Loop() { stop(); }

  void start();
  void stop();
  void wake();

 private:
  void run();

  const std::string name_;
  const std::chrono::milliseconds every_;
  const std::function<bool()> work_;
  std::mutex mutex_;
  std::condition_variable awake_;
  bool is_stopping_ = false;
  bool has_news_ = true;
  std::thread thread_;
};

}  // namespace banso::playbooks
