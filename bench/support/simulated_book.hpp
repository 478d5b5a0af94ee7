// Books of the simulated vendor's customers, in memory, for benchmarks of the kernel.
#pragma once

#include "engine/book.hpp"
#include "simulation/simulation.hpp"

namespace banso::bench {

// The accounts first .. first + count - 1 with their usage, subscriptions and tickets; ids are their index plus one.
// Everything is known on the day it happened.
engine::Book simulated_book(const simulation::Simulation& simulated, int first, int count, int threads);

}  // namespace banso::bench
