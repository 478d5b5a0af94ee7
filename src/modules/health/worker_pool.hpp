// Threads for the engine's ParallelFor: started once, shared by evaluations, idle otherwise.
#pragma once

#include <memory>

#include "engine/evaluate.hpp"

namespace banso::health {

// The calling thread works along, so `threads` is the number that run at once. Calls from several threads, or from
// inside a body, are served one after the other or by the caller alone; they never wait for each other in a circle. An
// exception in a body is thrown again to the caller, after the others have ended.
class WorkerPool {
 public:
  explicit WorkerPool(int threads);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  engine::ParallelFor parallel_for();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace banso::health
