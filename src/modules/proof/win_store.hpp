// The tables of wins. Internal to the module.
#pragma once

#include <map>
#include <memory>

#include "core/paging.hpp"
#include "win_rows.hpp"

namespace banso::proof {

// From which outcomes wins are made; as kept and as shown.
struct WinRules {
  bool rescued = true;
  int rescued_within_days = 56;
  bool renewed_after_risk = true;
  int risk_within_days = 180;
  bool expanded = true;
  double expanded_percent = 10;
  int look_back_days = 90;
};

struct WinQuery {
  std::optional<core::Day> from = {}, to = {};
  std::optional<WinKind> kind = {};
  std::optional<core::AccountId> account = {};
  std::optional<core::UserId> person = {};
  std::optional<core::Instant> recorded_after = {};
};

struct WinPage {
  std::vector<Win> items;
  std::int64_t total = 0;
  std::int64_t value_minor = 0;  // of all that were found
};

struct Thanks {
  std::int64_t count = 0;
  std::vector<core::UserId> latest;  // at most ten
  bool by_caller = false;
};

// Threading: may be shared; each call is a transaction of its own.
class WinStore {
 public:
  explicit WinStore(std::shared_ptr<records::Database> database) : database_(std::move(database)) {}

  // Those that are not there yet; returns the ids in their order, none for the others.
  std::vector<WinId> add(const core::Caller& caller, std::span<const NewWin> wins, core::Instant now,
                         bool are_automatic);
  std::optional<Win> find(WinId win);  // nothing for removed ones
  void change(const core::Caller& caller, const Win& before, const Win& after, core::Instant now);
  // Newest first.
  WinPage list(const WinQuery& query, core::PageRequest page);
  // By person: of wins between the days.
  std::map<core::UserId, std::pair<std::int64_t, std::int64_t>> wins_and_thanks(core::Day from, core::Day to);

  void thank(WinId win, core::UserId user, core::Instant now);
  void take_thanks_back(WinId win, core::UserId user);
  std::map<std::int64_t, Thanks> thanks_of(std::span<const Win> wins, core::UserId caller);

  WinRules rules();
  void set_rules(const core::Caller& caller, const WinRules& rules, core::Instant now);

 private:
  std::shared_ptr<records::Database> database_;
};

}  // namespace banso::proof
