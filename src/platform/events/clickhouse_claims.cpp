#include "clickhouse_claims.hpp"

#include <algorithm>

namespace banso::platform::events {

Verdict judge(const MessageClaim& mine, std::span<const MessageClaim> others,
              const std::set<std::int64_t>& complete_batches) {
  Verdict verdict;
  verdict.winner = mine;
  for (const auto& other : others) {
    if (other.release) verdict.released_no = std::max(verdict.released_no, other.batch_no);
  }
  const auto counts = [&](const MessageClaim& claim) { return !claim.release && claim.batch_no > verdict.released_no; };
  for (const auto& other : others) {
    if (!counts(other)) continue;
    if (complete_batches.contains(other.batch_no)) verdict.duplicate = true;
    if (other.batch_no > verdict.winner.batch_no) verdict.winner = other;
  }
  const auto note_place = [&](const EventPlace& place) {
    const auto same = [&](const EventPlace& known) { return known.same_row(place); };
    if (!place.same_row(verdict.winner.place) && std::ranges::none_of(verdict.empty_places, same))
      verdict.empty_places.push_back(place);
  };
  for (const auto& other : others) {
    if (counts(other)) note_place(other.place);
  }
  note_place(mine.place);  // somebody who saw my claim and not the winner's may have stored there
  return verdict;
}

}  // namespace banso::platform::events
