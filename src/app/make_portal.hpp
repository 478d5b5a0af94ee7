#pragma once

#include "application.hpp"

namespace banso::app {

std::shared_ptr<portal::Service> make_portal(const Application& application);

}  // namespace banso::app
