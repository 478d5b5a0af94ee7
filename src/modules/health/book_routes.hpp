// Routes of the book, home, account health, evaluation and preview. Internal to the module.
#pragma once

#include "account_health.hpp"
#include "live_book.hpp"
#include "platform/http/http.hpp"
#include "releases.hpp"
#include "shown_scores.hpp"

namespace banso::health {

struct RouteContext {
  const Dependencies& from;
  LiveBook& live;
  AccountHealth& accounts;
  // The job's id; of the present definitions where no release is named.
  std::function<core::Result<std::int64_t>(const core::Caller&, std::optional<std::int64_t> release)> submit_evaluation;
  std::function<core::Result<std::int64_t>(const core::Caller&)> propose_starter;
  // Makes drafts of a template's definitions; how many.
  std::function<core::Result<std::int64_t>(const core::Caller&, const std::string& key)> take_template;
  Releases& releases;
  ShownScores& shown;
};

// The context must live as long as the routes.
platform::http::Routes make_routes(std::shared_ptr<const RouteContext> context);
platform::http::Routes release_routes(const std::shared_ptr<const RouteContext>& context);
json::value render_shown(const std::optional<ShownScore>& shown);  // null for nothing

}  // namespace banso::health
