// Routes of drafts that run beside the published scorecards. Internal to the module.
#pragma once

#include "platform/http/http.hpp"
#include "shadow.hpp"

namespace banso::health {

// `owner` keeps what the routes use alive.
platform::http::Routes shadow_routes(std::shared_ptr<void> owner, Shadow& shadow);

}  // namespace banso::health
