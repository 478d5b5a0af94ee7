// /api/plans..., /api/accounts/{id}/plans, /api/accounts/{id}/value. Internal to the module.
#pragma once

#include "desk.hpp"

namespace banso::plans {

struct RouteContext {
  const Dependencies& from;
  Store& store;
  Shelf& shelf;
  Desk& desk;
  std::shared_ptr<Service> service;  // what the others belong to
};

platform::http::Routes make_routes(std::shared_ptr<const RouteContext> context);

}  // namespace banso::plans
