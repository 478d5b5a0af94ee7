// One account's score explained, its history, what changed it, and the walk from a measure down to its rows. Always
// computed from the account's own book at the moment of asking: one account is cheap, and every number on the page then
// comes from the same facts.
#pragma once

#include "core/paging.hpp"
#include "live_book.hpp"
#include "render.hpp"

namespace banso::health {

struct HistoryRequest {
  std::optional<core::Day> from, to;
  bool daily = false;
  // Under an earlier release: as its last evaluation left it, week by week, or computed now where none is kept.
  std::optional<std::int64_t> release;
};

// A level to be set by hand on the account, from the book day on.
struct OverrideRequest {
  std::string level, reason;
  std::optional<core::Day> expires_on;  // the last day on which it holds
};

class AccountHealth {
 public:
  AccountHealth(const Dependencies& dependencies, LiveBook& live) : from_(dependencies), live_(live) {}

  core::Result<json::object> explain(core::AccountId account, std::optional<core::Day> as_of);
  core::Result<json::object> history(core::AccountId account, const HistoryRequest& request);
  core::Result<json::object> changes(core::AccountId account, std::optional<core::Day> from,
                                     std::optional<core::Day> to);
  core::Result<json::object> measure(core::AccountId account, const std::string& key, std::optional<core::Day> as_of,
                                     core::PageRequest page);
  // Both have the account scored again.
  core::Result<> set_override(const core::Caller& caller, core::AccountId account, const OverrideRequest& request);
  core::Result<> lift_override(const core::Caller& caller, core::AccountId account);

 private:
  struct Assessed {
    DefinitionSetPtr set;
    AssessedChunk chunk;
    std::size_t scorecard = 0;
  };
  // Refuses accounts that did not exist on the last day.
  core::Result<Assessed> assess(core::AccountId account, std::span<const core::Day> days);
  core::Result<Assessed> assess(core::AccountId account, std::span<const core::Day> days, DefinitionSetPtr set);
  core::Result<json::object> computed_history(core::AccountId account, std::span<const core::Day> days,
                                              const DefinitionSetPtr& set);
  // Nothing where no evaluation under that release is kept.
  std::optional<json::object> kept_history(core::AccountId account, core::Day from, core::Day to,
                                           const DefinitionSet& set) const;
  json::value render_override(const Assessed& assessed, core::Day day) const;
  core::Result<core::Day> day_or_book_day(std::string_view field, std::optional<core::Day> day) const;

  const Dependencies& from_;
  LiveBook& live_;
};

}  // namespace banso::health
