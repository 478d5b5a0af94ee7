// /api/signals..., /api/accounts/{id}/signals. Internal to the module.
#pragma once

#include "follower.hpp"
#include "starters.hpp"

namespace banso::signals {

struct RouteContext {
  const Dependencies& from;
  Store& store;
  Follower& follower;
  Desk& desk;
  std::shared_ptr<Service> keeps_alive;  // what the others belong to
};

platform::http::Routes make_routes(const std::shared_ptr<const RouteContext>& context);
// Replay and preview.
platform::http::Routes trial_routes(const std::shared_ptr<const RouteContext>& context);
platform::http::Routes starter_routes(const std::shared_ptr<const RouteContext>& context);

}  // namespace banso::signals
