#include "list.hpp"

#include <algorithm>
#include <array>

namespace banso::work {
namespace {

constexpr int closed_counted_days = 30;

template <class T>
bool has(const std::vector<T>& list, T value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

// What fits apart from status, kind and severity, of which each has its own counts.
class Fit {
 public:
  Fit(const ListQuery& query, core::Day today)
      : query_(query), today_(today), search_key_(customers::search_key(query.search)) {}

  bool scope(const RankedCall& ranked) const {
    return !query_.users || query_.users->contains(ranked.call->responsible);
  }
  bool rest(const RankedCall& ranked) const {
    const auto& call = *ranked.call;
    if (query_.account && call.account != query_.account) return false;
    if (!query_.playbook.empty() && call.playbook != query_.playbook) return false;
    if (!query_.reason_prefix.empty() && !call.reason.starts_with(query_.reason_prefix)) return false;
    if (query_.due_from && call.due < *query_.due_from) return false;
    if (query_.due_to && call.due > *query_.due_to) return false;
    if (query_.is_overdue && call.due >= today_) return false;
    return search_key_.empty() || call.title_key.find(search_key_) != std::string::npos ||
           ranked.account->name_key.find(search_key_) != std::string::npos;
  }
  bool status(const RankedCall& ranked) const { return query_.statuses.contains(ranked.call->status); }
  bool kind(const RankedCall& ranked) const { return has(query_.kinds, ranked.call->kind); }
  bool severity(const RankedCall& ranked) const { return has(query_.severities, ranked.call->severity); }

 private:
  const ListQuery& query_;
  const core::Day today_;
  const std::string search_key_;
};

std::int64_t value_of(const RankedCall& ranked) {
  return ranked.call->value_at_stake_minor.value_or(ranked.account->standing.arr_minor);
}

struct Place {
  const RankedCall* ranked;
  std::int64_t rank;  // in the scope
};

void order(std::vector<Place>& places, const ListQuery& query) {
  const auto by = [&](auto key, bool ascending_by_nature) {
    const bool ascending = query.is_ascending.value_or(ascending_by_nature);
    std::stable_sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
      return ascending ? key(*a.ranked) < key(*b.ranked) : key(*b.ranked) < key(*a.ranked);
    });
  };
  switch (query.sort) {
    case Sort::rank:
    case Sort::closed:
      if (query.sort == Sort::rank && query.is_ascending.value_or(true) == false) {
        std::reverse(places.begin(), places.end());
      }
      break;
    case Sort::due:
      by([](const RankedCall& ranked) { return ranked.call->due; }, true);
      break;
    case Sort::opened:
      by([](const RankedCall& ranked) { return ranked.call->opened_at; }, false);
      break;
    case Sort::severity:
      by([](const RankedCall& ranked) { return ranked.call->severity; }, false);
      break;
    case Sort::value:
      by(value_of, false);
      break;
    case Sort::account:
      by([](const RankedCall& ranked) -> const std::string& { return ranked.account->name_key; }, true);
      break;
  }
}

ClosedFilter closed_filter(const ListQuery& query, core::Day today) {
  ClosedFilter filter;
  filter.users = query.users;
  filter.kinds = query.kinds;
  filter.severities = query.severities;
  filter.account = query.account;
  filter.reason_prefix = query.reason_prefix;
  filter.playbook = query.playbook;
  filter.title_contains = query.search;
  filter.due_from = query.due_from;
  filter.due_to = query.due_to;
  if (query.is_overdue) filter.due_to = std::min(query.due_to.value_or(today), today - 1);
  filter.is_ascending = query.sort == Sort::closed && query.is_ascending.value_or(false);
  return filter;
}

void add_to(ListSummary& summary, const RankedCall& ranked) {
  ++summary.calls;
  summary.value_minor += value_of(ranked);
  summary.hours += ranked.call->hours_estimate;
  summary.overdue += ranked.business_days_left < 0 ? 1 : 0;
  summary.due_today += ranked.business_days_left == 0 ? 1 : 0;
}

// Each account once, however many calls it has.
void add_accounts(ListSummary& summary, std::span<const Place> places) {
  std::vector<std::pair<std::int64_t, std::int64_t>> accounts;
  accounts.reserve(places.size());
  for (const auto& place : places) {
    accounts.emplace_back(place.ranked->call->account.value, place.ranked->account->standing.arr_minor);
  }
  std::sort(accounts.begin(), accounts.end());
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    if (i > 0 && accounts[i].first == accounts[i - 1].first) continue;
    ++summary.accounts;
    summary.arr_minor += accounts[i].second;
  }
}

// Counted for every call of the scope: a map would take longer than all the rest.
struct Tallies {
  std::array<std::int64_t, 4> status{}, severity{};
  std::array<std::int64_t, 8> kind{};

  ListCounts counts() const {
    ListCounts counts;
    const auto copy = [](const auto& from, auto& to) {
      using Key = typename std::remove_cvref_t<decltype(to)>::key_type;
      for (std::size_t i = 0; i < from.size(); ++i) {
        if (from[i] > 0) to[static_cast<Key>(i)] = from[i];
      }
    };
    copy(status, counts.status);
    copy(severity, counts.severity);
    copy(kind, counts.kind);
    return counts;
  }
};

template <class Enum>
std::size_t index_of(Enum value) {
  return static_cast<std::size_t>(value);
}

std::vector<ListedCall> loaded(Desk& desk, std::span<const Place> places) {
  std::vector<CallId> ids;
  for (const auto& place : places) ids.push_back(place.ranked->call->id);
  std::map<CallId, Call> calls;
  for (auto& call : desk.store().find(ids)) calls.emplace(call.id, std::move(call));
  std::vector<ListedCall> items;
  for (const auto& place : places) {
    auto call = calls.extract(place.ranked->call->id);
    if (!call) continue;
    const bool is_ranked = place.ranked->call->status != CallStatus::snoozed;
    items.push_back({std::move(call.mapped()), *place.ranked, is_ranked ? std::optional(place.rank) : std::nullopt});
  }
  return items;
}

}  // namespace

ListPage list_calls(Desk& desk, const ListQuery& query, std::int64_t offset, std::int64_t limit) {
  ListPage page;
  page.ranking = desk.open_calls().ranking();
  const auto& ranking = *page.ranking;
  const Fit fit(query, ranking.today());
  std::vector<Place> places;
  Tallies tallies;
  std::int64_t rank = 0;
  for (const auto& ranked : ranking.calls) {
    if (!fit.scope(ranked)) continue;
    ++rank;
    if (!fit.rest(ranked)) continue;
    const bool status = fit.status(ranked), kind = fit.kind(ranked), severity = fit.severity(ranked);
    if (kind && severity) ++tallies.status[index_of(ranked.call->status)];
    if (status && severity) ++tallies.kind[index_of(ranked.call->kind)];
    if (status && kind) ++tallies.severity[index_of(ranked.call->severity)];
    if (!status || !kind || !severity) continue;
    places.push_back({&ranked, rank});
    add_to(page.summary, ranked);
  }
  add_accounts(page.summary, places);
  page.counts = tallies.counts();
  auto closed = closed_filter(query, ranking.today());
  auto lately_closed = closed;
  lately_closed.closed_from = core::Instant{desk.now().microseconds - closed_counted_days * core::microseconds_per_day};
  page.counts.status[CallStatus::closed] = desk.store().count_closed(lately_closed);

  page.total = static_cast<std::int64_t>(places.size());
  order(places, query);
  const auto begin = std::min(offset, page.total), end = std::min(offset + limit, page.total);
  page.items =
      loaded(desk, std::span(places).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
  if (!query.statuses.contains(CallStatus::closed)) return page;
  const auto open = page.total;
  page.total += desk.store().count_closed(closed);
  const auto wanted = limit - (end - begin);
  if (wanted <= 0) return page;
  for (auto& item :
       listed(desk, ranking, desk.store().closed(closed, std::max<std::int64_t>(offset - open, 0), wanted))) {
    page.items.push_back(std::move(item));
  }
  return page;
}

namespace {

// Where active calls stand among all.
std::unordered_map<std::int64_t, std::int64_t> ranks_of(const Ranking& ranking, std::span<const Call> calls) {
  std::unordered_map<std::int64_t, std::int64_t> ranks;
  for (const auto& call : calls) {
    const bool is_active = call.status == CallStatus::open || call.status == CallStatus::in_progress;
    if (is_active) ranks.emplace(call.id.value, 0);
  }
  if (ranks.empty()) return ranks;
  for (std::size_t i = 0; i < ranking.active; ++i) {
    const auto found = ranks.find(ranking.calls[i].call->id.value);
    if (found != ranks.end()) found->second = static_cast<std::int64_t>(i) + 1;
  }
  return ranks;
}

}  // namespace

std::vector<ListedCall> listed(Desk& desk, const Ranking& ranking, std::vector<Call> calls) {
  const auto book = desk.from().health->evaluated_book();
  const auto ranks = ranks_of(ranking, calls);
  std::vector<ListedCall> items;
  for (auto& call : calls) {
    ListedCall item;
    item.ranked.account = std::make_shared<const AccountFacts>(book ? facts_of(*book, call.account) : AccountFacts());
    item.ranked.business_days_left = ranking.days_left.until(call.due);
    if (!call.closed_at) {
      item.ranked.call = entry_of(call);
      item.ranked.points = points_of(ranking.input_of(item.ranked));
    }
    const auto rank = ranks.find(call.id.value);
    if (rank != ranks.end() && rank->second > 0) item.rank = rank->second;
    item.call = std::move(call);
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace banso::work
