#include "event_time.hpp"

#include <algorithm>

namespace banso::usage {

core::Result<core::Instant> event_time(core::Instant received_at, std::optional<core::Instant> sent_at,
                                       std::optional<core::Instant> timestamp) {
  if (!timestamp) return received_at;
  auto happened = *timestamp;
  if (sent_at) {
    happened.microseconds = received_at.microseconds - (sent_at->microseconds - timestamp->microseconds);
  } else if (happened.microseconds > received_at.microseconds + clock_tolerance_days * core::microseconds_per_day) {
    return core::Error::invalid_field("timestamp",
                                      {"This time is more than a day in the future. Check the sender's clock.",
                                       "1日以上先の日時です。送信元の時計を確認してください。"});
  }
  if (happened.microseconds < received_at.microseconds - oldest_event_days * core::microseconds_per_day) {
    return core::Error::invalid_field("timestamp",
                                      {"This is more than 400 days ago. Import older history from a file.",
                                       "400日以上前の日時です。過去の履歴はファイルから取り込んでください。"});
  }
  return std::min(happened, received_at);
}

}  // namespace banso::usage
