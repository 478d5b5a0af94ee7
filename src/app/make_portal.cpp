#include "make_portal.hpp"

#include "seats.hpp"

namespace banso::app {

std::shared_ptr<portal::Service> make_portal(const Application& application) {
  portal::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.customers = application.customers;
  dependencies.definitions = application.definitions;
  dependencies.health = application.health;
  dependencies.journeys = application.journeys;
  dependencies.org = application.org;
  dependencies.outreach = application.outreach;
  dependencies.plans = application.plans;
  dependencies.usage = application.usage;
  dependencies.public_url = application.settings.public_url;
  while (dependencies.public_url.ends_with('/')) dependencies.public_url.pop_back();
  auto& around = dependencies.surroundings;
  around.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  around.utc_offset_minutes = [identity = application.identity] { return identity->workspace().offset_minutes(); };
  around.workspace_name = [identity = application.identity] { return identity->workspace().name; };
  around.user = [identity = application.identity](core::UserId id) -> std::optional<portal::Surroundings::User> {
    const auto user = identity->find_user(id);
    if (!user || user->disabled) return std::nullopt;
    return portal::Surroundings::User{user->caller(), user->email};
  };
  around.seats = [revenue = application.revenue](core::AccountId account, core::Day day) {
    return licensed_seats(*revenue, account, day);
  };
  return portal::Service::make(std::move(dependencies));
}

}  // namespace banso::app
