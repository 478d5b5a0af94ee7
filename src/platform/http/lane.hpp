// Worker threads for one kind of request, with limits of their own: a flood of one kind cannot starve the other.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace banso::platform::http {

struct LaneLimits {
  int worker_threads = 8;
  int waiting_requests = 512;             // accepted and not yet answered; beyond it: 503 with Retry-After
  std::int64_t body_bytes = 128ll << 20;  // of all bodies being read or worked on; beyond it likewise
};

class Lane {
 public:
  explicit Lane(const LaneLimits& limits);
  ~Lane();

  // A place in the memory that bodies may take, given back at destruction.
  class Reservation {
   public:
    Reservation() = default;
    Reservation(Reservation&& other) noexcept { *this = std::move(other); }
    Reservation& operator=(Reservation&& other) noexcept;
    ~Reservation() { give_back(); }
    void give_back();

   private:
    friend class Lane;
    Lane* lane_ = nullptr;
    std::int64_t bytes_ = 0;
  };
  // False if there is no room.
  bool reserve(std::int64_t bytes, Reservation& reservation);

  // Runs `work` on one of the threads. False if too many requests wait.
  bool post_request(std::function<void()> work);
  // The next piece of a request that was let in before.
  void post_more(std::function<void()> work);

  void stop();  // finishes what was posted

  int waiting() const { return waiting_; }  // waiting or worked on
  std::int64_t body_bytes() const { return body_bytes_; }
  std::int64_t refused() const { return refused_; }
  const LaneLimits& limits() const { return limits_; }

 private:
  struct Threads;

  const LaneLimits limits_;
  std::atomic<int> waiting_{0};
  std::atomic<std::int64_t> body_bytes_{0};
  std::atomic<std::int64_t> refused_{0};
  std::unique_ptr<Threads> threads_;
};

}  // namespace banso::platform::http
