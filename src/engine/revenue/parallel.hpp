// Threads are brought by the caller.
#pragma once

#include <cstddef>
#include <functional>

namespace banso::engine::revenue {

// Calls body(0) .. body(count - 1), in any order, possibly at once, and returns when all are done.
using ParallelFor = std::function<void(std::size_t count, const std::function<void(std::size_t)>& body)>;

inline ParallelFor serial() {
  return [](std::size_t count, const std::function<void(std::size_t)>& body) {
    for (std::size_t i = 0; i < count; ++i) body(i);
  };
}

}  // namespace banso::engine::revenue
