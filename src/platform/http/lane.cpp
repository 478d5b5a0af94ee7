#include "platform/http/lane.hpp"

#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

namespace banso::platform::http {

struct Lane::Threads {
  boost::asio::thread_pool pool;
};

Lane::Lane(const LaneLimits& limits)
    : limits_(limits),
      threads_(new Threads{boost::asio::thread_pool(static_cast<std::size_t>(limits.worker_threads))}) {}

Lane::~Lane() {
  stop();
}

Lane::Reservation& Lane::Reservation::operator=(Reservation&& other) noexcept {
  give_back();
  lane_ = std::exchange(other.lane_, nullptr);
  bytes_ = std::exchange(other.bytes_, 0);
  return *this;
}

void Lane::Reservation::give_back() {
  if (lane_ != nullptr) lane_->body_bytes_ -= bytes_;
  lane_ = nullptr;
}

bool Lane::reserve(std::int64_t bytes, Reservation& reservation) {
  if (body_bytes_.fetch_add(bytes) + bytes > limits_.body_bytes) {
    body_bytes_ -= bytes;
    ++refused_;
    return false;
  }
  Reservation made;
  made.lane_ = this;
  made.bytes_ = bytes;
  reservation = std::move(made);
  return true;
}

bool Lane::post_request(std::function<void()> work) {
  if (waiting_.fetch_add(1) >= limits_.waiting_requests) {
    --waiting_;
    ++refused_;
    return false;
  }
  boost::asio::post(threads_->pool, [this, work = std::move(work)] {
    work();
    --waiting_;
  });
  return true;
}

void Lane::post_more(std::function<void()> work) {
  boost::asio::post(threads_->pool, std::move(work));
}

void Lane::stop() {
  threads_->pool.join();
}

}  // namespace banso::platform::http
