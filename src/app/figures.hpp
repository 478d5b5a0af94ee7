// What /metrics tells of the modules, beside what the server tells of itself.
#pragma once

#include "application.hpp"

namespace banso::app {

void add_figures(Application& application);

}  // namespace banso::app
