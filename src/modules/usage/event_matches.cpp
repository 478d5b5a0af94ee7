#include "event_matches.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace banso::usage {
namespace {

using platform::events::MatchedBy;
using platform::records::Session;

// Persons beyond so many are not told apart: memory stays bounded.
constexpr std::size_t most_matches = 100'000;

void add_assignment(Session& session, EventMatch& match) {
  if (match.matched_by != MatchedBy::hand) return;
  if (!match.group_key.empty()) {
    const auto found = store::group_assignments(session, match.source, {&match.group_key, 1});
    if (!found.empty()) match.assigned = found.begin()->second;
  } else {
    match.assigned = store::load_senders(session, match.source, {&match.person_key, 1}).front().assigned;
  }
}

}  // namespace

core::Page<EventMatch> event_matches(platform::events::EventStore& events, platform::records::Database& records,
                                     core::AccountId account, std::optional<core::SourceId> source,
                                     core::PageRequest request) {
  std::map<std::tuple<core::SourceId, std::string, std::string, MatchedBy>, std::int64_t> counts;
  platform::events::Selection selection;
  selection.accounts = {account};
  events.export_events(selection, [&](const platform::events::StoredEvent& stored) {
    const auto& event = stored.event;
    if (!event.source || (source && event.source != *source)) return;
    const auto key = std::tuple(event.source, event.group_key,
                                event.group_key.empty() ? event.person_key : std::string(), event.matched_by);
    if (const auto found = counts.find(key); found != counts.end()) {
      ++found->second;
    } else if (counts.size() < most_matches) {
      counts.emplace(key, 1);
    }
  });
  std::vector<EventMatch> all;
  for (const auto& [key, count] : counts) {
    const auto& [of, group_key, person_key, matched_by] = key;
    all.push_back({of, group_key, person_key, matched_by, count, std::nullopt});
  }
  std::ranges::stable_sort(all, [](const EventMatch& a, const EventMatch& b) { return a.events > b.events; });
  core::Page<EventMatch> page;
  page.total = static_cast<std::int64_t>(all.size());
  const auto first = std::min<std::int64_t>(request.offset, page.total);
  const auto last = std::min<std::int64_t>(first + request.limit, page.total);
  page.items.assign(all.begin() + first, all.begin() + last);
  records.read([&](Session& session) {
    for (auto& match : page.items) add_assignment(session, match);
  });
  return page;
}

}  // namespace banso::usage
