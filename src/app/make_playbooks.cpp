#include "make_playbooks.hpp"

namespace banso::app {

std::shared_ptr<playbooks::Service> make_playbooks(const Application& application) {
  playbooks::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.definitions = application.definitions;
  dependencies.customers = application.customers;
  dependencies.health = application.health;
  dependencies.segments = application.segments;
  dependencies.org = application.org;
  dependencies.work = application.work;
  dependencies.outreach = application.outreach;
  auto& around = dependencies.surroundings;
  around.timezone = [identity = application.identity] { return identity->workspace().timezone; };
  around.calendar = [&application] { return application.renewals->calendar(); };
  around.user_name = [users = application.user_directory](core::UserId id) { return users->name_of(id); };
  around.allows_private_addresses = application.settings.allow_private_webhooks;
  around.node_number = application.settings.node_number;
  return playbooks::Service::make(std::move(dependencies));
}

}  // namespace banso::app
