#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <thread>

#include <fmt/format.h>

#include "kind.hpp"
#include "membership.hpp"
#include "platform/log/log.hpp"
#include "routes.hpp"

namespace banso::segments {
namespace {

// Changes of the book come in bursts: one look serves many.
constexpr auto gathering = std::chrono::milliseconds(150);
// Another node may have published, unheard.
constexpr auto look_every = std::chrono::seconds(3);
// Under constant load, looking takes at most this share of the time.
constexpr int pause_factor = 4;

class SegmentService final : public Service, public std::enable_shared_from_this<SegmentService> {
 public:
  explicit SegmentService(Dependencies dependencies)
      : from_(std::move(dependencies)), store_(from_.records), membership_(store_) {}
  ~SegmentService() override { stop(); }

  void listen() {
    from_.definitions->register_kind(make_kind(from_.health));
    const std::weak_ptr<SegmentService> self = weak_from_this();
    from_.definitions->add_release_listener([self](const definitions::Release& release) {
      const auto service = self.lock();
      const bool concerns_segments = std::any_of(release.names.begin(), release.names.end(),
                                                 [](const auto& name) { return name.kind == segment_kind; });
      if (service && concerns_segments) service->read_definitions();
    });
    from_.health->on_book_changed([self](const health::BookChange&) {
      if (const auto service = self.lock()) service->wake();
    });
  }

  void on_membership_changed(MembershipListener listener) override { membership_.on_change(std::move(listener)); }

  void start() override {
    read_definitions();
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
    if (const auto book = from_.health->evaluated_book()) membership_.look(book);
  }

  void each_stay(const std::function<void(std::string_view, core::AccountId, std::optional<core::Day>,
                                          std::optional<core::Day>)>& visit) override {
    store_.each_stay(visit);
  }

  platform::http::Routes routes() override {
    return make_routes(std::make_shared<const RouteContext>(RouteContext{from_, store_, shared_from_this()}));
  }

 private:
  void wake() {
    {
      const std::lock_guard lock(mutex_);
      has_news_ = true;
    }
    awake_.notify_all();
  }

  // The published segments go to the book where they differ from those it has.
  void read_definitions() {
    const std::lock_guard lock(reading_mutex_);
    const std::vector<std::string> kinds{std::string(segment_kind)};
    const auto newest = from_.definitions->releases(kinds, 1);
    const std::int64_t release = newest.empty() ? 0 : newest.front().number;
    if (release == release_) return;
    from_.health->set_segments(published_segments(*from_.definitions));
    release_ = release;
    wake();
  }

  void follow() {
    bool has_told_left_over = false;
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
        if (!has_told_left_over) membership_.tell_left_over();
        has_told_left_over = true;
        refresh();
      } catch (const std::exception& failure) {
        platform::log::error(fmt::format("the segments could not be compared, it is tried again: {}", failure.what()));
      }
      const auto pause = (std::chrono::steady_clock::now() - begin) * pause_factor;
      std::unique_lock lock(mutex_);
      awake_.wait_for(lock, pause, [this] { return is_stopping_; });
    }
  }

  const Dependencies from_;
  Store store_;
  Membership membership_;

  std::mutex reading_mutex_;
  std::int64_t release_ = 0;  // of the segments that the book has; under reading_mutex_

  std::mutex mutex_;  // what follows
  std::condition_variable awake_;
  bool has_news_ = true;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<SegmentService>(std::move(dependencies));
  service->listen();
  return service;
}

}  // namespace banso::segments
