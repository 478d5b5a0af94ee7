#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <thread>

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "routes.hpp"

namespace banso::signals {
namespace {

// Changes of the book come in bursts: one look serves many.
constexpr auto gathering = std::chrono::milliseconds(60);
// Another node may have published, unheard, or have left something undone.
constexpr auto look_every = std::chrono::seconds(3);
// Under constant load, looking takes at most this share of the time.
constexpr int pause_factor = 2;

class SignalService final : public Service, public std::enable_shared_from_this<SignalService> {
 public:
  explicit SignalService(Dependencies dependencies)
      : from_(std::move(dependencies)), store_(from_.records), desk_(from_, store_), follower_(from_, store_, desk_) {}
  ~SignalService() override { stop(); }

  void listen() {
    from_.definitions->register_kind(make_kind(from_.health));
    const std::weak_ptr<SignalService> self = weak_from_this();
    from_.definitions->add_release_listener([self](const definitions::Release& release) {
      const auto service = self.lock();
      const bool concerns_rules = std::any_of(release.names.begin(), release.names.end(),
                                              [](const auto& name) { return name.kind == signal_kind; });
      if (service && concerns_rules) service->wake();
    });
    from_.health->on_book_changed([self](const health::BookChange&) {
      if (const auto service = self.lock()) service->wake();
    });
    from_.work->on_call_changed([self](std::span<const work::CallChange> changes) {
      if (const auto service = self.lock()) service->note_calls(changes);
    });
  }

  void on_fired(FiringListener listener) override { desk_.on_fired(std::move(listener)); }

  void start() override {
    is_stopping_ = false;
    thread_ = std::thread([this] { follow(); });
  }

  void stop() override {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    awake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  void refresh() override {
    read_definitions();
    if (const auto book = from_.health->evaluated_book()) follower_.look(book);
  }

  void each_firing(const FiringQuery& query, const std::function<void(const Firing&)>& visit) override {
    store_.each_firing(query, visit);
  }

  platform::http::Routes routes() override {
    return make_routes(
        std::make_shared<const RouteContext>(RouteContext{from_, store_, follower_, desk_, shared_from_this()}));
  }

 private:
  void wake() {
    {
      const std::lock_guard lock(mutex_);
      has_news_ = true;
    }
    awake_.notify_all();
  }

  void read_definitions() {
    const std::lock_guard lock(reading_mutex_);
    const std::vector<std::string> kinds{std::string(signal_kind)};
    const auto newest = from_.definitions->releases(kinds, 1);
    const std::int64_t release = newest.empty() ? 0 : newest.front().number;
    if (release == release_) return;
    auto rules = read_rules(*from_.definitions);
    desk_.set_rules(rules);
    follower_.set_rules(std::move(rules));
    release_ = release;
  }

  // What became of the calls: rules are ranked by it.
  void note_calls(std::span<const work::CallChange> changes) {
    std::vector<Store::CallState> calls;
    for (const auto& change : changes) {
      const auto& call = change.call;
      if (call.source != "signal") continue;
      const bool is_closed = call.status == work::CallStatus::closed && call.outcome;
      calls.push_back({call.id.value, is_closed ? std::string(work::word_of(*call.outcome)) : std::string(),
                       is_closed ? call.closed_day : std::nullopt,
                       call.feedback == work::Verdict::none ? std::string() : std::string(work::word_of(call.feedback)),
                       call.feedback_why});
    }
    if (calls.empty()) return;
    store_.note_calls(calls);
    desk_.forget_precisions();
  }

  void follow() {
    while (true) {
      {
        std::unique_lock lock(mutex_);
        awake_.wait_for(lock, look_every, [this] { return has_news_ || is_stopping_; });
        if (is_stopping_) return;
        awake_.wait_for(lock, gathering, [this] { return is_stopping_; });
        if (is_stopping_) return;
        has_news_ = false;
      }
      const auto begin = std::chrono::steady_clock::now();
      try {
        refresh();
      } catch (const std::exception& failure) {
        platform::log::error(fmt::format("the signals could not be looked at, it is tried again: {}", failure.what()));
      }
      const auto pause = (std::chrono::steady_clock::now() - begin) * pause_factor;
      std::unique_lock lock(mutex_);
      awake_.wait_for(lock, pause, [this] { return is_stopping_; });
    }
  }

  const Dependencies from_;
  Store store_;
  Desk desk_;
  Follower follower_;

  std::mutex reading_mutex_;
  std::int64_t release_ = -1;  // of the rules that are followed; under reading_mutex_

  std::mutex mutex_;  // what follows
  std::condition_variable awake_;
  bool has_news_ = true;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<SignalService>(std::move(dependencies));
  service->listen();
  return service;
}

}  // namespace banso::signals
