// Proof as the application ties it to everything else.
#pragma once

#include "application.hpp"

namespace banso::app {

// Adds wins to the daily digest, too.
std::shared_ptr<proof::Service> make_proof(const Application& application);

}  // namespace banso::app
