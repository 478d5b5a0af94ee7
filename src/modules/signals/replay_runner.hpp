// Rules replayed over history. Internal to the module.
#pragma once

#include "engine/signals/alert_quality.hpp"
#include "past_conditions.hpp"

namespace banso::signals {

struct ReplayPeriod {
  std::size_t first_week = 0, weeks = 0;  // of the panel
};

struct ReplayResult {
  engine::signals::AlertQuality quality;
  std::vector<std::int64_t> fired, in_condition;  // per week of the period
  std::size_t people = 0;
  engine::signals::Load calls;  // per person and week
};

// Several threads at once; returns when all are done.
ReplayResult run_replay(const health::PanelView& panel, const PastRule& rule, const RuleBody& body,
                        const ReplayPeriod& period, int horizon_days);

// What the alerts of such a rule are judged by.
const engine::lab::Outcomes& outcomes_for(const health::PanelView& panel, work::CallKind kind);

}  // namespace banso::signals
