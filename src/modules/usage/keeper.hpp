// What has to be done every now and then, in a thread of its own, so that following events never waits for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace banso::usage {

class Keeper {
 public:
  struct Duty {
    std::string name;  // for the log, where it fails: "what was counted could not be written"
    std::chrono::milliseconds every;
    std::function<void()> work;
  };

  explicit Keeper(std::vector<Duty> duties) : duties_(std::move(duties)) {}
  ~Keeper() { stop(); }

  void start();
  // Waits for the duty that is being done.
  void stop();

 private:
  void keep();

  const std::vector<Duty> duties_;
  std::mutex waiting_;  // guards what follows
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace banso::usage
