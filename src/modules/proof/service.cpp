#include <condition_variable>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "platform/log/log.hpp"
#include "routes.hpp"

namespace banso::proof {
namespace {

constexpr std::chrono::minutes between_looks{15};
constexpr std::chrono::seconds until_first_look{5};  // lets the book be loaded first

class ProofService final : public Service, public std::enable_shared_from_this<ProofService> {
 public:
  explicit ProofService(Dependencies dependencies) : desk_(std::make_shared<Desk>(std::move(dependencies))) {}
  ~ProofService() override { stop(); }

  void connect() {
    desk_->collect = [self = weak_from_this()] {
      const auto service = self.lock();
      return service ? service->collect() : 0;
    };
  }

  void start() override {
    const std::scoped_lock lock(mutex_);
    if (thread_.joinable()) return;
    is_stopping_ = false;
    thread_ = std::thread([this] { run(); });
  }

  void stop() override {
    {
      const std::scoped_lock lock(mutex_);
      is_stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  core::Result<std::vector<WinId>> record(const core::Caller& caller, std::span<const NewWin> wins) override {
    if (!caller.at_least(core::Role::csm)) {
      return core::Error::forbidden(
          {"Recording wins takes the role CSM or above.", "成果の記録には担当者(CSM)以上の権限が必要です。"});
    }
    return desk_->wins.add(caller, wins, desk_->from.surroundings.now(), true);
  }

  core::Result<> thank(const core::Caller& caller, WinId win) override {
    if (!caller.user || !caller.at_least(core::Role::csm)) {
      return core::Error::forbidden(
          {"Saying thanks takes the role CSM or above.", "ありがとうを送るには担当者(CSM)以上の権限が必要です。"});
    }
    if (!desk_->wins.find(win)) {
      return core::Error::not_found({"There is no such win.", "指定された成果はありません。"});
    }
    desk_->wins.thank(win, caller.user, desk_->from.surroundings.now());
    return {};
  }

  std::int64_t collect() override {
    const std::scoped_lock lock(collecting_);  // two at once would find the same
    const auto found = find_wins(desk_->from, desk_->wins.rules());
    const auto ids = desk_->wins.add(core::Caller::system("Banso"), found, desk_->from.surroundings.now(), true);
    std::int64_t added = 0;
    for (const auto id : ids) added += id ? 1 : 0;
    return added;
  }

  std::vector<core::Text> digest_lines(core::Instant since, std::size_t most) override {
    WinQuery query;
    query.recorded_after = since;
    const auto page = desk_->wins.list(query, {0, static_cast<std::int64_t>(most)});
    std::vector<core::AccountId> accounts;
    for (const auto& win : page.items) accounts.push_back(win.account);
    const auto notes = notes_of(*desk_->from.customers, std::move(accounts));
    std::vector<core::Text> lines;
    for (const auto& win : page.items) {
      const auto note = notes.find(win.account);
      const auto name = note == notes.end() ? std::string() : note->second.name;
      lines.push_back({fmt::format("{}: {}", name, win.title_en), fmt::format("{}: {}", name, win.title_ja)});
    }
    return lines;
  }

  http::Routes routes() override {
    auto routes = proof_routes(desk_);
    for (auto& route : win_routes(desk_)) routes.push_back(std::move(route));
    return routes;
  }

 private:
  void run() {
    std::chrono::milliseconds pause = until_first_look;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, pause, [&] { return is_stopping_; })) {
      lock.unlock();
      try {
        if (desk_->from.health->evaluated_book()) {
          collect();
          compute_of_day();
          pause = between_looks;
        }
      } catch (const std::exception& failure) {
        platform::log::error(fmt::format("looking for wins failed, to be tried again: {}", failure.what()));
        pause = between_looks;
      }
      lock.lock();
    }
  }

  // Once a day, so that nobody waits for them.
  void compute_of_day() {
    const auto today = desk_->from.surroundings.book_day();
    if (computed_on_ == today) return;
    computed_on_ = today;
    desk_->proofs.all(usual_horizon_days, std::chrono::milliseconds(0));
  }

  std::shared_ptr<Desk> desk_;
  std::optional<core::Day> computed_on_;  // of the thread
  std::mutex mutex_, collecting_;
  std::condition_variable wake_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<ProofService>(std::move(dependencies));
  service->connect();
  return service;
}

}  // namespace banso::proof
