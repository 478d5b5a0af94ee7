#include "platform/live/live.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::platform::live {
namespace {

using Clock = std::chrono::steady_clock;

// How many listen; a place is given back when the last one who holds it goes.
class Places {
 public:
  explicit Places(const Limits& limits) : limits_(limits) {}

  // Nothing if all are taken.
  static std::shared_ptr<void> take(const std::shared_ptr<Places>& places, core::UserId user) {
    const std::lock_guard lock(places->mutex_);
    const auto known = places->by_user_.find(user);
    const int of_user = known == places->by_user_.end() ? 0 : known->second;
    if (places->taken_ >= places->limits_.listeners || of_user >= places->limits_.listeners_of_a_user) return nullptr;
    ++places->taken_;
    ++places->by_user_[user];
    // Any pointer that is not null will do: only its end matters.
    return {places.get(), [places, user](void*) { places->give_back(user); }};
  }

  int taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
  }

 private:
  void give_back(core::UserId user) {
    const std::lock_guard lock(mutex_);
    --taken_;
    if (--by_user_[user] == 0) by_user_.erase(user);
  }

  const Limits limits_;
  mutable std::mutex mutex_;
  int taken_ = 0;
  std::map<core::UserId, int> by_user_;
};

using Changes = std::function<std::optional<json::object>()>;

struct Topic {
  Merge merge;
  Changes changes;  // may be none
  std::atomic<int> listeners{0};
  // Guarded by the hub's mutex.
  std::optional<json::object> waiting;
  Clock::time_point sent_at{};
};

struct Open {
  Listener listener;
  std::shared_ptr<http::Channel> channel;
  std::shared_ptr<void> place;
};

core::Error too_many() {
  return core::Error::limited({"Too many pages are open and listen for changes. Close some of them.",
                               "変更を受信しているページが多すぎます。いくつか閉じてください。"});
}

class Hub final : public LiveHub, public std::enable_shared_from_this<Hub> {
 public:
  explicit Hub(const Limits& limits) : limits_(limits), places_(std::make_shared<Places>(limits)) {
    thread_ = std::thread([this] { run(); });
  }
  ~Hub() override { stop(); }

  void add_topic(std::string name, Merge merge) override { topics_[std::move(name)].merge = std::move(merge); }

  bool has_topic(std::string_view topic) const override { return topics_.contains(topic); }

  bool wanted(std::string_view topic) const override {
    const auto found = topics_.find(topic);
    return found != topics_.end() && found->second.listeners > 0;
  }

  void ask_for(std::string_view topic, Changes changes) override {
    topics_.find(topic)->second.changes = std::move(changes);
  }

  void publish(std::string_view name, json::object message) override {
    if (!wanted(name)) return;
    Topic& topic = topics_.find(name)->second;
    {
      const std::lock_guard lock(mutex_);
      if (topic.waiting && topic.merge) {
        topic.merge(*topic.waiting, std::move(message));
      } else {
        topic.waiting = std::move(message);
      }
    }
    woken_.notify_one();
  }

  core::Result<http::Response> open(Listener listener) override {
    auto place = Places::take(places_, listener.user);
    if (!place) {
      forget_closed();
      place = Places::take(places_, listener.user);
    }
    if (!place) return too_many();
    http::Response response = http::Response::text("", "text/event-stream");
    response.headers.emplace_back("X-Accel-Buffering", "no");  // a proxy that collects answers would hold them back
    response.channel = [hub = weak_from_this(), listener = std::move(listener),
                        place = std::move(place)](std::shared_ptr<http::Channel> channel) {
      if (const auto self = hub.lock()) {
        self->add({listener, std::move(channel), place});
      } else {
        channel->close();
      }
    };
    return response;
  }

  int listeners() const override { return places_->taken(); }

  void stop() override {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      stopping_ = true;
    }
    woken_.notify_one();
    thread_.join();
    for (const Open& open : open_) open.channel->close();
    open_.clear();
  }

 private:
  void add(Open open) {
    // How long a browser waits before it comes back.
    open.channel->send("retry: 2000\n\n");
    const std::lock_guard lock(mutex_);
    if (stopping_) return open.channel->close();
    for (const auto& topic : open.listener.topics) ++topics_.find(topic)->second.listeners;
    open_.push_back(std::move(open));
    woken_.notify_one();
  }

  // A page that was reloaded holds its place until something is sent to it.
  void forget_closed() {
    const std::lock_guard lock(mutex_);
    remove_if([](const Open& open) { return open.channel->closed(); });
  }

  void run() {
    std::unique_lock lock(mutex_);
    auto heartbeat_at = Clock::now() + limits_.heartbeat_every;
    auto ask_at = Clock::now();
    while (!stopping_) {
      if (Clock::now() >= ask_at) {
        ask_at = Clock::now() + limits_.least_gap;
        lock.unlock();
        ask();
        lock.lock();
      }
      const auto due_at = std::min(send_what_is_due(Clock::now()), heartbeat_at);
      woken_.wait_until(lock, must_ask() ? std::min(due_at, ask_at) : due_at);
      if (stopping_ || Clock::now() < heartbeat_at) continue;
      heartbeat_at = Clock::now() + limits_.heartbeat_every;
      beat(lock);
    }
  }

  bool must_ask() const {
    return std::ranges::any_of(topics_,
                               [](const auto& topic) { return topic.second.changes && topic.second.listeners > 0; });
  }

  void ask() {
    for (auto& [name, topic] : topics_) {
      if (!topic.changes || topic.listeners == 0) continue;
      try {
        if (auto changes = topic.changes()) publish(name, std::move(*changes));
      } catch (const std::exception& error) {
        log::warning(fmt::format("nothing can be told of \"{}\": {}", name, error.what()));
      }
    }
  }

  // Returns when the next message may go.
  Clock::time_point send_what_is_due(Clock::time_point now) {
    auto next = Clock::time_point::max();
    for (auto& [name, topic] : topics_) {
      if (!topic.waiting) continue;
      const auto due_at = topic.sent_at + limits_.least_gap;
      if (due_at > now) {
        next = std::min(next, due_at);
        continue;
      }
      send(name, fmt::format("event: {}\ndata: {}\n\n", name, json::serialize(*topic.waiting)));
      topic.waiting.reset();
      topic.sent_at = now;
    }
    return next;
  }

  void send(const std::string& topic, const std::string& piece) {
    remove_if([&](const Open& open) {
      return std::ranges::find(open.listener.topics, topic) != open.listener.topics.end() && !open.channel->send(piece);
    });
  }

  // Asking whether somebody may still listen can take a while: nobody waits for it.
  void beat(std::unique_lock<std::mutex>& lock) {
    const std::vector<Open> all = open_;
    lock.unlock();
    std::vector<std::shared_ptr<http::Channel>> ended;
    for (const Open& open : all) {
      if (may_listen(open.listener) && open.channel->send(":\n\n")) continue;
      open.channel->close();
      ended.push_back(open.channel);
    }
    lock.lock();
    remove_if([&](const Open& open) { return std::ranges::find(ended, open.channel) != ended.end(); });
  }

  static bool may_listen(const Listener& listener) {
    try {
      return listener.still_allowed();
    } catch (const std::exception& error) {
      log::warning(fmt::format("listening ended, permission cannot be checked: {}", error.what()));
      return false;
    }
  }

  template <class Gone>
  void remove_if(Gone gone) {
    std::erase_if(open_, [&](const Open& open) {
      if (!gone(open)) return false;
      for (const auto& topic : open.listener.topics) --topics_.find(topic)->second.listeners;
      return true;
    });
  }

  const Limits limits_;
  const std::shared_ptr<Places> places_;
  std::map<std::string, Topic, std::less<>> topics_;
  std::mutex mutex_;  // guards what follows
  std::condition_variable woken_;
  std::vector<Open> open_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace

Merge union_of(std::string list) {
  return [list = std::move(list)](json::object& waiting, json::object later) {
    json::array united = waiting[list].is_array() ? std::move(waiting[list].get_array()) : json::array();
    if (const auto* more = later[list].if_array()) {
      for (const json::value& item : *more) {
        if (std::ranges::find(united, item) == united.end()) united.push_back(item);
      }
    }
    for (auto& [key, value] : later) waiting[key] = std::move(value);
    waiting[list] = std::move(united);
  };
}

std::shared_ptr<LiveHub> LiveHub::make(const Limits& limits) {
  return std::make_shared<Hub>(limits);
}

}  // namespace banso::platform::live
