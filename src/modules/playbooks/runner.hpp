// Begins runs and moves them on: every move is one transaction of state, marks, trace and effects. Internal to the
// module.
#pragma once

#include "context.hpp"
#include "engine/workflow/starting.hpp"

namespace banso::playbooks {

struct StartRequest {
  core::AccountId account;
  std::string start_key;   // the same key begins the same run, once
  std::string started_by;  // call, segment, schedule, change, person, playbook
  core::Text why;
  std::int64_t call_id = 0;
  RunId parent{};
  int parent_visit = 0;
  int level = 0;
  bool ignores_condition = false;
};
struct StartOutcome {
  RunId run;  // none where it was refused
  bool is_new = false;
  std::string code;  // of the refusal
  core::Text words;
};

// Threading: may be shared. Nothing moves before the first evaluation of the book.
class Runner {
 public:
  explicit Runner(Context& context) : context_(context) {}

  // Some transactions of a few hundred starts each. In the order of the requests.
  std::vector<StartOutcome> start(const Published& playbook, std::span<const StartRequest> requests);
  // Within the caller's transaction; the caller tells and wakes.
  StartOutcome start_in(store::Session& session, const Published& playbook, const StartRequest& request,
                        const Conditions& conditions);

  // False: the run is gone, has ended, or nothing changed.
  bool move(RunId run, const workflow::Event& event);
  // Looks at each, some hundred in a transaction; returns how many moved.
  std::int64_t look_at(std::span<const RunId> runs);
  bool move_in(store::Session& session, RunId run, const workflow::Event& event, const Conditions& conditions);
  // To another version of its playbook.
  core::Result<> change_version(RunId run, std::int64_t version, const std::string& by);

 private:
  Context& context_;
};

// "run:123:step:call_customer:4": what a step does is done under this key.
std::string effect_key(RunId run, const std::string& step, int visit);
struct EffectAddress {
  RunId run;
  int visit = 0;
};
std::optional<EffectAddress> parse_effect_key(std::string_view key);

}  // namespace banso::playbooks
