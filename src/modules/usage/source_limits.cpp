#include "source_limits.hpp"

#include <algorithm>

namespace banso::usage {
namespace {

// What may come at once after a quiet time.
constexpr double bucket_seconds = 5;

}  // namespace

void SourceLimits::set(core::SourceId source, std::optional<std::int64_t> most_events_per_second) {
  const std::lock_guard lock(guard_);
  if (!most_events_per_second) {
    buckets_.erase(source);
    return;
  }
  const auto rate = static_cast<double>(*most_events_per_second);
  const auto [entry, is_new] = buckets_.try_emplace(source, Bucket{rate, rate * bucket_seconds, Clock::now()});
  if (!is_new) entry->second.most_events_per_second = rate;
}

core::Result<> SourceLimits::admit(core::SourceId source, std::size_t events, Clock::time_point now) {
  const std::lock_guard lock(guard_);
  const auto found = buckets_.find(source);
  if (found == buckets_.end()) return {};
  auto& bucket = found->second;
  const std::chrono::duration<double> passed = std::max(now, bucket.filled_at) - bucket.filled_at;
  bucket.events = std::min(bucket.most_events_per_second * bucket_seconds,
                           bucket.events + bucket.most_events_per_second * passed.count());
  bucket.filled_at = std::max(now, bucket.filled_at);
  if (bucket.events <= 0) {
    return core::Error::limited(
        {"This source sends more events than it may. Send these again later, or raise its limit on the Intake page.",
         "この送信元は、設定された受信量の上限を超えています。時間をおいて再送するか、受信状況の画面で上限を変更してく"
         "ださい。"});
  }
  bucket.events -= static_cast<double>(events);
  return {};
}

}  // namespace banso::usage
