// This process as one node of several that share records and events: holds the node's number, and brings in what other
// nodes changed.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

#include "core/ids.hpp"
#include "platform/records/change_follower.hpp"
#include "platform/records/node_registry.hpp"
#include "settings.hpp"

namespace banso::app {

class Node {
 public:
  struct Listeners {
    std::function<void(std::span<const core::AccountId>)> accounts_changed;
    std::function<void()> look_at_workspace;  // called every round: cheap
  };

  // Claims the number; throws OperatorError where another node holds it.
  Node(const Settings& settings, std::shared_ptr<platform::records::Database> records);
  ~Node();

  // Follows other nodes in the background.
  void start(Listeners listeners);
  void stop();

 private:
  void work();
  void round();

  platform::records::NodeRegistry registry_;
  std::shared_ptr<platform::records::Database> records_;
  std::unique_ptr<platform::records::ChangeFollower> follower_;
  Listeners listeners_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace banso::app
