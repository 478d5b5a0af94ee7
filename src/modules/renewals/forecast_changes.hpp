// What changed in the forecast between two days, renewal by renewal, adding up. Pure. Internal to the module.
#pragma once

#include "pipeline.hpp"

namespace banso::renewals {

// What moved the forecast of a renewal, strongest first: the first that applies names it.
enum class ChangeCause {
  outcome,    // it was decided
  person,     // somebody changed the forecast or the category
  expansion,  // an opportunity was taken in, or out
  entered,    // it was not there before: a contract was signed, or its day moved here
  left,       // it is not there any more
  contract,   // what is due changed
  machine,    // the machine judges otherwise
};
std::string_view word_of(ChangeCause cause);

struct ForecastChange {
  Key key;
  std::string account_name, owner_name;
  std::int64_t before_minor = 0, after_minor = 0;
  std::string category_before, category_after;  // empty where it was not there
  std::string outcome_before, outcome_after;
  ChangeCause cause = ChangeCause::machine;
  core::Text words;
  std::int64_t input_id = 0;  // whose versions say who and why; 0: nobody said anything

  std::int64_t delta_minor() const { return after_minor - before_minor; }
};

struct ForecastChanges {
  std::int64_t before_minor = 0, after_minor = 0;
  std::vector<ForecastChange> changes;  // largest difference first; only renewals that changed in amount or judgement
};
// Of renewals whose day lies in [from, to].
ForecastChanges compare_forecasts(const Pipeline& before, const Pipeline& after, core::Day from, core::Day to);

}  // namespace banso::renewals
