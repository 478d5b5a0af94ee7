// Progress as text, by keys.
#include <algorithm>
#include <stdexcept>

#include <boost/json.hpp>

#include "position.hpp"

namespace banso::engine::journeys {
namespace {

namespace json = boost::json;

constexpr std::string_view arrived_key = "$arrived";  // no stage can have it

std::string key_of(const Journey& journey, std::size_t stage) {
  return stage < journey.stages.size() ? journey.stages[stage].key : std::string(arrived_key);
}

std::optional<std::size_t> stage_of(const Journey& journey, const json::object& from, std::string_view field) {
  const auto* key = from.if_contains(field);
  if (key == nullptr || !key->is_string()) return std::nullopt;
  if (key->get_string() == arrived_key) return journey.stages.size();
  return journey.stage_index(key->get_string());
}

void put(json::object& object, std::string_view field, const std::optional<core::Day>& day) {
  if (day) object[field] = day->days;
}

std::optional<core::Day> day_of(const json::object& from, std::string_view field) {
  const auto* day = from.if_contains(field);
  if (day == nullptr || !day->is_int64()) return std::nullopt;
  return core::Day{static_cast<std::int32_t>(day->get_int64())};
}

json::object write(const MilestoneMark& mark) {
  json::object object;
  put(object, "reached", mark.reached_on);
  put(object, "failing", mark.failing_since);
  put(object, "lapsed", mark.lapsed_on);
  put(object, "confirmed", mark.confirmed_on);
  return object;
}

MilestoneMark read(const json::object& from) {
  MilestoneMark mark;
  mark.reached_on = day_of(from, "reached");
  mark.failing_since = day_of(from, "failing");
  mark.lapsed_on = day_of(from, "lapsed");
  mark.confirmed_on = day_of(from, "confirmed");
  mark.state = mark.reached_on  ? MilestoneState::reached
               : mark.lapsed_on ? MilestoneState::lapsed
                                : MilestoneState::open;
  return mark;
}

}  // namespace

std::string to_json(const Journey& journey, const Progress& progress) {
  json::object marks;
  for (const auto& place : milestones_of(journey)) {
    if (place.index >= progress.marks.size()) continue;
    const auto& mark = progress.marks[place.index];
    if (mark != MilestoneMark{}) marks[place.milestone->key] = write(mark);
  }
  json::object object{{"marks", std::move(marks)}};
  if (progress.stage) {
    object["stage"] = key_of(journey, *progress.stage);
    object["entered"] = progress.entered_on.days;
  }
  if (const auto& assumption = progress.assumption) {
    object["assumed"] = json::object{{"stage", key_of(journey, assumption->stage)},
                                     {"on", assumption->on.days},
                                     {"evidence_then", key_of(journey, assumption->evidence_then)}};
  }
  return json::serialize(object);
}

Progress progress_from_json(const Journey& journey, std::string_view text) {
  boost::system::error_code failed;
  const auto parsed = json::parse(text, failed);
  if (failed || !parsed.is_object()) throw std::invalid_argument("not the progress of an account on a journey");
  const auto& object = parsed.get_object();
  Progress progress;
  progress.marks.resize(journey.milestone_count());
  const auto* marks = object.if_contains("marks");
  for (const auto& place : milestones_of(journey)) {
    const auto* mark = marks && marks->is_object() ? marks->get_object().if_contains(place.milestone->key) : nullptr;
    if (mark == nullptr || !mark->is_object()) continue;
    progress.marks[place.index] = read(mark->get_object());
  }
  progress.stage = stage_of(journey, object, "stage");
  if (progress.stage) progress.entered_on = day_of(object, "entered").value_or(core::Day{});
  if (const auto* assumed = object.if_contains("assumed"); assumed && assumed->is_object()) {
    const auto stage = stage_of(journey, assumed->get_object(), "stage");
    const auto then = stage_of(journey, assumed->get_object(), "evidence_then");
    if (stage) {
      progress.assumption =
          Assumption{*stage, day_of(assumed->get_object(), "on").value_or(core::Day{}), then.value_or(*stage)};
    }
  }
  return progress;
}

}  // namespace banso::engine::journeys
