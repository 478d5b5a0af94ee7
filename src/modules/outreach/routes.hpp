// The module's routes: for those who work with mail, and for those who get it. Internal to the module.
#pragma once

#include "context.hpp"

namespace banso::outreach {

// `wake`: something may be due now.
platform::http::Routes make_routes(std::shared_ptr<Context> context, std::function<void()> wake);
// Behind signed links, without log-in.
platform::http::Routes make_public_routes(std::shared_ptr<Context> context, std::function<void()> wake);

}  // namespace banso::outreach
