#include "render.hpp"

namespace banso::journeys {

namespace map = engine::journeys;
namespace json = platform::json;

namespace {

json::value maybe_text(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::value stage_or_null(const map::Journey& of, const std::optional<std::size_t>& stage) {
  return stage ? json::value(stage_key(of, *stage)) : json::value(nullptr);
}

json::object render_milestone(const map::Milestone& milestone) {
  return {{"key", milestone.key},
          {"name", render(milestone.name)},
          {"required", milestone.is_required},
          {"by_data", milestone.is_provable()},
          {"by_customer", milestone.is_confirmed_by_customer}};
}

std::string_view word_of(map::MilestoneState state) {
  constexpr std::string_view words[] = {"open", "reached", "lapsed"};
  return words[static_cast<std::size_t>(state)];
}

json::value number_or_null(const health::CellValue& value) {
  const auto* number = std::get_if<double>(&value);
  return number ? json::value(*number) : json::value(nullptr);
}

json::value text_or_null(const health::CellValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text && !text->empty() ? json::value(*text) : json::value(nullptr);
}

}  // namespace

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render_money(std::int64_t amount_minor, const std::string& currency) {
  return {{"amount_minor", amount_minor}, {"currency", currency}};
}

json::object render_map(const CompiledJourney& journey) {
  json::array stages;
  for (const auto& stage : journey.map.stages) {
    json::array milestones, moments;
    for (const auto& milestone : stage.milestones) milestones.push_back(render_milestone(milestone));
    for (const auto& moment : stage.moments_of_truth) {
      moments.push_back(
          json::object{{"key", moment.key}, {"name", render(moment.name)}, {"what", render(moment.what)}});
    }
    stages.push_back(json::object{{"key", stage.key},
                                  {"name", render(stage.name)},
                                  {"outcome", render(stage.outcome)},
                                  {"feeling", render(stage.feeling)},
                                  {"expected_days", stage.expected_days},
                                  {"our_role", stage.our_role},
                                  {"their_role", maybe_text(stage.their_role)},
                                  {"moments_of_truth", std::move(moments)},
                                  {"milestones", std::move(milestones)}});
  }
  return {{"key", journey.key},
          {"name", render(journey.map.name)},
          {"description", journey.map.description},
          {"stages", std::move(stages)}};
}

json::object render_position(const Position& position, core::Day today) {
  const auto& of = position.journey->map;
  const auto& progress = position.progress;
  json::array milestones;
  for (const auto& place : map::milestones_of(of)) {
    const auto mark = place.index < progress.marks.size() ? progress.marks[place.index] : map::MilestoneMark{};
    milestones.push_back(json::object{{"key", place.milestone->key},
                                      {"stage", of.stages[place.stage].key},
                                      {"state", word_of(mark.state)},
                                      {"reached_on", json::from(mark.reached_on)},
                                      {"failing_since", json::from(mark.failing_since)},
                                      {"lapsed_on", json::from(mark.lapsed_on)},
                                      {"confirmed_on", json::from(mark.confirmed_on)}});
  }
  return {{"stage", stage_key(of, position.standing.current)},
          {"since", json::from(progress.entered_on)},
          {"basis", word_of(position.standing.basis)},
          {"assumed", stage_or_null(of, position.standing.assumed)},
          {"proven", stage_key(of, position.standing.proven)},
          {"confirmed", stage_key(of, position.standing.confirmed)},
          {"days_in_stage", position.pace.days_in_stage},
          {"expected_days", position.pace.expected_days},
          {"is_stuck", position.pace.is_stuck()},
          {"is_regressing", position.standing.is_regressing},
          {"milestones", std::move(milestones)},
          {"as_of", json::from(today)}};
}

json::object render_line(const health::BookView& book, std::size_t row, const Position& position) {
  return {{"account_id", book.id(row).value},
          {"account_name", book.name(row)},
          {"arr", render_money(book.arr_minor(row), book.currency())},
          {"score", number_or_null(book.value(row, "score"))},
          {"level", text_or_null(book.value(row, "level"))},
          {"stage", stage_key(position.journey->map, position.standing.current)},
          {"basis", word_of(position.standing.basis)},
          {"since", json::from(position.progress.entered_on)},
          {"days_in_stage", position.pace.days_in_stage},
          {"days_over", position.pace.days_over()},
          {"is_stuck", position.pace.is_stuck()},
          {"is_regressing", position.standing.is_regressing}};
}

json::object render_review(const health::BookView& book, const JourneySet& set, const Review& review) {
  const auto row = book.find(review.account);
  const auto* journey = set.find(review.journey);
  const auto name = [&](const std::string& stage) {
    return render(journey ? stage_name(journey->map, stage) : core::Text{stage, stage});
  };
  return {{"id", review.id},
          {"account_id", review.account.value},
          {"account_name", row ? json::value(book.name(*row)) : json::value(nullptr)},
          {"journey", review.journey},
          {"from", review.from},
          {"from_name", name(review.from)},
          {"to", review.to},
          {"to_name", name(review.to)},
          {"opened", json::from(review.opened)},
          {"done_at", json::from(review.done_at)},
          {"done_by", maybe_text(review.done_by)},
          {"note", review.note}};
}

}  // namespace banso::journeys
