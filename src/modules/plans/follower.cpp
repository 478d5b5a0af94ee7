#include "follower.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "core/day_in_words.hpp"
#include "engine/journeys/journey.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace banso::plans {
namespace {

// A value that stays the same is noted again after that long, so that a flat line can be told from no data.
constexpr int note_again_after_days = 7;

const Actor nobody{{}, {}, ""};

std::optional<double> number_in(const health::BookView& book, std::size_t row, const std::string& measure) {
  const auto field = "measure." + measure;
  if (book.fields().find(field) == nullptr) return std::nullopt;
  const auto value = book.value(row, field);
  const auto* number = std::get_if<double>(&value);
  return number && std::isfinite(*number) ? std::optional(*number) : std::nullopt;
}

EventRow event_of(const PlanRow& row, Happening happening, const document::Goal& goal, core::Instant at) {
  const auto name = document::shown(goal.name);
  EventRow event;
  event.plan = row.id;
  event.account = row.account;
  event.happening = word_of(happening);
  event.item = goal.key;
  event.words = happening == Happening::goal_achieved
                    ? core::Text{fmt::format("Goal reached: {}", name.en), fmt::format("ゴール達成: {}", name.ja)}
                    : core::Text{fmt::format("Goal missed: {}", name.en), fmt::format("ゴール未達: {}", name.ja)};
  event.version = row.version;
  event.at = at;
  return event;
}

bool has_event(const PlanFile& file, Happening happening, const std::string& goal, core::Instant since) {
  return std::any_of(file.events.begin(), file.events.end(), [&](const auto& event) {
    return event.happening == word_of(happening) && event.item == goal && event.at >= since;
  });
}

std::string evidence_json(const std::vector<core::Text>& evidence) {
  boost::json::array list;
  for (const auto& words : evidence) list.push_back(boost::json::object{{"en", words.en}, {"ja", words.ja}});
  return platform::json::serialize(list);
}

}  // namespace

std::vector<core::Text> evidence_of(const GoalView& view) {
  const auto& current = view.standing.current;
  if (!current || view.goal.kind == document::GoalKind::yes_no) return {};
  const auto unit = document::shown(view.goal.unit);
  const auto figure = [](double value) { return fmt::format("{}", std::round(value * 100) / 100); };
  const auto day = core::day_in_words(current->day);
  core::Text words{fmt::format("{}{}{} on {}", figure(current->value), unit.en.empty() ? "" : " ", unit.en, day.en),
                   fmt::format("{}時点で{}{}", day.ja, figure(current->value), unit.ja)};
  if (view.goal.baseline && view.goal.target) {
    words.en += fmt::format(" (from {}, target {})", figure(*view.goal.baseline), figure(*view.goal.target));
    words.ja += fmt::format("(現状値{}、目標値{})", figure(*view.goal.baseline), figure(*view.goal.target));
  }
  return {words};
}

std::vector<std::uint32_t> Follower::look(const health::BookViewPtr& book, std::span<const PlanId> changed_plans) {
  const auto moved = previous_ ? book->changed_since(*previous_) : std::nullopt;
  std::vector<std::uint32_t> rows;
  if (moved) {
    rows = *moved;
    std::set<std::uint32_t> seen(rows.begin(), rows.end());
    for (const auto plan : changed_plans) {
      const auto file = shelf_.find(plan);
      const auto row = file ? book->find(file->row.account) : std::nullopt;
      if (row && seen.insert(static_cast<std::uint32_t>(*row)).second) rows.push_back(static_cast<std::uint32_t>(*row));
    }
  } else {
    for (std::uint32_t row = 0; row < book->size(); ++row) rows.push_back(row);
  }
  previous_.reset();  // where anything throws, the next look compares everything
  for (const auto row : rows) {
    if (const auto file = shelf_.living(book->id(row))) look_at_plan(*book, row, file);
  }
  previous_ = book;
  return rows;
}

std::vector<ReadingRow> Follower::new_readings(const health::BookView& book, std::size_t row,
                                               const PlanFile& file) const {
  std::vector<ReadingRow> found;
  for (const auto& goal : file.plan.goals) {
    if (goal.kind != document::GoalKind::measure || goal.closed_on) continue;
    const auto value = number_in(book, row, goal.measure);
    if (!value) continue;
    const ReadingRow* last = nullptr;
    for (const auto& reading : file.readings) {
      if (reading.goal == goal.key && reading.source == "measure") last = &reading;
    }
    const bool is_news = !last || last->value != *value || book.as_of() - last->day >= note_again_after_days;
    if (is_news) found.push_back({goal.key, book.as_of(), *value, "measure", "", from_.surroundings.now()});
  }
  return found;
}

// Whoever answers for the new stage, or what is decided there, is a reason to go through the plan together.
std::optional<core::Text> Follower::review_of_stage(const PlanFile& file, const std::string& stage) {
  const auto point = stage.find('.'), old_point = file.row.stage_seen.find('.');
  if (file.row.stage_seen.empty() || point == std::string::npos || old_point == std::string::npos) return std::nullopt;
  const auto key = stage.substr(0, point);
  const std::vector<std::string> kinds{std::string(journeys::journey_kind)};
  const auto published = from_.definitions->published(kinds);
  const auto body = published.bodies.find({std::string(journeys::journey_kind), key});
  if (body == published.bodies.end()) return std::nullopt;
  const auto map = engine::journeys::journey_from_json(body->second);
  if (!map) return std::nullopt;
  const auto to = map->stage_index(stage.substr(point + 1));
  if (!to) return std::nullopt;
  const auto& entered = map->stages[*to];
  const auto from = file.row.stage_seen.substr(0, old_point) == key
                        ? map->stage_index(file.row.stage_seen.substr(old_point + 1))
                        : std::nullopt;
  if (!entered.moments_of_truth.empty()) {
    const auto& moment = entered.moments_of_truth.front().name;
    return core::Text{fmt::format("A moment of truth is ahead: {}", moment.en),
                      fmt::format("重要な局面(真実の瞬間)を迎えます: {}", moment.ja)};
  }
  if (from && engine::journeys::is_handover(*map, *from, *to)) {
    return core::Text{fmt::format("Handed over into the stage \"{}\"", entered.name.en),
                      fmt::format("「{}」のステージへの引き継ぎ", entered.name.ja)};
  }
  return std::nullopt;
}

void Follower::record_goals(Session& session, PlanRow& row, const PlanFile& file, core::Day today, core::Instant now) {
  const auto view = look_at(file, today);
  auto plan = file.plan;
  bool has_new_stage = false;
  for (const auto& goal : view.goals) {
    if (goal.standing.status == document::GoalStatus::achieved && !goal.achievement) {
      AchievementRow achievement;
      achievement.plan = row.id;
      achievement.account = row.account;
      achievement.goal = goal.goal.key;
      const auto& current = goal.standing.current;
      achievement.achieved = current && !goal.goal.judged ? std::min(current->day, today) : today;
      achievement.at = now;
      achievement.evidence_json = evidence_json(evidence_of(goal));
      if (!Store::add_achievement(session, achievement)) continue;
      Store::add_event(session, event_of(row, Happening::goal_achieved, goal.goal, now));
      for (auto& each : plan.goals) {
        if (each.key != goal.goal.key || each.stage >= document::GoalStage::delivered) continue;
        each.stage = document::GoalStage::delivered;
        has_new_stage = true;
      }
    }
    const bool is_missed = goal.standing.status == document::GoalStatus::missed && goal.goal.due;
    if (is_missed && !has_event(file, Happening::goal_missed, goal.goal.key, core::start_of(*goal.goal.due))) {
      Store::add_event(session, event_of(row, Happening::goal_missed, goal.goal, now));
    }
  }
  if (has_new_stage) Store::add_version(session, row, plan, nobody, "achieved", "", now);
}

void Follower::look_at_plan(const health::BookView& book, std::size_t row, const PlanFilePtr& file) {
  const auto readings = new_readings(book, row, *file);
  const auto stage_value = book.fields().find("attribute.journey_stage") != nullptr
                               ? book.value(row, "attribute.journey_stage")
                               : health::CellValue{};
  const auto* stage = std::get_if<std::string>(&stage_value);
  const bool is_new_stage = stage != nullptr && !stage->empty() && *stage != file->row.stage_seen;
  const auto view = look_at(*file, book.as_of());
  const bool has_news = std::any_of(view.goals.begin(), view.goals.end(), [&](const auto& goal) {
    if (goal.standing.status == document::GoalStatus::achieved) return goal.achievement == nullptr;
    return goal.standing.status == document::GoalStatus::missed && goal.goal.due &&
           !has_event(*file, Happening::goal_missed, goal.goal.key, core::start_of(*goal.goal.due));
  });
  if (readings.empty() && !is_new_stage && !has_news) return;
  const auto review = is_new_stage ? review_of_stage(*file, *stage) : std::nullopt;
  store_.database().write([&](Session& session) {
    const auto now = from_.surroundings.now();
    auto locked = Store::lock(session, file->row.id, now);
    if (!locked || !locked->is_living()) return;
    for (const auto& reading : readings) Store::put_reading(session, locked->id, reading);
    if (is_new_stage && locked->stage_seen == file->row.stage_seen) {
      Store::set_stage_seen(session, locked->id, *stage);
      if (review) {
        ReviewRow due;
        due.plan = locked->id;
        due.account = locked->account;
        due.why = *review;
        due.opened = book.as_of();
        Store::add_review(session, due, now);
      }
    }
    // With what was read just now, and whatever others wrote meanwhile.
    if (const auto now_recorded = store_.read(locked->id)) {
      record_goals(session, *locked, *now_recorded, book.as_of(), now);
    }
  });
  shelf_.reload(file->row.id);
}

}  // namespace banso::plans
