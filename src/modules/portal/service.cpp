#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "house.hpp"
#include "platform/log/log.hpp"

namespace banso::portal {
namespace {

// Another node may have taken a request and died.
constexpr auto look_every = std::chrono::seconds(5);

class PortalService final : public Service, public std::enable_shared_from_this<PortalService> {
 public:
  explicit PortalService(Dependencies dependencies) : house_(std::make_shared<House>(std::move(dependencies))) {}
  ~PortalService() override { stop(); }

  void listen() {
    house_->from.definitions->register_kind(make_kind(house_->from.health));
    if (!house_->from.plans) return;
    house_->from.plans->on_plans_changed([weak = weak_from_this()](std::span<const plans::PlanChange> changes) {
      const auto self = weak.lock();
      if (!self) return;
      for (const auto& change : changes) self->house_->entrance.tell_of_plan(change);
    });
  }

  void start() override {
    is_stopping_ = false;
    thread_ = std::thread([this] { work(); });
  }

  void stop() override {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    awake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  int send_links() override { return house_->entrance.send_links(); }

  std::optional<core::Customer> customer_of(const platform::http::Request& request) override {
    return house_->entrance.customer_of(request.cookie(session_cookie));
  }

  platform::http::Routes routes() override {
    auto all = make_our_routes(house_);
    for (auto more : {make_open_routes(house_,
                                       [weak = weak_from_this()] {
                                         if (const auto self = weak.lock()) self->wake();
                                       }),
                      make_customer_routes(house_)}) {
      all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    return all;
  }

 private:
  void wake() {
    {
      const std::lock_guard lock(mutex_);
      has_news_ = true;
    }
    awake_.notify_all();
  }

  void work() {
    while (true) {
      try {
        send_links();
      } catch (const std::exception& failure) {
        platform::log::error(fmt::format("links to log in could not be sent, it is tried again: {}", failure.what()));
      }
      std::unique_lock lock(mutex_);
      awake_.wait_for(lock, look_every, [this] { return has_news_ || is_stopping_; });
      if (is_stopping_) return;
      has_news_ = false;
    }
  }

  std::shared_ptr<House> house_;
  std::mutex mutex_;  // what follows
  std::condition_variable awake_;
  bool has_news_ = false;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<PortalService>(std::move(dependencies));
  service->listen();
  return service;
}

}  // namespace banso::portal
