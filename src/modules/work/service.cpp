#include <condition_variable>
#include <thread>

#include <fmt/format.h>

#include "desk.hpp"
#include "digest_sender.hpp"
#include "follower.hpp"
#include "platform/log/log.hpp"
#include "routes.hpp"

namespace banso::work {
namespace {

// Changes come in bursts: one look serves many.
constexpr auto gathering = std::chrono::milliseconds(20);
// Other nodes and the calendar change things unheard.
constexpr auto look_every = std::chrono::milliseconds(500);
constexpr auto digests_every = std::chrono::seconds(20);

// Runs something again and again in a thread of its own, sooner where it is woken.
class Loop {
 public:
  Loop(std::chrono::milliseconds every, std::string what) : every_(every), what_(std::move(what)) {}
  ~Loop() { stop(); }

  void start(std::function<void()> work) {
    is_stopping_ = false;
    thread_ = std::thread([this, work = std::move(work)] { run(work); });
  }
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    awake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }
  void wake() {
    {
      const std::lock_guard lock(mutex_);
      has_news_ = true;
    }
    awake_.notify_all();
  }

 private:
  void run(const std::function<void()>& work) {
    while (true) {
      {
        std::unique_lock lock(mutex_);
        awake_.wait_for(lock, every_, [this] { return has_news_ || is_stopping_; });
        if (!is_stopping_) awake_.wait_for(lock, gathering, [this] { return is_stopping_; });
        if (is_stopping_) return;
        has_news_ = false;
      }
      try {
        work();
      } catch (const std::exception& failure) {
        platform::log::error(fmt::format("{}; it is tried again: {}", what_, failure.what()));
      }
    }
  }

  const std::chrono::milliseconds every_;
  const std::string what_;
  std::mutex mutex_;
  std::condition_variable awake_;
  bool has_news_ = false;
  bool is_stopping_ = false;
  std::thread thread_;
};

class WorkService final : public Service, public std::enable_shared_from_this<WorkService> {
 public:
  explicit WorkService(const Dependencies& dependencies)
      : desk_(std::make_shared<Desk>(dependencies)), follower_(*desk_), digests_(desk_) {}
  ~WorkService() override { stop(); }

  void listen() {
    const std::weak_ptr<WorkService> self = weak_from_this();
    desk_->from().customers->add_change_listener([self](std::span<const core::AccountId> accounts) {
      if (const auto service = self.lock()) service->follower_.accounts_changed(accounts);
    });
    desk_->from().health->on_book_changed([self](const health::BookChange&) {
      if (const auto service = self.lock()) service->looking_.wake();
    });
    desk_->on_news([this] { looking_.wake(); });
  }

  void start() override {
    desk_->store().set_listened_to(follower_.has_listeners());
    follower_.load();
    looking_.start([this] { follower_.look(); });
    if (desk_->from().surroundings.send_digest) sending_.start([this] { digests_.look(); });
  }
  void stop() override {
    looking_.stop();
    sending_.stop();
  }
  void refresh() override {
    desk_->store().set_listened_to(follower_.has_listeners());
    follower_.look();
    if (desk_->from().surroundings.send_digest) digests_.look();
  }

  void on_call_changed(CallListener listener) override { follower_.on_call_changed(std::move(listener)); }
  void on_task_changed(TaskListener listener) override { follower_.on_task_changed(std::move(listener)); }
  void on_changed(Listener listener) override { desk_->on_changed(std::move(listener)); }
  void show_runs(FindRuns find) override { desk_->show_runs(std::move(find)); }
  void add_digest_part(WriteDigestPart write) override { digests_.add_part(std::move(write)); }

  core::Result<std::vector<Opened>> open(const core::Caller& caller, std::span<const NewCall> calls) override {
    return desk_->open(caller, calls);
  }
  core::Result<> close(const core::Caller& caller, CallId call, Outcome outcome, const core::Text& why) override {
    BANSO_TRY(desk_->do_one(caller, call, [&](auto context) { return step(context, Closing{outcome, why}); }));
    return {};
  }
  core::Result<std::int64_t> close_open(const core::Caller& caller,
                                        std::span<const std::pair<core::AccountId, std::string>> which, Outcome outcome,
                                        const core::Text& why) override {
    return desk_->close_open(caller, which, outcome, why);
  }
  core::Result<TaskId> add_task(const core::Caller& caller, const NewTask& task) override {
    BANSO_TRY_ASSIGN(const auto added, desk_->add_task(caller, task));
    return added.id;
  }
  core::Result<> finish_task(const core::Caller& caller, TaskId task, TaskState state,
                             const std::string& why) override {
    BANSO_TRY(desk_->finish_task(caller, task, state, why));
    return {};
  }
  std::int64_t skip_tasks(const core::Caller& caller, const std::string& unique_key_prefix,
                          const std::string& why) override {
    return desk_->skip_tasks(caller, unique_key_prefix, why);
  }

  std::optional<Call> find_call(CallId call) override { return desk_->store().find(call); }
  std::optional<CallId> open_call_of(core::AccountId account, const std::string& reason) override {
    return desk_->store().open_of(account, reason);
  }
  std::optional<Task> find_task(TaskId task) override { return desk_->store().find(task); }
  void each_call(const CallQuery& query, const std::function<void(const Call&)>& visit) override {
    desk_->store().each(query, visit);
  }
  void each_task(const TaskQuery& query, const std::function<void(const Task&)>& visit) override {
    desk_->store().each_task(query, visit);
  }
  core::Result<std::vector<CallId>> record_history(const core::Caller& caller,
                                                   std::span<const PastCall> calls) override {
    return desk_->record_history(caller, calls);
  }

  platform::http::Routes routes() override { return make_routes(desk_, digests_); }

 private:
  const std::shared_ptr<Desk> desk_;
  Follower follower_;
  DigestSender digests_;
  Loop looking_{look_every, "calls to action could not be followed"};
  Loop sending_{digests_every, "digests could not be sent"};
};

}  // namespace

std::shared_ptr<Service> Service::make(const Dependencies& dependencies) {
  auto service = std::make_shared<WorkService>(dependencies);
  service->listen();
  return service;
}

}  // namespace banso::work
