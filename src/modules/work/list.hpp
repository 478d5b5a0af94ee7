// Which calls a list shows, in which order, and what it counts. Internal to the module.
#pragma once

#include "desk.hpp"

namespace banso::work {

enum class Sort { rank, due, opened, closed, severity, value, account };

struct ListQuery {
  std::optional<std::set<core::UserId>> users;  // whose; nothing: all
  std::set<CallStatus> statuses{CallStatus::open, CallStatus::in_progress};
  std::vector<CallKind> kinds;  // empty: all
  std::vector<Severity> severities;
  core::AccountId account;
  std::string reason_prefix, playbook, search;
  std::optional<core::Day> due_from, due_to;
  bool is_overdue = false;
  Sort sort = Sort::rank;
  std::optional<bool> is_ascending;
};

struct ListSummary {
  std::int64_t calls = 0, accounts = 0, arr_minor = 0, value_minor = 0, overdue = 0, due_today = 0;
  double hours = 0;
};

struct ListCounts {
  std::map<CallStatus, std::int64_t> status;
  std::map<CallKind, std::int64_t> kind;
  std::map<Severity, std::int64_t> severity;
};

struct ListedCall {
  Call call;
  RankedCall ranked;                 // without a `call` inside where it is closed
  std::optional<std::int64_t> rank;  // in the whole scope
};

struct ListPage {
  RankingPtr ranking;
  std::vector<ListedCall> items;
  std::int64_t total = 0;
  ListSummary summary;  // of those that are not closed
  ListCounts counts;
};

// Closed ones come last where both are asked for.
ListPage list_calls(Desk& desk, const ListQuery& query, std::int64_t offset, std::int64_t limit);
// Calls by their ids, as a list shows them; in this order, with their rank among all calls.
std::vector<ListedCall> listed(Desk& desk, const Ranking& ranking, std::vector<Call> calls);

}  // namespace banso::work
