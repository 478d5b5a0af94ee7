#include "demo_loader.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>
#include <unordered_map>

#include <fmt/format.h>

#include "demo_journeys.hpp"
#include "demo_org.hpp"
#include "demo_plans.hpp"
#include "demo_playbooks.hpp"
#include "demo_programmes.hpp"
#include "demo_renewals.hpp"
#include "demo_revenue.hpp"
#include "demo_rows.hpp"
#include "demo_signals.hpp"
#include "demo_work.hpp"

namespace banso::app {
namespace {

using platform::records::Provenance;
using Histories = std::vector<simulation::AccountHistory>;

constexpr int accounts_at_once = 50;
constexpr std::size_t rows_at_once = 1000;
constexpr std::size_t events_at_once = 50'000;
// Of the whole; the rest is what people have done with the product since.
constexpr double share_of_loading = 0.5;
constexpr double share_of_evaluation = 0.2;
constexpr core::BatchOptions as_it_happened{core::KnownBy::happening, false};

Histories simulate(const simulation::Simulation& simulation, int first, int count) {
  Histories histories(static_cast<std::size_t>(count));
  std::atomic<int> next{0};
  const auto work = [&] {
    for (int i = next++; i < count; i = next++) histories[static_cast<std::size_t>(i)] = simulation.account(first + i);
  };
  std::vector<std::jthread> threads;
  for (unsigned t = 1; t < std::max(1u, std::thread::hardware_concurrency() / 2); ++t) threads.emplace_back(work);
  work();
  threads.clear();
  return histories;
}

// A refused row means that simulation and services disagree, so it ends the load with its reason.
core::Result<> expect_all_taken(const core::Result<std::vector<core::RowOutcome>>& outcomes, const char* kind) {
  if (!outcomes) return outcomes.error();
  for (const core::RowOutcome& outcome : *outcomes) {
    if (outcome.result != core::RowResult::rejected) continue;
    core::Error error =
        core::Error::invalid({fmt::format("The demo holds a row of kind \"{}\" that was refused.", kind),
                              fmt::format("デモデータ({})に登録できない行があります。", kind)});
    error.fields = outcome.errors;
    return error;
  }
  return {};
}

// Simulates, turns into rows and writes one kind of record, `rows_at_once` at a time.
template <class Row, class Upsert>
core::Result<> write_rows(const Histories& histories, const char* kind,
                          void (*add)(const simulation::AccountHistory&, std::vector<Row>&), Upsert upsert) {
  std::vector<Row> rows;
  for (const auto& history : histories) add(history, rows);
  for (std::size_t begin = 0; begin < rows.size(); begin += rows_at_once) {
    const std::span<const Row> batch(rows.data() + begin, std::min(rows_at_once, rows.size() - begin));
    BANSO_TRY(expect_all_taken(upsert(batch), kind));
  }
  return {};
}

class Loader {
 public:
  Loader(Application& application, const Provenance& provenance) : application_(application), provenance_(provenance) {}

  core::Result<> write(const Histories& histories, DemoReport& report) {
    auto& customers = *application_.customers;
    BANSO_TRY(write_rows<customers::AccountInput>(histories, "accounts", demo_rows::add_account, [&](auto rows) {
      return customers.upsert_accounts(provenance_, rows, as_it_happened);
    }));
    report.accounts += static_cast<std::int64_t>(histories.size());
    const auto ids = account_ids(histories);
    // Events go to another store than records, so both are written at the same time.
    auto events = std::async(std::launch::async, [&] { return write_events(histories, ids); });
    const auto records = write_records(histories, report);
    auto stored = events.get();
    BANSO_TRY(records);
    if (!stored) return stored.error();
    report.events += *stored;
    return {};
  }

 private:
  std::map<std::string, core::AccountId> account_ids(const Histories& histories) {
    std::vector<std::string> external_ids;
    for (const auto& history : histories) external_ids.push_back(history.account.external_id);
    return application_.customers->accounts_by_external_id(external_ids);
  }

  core::Result<> write_records(const Histories& histories, DemoReport& report) {
    auto& customers = *application_.customers;
    BANSO_TRY(write_rows<customers::ContactInput>(histories, "contacts", demo_rows::add_contacts, [&](auto rows) {
      return customers.upsert_contacts(provenance_, rows, as_it_happened);
    }));
    for (const auto& history : histories) report.contacts += static_cast<std::int64_t>(history.contacts.size());
    BANSO_TRY(write_rows<customers::ContactInput>(histories, "contacts", demo_rows::add_colleagues, [&](auto rows) {
      report.contacts += static_cast<std::int64_t>(rows.size());
      return customers.upsert_contacts(provenance_, rows, as_it_happened);
    }));
    BANSO_TRY(write_rows<revenue::SubscriptionInput>(
        histories, "subscriptions", demo_rows::add_subscriptions,
        [&](auto rows) { return application_.revenue->upsert_subscriptions(provenance_, rows, as_it_happened); }));
    BANSO_TRY(write_rows<revenue::SubscriptionInput>(
        histories, "subscriptions", demo_rows::add_revenue_stories,
        [&](auto rows) { return application_.revenue->upsert_subscriptions(provenance_, rows, as_it_happened); }));
    for (const auto& history : histories) {
      report.subscriptions += static_cast<std::int64_t>(history.subscriptions.size());
    }
    BANSO_TRY(write_rows<customers::TicketInput>(histories, "tickets", demo_rows::add_tickets, [&](auto rows) {
      return customers.upsert_tickets(provenance_, rows, as_it_happened);
    }));
    BANSO_TRY(write_rows<customers::InteractionInput>(
        histories, "interactions", demo_rows::add_interactions,
        [&](auto rows) { return customers.upsert_interactions(provenance_, rows, as_it_happened); }));
    BANSO_TRY(write_rows<customers::SurveyAnswerInput>(
        histories, "surveys", demo_rows::add_survey_answers,
        [&](auto rows) { return customers.upsert_survey_answers(provenance_, rows, as_it_happened); }));
    BANSO_TRY(write_rows<customers::AttendanceInput>(
        histories, "attendance", demo_rows::add_attendance,
        [&](auto rows) { return customers.upsert_attendance(provenance_, rows, as_it_happened); }));
    return {};
  }

  core::Result<std::int64_t> write_events(const Histories& histories,
                                          const std::map<std::string, core::AccountId>& ids) {
    std::vector<usage::EventInput> batch;
    batch.reserve(events_at_once);
    std::int64_t stored = 0;
    const auto now = core::now();  // the last simulated day is not over everywhere: nothing happens in the future
    const auto flush = [&]() -> core::Result<> {
      BANSO_TRY(expect_all_taken(application_.usage->append_events(provenance_, batch, as_it_happened), "events"));
      stored += static_cast<std::int64_t>(batch.size());
      batch.clear();
      return {};
    };
    for (const auto& history : histories) {
      const core::AccountId account = ids.at(history.account.external_id);
      add_people(history, account);
      for (const auto& row : history.usage) {
        simulation::spread(history, row, [&](core::Instant at) {
          usage::EventInput& event = batch.emplace_back();
          event.account_id = account;
          event.user = history.persons[row.person].email;
          event.name = simulation::vendor().features[row.feature].event_name;
          event.occurred_at = std::min(at, now);
        });
        if (batch.size() >= events_at_once) BANSO_TRY(flush());
      }
    }
    BANSO_TRY(flush());
    return stored;
  }

  void add_people(const simulation::AccountHistory& history, core::AccountId account) {
    std::vector<usage::PersonInput> people;
    for (const auto& person : history.persons) people.push_back({account, person.email, person.email, person.name});
    application_.usage->upsert_people(people);
  }

  Application& application_;
  const Provenance& provenance_;
};

core::Result<> define_vendor(Application& application, const Provenance& provenance, core::Language language) {
  for (const auto& attribute : demo_rows::attributes())
    BANSO_TRY(application.customers->define_attribute(provenance, attribute));
  BANSO_TRY(application.revenue->set_rates(provenance, demo_rates(core::day_of(core::now()))));
  const auto& vendor = simulation::vendor();
  for (const auto& feature : vendor.features) {
    usage::FeatureChange change;
    change.name = feature.name;
    change.is_active = feature.is_active;
    const auto module = std::find_if(vendor.modules.begin(), vendor.modules.end(),
                                     [&](const auto& info) { return info.module == feature.module; });
    change.module = module->name.in(language);
    BANSO_TRY(application.usage->define_feature({platform::events::EventKind::track, feature.event_name}, change,
                                                provenance.caller));
  }
  return {};
}

struct Chapter {
  core::Text name;
  core::Result<> (*add)(Application&, core::Language);
};

// In their order: each builds on those before it.
const Chapter chapters[] = {
    {{"Renewals", "更新"}, add_demo_renewals},
    {{"Teams", "チーム"}, add_demo_org},
    {{"Tasks and notes", "タスクとメモ"}, add_demo_work},
    {{"Playbooks", "プレイブック"},
     [](Application& application, core::Language) { return add_demo_playbooks(application); }},
    {{"Signals", "シグナル"}, [](Application& application, core::Language) { return add_demo_signals(application); }},
    {{"Journeys", "ジャーニー"}, add_demo_journeys},
    {{"Programmes", "施策"}, [](Application& application, core::Language) { return add_demo_programmes(application); }},
    {{"Success plans", "サクセスプラン"},
     [](Application& application, core::Language) { return add_demo_plans(application); }},
    {{"Targets", "目標"}, [](Application& application, core::Language) { return set_demo_targets(application); }},
};

core::Result<> add_what_people_did(Application& application, core::Language language, const ShowDemoProgress& show) {
  constexpr double begins_at = share_of_loading + share_of_evaluation;
  double done = 0;
  for (const Chapter& chapter : chapters) {
    BANSO_TRY(chapter.add(application, language));
    show(begins_at + (1 - begins_at) * ++done / static_cast<double>(std::size(chapters)), chapter.name);
  }
  return {};
}

}  // namespace

core::Result<DemoReport> load_demo(Application& application, const simulation::Simulation& simulation,
                                   core::Language language, const ShowDemoProgress& show) {
  const auto started = std::chrono::steady_clock::now();
  const auto provenance = Provenance::by(core::Caller::system("Demo"));
  BANSO_TRY(define_vendor(application, provenance, language));
  DemoReport report;
  Loader loader(application, provenance);
  const int total = simulation.account_count();
  const auto start_next = [&](int first) {
    const int count = std::clamp(total - first, 0, accounts_at_once);
    return std::async(std::launch::async, [&simulation, first, count] { return simulate(simulation, first, count); });
  };
  auto next = start_next(0);
  for (int first = 0; first < total; first += accounts_at_once) {
    const Histories histories = next.get();
    next = start_next(first + accounts_at_once);
    BANSO_TRY(loader.write(histories, report));
    show(share_of_loading * static_cast<double>(report.accounts) / total,
         {fmt::format("{} of {} customers, {} events", report.accounts, total, report.events),
          fmt::format("顧客 {}/{}社、イベント {}件", report.accounts, total, report.events)});
  }
  application.usage->refresh();
  BANSO_TRY(application.health->evaluate_all([&](double share, const core::Text& message) {
    show(share_of_loading + share_of_evaluation * share, message);
    return true;
  }));
  BANSO_TRY(add_what_people_did(application, language, show));
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return report;
}

}  // namespace banso::app
