// The panel over a restart: kept in a file beside the databases, taken back while it fits, else built again by itself.
#include <fmt/format.h>

#include "engine/lab/panel_file.hpp"
#include "lab.hpp"
#include "platform/log/log.hpp"

namespace banso::health {

bool Lab::has_kept() const {
  std::error_code failure;
  return !from_.lab_file.empty() && std::filesystem::exists(from_.lab_file, failure);
}

// A panel that cannot be kept is none the worse until the next restart.
void Lab::keep(const LabState& state) const {
  if (from_.lab_file.empty()) return;
  const json::object about{{"known_on", json::from(state.known_on)},
                           {"from", json::from(state.panel->days().front())},
                           {"to", json::from(state.panel->days().back())},
                           {"built_at_us", state.built_at.microseconds},
                           {"evaluated_at_us", state.evaluated_at.microseconds},
                           {"currency", state.currency}};
  const auto kept = lab::write_panel(from_.lab_file, *state.panel, json::serialize(about));
  if (!kept) platform::log::warning(fmt::format("the lab's panel is not kept: {}", kept.error().message.en));
}

core::Result<Lab::StatePtr> Lab::read_state() const {
  auto state = std::make_shared<LabState>();
  state->set = live_.definitions();
  BANSO_TRY_ASSIGN(auto read, lab::read_panel(from_.lab_file, state->set->definitions));
  BANSO_TRY_ASSIGN(const auto about, json::parse_object(read.about));
  json::Fields fields(about);
  state->known_on = fields.day("known_on").value_or(core::Day{});
  state->built_at.microseconds = fields.integer("built_at_us").value_or(0);
  state->evaluated_at.microseconds = fields.integer("evaluated_at_us").value_or(0);
  state->currency = fields.text("currency").value_or("");
  if (state->currency != from_.surroundings.reporting_currency()) {
    return core::Error::conflict(
        {"The kept panel is in another currency.", "保存されていた分析用データの通貨が現在と異なります。"});
  }
  state->panel = std::make_shared<const lab::LabPanel>(std::move(read.panel));
  make_ready(*state);
  return state;
}

core::Result<std::string> Lab::restore(const ShowProgress& show) {
  return run([&]() -> core::Result<StatePtr> {
    auto state = read_state();
    if (state) return state;
    platform::log::info(fmt::format("building the lab's panel again: {}", state.error().message.en));
    LabPeriod period;
    if (const auto text = lab::read_about(from_.lab_file)) {
      if (const auto about = json::parse_object(*text)) {
        json::Fields fields(*about);
        period.from = fields.day("from");
      }
    }
    return build_state(period, show);
  });
}

}  // namespace banso::health
