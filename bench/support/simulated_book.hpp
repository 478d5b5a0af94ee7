// Books of the simulated vendor's customers, in memory, for benchmarks of the kernel.
#pragma once

#include <functional>

#include "engine/book.hpp"
#include "simulation/simulation.hpp"

namespace banso::bench {

// Runs body(0) .. body(count - 1) on `threads` fresh threads; what starting them costs is part of a figure.
void parallel_for(int threads, std::size_t count, const std::function<void(std::size_t)>& body);

// The accounts first .. first + count - 1 with their usage, subscriptions and tickets; ids are their index plus one.
// Everything is known on the day it happened.
engine::Book simulated_book(const simulation::Simulation& simulated, int first, int count, int threads);

}  // namespace banso::bench
