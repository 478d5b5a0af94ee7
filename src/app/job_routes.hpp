// /api/jobs: how far background work is. Jobs belong to no module, so the app serves them.
#pragma once

#include "platform/http/http.hpp"
#include "platform/jobs/jobs.hpp"

namespace banso::app {

// `jobs` must outlive the routes.
platform::http::Routes job_routes(platform::jobs::Jobs& jobs);

}  // namespace banso::app
