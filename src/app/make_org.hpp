#pragma once

#include "application.hpp"

namespace banso::app {

std::shared_ptr<org::Service> make_org(const Application& application);

}  // namespace banso::app
