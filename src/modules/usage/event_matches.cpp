#include "event_matches.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace banso::usage {
namespace {

using platform::events::MatchedBy;
using platform::records::Session;

// Persons beyond so many are not told apart: memory stays bounded.
constexpr std::int64_t most_matches = 100'000;

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
    } else if (std::ssize(counts) < most_matches) {
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

core::Page<AssignmentByHand> assignments_by_hand(platform::events::EventStore& events,
                                                 platform::records::Database& records,
                                                 std::optional<core::SourceId> source, core::PageRequest request) {
  const std::string all =
      " FROM (SELECT source_id, group_key, '' AS person_key, account_id, assigned_by, assigned_at_us FROM "
      "usage_group_assignment UNION ALL SELECT source_id, '', person_key, account_id, assigned_by, assigned_at_us FROM "
      "usage_person_assignment) AS assignment WHERE source_id >= :1 AND source_id <= :2";
  const platform::records::Values of{source.value_or(core::SourceId{0}),
                                     source.value_or(core::SourceId{std::numeric_limits<std::int64_t>::max()})};
  core::Page<AssignmentByHand> page;
  bool has_nobodys = false;
  records.read([&](Session& session) {
    page.total = session.query_one("SELECT COUNT(*)" + all, of)->integer(0);
    auto values = of;
    values.emplace_back(request.limit);
    values.emplace_back(request.offset);
    session.each("SELECT source_id, group_key, person_key, account_id, assigned_by, assigned_at_us" + all +
                     " ORDER BY assigned_at_us DESC, source_id, group_key, person_key LIMIT :3 OFFSET :4",
                 values, [&](const platform::records::Row& row) {
                   page.items.push_back({row.id<core::SourceId>(0),
                                         row.text(1),
                                         row.text(2),
                                         {row.id<core::AccountId>(3), row.id<core::UserId>(4), row.instant(5)},
                                         std::nullopt});
                   has_nobodys = has_nobodys || !page.items.back().assignment.account;
                 });
  });
  if (!has_nobodys) return page;
  std::map<std::tuple<core::SourceId, std::string, std::string>, std::int64_t> waiting;
  for (const auto& item : events.unmatched({0, most_matches}).items) {
    waiting[{item.source, item.group_key, item.person_key}] = item.events;
  }
  for (auto& item : page.items) {
    if (!item.assignment.account) item.events = waiting[{item.source, item.group_key, item.person_key}];
  }
  return page;
}

core::Page<WaitingEvents> waiting_events(platform::events::EventStore& events, platform::records::Database& records,
                                         std::optional<core::SourceId> source, core::PageRequest request) {
  auto found = events.unmatched(source ? core::PageRequest{0, most_matches} : request);
  if (source) {
    auto& items = found.items;
    std::erase_if(items, [&](const platform::events::Unmatched& item) { return item.source != *source; });
    found.total = static_cast<std::int64_t>(items.size());
    items.erase(items.begin(), items.begin() + std::min<std::int64_t>(request.offset, found.total));
    if (static_cast<std::int64_t>(items.size()) > request.limit) items.resize(static_cast<std::size_t>(request.limit));
  }
  core::Page<WaitingEvents> page;
  page.total = found.total;
  records.read([&](Session& session) {
    for (auto& item : found.items) {
      EventMatch match{item.source, item.group_key, item.person_key, MatchedBy::hand, item.events, std::nullopt};
      add_assignment(session, match);
      page.items.push_back({std::move(item), match.assigned && !match.assigned->account});
    }
  });
  return page;
}

}  // namespace banso::usage
