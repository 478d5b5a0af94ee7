#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <thread>

#include <fmt/format.h>

#include "attributes.hpp"
#include "customer_view.hpp"
#include "errands.hpp"
#include "follower.hpp"
#include "platform/log/log.hpp"
#include "routes.hpp"

namespace banso::plans {
namespace {

using core::Caller;
using core::Customer;
using core::Result;

// Changes of the book come in bursts: one look serves many.
constexpr auto gathering = std::chrono::milliseconds(150);
// Another node may have written, unheard.
constexpr auto look_every = std::chrono::seconds(3);
// Under constant load, looking takes at most this share of the time.
constexpr int pause_factor = 4;

Result<> may_write(const Caller& caller) {
  if (caller.at_least(core::Role::csm)) return {};
  return core::Error::forbidden({"You may read plans, not change them. Ask for the role of a CSM.",
                                 "プランは閲覧のみ可能です。変更するにはCSM権限が必要です。"});
}

Result<> may_write(const Customer& customer) {
  if (!customer.viewed_by) return {};
  return core::Error::forbidden({"You look at the customer's view: nothing can be changed in it.",
                                 "お客様の画面を確認中のため、変更はできません。"});
}

class PlanService final : public Service, public std::enable_shared_from_this<PlanService> {
 public:
  explicit PlanService(Dependencies dependencies)
      : from_(std::move(dependencies)),
        store_(from_.records),
        shelf_(store_),
        desk_(from_, store_, [this](PlanId plan) { written(plan); }),
        follower_(from_, store_, shelf_),
        attributes_(from_.customers, from_.surroundings),
        errands_(from_, store_, shelf_) {}
  ~PlanService() override { stop(); }

  void listen() {
    from_.definitions->register_kind(make_kind(from_.health));
    const std::weak_ptr<PlanService> self = weak_from_this();
    from_.health->on_book_changed([self](const health::BookChange&) {
      if (const auto service = self.lock()) service->wake();
    });
    from_.org->on_handover([self](const org::Handover& handover) {
      if (const auto service = self.lock()) service->handed_over(handover);
    });
    shelf_.catch_up();
  }

  void on_plans_changed(PlanListener listener) override { errands_.on_change(std::move(listener)); }
  void on_views_changed(ViewListener listener) override { view_listeners_.push_back(std::move(listener)); }
  void set_record_win(RecordWin record) override { errands_.set_record_win(std::move(record)); }

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
    const std::lock_guard lock(looking_mutex_);
    const auto changed = shelf_.catch_up();
    changed_.insert(changed_.end(), changed.begin(), changed.end());
    {
      const std::lock_guard written_lock(mutex_);
      changed_.insert(changed_.end(), written_.begin(), written_.end());
      written_.clear();
    }
    if (const auto book = from_.health->evaluated_book()) {
      attributes_.define(!shelf_.all().empty());
      attributes_.keep(*book, shelf_, follower_.look(book, changed_));
      changed_.clear();
    }
    tell_views();
    errands_.run();
  }

  Result<PlanId> create(const Caller& caller, const NewPlan& plan) override {
    BANSO_TRY(may_write(caller));
    constexpr bool is_blank = false;
    return desk_.create(Actor::of(caller), plan, is_blank);
  }
  Result<> send(const Caller& caller, PlanId plan, std::vector<core::ContactId> to) override {
    BANSO_TRY(may_write(caller));
    return desk_.send(Actor::of(caller), plan, std::move(to));
  }
  Result<> ask_review(const Caller& caller, core::AccountId account, const core::Text& why) override {
    BANSO_TRY(may_write(caller));
    const auto plan = store_.living_plan(account);
    return plan ? desk_.ask_review(Actor::of(caller), *plan, why) : Result<>();
  }
  std::optional<PlanId> living_plan(core::AccountId account) override { return store_.living_plan(account); }

  std::vector<SharedPlan> shared(const Customer& customer) override {
    std::vector<SharedPlan> plans;
    for (const auto id : store_.plans_of(customer.account)) {
      const auto file = store_.read(id);
      if (auto plan = shared_plan(from_, *file, today(), customer.language)) plans.push_back(std::move(*plan));
    }
    return plans;
  }
  std::optional<SharedPayment> paid(const Customer& customer) override {
    return payment_of(*from_.revenue, customer.account, today(), from_.surroundings.reporting_currency());
  }
  Result<> confirm_goal(const Customer& customer, PlanId plan, const std::string& goal,
                        const std::string& words) override {
    BANSO_TRY(may_write(customer));
    BANSO_TRY(check_shared_goal(customer, plan, goal));
    Desk::Answer answer;
    answer.goal = goal;
    answer.contact = customer.contact;
    answer.words = words;
    return desk_.answer(Actor::of(customer), plan, answer);
  }
  Result<> comment(const Customer& customer, PlanId plan, const std::string& item, const std::string& words) override {
    BANSO_TRY(may_write(customer));
    BANSO_TRY_ASSIGN(const auto shared, shared_of(customer, plan));
    const auto has_key = [&](const auto& each) { return each.key == item; };
    const auto goal = std::find_if(shared.goals.begin(), shared.goals.end(), has_key);
    const bool is_action = std::any_of(shared.actions.begin(), shared.actions.end(), has_key);
    if (goal == shared.goals.end() && !is_action) return no_such_item();
    if (goal != shared.goals.end() && goal->confirmation != "confirmed" && shared.state != "closed") {
      Desk::Answer answer;  // not yet agreed: what they say stands against the confirmation
      answer.goal = item;
      answer.contact = customer.contact;
      answer.is_confirmed = false;
      answer.words = words;
      return desk_.answer(Actor::of(customer), plan, answer);
    }
    constexpr bool is_internal = false;
    return desk_.comment(Actor::of(customer), plan, item, words, is_internal);
  }
  Result<> finish_action(const Customer& customer, PlanId plan, const std::string& action, bool is_done) override {
    BANSO_TRY(may_write(customer));
    BANSO_TRY(shared_of(customer, plan));
    return desk_.finish_action(Actor::of(customer), plan, action, is_done);
  }
  Result<> enter_figure(const Customer& customer, PlanId plan, const std::string& goal, double value,
                        core::Day day) override {
    BANSO_TRY(may_write(customer));
    BANSO_TRY(check_shared_goal(customer, plan, goal));
    return desk_.enter_figure(Actor::of(customer), plan, goal, value, day);
  }

  platform::http::Routes routes() override {
    return make_routes(
        std::make_shared<const RouteContext>(RouteContext{from_, store_, shelf_, desk_, shared_from_this()}));
  }

 private:
  core::Day today() const { return from_.surroundings.book_day(); }

  static core::Error no_such_item() {
    return core::Error::not_found({"The plan has no such item.", "プランに該当する項目はありません。"});
  }

  // The plan as the customer sees it; whatever is not theirs does not exist for them.
  Result<SharedPlan> shared_of(const Customer& customer, PlanId plan) {
    const auto file = store_.read(plan);
    if (!file || file->row.account != customer.account) return no_such_plan();
    auto shared = shared_plan(from_, *file, today(), customer.language);
    if (!shared) return no_such_plan();
    return std::move(*shared);
  }
  Result<> check_shared_goal(const Customer& customer, PlanId plan, const std::string& goal) {
    BANSO_TRY_ASSIGN(const auto shared, shared_of(customer, plan));
    const bool is_there =
        std::any_of(shared.goals.begin(), shared.goals.end(), [&](const auto& each) { return each.key == goal; });
    return is_there ? Result<>() : Result<>(no_such_item());
  }

  void handed_over(const org::Handover& handover) {
    if (handover.state != org::HandoverState::open) return;
    const auto system = Caller::system("Handovers");
    const auto role = org::name_of(handover.role);
    for (const auto account : handover.accounts) {
      const auto asked =
          ask_review(system, account, {fmt::format("Handed over: {}", role.en), fmt::format("引き継ぎ: {}", role.ja)});
      if (!asked) platform::log::warning("a review of a plan could not be asked for: " + asked.error().message.en);
    }
  }

  // The page shows at once what was done; the rest follows in the thread.
  void written(PlanId plan) {
    shelf_.reload(plan);
    tell_views();
    {
      const std::lock_guard lock(mutex_);
      written_.push_back(plan);
    }
    wake();
  }

  // Also what the follower wrote, and other nodes.
  void tell_views() {
    std::vector<core::AccountId> accounts;
    for (const auto plan : shelf_.take_news()) {
      if (const auto file = shelf_.find(plan)) accounts.push_back(file->row.account);
    }
    if (accounts.empty()) return;
    for (const auto& listener : view_listeners_) listener(accounts);
  }

  void wake() {
    {
      const std::lock_guard lock(mutex_);
      has_news_ = true;
    }
    awake_.notify_all();
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
        platform::log::error(fmt::format("the plans could not be followed, it is tried again: {}", failure.what()));
      }
      const auto pause = (std::chrono::steady_clock::now() - begin) * pause_factor;
      std::unique_lock lock(mutex_);
      awake_.wait_for(lock, pause, [this] { return is_stopping_; });
    }
  }

  const Dependencies from_;
  std::vector<ViewListener> view_listeners_;
  Store store_;
  Shelf shelf_;
  Desk desk_;

  std::mutex looking_mutex_;  // what follows
  Follower follower_;
  KeptAttributes attributes_;
  Errands errands_;
  std::vector<PlanId> changed_;  // not compared with a book yet

  std::mutex mutex_;  // what follows
  std::condition_variable awake_;
  std::vector<PlanId> written_;  // by this node, not compared with a book yet
  bool has_news_ = true;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<PlanService>(std::move(dependencies));
  service->listen();
  return service;
}

}  // namespace banso::plans
