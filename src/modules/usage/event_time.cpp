#include "event_time.hpp"

#include <algorithm>

namespace banso::usage {

EventTime event_time(const Receipt& receipt, std::optional<core::Instant> sent_at,
                     std::optional<core::Instant> timestamp) {
  if (!timestamp) return {receipt.received_at, {}, {}};
  auto happened = *timestamp;
  const auto checked_at_us = receipt.checked_at.microseconds;
  if (sent_at) {
    happened.microseconds = receipt.received_at.microseconds - (sent_at->microseconds - timestamp->microseconds);
  } else if (happened.microseconds > checked_at_us + clock_tolerance_days * core::microseconds_per_day) {
    return {{},
            reason::in_the_future,
            {"This time is more than a day in the future. Check the sender's clock.",
             "1日以上先の日時です。送信元の時計を確認してください。"}};
  }
  if (happened.microseconds < checked_at_us - oldest_event_days * core::microseconds_per_day) {
    return {{},
            reason::too_old,
            {"This is more than 400 days ago. Import older history from a file.",
             "400日以上前の日時です。過去の履歴はファイルから取り込んでください。"}};
  }
  return {std::min(happened, receipt.checked_at), {}, {}};
}

}  // namespace banso::usage
