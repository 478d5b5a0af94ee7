// Calls to action and tasks as the application ties them to everything else.
#pragma once

#include "application.hpp"

namespace banso::app {

std::shared_ptr<work::Service> make_work(const Application& application);

}  // namespace banso::app
