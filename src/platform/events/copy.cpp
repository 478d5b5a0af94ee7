#include "platform/events/copy.hpp"

#include <string>
#include <vector>
#include "core/hash.hpp"

namespace banso::platform::events {
namespace {

constexpr std::size_t events_at_once = 20'000;

std::uint64_t hash_of(const UserDays& piece, std::size_t row) {
  auto hash = core::mix_bits(static_cast<std::uint64_t>(piece.account_ids[row]));
  hash = core::mix_bits(hash + static_cast<std::uint64_t>(piece.days[row]));
  hash = core::mix_bits(hash + std::hash<std::string_view>{}(piece.person_keys[row]));
  hash = core::mix_bits(hash + static_cast<std::uint64_t>(piece.kinds[row]));
  return core::mix_bits(hash + std::hash<std::string_view>{}(piece.names[row]));
}

}  // namespace

Contents contents_of(EventStore& store) {
  Contents contents;
  const auto totals = store.totals({});
  contents.events = totals.events;
  contents.unmatched = totals.unmatched;
  // A sum of count times hash is the same however the counts of one key are cut into entries.
  store.user_days({}, [&](const UserDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      contents.user_day_events += piece.events[row];
      contents.checksum += static_cast<std::uint64_t>(piece.events[row]) * hash_of(piece, row);
    }
  });
  return contents;
}

CopyOutcome copy_events(EventStore& from, EventStore& to, std::int64_t after_event_no,
                        const std::function<void(std::int64_t, std::int64_t)>& show) {
  const auto total = from.totals({}).events;
  CopyOutcome outcome;
  outcome.last_event_no = after_event_no;
  std::int64_t passed = 0;
  std::vector<Event> batch;
  const auto flush = [&] {
    const auto appended = to.append(batch);
    outcome.copied += appended.stored;
    outcome.there_before += static_cast<std::int64_t>(appended.duplicates.size());
    batch.clear();
    if (show) show(passed, total);
  };
  from.export_events({}, [&](const StoredEvent& stored) {
    ++passed;
    if (stored.event_no <= after_event_no) return;
    batch.push_back(stored.event);
    if (batch.back().message_id.empty()) batch.back().message_id = "banso-event-" + std::to_string(stored.event_no);
    outcome.last_event_no = stored.event_no;
    if (batch.size() == events_at_once) flush();
  });
  if (!batch.empty()) flush();
  return outcome;
}

}  // namespace banso::platform::events
