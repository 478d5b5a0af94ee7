// Why revenue was lost, as it was known a moment ago. What people noted is read by somebody else, who may take seconds
// over a large book; a page does not wait for it. Internal to the module.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "retention.hpp"

namespace banso::retention {

// Threading: shared by all threads. stop() before what the reasons are asked of ends.
class ReasonBook {
 public:
  ~ReasonBook() { stop(); }

  void ask(ChurnReasons reasons) { reasons_ = std::move(reasons); }  // before the first use
  // The first time for these days it waits; later it gives what it has, and looks again beside.
  std::vector<ChurnReason> between(core::Day first, core::Day last);
  void start();
  void stop();

 private:
  using Days = std::pair<core::Day, core::Day>;
  struct Known {
    std::vector<ChurnReason> reasons;
    std::chrono::steady_clock::time_point read_at;
    bool is_wanted = false;  // somebody looked since
  };

  void follow();

  ChurnReasons reasons_;
  std::mutex mutex_;
  std::condition_variable awake_;
  std::map<Days, Known> known_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace banso::retention
