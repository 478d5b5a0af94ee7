#include "health.hpp"

#include <algorithm>
#include <atomic>

#include <fmt/format.h>

#include "account_health.hpp"
#include "book_routes.hpp"
#include "book_view.hpp"
#include "command.hpp"
#include "definition_set.hpp"
#include "engine/templates.hpp"
#include "lab_routes.hpp"
#include "level_overrides.hpp"
#include "live_book.hpp"
#include "past_levels.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "releases.hpp"
#include "shadow_routes.hpp"
#include "shown_scores.hpp"

namespace banso::health {
namespace {

constexpr std::string_view job_kind = "evaluate", panel_job_kind = "lab_panel";

class HealthService final : public Service, public std::enable_shared_from_this<HealthService> {
 public:
  explicit HealthService(Dependencies dependencies)
      : from_(std::move(dependencies)),
        live_(from_, [this](std::string_view reason) { return request_full(reason, core::Caller::system("Banso")); }),
        accounts_(from_, live_),
        lab_(from_, live_),
        releases_(from_, live_),
        shown_(from_, live_),
        shadow_(from_, live_) {
    register_kinds(*from_.definitions);
    live_.on_change([this](const BookChange&) {
      shown_.note_change();
      shadow_.note_change();
    });
  }

  // Sources tell which accounts changed. They outlive or die with the application, so they hold no share of health.
  void listen() {
    const std::weak_ptr<HealthService> self = weak_from_this();
    from_.customers->add_change_listener([self](std::span<const core::AccountId> accounts) {
      if (const auto service = self.lock()) service->live_.mark_records(accounts);
    });
    from_.customers->add_timeline_source([self](core::AccountId account, core::Instant known_at, core::Day) {
      const auto service = self.lock();
      return service ? service->level_timeline(account, known_at) : std::vector<customers::TimelineEntry>{};
    });
    from_.usage->on_usage_changed([self](const usage::UsageChange& change) {
      if (const auto service = self.lock()) service->live_.mark_usage(change);
    });
    from_.definitions->add_release_listener([self](const definitions::Release& release) {
      const auto service = self.lock();
      const bool concerns_scores = std::any_of(release.names.begin(), release.names.end(), [](const auto& name) {
        return name.kind == measure_kind || name.kind == scorecard_kind;
      });
      // An evaluation that is under way publishes starter definitions itself, or looks again when it ends.
      if (service && concerns_scores && !service->live_.status().running) {
        service->request_full("new definitions", core::Caller::system(release.author_name));
      }
    });
  }

  std::vector<customers::TimelineEntry> level_timeline(core::AccountId account, core::Instant known_at) {
    const auto set = live_.definitions();
    const auto* card = set->scorecard();
    return LevelOverrides(from_.records).timeline(account, known_at, [card](std::string_view key) -> core::Text {
      if (card) {
        for (const auto& level : card->levels) {
          if (level.key == key) return level.name;
        }
      }
      return {std::string(key), std::string(key)};
    });
  }

  void register_jobs(platform::jobs::Jobs& jobs) override {
    jobs_ = &jobs;
    jobs.handle(std::string(job_kind), [this](platform::jobs::Progress& progress) { return run_job(progress); });
    jobs.handle(std::string(panel_job_kind),
                [this](platform::jobs::Progress& progress) { return run_panel(progress); });
  }

  void start() override {
    is_started_ = true;
    live_.start();
    if (jobs_ && lab_.has_kept()) submit_lab_job({{"restore", true}}, core::Caller::system("Banso"));
    shown_.start();
    shadow_.start();
  }
  void stop() override {
    is_started_ = false;
    shadow_.stop();
    live_.stop();
    shown_.stop();
  }

  void mark_dirty(std::span<const core::AccountId> accounts) override { live_.mark_dirty(accounts); }
  std::int64_t refresh_dirty() override { return live_.refresh_dirty(); }
  void on_book_changed(BookListener listener) override { live_.on_change(std::move(listener)); }
  core::Result<EvaluationReport> evaluate_all(const ShowProgress& show) override { return live_.evaluate_all(show); }

  core::Result<std::int64_t> propose_starter_definitions(const core::Caller& caller) override {
    const auto chosen = live_.choose_starter([](double, const core::Text&) { return true; });
    if (!chosen) {
      return core::Error::conflict({"There are no accounts yet to choose from. Import them first.",
                                    "まだ顧客がありません。先にデータを取り込んでください。"});
    }
    return make_drafts(caller, chosen->definitions, {"Chosen from the present data", "現在のデータから選びました"});
  }

  int run_command(const EvaluateOptions& options, core::Language language, std::ostream& out,
                  std::ostream& errors) override {
    return EvaluateCommand{from_, live_, accounts_, language, out, errors}.run(options);
  }

  core::Result<BookViewPtr> book() override {
    BANSO_TRY_ASSIGN(auto table, live_.table(std::nullopt));
    return view_of(std::move(table));
  }
  BookViewPtr evaluated_book() override {
    auto table = live_.evaluated_table();
    return table ? view_of(std::move(table)) : nullptr;
  }
  std::shared_ptr<const engine::FieldCatalogue> condition_fields() override {
    BookTable::Head head{
        from_.surroundings.book_day(),
        {},
        live_.definitions(),
        from_.surroundings.reporting_currency(),
        std::make_shared<const std::vector<customers::AttributeDefinition>>(from_.customers->attribute_definitions()),
        {},
        {},
        {}};
    const auto empty = std::make_shared<const BookTable>(std::move(head), std::vector<AccountRowPtr>{});
    return {empty, &empty->catalogue()};
  }
  std::vector<std::optional<std::string>> past_levels(std::span<const AccountDay> questions) override {
    std::vector<std::optional<std::string>> levels(questions.size());
    auto scores = past_scores(questions);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (!scores[i].level.empty()) levels[i] = std::move(scores[i].level);
    }
    return levels;
  }
  std::vector<PastScore> past_scores(std::span<const AccountDay> questions) override {
    const auto set = live_.definitions();
    // The evaluation may be replaced at this very moment; then the newer one answers.
    for (auto evaluation = live_.evaluation(); evaluation && set->scorecard();) {
      if (auto scores = health::past_scores(*from_.mart, *evaluation, set->scorecard()->levels, questions)) {
        return std::move(*scores);
      }
      const auto gone = evaluation->number;
      evaluation = live_.evaluation();
      if (evaluation && evaluation->number == gone) break;
    }
    return std::vector<PastScore>(questions.size());
  }
  PanelStatus panel() override { return lab_.panel(); }
  core::Result<> request_panel(const core::Caller& caller) override {
    if (lab_.panel().is_building) return {};
    BANSO_TRY(lab_.check({}));
    return submit_panel(caller, {});
  }
  core::Result<PanelViewPtr> make_panel(const ShowProgress& show) override {
    BANSO_TRY(lab_.build({}, show));
    return lab_.panel().panel;
  }
  void set_segments(std::vector<SegmentRule> segments) override {
    live_.set_segments(std::make_shared<const std::vector<SegmentRule>>(std::move(segments)));
  }

  ScoreLag score_lag() const override {
    const auto status = live_.status();
    return {status.lag.samples, status.lag.p50_ms, status.lag.p99_ms, status.waiting};
  }

  platform::http::Routes routes() override {
    const auto self = shared_from_this();
    const auto context = std::make_shared<RouteContext>(RouteContext{
        from_, live_, accounts_,
        [self](const core::Caller& caller, std::optional<std::int64_t> release) {
          return self->submit_asked(caller, release);
        },
        [self](const core::Caller& caller) { return self->propose_starter_definitions(caller); },
        [self](const core::Caller& caller, const std::string& key) { return self->take_template(caller, key); },
        releases_, shown_});
    auto routes = make_routes(context);
    for (auto& more : {release_routes(context), shadow_routes(self, shadow_)}) {
      routes.insert(routes.end(), more.begin(), more.end());
    }
    for (auto& route : lab_routes(self, lab_, [self = self.get()](const core::Caller&caller, const LabPeriod&period) {
           return self->submit_panel(caller, period);
         })) {
      routes.push_back(std::move(route));
    }
    return routes;
  }

 private:
  core::Result<std::int64_t> make_drafts(const core::Caller& caller, const engine::Definitions& chosen,
                                         const core::Text& why) {
    json::array items;
    for (const auto& [name, body] : to_bodies(chosen)) {
      items.push_back(json::object{{"kind", name.kind}, {"key", name.key}, {"body", boost::json::parse(body)}});
    }
    return from_.definitions->import_text(caller, json::serialize(json::object{{"definitions", std::move(items)}}),
                                          false, why);
  }

  core::Result<std::int64_t> take_template(const core::Caller& caller, const std::string& key) {
    for (const auto& each : engine::templates()) {
      if (each.key != key) continue;
      return make_drafts(caller, each.definitions,
                         {"From the template " + each.name.en, "テンプレート「" + each.name.ja + "」から作成しました"});
    }
    return core::Error::not_found({"There is no such template.", "指定されたテンプレートはありません。"});
  }

  // What a person asked for: of the present definitions, or of an earlier release of them.
  core::Result<std::int64_t> submit_asked(const core::Caller& caller, std::optional<std::int64_t> release) {
    if (release) BANSO_TRY(releases_.check(*release));
    return submit(caller, "asked for", release);
  }

  core::Result<std::int64_t> submit(const core::Caller& caller, std::string_view reason,
                                    std::optional<std::int64_t> release = {}) {
    if (!jobs_) {
      return core::Error::unavailable({"Evaluations run in the server only.", "評価はサーバーでのみ実行できます。"});
    }
    // Every node has a mart and a book of its own.
    json::object payload{{"reason", std::string(reason)}};
    if (release) payload["release"] = *release;
    return jobs_->submit(job_kind, json::serialize(payload), caller, platform::jobs::Where::this_node);
  }

  // At most one waiting job: what it finds when it begins is what counts. False where no job will run.
  bool request_full(std::string_view reason, const core::Caller& caller) {
    if (!jobs_ || !is_started_) return false;
    if (is_requested_.exchange(true)) return true;
    platform::log::info(fmt::format("evaluating all accounts: {}", reason));
    if (const auto job = submit(caller, reason); !job) is_requested_ = false;
    return is_requested_;
  }

  core::Result<std::string> run_job(platform::jobs::Progress& progress) {
    BANSO_TRY_ASSIGN(const auto payload, json::parse_object(progress.job().payload));
    const auto show = [&](double share, const core::Text& message) {
      progress.report(share, message);
      return !progress.cancelled();
    };
    const auto* release = payload.if_contains("release");
    if (release && release->is_int64() && release->as_int64() != live_.definitions()->release) {
      BANSO_TRY_ASSIGN(const auto report, releases_.recompute(release->as_int64(), show));
      return summary_of(report);
    }
    is_requested_ = false;
    BANSO_TRY_ASSIGN(const auto report, live_.evaluate_all(show));
    if (live_.definitions()->release != report.release) {
      request_full("definitions changed meanwhile", core::Caller::system("Banso"));
    }
    return summary_of(report);
  }

  static std::string summary_of(const EvaluationReport& report) {
    return json::serialize(json::object{{"as_of", json::from(report.as_of)},
                                        {"release", report.release},
                                        {"accounts", report.accounts},
                                        {"weeks", report.weeks},
                                        {"seconds", report.seconds}});
  }

  // The panel lies in the memory of the node that built it.
  core::Result<> submit_panel(const core::Caller& caller, const LabPeriod& period) {
    if (!jobs_)
      return core::Error::unavailable({"The lab works in the server only.", "分析はサーバーでのみ利用できます。"});
    submit_lab_job({{"from", json::from(period.from)}, {"to", json::from(period.to)}}, caller);
    return {};
  }

  void submit_lab_job(const json::object& payload, const core::Caller& caller) {
    lab_.note_requested();
    jobs_->submit(panel_job_kind, json::serialize(payload), caller, platform::jobs::Where::this_node);
  }

  core::Result<std::string> run_panel(platform::jobs::Progress& progress) {
    BANSO_TRY_ASSIGN(const auto payload, json::parse_object(progress.job().payload));
    json::Fields fields(payload);
    const LabPeriod period{fields.day("from"), fields.day("to")};
    const bool is_restore = fields.yes_no("restore").value_or(false);
    BANSO_TRY(fields.finish());
    const auto show = [&](double share, const core::Text& message) {
      progress.report(share, message);
      return !progress.cancelled();
    };
    return is_restore ? lab_.restore(show) : lab_.build(period, show);
  }

  const Dependencies from_;
  LiveBook live_;
  AccountHealth accounts_;
  Lab lab_;
  Releases releases_;
  ShownScores shown_;
  Shadow shadow_;
  platform::jobs::Jobs* jobs_ = nullptr;
  std::atomic<bool> is_started_{false};
  std::atomic<bool> is_requested_{false};
};

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<HealthService>(std::move(dependencies));
  service->listen();
  return service;
}

}  // namespace banso::health
