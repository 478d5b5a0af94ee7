// Levels that people set by hand, with a reason and, if they like, an end. One per account at a time; setting another
// replaces it, and every state it ever had stays in the version log, so that the past is scored with what held then.
// Nothing but a person or the end that was given lifts it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "platform/records/records.hpp"

namespace banso::health {

struct LevelOverride {
  core::AccountId account;
  customers::KnownSpan known;
  std::string level;  // key
  std::string reason;
  core::Day from;
  std::optional<core::Day> until;  // the first day on which it no longer holds; nothing: open
  core::UserId author;
  std::string author_name;

  bool holds_on(core::Day day) const { return from <= day && (!until || day < *until); }
};

// Safe to use from several threads. Without a database nothing is ever set.
class LevelOverrides {
 public:
  explicit LevelOverrides(std::shared_ptr<platform::records::Database> database) : database_(std::move(database)) {}

  // `value.account`, `level`, `reason`, `from` and `until` count; csm and above.
  core::Result<> set(const core::Caller& caller, const LevelOverride& value);
  // Ends what holds on `today`; not_found where nothing does.
  core::Result<> lift(const core::Caller& caller, core::AccountId account, core::Day today);
  // Every version of every override of these accounts, one account's oldest first. Known days by a clock that is
  // `utc_offset_minutes` ahead of UTC.
  void each(std::span<const core::AccountId> accounts, int utc_offset_minutes,
            const std::function<void(const LevelOverride&)>& visit) const;
  // What was set, changed and lifted on the account, as known at that time: entries of kind "level".
  std::vector<customers::TimelineEntry> timeline(core::AccountId account, core::Instant known_at,
                                                 const std::function<core::Text(std::string_view)>& level_name) const;

 private:
  std::shared_ptr<platform::records::Database> database_;
};

}  // namespace banso::health
