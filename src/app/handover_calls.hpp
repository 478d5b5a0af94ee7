// A handover between people, or between roles where an account enters another stage of its journey, becomes a call to
// action of whoever takes over.
#pragma once

#include "application.hpp"

namespace banso::app {

// Before anything is started.
void connect_handovers(Application& application);

}  // namespace banso::app
