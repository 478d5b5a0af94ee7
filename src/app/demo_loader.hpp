// Loads the simulated vendor (src/simulation) through the same services that imports use. Everything counts as known
// when it happened, so that history can be read and scored.
#pragma once

#include <functional>

#include "application.hpp"
#include "simulation/simulation.hpp"

namespace banso::app {

struct DemoReport {
  std::int64_t accounts = 0;
  std::int64_t contacts = 0;
  std::int64_t subscriptions = 0;
  std::int64_t events = 0;
  double seconds = 0;
};

using ShowDemoProgress = std::function<void(double share, const core::Text& message)>;

// The owners that the simulation names must exist as users. Progress runs from 0 to 1. An error names the first row
// that was refused: the simulation and the services then disagree, which is a defect.
// `language` is that of names which exist only once, such as modules of the product.
core::Result<DemoReport> load_demo(Application& application, const simulation::Simulation& simulation,
                                   core::Language language, const ShowDemoProgress& show);

}  // namespace banso::app
