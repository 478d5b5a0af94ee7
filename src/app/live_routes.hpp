// GET /api/live: what changed, as server-sent events.
#pragma once

#include <memory>

#include "modules/identity/identity.hpp"
#include "platform/http/http.hpp"
#include "platform/live/live.hpp"

namespace banso::app {

// The topics there are:
//   book    {"accounts": [ids], "computed_at"}   their scores changed (no ids: those of many); signed-in users
//   intake  what came in, see api/app.yaml; leaders
//   jobs    {"jobs": [ids]}                      their state or progress changed; signed-in users
void add_live_topics(platform::live::LiveHub& hub);

platform::http::Routes live_routes(std::shared_ptr<platform::live::LiveHub> hub,
                                   std::shared_ptr<identity::Service> identity);

}  // namespace banso::app
