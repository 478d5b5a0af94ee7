#include "application.hpp"

#include <iterator>

#include <fmt/format.h>

#include "account_directory.hpp"
#include "churn_reasons.hpp"
#include "figures.hpp"
#include "handover_calls.hpp"
#include "job_routes.hpp"
#include "live_feeds.hpp"
#include "live_routes.hpp"
#include "make_org.hpp"
#include "make_outreach.hpp"
#include "make_plans.hpp"
#include "make_playbooks.hpp"
#include "make_portal.hpp"
#include "make_proof.hpp"
#include "make_signals.hpp"
#include "make_work.hpp"
#include "metrics_routes.hpp"
#include "seats.hpp"
#include "stores.hpp"

namespace banso::app {
namespace {

constexpr int job_threads = 2;

// Only a database server can be shared by several nodes.
std::unique_ptr<Node> join_nodes(const Settings& settings,
                                 const std::shared_ptr<platform::records::Database>& records) {
  if (records->dialect() == platform::records::Dialect::sqlite) return nullptr;
  return std::make_unique<Node>(settings, records);
}

customers::Surroundings make_surroundings(const std::shared_ptr<identity::Service>& identity,
                                          const std::shared_ptr<UserDirectory>& users) {
  customers::Surroundings surroundings;
  surroundings.user_name = [users](core::UserId id) { return users->name_of(id); };
  surroundings.find_user = [users](std::string_view word) { return users->find(word); };
  surroundings.utc_offset_minutes = [identity] { return identity->workspace().offset_minutes(); };
  surroundings.book_day = [identity] { return identity->workspace().book_day(); };
  surroundings.reporting_currency = [identity] { return identity->workspace().reporting_currency; };
  return surroundings;
}

// Nodes of a cluster acknowledge what the cluster has; one machine what its journal has.
std::shared_ptr<platform::journal::Journal> open_journal(const Settings& settings) {
  if (settings.shares_events()) return nullptr;
  platform::journal::Settings limits;
  limits.limit_bytes = settings.journal_limit_mib << 20;
  limits.disk_reserve_bytes = settings.disk_reserve_mib << 20;
  return platform::journal::Journal::open(settings.journal_folder(), limits);
}

std::shared_ptr<usage::Service> make_usage(const Application& application) {
  usage::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.events = application.events;
  dependencies.mart = application.mart;
  dependencies.accounts = make_account_directory(application.customers);
  dependencies.seats = [revenue = application.revenue](core::AccountId account, core::Day day) {
    return licensed_seats(*revenue, account, day);
  };
  dependencies.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  dependencies.node_number = application.settings.node_number;
  dependencies.intake_limit_bytes = application.settings.intake_memory_mib << 20;
  dependencies.journal = application.journal;
  dependencies.uploads_folder = application.settings.event_uploads_folder();
  return usage::Service::make(std::move(dependencies));
}

// What modules are told of the workspace and its people: each names the part it needs.
template <class Surroundings>
void surround(Surroundings& around, const Application& application) {
  around.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  around.reporting_currency = [identity = application.identity] { return identity->workspace().reporting_currency; };
  around.user_name = [users = application.user_directory](core::UserId id) { return users->name_of(id); };
  around.utc_offset_minutes = [identity = application.identity] { return identity->workspace().offset_minutes(); };
  if constexpr (requires { around.fiscal_year_start_month; }) {
    around.fiscal_year_start_month = [identity = application.identity] {
      return identity->workspace().fiscal_year_start_month;
    };
  }
}

std::shared_ptr<health::Service> make_health(const Application& application) {
  health::Dependencies dependencies;
  dependencies.customers = application.customers;
  dependencies.revenue = application.revenue;
  dependencies.usage = application.usage;
  dependencies.definitions = application.definitions;
  dependencies.mart = application.mart;
  dependencies.records = application.records;
  dependencies.lab_file = application.settings.data_folder / "lab-panel.bin";
  surround(dependencies.surroundings, application);
  return health::Service::make(std::move(dependencies));
}

std::shared_ptr<retention::Service> make_retention(const Application& application) {
  retention::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.customers = application.customers;
  dependencies.revenue = application.revenue;
  dependencies.definitions = application.definitions;
  dependencies.health = application.health;
  dependencies.segments = application.segments;
  dependencies.usage = application.usage;
  surround(dependencies.surroundings, application);
  return retention::Service::make(std::move(dependencies));
}

std::shared_ptr<journeys::Service> make_journeys(const Application& application) {
  journeys::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.customers = application.customers;
  dependencies.definitions = application.definitions;
  dependencies.health = application.health;
  dependencies.surroundings.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  return journeys::Service::make(std::move(dependencies));
}

std::shared_ptr<renewals::Service> make_renewals(const Application& application) {
  renewals::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.customers = application.customers;
  dependencies.revenue = application.revenue;
  dependencies.usage = application.usage;
  dependencies.definitions = application.definitions;
  dependencies.health = application.health;
  surround(dependencies.surroundings, application);
  return renewals::Service::make(std::move(dependencies));
}

void append(platform::http::Routes& all, platform::http::Routes more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Application::Application(const Settings& with)
    : settings(with),
      records(open_records(settings)),
      node(join_nodes(settings, records)),
      identity(identity::Service::make(records)),
      user_directory(std::make_shared<UserDirectory>(identity)),
      customers(customers::Service::make(records, make_surroundings(identity, user_directory))),
      revenue(revenue::Service::make(records, customers, make_surroundings(identity, user_directory))) {
  const int day_offset_minutes = identity->workspace().offset_minutes();
  events = open_events(settings, day_offset_minutes);
  mart = open_mart(settings);
  identity->on_workspace_changed([events = events](const identity::Workspace& workspace) {
    events->set_day_offset_minutes(workspace.offset_minutes());  // usage makes its daily facts anew when it refreshes
  });
  journal = open_journal(settings);
  usage = make_usage(*this);
  // Events that waited for their account may find it now. (Weak: usage itself holds customers.)
  customers->add_change_listener([weak = std::weak_ptr(usage)](std::span<const core::AccountId>) {
    if (const auto listening = weak.lock()) listening->accounts_changed();
  });
  definitions = definitions::Service::make(records);
  health = make_health(*this);
  segments = segments::Service::make({records, definitions, health});
  org = make_org(*this);
  mailer = make_mailer(settings);
  work = make_work(*this);
  outreach = make_outreach(*this);
  signals = make_signals(*this);
  journeys = make_journeys(*this);
  plans = make_plans(*this);
  in_app = in_app::Service::make({records, customers, definitions, health, {.book_day = [identity = identity] {
                                    return identity->workspace().book_day();
                                  }}});
  playbooks = make_playbooks(*this);
  renewals = make_renewals(*this);
  retention = make_retention(*this);
  proof = make_proof(*this);
  connect_goals_to_wins(*this);
  connect_plans_to_playbooks(*this);
  portal = make_portal(*this);
  connect_churn_reasons(*this);
  connect_handovers(*this);
  jobs = platform::jobs::Jobs::make(records, job_threads, settings.node_number);
  usage->register_jobs(*jobs);
  health->register_jobs(*jobs);
  org->register_jobs(*jobs);
  integrations::Dependencies dependencies;
  dependencies.records = records;
  dependencies.customers = customers;
  dependencies.revenue = revenue;
  dependencies.usage = usage;
  dependencies.jobs = jobs.get();
  dependencies.data_folder = settings.data_folder;
  dependencies.utc_offset_minutes = [identity = identity] { return identity->workspace().offset_minutes(); };
  integrations = integrations::Service::make(std::move(dependencies));
  live = platform::live::LiveHub::make();
  add_live_topics(*live);
  metrics = std::make_shared<platform::metrics::Registry>();
  add_live_feeds(*this);
  add_figures(*this);
}

Application::~Application() {
  stop_background_work();
}

void Application::start_background_work() {
  usage->start();
  segments->start();
  org->start();
  work->start();
  signals->start();
  journeys->start();
  plans->start();
  renewals->start();
  health->start();
  retention->start();
  outreach->start();
  playbooks->start();
  proof->start();
  portal->start();
  jobs->start();
  follow_other_nodes();
}

void Application::follow_other_nodes() {
  if (!node) return;
  Node::Listeners listeners;
  listeners.accounts_changed = [this](std::span<const core::AccountId> accounts) { customers->tell_changed(accounts); };
  listeners.look_at_workspace = [this] {
    const int minutes = identity->workspace().offset_minutes();
    if (minutes != events->day_offset_minutes()) events->set_day_offset_minutes(minutes);
  };
  node->start(std::move(listeners));
}

void Application::stop_background_work() {
  if (node) node->stop();
  jobs->stop();
  portal->stop();
  proof->stop();
  playbooks->stop();
  outreach->stop();
  retention->stop();
  plans->stop();
  journeys->stop();
  signals->stop();
  work->stop();
  org->stop();
  segments->stop();
  health->stop();
  usage->stop();
}

platform::http::Routes Application::routes() {
  platform::http::Routes all = identity::routes(identity);
  append(all, customers->routes());
  append(all, revenue->routes());
  append(all, usage->routes());
  append(all, definitions::routes(definitions));
  append(all, health->routes());
  append(all, segments->routes());
  append(all, org->routes());
  append(all, work->routes());
  append(all, outreach->routes());
  append(all, signals->routes());
  append(all, journeys->routes());
  append(all, plans->routes());
  append(all, in_app->routes());
  append(all, playbooks->routes());
  append(all, proof->routes());
  append(all, portal->routes());
  append(all, renewals->routes());
  append(all, retention->routes());
  append(all, integrations->routes());
  append(all, job_routes(*jobs));
  append(all, live_routes(live, identity));
  append(all, metrics_routes(metrics, settings.metrics_token));
  return all;
}

}  // namespace banso::app
