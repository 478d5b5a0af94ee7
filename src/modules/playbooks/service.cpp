#include <algorithm>
#include <atomic>

#include <fmt/format.h>

#include "executor.hpp"
#include "history.hpp"
#include "kind.hpp"
#include "loop.hpp"
#include "routes.hpp"
#include "run_lists.hpp"
#include "watcher.hpp"
#include "work_listener.hpp"

namespace banso::playbooks {
namespace {

using namespace std::chrono_literals;
using store::Session;

// Changes of the book come in bursts: one look serves many.
constexpr auto gathering = 150ms;
// The clock and other nodes are looked at that often.
constexpr auto look_every = 1s;
constexpr int most_due_at_once = 1000;
constexpr std::size_t most_started_by_hand = 1000;
// Of work_once(): a playbook that starts itself without end is a fault of ours.
constexpr int most_rounds = 10'000;

core::Error not_yet() {
  return core::Error::unavailable({"The book is being read. Try again in a moment.",
                                   "顧客一覧を読み込み中です。少し待ってから再度お試しください。"});
}

class PlaybookService final : public Service, public std::enable_shared_from_this<PlaybookService> {
 public:
  explicit PlaybookService(Dependencies dependencies)
      : context_(std::move(dependencies)),
        runner_(context_),
        starter_(context_, runner_),
        watcher_(context_, runner_, starter_),
        listener_(context_, runner_, starter_),
        executor_(context_, runner_, all_deeds(),
                  [this](RunId run, int visit, std::int64_t task) { was_asked(run, visit, task); }),
        follower_("the playbooks could not follow the book", look_every, [this] { return follow(); }),
        inside_("the steps of playbooks could not be done", look_every, [this] { return do_some(Lane::inside); }),
        outside_("the calls of playbooks could not be sent", look_every, [this] { return do_some(Lane::outside); }) {}
  ~PlaybookService() override { stop(); }

  void listen() {
    context_.from.definitions->register_kind(make_kind(context_.from.health));
    const std::weak_ptr<PlaybookService> self = weak_from_this();
    context_.from.definitions->add_release_listener([self](const definitions::Release& release) {
      const auto service = self.lock();
      const bool concerns_us = std::any_of(release.names.begin(), release.names.end(),
                                           [](const auto& name) { return name.kind == playbook_kind; });
      if (service && concerns_us) service->follower_.wake();
    });
    context_.from.health->on_book_changed([self](const health::BookChange&) {
      if (const auto service = self.lock()) service->follower_.wake();
    });
    context_.from.segments->on_membership_changed([self](std::span<const segments::MembershipChange> changes) {
      if (const auto service = self.lock()) service->starter_.membership_changed(changes);
    });
    listen_to_work();
    context_.on_effects([self] {
      const auto service = self.lock();
      if (!service) return;
      service->inside_.wake();
      service->outside_.wake();
    });
  }

  void set_plans(PlanSteps plans) override { context_.plans = std::move(plans); }
  void on_runs_changed(RunListener listener) override { context_.on_runs_changed(std::move(listener)); }

  void start() override {
    context_.library.refresh();
    executor_.take_up_again();
    follower_.start();
    inside_.start();
    outside_.start();
  }

  void stop() override {
    follower_.stop();
    inside_.stop();
    outside_.stop();
  }

  std::int64_t work_once() override {
    std::int64_t moved = 0;
    for (int round = 0; round < most_rounds; ++round) {
      const auto now_moved = look() + executor_.round(Lane::inside) + executor_.round(Lane::outside);
      if (now_moved == 0) break;
      moved += now_moved;
    }
    return moved;
  }

  core::Result<std::vector<Started>> start_runs(const core::Caller& caller, const std::string& key,
                                                std::span<const core::AccountId> accounts) override {
    if (!caller.at_least(core::Role::csm)) return forbidden();
    if (accounts.size() > most_started_by_hand) {
      return core::Error::too_large({"Up to 1,000 accounts at once.", "一度に開始できるのは1,000件までです。"});
    }
    if (context_.library.refresh()) has_new_playbooks_ = true;
    const auto playbook = context_.library.find(key);
    if (!playbook) {
      return core::Error::not_found({"There is no such published playbook.", "公開済みのプレイブックがありません。"});
    }
    if (!context_.conditions()) return not_yet();
    std::vector<StartRequest> requests;
    for (const auto account : accounts) {
      StartRequest request;
      request.account = account;
      request.start_key = fmt::format("person:{}", platform::records::new_id());
      request.started_by = "person";
      request.why = {fmt::format("Started by {}.", caller.name), fmt::format("{}が開始しました。", caller.name)};
      request.ignores_condition = true;
      requests.push_back(std::move(request));
    }
    std::vector<Started> started;
    const auto outcomes = runner_.start(*playbook, requests);
    for (std::size_t i = 0; i < accounts.size(); ++i) {
      started.push_back({accounts[i], outcomes[i].run, outcomes[i].words});
    }
    return started;
  }

  core::Result<> stop_run(const core::Caller& caller, RunId run, const std::string& why) override {
    if (!caller.at_least(core::Role::csm)) return forbidden();
    if (!context_.conditions()) return not_yet();
    const auto reason = why.empty() ? core::Text{".", "。"} : core::Text{": " + why, "(" + why + ")。"};
    const bool has_stopped = runner_.move(run, {workflow::EventKind::stopped,
                                                0,
                                                "",
                                                {fmt::format("Stopped by {}{}", caller.name, reason.en),
                                                 fmt::format("{}が停止しました{}", caller.name, reason.ja)}});
    if (!has_stopped) {
      return core::Error::conflict({"The run has ended already.", "この実行はすでに終了しています。"});
    }
    return {};
  }

  core::Result<> retry_run(const core::Caller& caller, RunId id) override {
    if (!caller.at_least(core::Role::csm)) return forbidden();
    const auto conditions = context_.conditions();
    if (!conditions) return not_yet();
    const bool is_tried = context_.from.records->write([&](Session& session) {
      const auto run = store::find_run(session, id);
      if (!run || run->run.state != workflow::State::failed) return false;
      if (!store::try_again(session, id, run->run.visit, context_.now())) return false;
      return runner_.move_in(
          session, id,
          {workflow::EventKind::retried,
           run->run.visit,
           "",
           {fmt::format("{} had it tried again.", caller.name), fmt::format("{}が再試行しました。", caller.name)}},
          *conditions);
    });
    if (!is_tried) {
      return core::Error::conflict({"Nothing has failed here.", "失敗したステップはありません。"});
    }
    context_.tell(std::span(&id, 1));
    context_.wake_effects();
    return {};
  }

  core::Result<std::int64_t> record_history(const core::Caller& caller, std::span<const PastRun> runs) override {
    if (!caller.at_least(core::Role::admin)) return forbidden();
    if (context_.library.refresh()) has_new_playbooks_ = true;
    if (!context_.conditions()) return not_yet();
    return write_history(context_, caller, runs);
  }

  void each_run(const RunQuery& query, const std::function<void(const RunFact&)>& visit) override {
    context_.from.records->read([&](Session& session) { playbooks::each_run(session, query, visit); });
  }
  void each_step(const RunQuery& query, const std::function<void(const StepFact&)>& visit) override {
    context_.from.records->read([&](Session& session) { playbooks::each_step(session, query, visit); });
  }

  platform::http::Routes routes() override {
    const auto context = std::make_shared<const RouteContext>(
        RouteContext{context_, runner_, *this, outreach_notes(context_), shared_from_this()});
    auto all = playbook_routes(context);
    for (auto& route : run_routes(context)) all.push_back(std::move(route));
    for (auto& route : secret_routes(context)) all.push_back(std::move(route));
    return all;
  }

 private:
  void listen_to_work() {
    const std::weak_ptr<PlaybookService> self = weak_from_this();
    if (context_.from.work) {
      context_.from.work->on_call_changed([self](std::span<const work::CallChange> changes) {
        if (const auto service = self.lock()) service->listener_.calls_changed(changes);
      });
      context_.from.work->on_task_changed([self](std::span<const work::TaskChange> changes) {
        if (const auto service = self.lock()) service->listener_.tasks_changed(changes);
      });
      context_.from.work->show_runs([self](work::CallId call) {
        const auto service = self.lock();
        return service ? service->listener_.runs_of(call) : std::vector<work::RunReference>();
      });
    }
    if (context_.from.outreach) {
      context_.from.outreach->on_mail_changed([self](std::span<const outreach::MailChange> changes) {
        if (const auto service = self.lock()) service->listener_.mails_changed(changes);
      });
    }
  }

  // The answer may have come before the run was written to wait for it.
  void was_asked(RunId id, int visit, std::int64_t task) {
    const auto run = context_.from.records->read([&](Session& session) { return store::find_run(session, id); });
    if (run && run->run.waiting == workflow::WaitingFor::person && run->run.visit == visit) {
      listener_.answer_if_finished(id, visit, task);
    }
  }

  static core::Error forbidden() {
    return core::Error::forbidden({"Only CSMs and above may do this.", "CSM以上の権限が必要です。"});
  }

  Deeds all_deeds() {
    Deeds deeds;
    add_field_deeds(deeds, context_);
    add_playbook_deeds(deeds, context_, runner_);
    add_http_deeds(deeds, context_);
    add_work_deeds(deeds, context_);
    add_outreach_deeds(deeds, context_);
    add_plan_deeds(deeds, context_);
    return deeds;
  }

  // Everything that the clock or the book ask for; how many runs moved.
  std::int64_t look() {
    if (context_.library.refresh() || has_new_playbooks_.exchange(false)) watcher_.forget();
    // Runs that end now make room for those that begin now.
    const auto due = context_.from.records->read(
        [&](Session& session) { return store::due_runs(session, context_.now(), most_due_at_once); });
    std::int64_t moved = runner_.look_at(due);
    moved += starter_.schedules() + watcher_.look() + listener_.make_up();
    return moved;
  }

  bool follow() {
    std::this_thread::sleep_for(gathering);
    return look() >= most_due_at_once;
  }

  bool do_some(Lane lane) { return executor_.round(lane) > 0; }

  Context context_;
  Runner runner_;
  Starter starter_;
  Watcher watcher_;
  WorkListener listener_;
  Executor executor_;
  std::atomic<bool> has_new_playbooks_ = false;  // that the next look has not heard of
  Loop follower_, inside_, outside_;
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<PlaybookService>(std::move(dependencies));
  service->listen();
  return service;
}

}  // namespace banso::playbooks
