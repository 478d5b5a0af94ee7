#pragma once

#include "application.hpp"

namespace banso::app {

std::shared_ptr<signals::Service> make_signals(const Application& application);

}  // namespace banso::app
