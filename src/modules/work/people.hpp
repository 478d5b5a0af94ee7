// Who works with Banso, by id; read anew when older than a second, because lists ask for every line. Internal to the
// module.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <mutex>

#include "work.hpp"

namespace banso::work {

class People {
 public:
  using ById = std::map<core::UserId, Person>;

  explicit People(std::function<std::vector<Person>()> read) : read_(std::move(read)) {}

  std::shared_ptr<const ById> all() {
    const std::lock_guard lock(mutex_);
    const auto now = std::chrono::steady_clock::now();
    if (!known_ || now - read_at_ > std::chrono::seconds(1)) {
      auto known = std::make_shared<ById>();
      if (read_) {
        for (auto& person : read_()) known->emplace(person.id, std::move(person));
      }
      known_ = std::move(known);
      read_at_ = now;
    }
    return known_;
  }

 private:
  const std::function<std::vector<Person>()> read_;
  std::mutex mutex_;
  std::chrono::steady_clock::time_point read_at_;
  std::shared_ptr<const ById> known_;
};

}  // namespace banso::work
