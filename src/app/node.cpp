#include "node.hpp"

#include <chrono>

#include <unistd.h>

#include "operator_error.hpp"
#include "platform/log/log.hpp"

namespace banso::app {
namespace {

using namespace std::chrono_literals;

// What another node changed shows here within about this time.
constexpr auto look_every = 500ms;
constexpr std::int64_t beat_every_us = 5 * core::microseconds_per_second;

std::string home_of(const Settings& settings) {
  char host[256] = "localhost";
  gethostname(host, sizeof host - 1);
  return std::string(host) + ":" + std::filesystem::absolute(settings.data_folder).lexically_normal().string();
}

}  // namespace

Node::Node(const Settings& settings, std::shared_ptr<platform::records::Database> records)
    : registry_(records, settings.node_number, home_of(settings)), records_(std::move(records)) {
  if (auto claimed = registry_.claim(core::now()); !claimed) throw OperatorError(claimed.error());
}

Node::~Node() {
  stop();
  try {
    registry_.leave();
  } catch (const std::exception& error) {
    platform::log::warning(std::string("the node's number could not be given back: ") + error.what());
  }
}

void Node::start(Listeners listeners) {
  listeners_ = std::move(listeners);
  follower_ = std::make_unique<platform::records::ChangeFollower>(records_);
  stopping_ = false;
  thread_ = std::thread([this] { work(); });
}

void Node::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Node::work() {
  core::Instant beaten;
  std::unique_lock lock(mutex_);
  while (!woken_.wait_for(lock, look_every, [&] { return stopping_; })) {
    lock.unlock();
    try {
      if (const auto now = core::now(); now.microseconds - beaten.microseconds > beat_every_us) {
        registry_.beat(now);
        beaten = now;
      }
      round();
    } catch (const std::exception& error) {
      platform::log::error(std::string("changes of other nodes cannot be read: ") + error.what());
    }
    lock.lock();
  }
}

void Node::round() {
  listeners_.look_at_workspace();
  if (const auto changed = follower_->poll(core::now()); !changed.empty()) listeners_.accounts_changed(changed);
}

}  // namespace banso::app
