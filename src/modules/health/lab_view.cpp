// The lab's panel for other modules: a table of the book's fields, week by week.
#include "lab.hpp"
#include "lab_freshness.hpp"
#include "panel_view.hpp"

namespace banso::health {

PanelStatus Lab::panel() {
  PanelStatus status;
  StatePtr state;
  {
    const std::lock_guard lock(mutex_);
    state = state_;
    status.is_building = is_building_;
    status.progress = progress_;
    status.failure = failure_;
  }
  if (!state) return status;
  const auto evaluation = live_.evaluation();
  status.is_stale = (evaluation && evaluation->computed_at != state->evaluated_at) ||
                    !changed_measures(state->panel->definitions(), live_.definitions()->definitions).empty();
  status.panel = view_of(*state);
  return status;
}

// Made anew where scorecards or segments are others than before: both may change at any time.
PanelViewPtr Lab::view_of(LabState& state) {
  const auto published = live_.definitions();
  const auto table = live_.evaluated_table();
  const auto segments = table ? table->head().segments : nullptr;
  const std::lock_guard lock(state.mutex);
  if (state.view && state.view_release == published->release && state.view_segments == segments) return state.view;
  PanelViewInput input;
  input.panel = state.panel;
  auto set = std::make_shared<DefinitionSet>(*state.set);
  set->definitions.scorecards = published->definitions.scorecards;
  input.set = std::move(set);
  input.known_on = state.known_on;
  input.currency = state.currency;
  input.attributes = from_.customers->attribute_definitions();
  if (segments) input.segments = *segments;
  if (table) {
    for (const auto& [id, name] : table->head().owner_names) input.owners[name] = std::to_string(id);
  }
  input.rescorer = state.rescorer.get();
  input.parallel_for = pool_.parallel_for();
  state.view = make_panel_view(std::move(input));
  state.view_release = published->release;
  state.view_segments = segments;
  return state.view;
}

}  // namespace banso::health
