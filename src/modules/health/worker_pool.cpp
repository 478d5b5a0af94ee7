#include "worker_pool.hpp"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace banso::health {
namespace {

// One call of ParallelFor. Workers take the next index until none is left.
struct Task {
  std::size_t count = 0;
  const std::function<void(std::size_t)>* body = nullptr;
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;

  void work() {
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        (*body)(i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        next = count;
      }
    }
  }
};

}  // namespace

struct WorkerPool::Impl {
  std::mutex mutex;
  std::condition_variable wake, idle;
  Task* task = nullptr;
  std::size_t helping = 0;
  std::uint64_t round = 0;
  bool stopping = false;
  std::mutex one_at_a_time;
  std::vector<std::jthread> threads;

  void loop() {
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [&] { return stopping || (task && round != seen); });
      if (stopping) return;
      seen = round;
      Task* const mine = task;
      ++helping;
      lock.unlock();
      mine->work();
      lock.lock();
      if (--helping == 0) idle.notify_all();
    }
  }

  void run(std::size_t count, const std::function<void(std::size_t)>& body) {
    Task current;
    current.count = count;
    current.body = &body;
    // Busy with another call (or with the one we are inside of): working alone is slower, but cannot deadlock.
    const std::unique_lock whole(one_at_a_time, std::try_to_lock);
    if (whole && count > 1) {
      const std::lock_guard lock(mutex);
      task = &current;
      ++round;
      wake.notify_all();
    }
    current.work();
    if (whole && count > 1) {
      std::unique_lock lock(mutex);
      task = nullptr;
      idle.wait(lock, [&] { return helping == 0; });
    }
    if (current.failure) std::rethrow_exception(current.failure);
  }
};

WorkerPool::WorkerPool(int threads) : impl_(std::make_unique<Impl>()) {
  for (int i = 1; i < threads; ++i) impl_->threads.emplace_back([impl = impl_.get()] { impl->loop(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  impl_->threads.clear();
}

engine::ParallelFor WorkerPool::parallel_for() {
  return
      [impl = impl_.get()](std::size_t count, const std::function<void(std::size_t)>& body) { impl->run(count, body); };
}

}  // namespace banso::health
