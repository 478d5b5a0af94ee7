// The wiring: makes every service of an installation and ties their ends together. The only code that knows all
// modules.
#pragma once

#include <memory>

#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "modules/identity/identity.hpp"
#include "modules/in_app/in_app.hpp"
#include "modules/integrations/integrations.hpp"
#include "modules/journeys/journeys.hpp"
#include "modules/org/org.hpp"
#include "modules/outreach/outreach.hpp"
#include "modules/plans/plans.hpp"
#include "modules/playbooks/playbooks.hpp"
#include "modules/portal/portal.hpp"
#include "modules/proof/proof.hpp"
#include "modules/renewals/renewals.hpp"
#include "modules/retention/retention.hpp"
#include "modules/revenue/revenue.hpp"
#include "modules/segments/segments.hpp"
#include "modules/signals/signals.hpp"
#include "modules/usage/usage.hpp"
#include "modules/work/work.hpp"
#include "node.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/events/event_store.hpp"
#include "platform/http/http.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/journal/journal.hpp"
#include "platform/live/live.hpp"
#include "platform/metrics/metrics.hpp"
#include "platform/records/records.hpp"
#include "settings.hpp"
#include "user_directory.hpp"

namespace banso::app {

class Application {
 public:
  // Opens the data folder (making it if needed) and brings the tables up to date. Throws OperatorError where the
  // operator can do something about it.
  explicit Application(const Settings& settings);
  ~Application();

  void start_background_work();
  void stop_background_work();
  platform::http::Routes routes();

  const Settings settings;
  std::shared_ptr<platform::records::Database> records;
  std::unique_ptr<Node> node;  // nothing where records are not shared
  std::shared_ptr<identity::Service> identity;
  std::shared_ptr<UserDirectory> user_directory;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<revenue::Service> revenue;
  std::shared_ptr<platform::events::EventStore> events;
  std::shared_ptr<platform::duckdb::Database> mart;
  std::shared_ptr<platform::journal::Journal> journal;  // nothing where the events are shared
  std::shared_ptr<usage::Service> usage;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<segments::Service> segments;
  std::shared_ptr<org::Service> org;
  std::shared_ptr<work::Service> work;
  std::shared_ptr<signals::Service> signals;
  std::shared_ptr<in_app::Service> in_app;
  std::shared_ptr<journeys::Service> journeys;
  std::shared_ptr<plans::Service> plans;
  std::shared_ptr<playbooks::Service> playbooks;
  std::shared_ptr<platform::mail::Mailer> mailer;
  std::shared_ptr<outreach::Service> outreach;
  std::shared_ptr<portal::Service> portal;
  std::shared_ptr<renewals::Service> renewals;
  std::shared_ptr<retention::Service> retention;
  std::shared_ptr<proof::Service> proof;
  std::unique_ptr<platform::jobs::Jobs> jobs;
  std::shared_ptr<integrations::Service> integrations;
  std::shared_ptr<platform::live::LiveHub> live;
  std::shared_ptr<platform::metrics::Registry> metrics;

 private:
  void follow_other_nodes();
};

}  // namespace banso::app
