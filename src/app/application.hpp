// The wiring: makes every service of an installation and ties their ends together. The only code that knows all modules.
#pragma once

#include <memory>

#include "modules/identity/identity.hpp"
#include "platform/http/http.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/records/records.hpp"
#include "settings.hpp"

namespace banso::app {

class Application {
 public:
  // Opens the data folder (making it if needed) and brings the tables up to date. Throws std::runtime_error with a
  // sentence for the operator if that cannot be done.
  explicit Application(const Settings& settings);
  ~Application();

  void start_background_work();
  void stop_background_work();
  platform::http::Routes routes();

  const Settings settings;
  std::shared_ptr<platform::records::Database> records;
  std::unique_ptr<platform::jobs::Jobs> jobs;
  std::shared_ptr<identity::Service> identity;
};

}  // namespace banso::app
