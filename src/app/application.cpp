#include "application.hpp"

#include <iterator>

#include "job_routes.hpp"

namespace banso::app {
namespace {

std::shared_ptr<platform::records::Database> open_records(const Settings& settings) {
  std::filesystem::create_directories(settings.data_folder);
  platform::records::set_node_number(settings.node_number);
  auto database = platform::records::Database::open(settings.effective_records_url());
  for (const auto migrations : {platform::records::migrations(), platform::jobs::migrations(), identity::migrations()}) {
    database->migrate(migrations);
  }
  return database;
}

void append(platform::http::Routes& all, platform::http::Routes more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Application::Application(const Settings& with)
    : settings(with),
      records(open_records(settings)),
      jobs(platform::jobs::Jobs::make(records)),
      identity(identity::Service::make(records)) {}

Application::~Application() { stop_background_work(); }

void Application::start_background_work() { jobs->start(); }

void Application::stop_background_work() { jobs->stop(); }

platform::http::Routes Application::routes() {
  platform::http::Routes all = identity::routes(identity);
  append(all, job_routes(*jobs));
  return all;
}

}  // namespace banso::app
