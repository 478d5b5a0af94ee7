// /api/segments..., /api/accounts/{id}/segments. Internal to the module.
#pragma once

#include "store.hpp"

namespace banso::segments {

struct RouteContext {
  const Dependencies& from;
  Store& store;
  std::shared_ptr<Service> keeps_alive;  // what the others belong to
};

platform::http::Routes make_routes(std::shared_ptr<const RouteContext> context);

}  // namespace banso::segments
