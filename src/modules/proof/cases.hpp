// Who is compared with whom: the treated accounts of a playbook with those held out, or, where nobody was held out,
// with like accounts that were not in it. Internal to the module.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/effects/matching.hpp"
#include "measuring.hpp"
#include "modules/playbooks/playbooks.hpp"

namespace banso::proof {

namespace effects = engine::effects;

// An account's first run of a playbook: what it is judged by.
struct Unit {
  playbooks::RunId run;
  Start start;
  bool is_holdout = false;
  std::string state;  // of the run
};
// Later runs of an account are left out: it is judged by what it was first assigned to. Ordered by account.
std::vector<Unit> units_of(std::span<const playbooks::RunFact> runs);
// The same of one mail or survey: an account from the first time on that a run of its came to that step. Whoever was to
// get it counts as treated, also where it was not sent for another reason.
std::vector<Unit> units_of_step(std::span<const playbooks::RunFact> runs, std::span<const playbooks::StepFact> steps,
                                const std::string& step, int utc_offset_minutes);

enum class Comparison { holdout, matched, none };
std::string_view word_of(Comparison comparison);

struct Case {
  Start start;
  playbooks::RunId run;  // none: of a like account
  std::string state;
  Before before;
  After after;
  core::AccountId matched_with;
};

struct Cases {
  Comparison comparison = Comparison::none;
  // Where matched: pair by pair, `comparison_side[i]` beside `treated[i]`.
  std::vector<Case> treated, comparison_side;
  std::vector<Unit> waiting;                       // whose horizon is not over yet
  std::vector<Case> unmatched;                     // treated accounts for which no like one was found
  std::vector<effects::CovariateBalance> balance;  // by covariate_names()
  std::size_t observed() const { return treated.size() + comparison_side.size() + unmatched.size(); }
};

struct Covariate {
  std::string_view key;
  core::Text name;
};
std::span<const Covariate> covariates();

// `in_playbook`: who can be like nobody, because they were in it themselves. `today`: horizons that end after it are
// not over.
Cases find_cases(const Dependencies& from, std::span<const Unit> units, std::span<const Unit> in_playbook,
                 int horizon_days, core::Day today);

}  // namespace banso::proof
