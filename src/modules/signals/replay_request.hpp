// POST /api/signals/replay: read, run, rendered. Internal to the module.
#pragma once

#include "platform/json/json.hpp"
#include "replay_runner.hpp"

namespace banso::signals {

enum class ReplayList { fired, caught, missed, false_alarm };

struct ReplayRequest {
  RuleBody rule;
  std::optional<std::string> key;
  std::optional<core::Day> from, to;
  int horizon_days = 180;
  ReplayList list = ReplayList::fired;
  core::PageRequest page;
};
core::Result<ReplayRequest> read_replay_request(std::string_view body, const engine::FieldCatalogue& fields);

struct ReplayAnswer {
  platform::json::object body;
  // Of the published rule, where enough of its alerts are decided: what its alerts are worth.
  std::optional<double> published_precision;
};
// `published` is the rule that it is compared with, null for none. `book` names accounts and people; may be null.
core::Result<ReplayAnswer> answer_replay(const ReplayRequest& request, const RuleBody* published,
                                         const health::PanelStatus& panel, const health::BookView* book,
                                         const engine::FieldCatalogue& fields);

}  // namespace banso::signals
