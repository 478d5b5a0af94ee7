// Routes of the book, home, account health, evaluation and preview. Internal to the module.
#pragma once

#include "account_health.hpp"
#include "live_book.hpp"
#include "platform/http/http.hpp"

namespace banso::health {

struct RouteContext {
  const Dependencies& from;
  LiveBook& live;
  AccountHealth& accounts;
  std::function<core::Result<std::int64_t>(const core::Caller&)> submit_evaluation;  // the job's id
  std::function<core::Result<std::int64_t>(const core::Caller&)> propose_starter;
  // Makes drafts of a template's definitions; how many.
  std::function<core::Result<std::int64_t>(const core::Caller&, const std::string& key)> take_template;
};

// The context must live as long as the routes.
platform::http::Routes make_routes(std::shared_ptr<const RouteContext> context);

}  // namespace banso::health
