#include "intake_queue.hpp"

namespace banso::usage {
namespace {

// Six full batches of the processor. A pause of the store at 20,000 events a second does not reach it: scores must not
// wait then.
constexpr std::int64_t many_waiting_events = 120'000;

}  // namespace

void Acknowledgement::settle(core::Result<StoreOutcome> outcome) {
  {
    const std::lock_guard lock(guard_);
    if (!outcome_) outcome_ = std::move(outcome);
  }
  settled_.notify_all();
}

std::optional<core::Result<StoreOutcome>> Acknowledgement::wait_for(std::chrono::milliseconds time) {
  std::unique_lock lock(guard_);
  settled_.wait_for(lock, time, [&] { return outcome_.has_value(); });
  return outcome_;
}

bool IntakeQueue::reserve(std::int64_t bytes, std::chrono::milliseconds patience) {
  std::unique_lock lock(guard_);
  // One body alone always fits, however small the limit.
  const auto fits = [&] { return reserved_bytes_ == 0 || reserved_bytes_ + bytes <= limit_bytes_; };
  if (!fits() && !went_.wait_for(lock, patience, fits)) return false;
  reserved_bytes_ += bytes;
  return true;
}

void IntakeQueue::push(std::unique_ptr<IntakeWork> work) {
  {
    const std::lock_guard lock(guard_);
    waiting_events_ += static_cast<std::int64_t>(work->events.size());
    waiting_.push_back(std::move(work));
  }
  came_.notify_one();
}

void IntakeQueue::finished(std::int64_t bytes) {
  {
    const std::lock_guard lock(guard_);
    reserved_bytes_ -= bytes;
  }
  went_.notify_all();
}

std::vector<std::unique_ptr<IntakeWork>> IntakeQueue::take(std::size_t most_events,
                                                           std::chrono::milliseconds patience) {
  std::vector<std::unique_ptr<IntakeWork>> taken;
  std::unique_lock lock(guard_);
  const auto before = wakes_;
  came_.wait_for(lock, patience, [&] { return !waiting_.empty() || wakes_ != before; });
  std::size_t events = 0;
  while (!waiting_.empty() && (taken.empty() || events + waiting_.front()->events.size() <= most_events)) {
    events += waiting_.front()->events.size();
    taken.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  waiting_events_ -= static_cast<std::int64_t>(events);
  return taken;
}

void IntakeQueue::gather(std::size_t events, std::chrono::milliseconds patience) {
  std::unique_lock lock(guard_);
  const auto before = wakes_;
  came_.wait_for(lock, patience,
                 [&] { return waiting_events_ >= static_cast<std::int64_t>(events) || wakes_ != before; });
}

void IntakeQueue::wake() {
  {
    const std::lock_guard lock(guard_);
    ++wakes_;
  }
  came_.notify_all();
}

std::int64_t IntakeQueue::waiting_events() const {
  const std::lock_guard lock(guard_);
  return waiting_events_;
}

bool IntakeQueue::is_behind() const {
  return waiting_events() > many_waiting_events;
}

std::int64_t IntakeQueue::reserved_bytes() const {
  const std::lock_guard lock(guard_);
  return reserved_bytes_;
}

}  // namespace banso::usage
