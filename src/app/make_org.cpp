#include "make_org.hpp"

namespace banso::app {

std::shared_ptr<org::Service> make_org(const Application& application) {
  org::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.customers = application.customers;
  dependencies.definitions = application.definitions;
  dependencies.health = application.health;
  auto& around = dependencies.surroundings;
  around.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  around.reporting_currency = [identity = application.identity] { return identity->workspace().reporting_currency; };
  around.user_name = [users = application.user_directory](core::UserId id) { return users->name_of(id); };
  around.is_active = [users = application.user_directory](core::UserId id) { return users->is_active(id); };
  around.utc_offset_minutes = [identity = application.identity] { return identity->workspace().offset_minutes(); };
  return org::Service::make(std::move(dependencies));
}

}  // namespace banso::app
