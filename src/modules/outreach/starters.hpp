// Templates and surveys to start with. Internal to the module.
#pragma once

#include "outreach.hpp"

namespace banso::outreach {

definitions::Bodies starter_bodies();
// Those whose key is not there yet, as drafts. Returns how many.
core::Result<std::int64_t> add_starter_drafts(definitions::Service& definitions, const core::Caller& caller);

}  // namespace banso::outreach
