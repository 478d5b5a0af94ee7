// Playbooks as the application ties them to everything else.
#pragma once

#include "application.hpp"

namespace banso::app {

std::shared_ptr<playbooks::Service> make_playbooks(const Application& application);

}  // namespace banso::app
