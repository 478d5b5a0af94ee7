// /api/journeys..., /api/accounts/{id}/journey... Internal to the module.
#pragma once

#include "follower.hpp"

namespace banso::journeys {

struct RouteContext {
  const Dependencies& from;
  Store& store;
  Follower& follower;
  std::shared_ptr<Service> service;  // what the others belong to
};

platform::http::Routes make_routes(std::shared_ptr<const RouteContext> context);

}  // namespace banso::journeys
