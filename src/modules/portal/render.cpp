#include "render.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace banso::portal {
namespace {

constexpr std::size_t most_next_steps = 5;

json::value stage_or_null(const journeys::SharedJourney& journey, std::size_t stage) {
  return stage < journey.stages.size() ? json::value(journey.stages[stage].key) : json::value(nullptr);
}

json::object render_milestone(const journeys::SharedMilestone& milestone) {
  return {{"key", milestone.key},
          {"name", render(milestone.name)},
          {"is_required", milestone.is_required},
          {"reached_on", json::from(milestone.reached_on)},
          {"confirmed_on", json::from(milestone.confirmed_on)},
          {"can_confirm", milestone.is_confirmed_by_customer}};
}

// Required milestones of the present stage that are neither proven nor confirmed, then open actions by their day.
json::array next_steps(const journeys::SharedJourney& journey, const std::vector<plans::SharedPlan>& plans) {
  json::array next;
  if (journey.current < journey.stages.size()) {
    for (const auto& milestone : journey.stages[journey.current].milestones) {
      const bool is_open = milestone.is_confirmed_by_customer ? !milestone.confirmed_on : !milestone.reached_on;
      if (!milestone.is_required || !is_open || next.size() >= most_next_steps) continue;
      next.push_back(json::object{{"kind", "milestone"},
                                  {"key", milestone.key},
                                  {"plan", nullptr},
                                  {"name", render(milestone.name)},
                                  {"is_theirs", milestone.is_confirmed_by_customer},
                                  {"due", nullptr}});
    }
  }
  std::vector<std::pair<plans::PlanId, const plans::SharedAction*>> open;
  for (const auto& plan : plans) {
    if (plan.state == "closed") continue;
    for (const auto& action : plan.actions) {
      if (!action.done_on) open.emplace_back(plan.id, &action);
    }
  }
  std::stable_sort(open.begin(), open.end(), [](const auto& left, const auto& right) {
    const core::Day never{std::numeric_limits<std::int32_t>::max()};
    return left.second->due.value_or(never) < right.second->due.value_or(never);
  });
  for (const auto& [plan, action] : open) {
    if (next.size() >= most_next_steps) break;
    next.push_back(json::object{{"kind", "action"},
                                {"key", action->key},
                                {"plan", plan.value},
                                {"name", render(action->name)},
                                {"is_theirs", action->is_theirs},
                                {"due", json::from(action->due)}});
  }
  return next;
}

json::array render_comments(const std::vector<plans::SharedComment>& comments) {
  json::array rendered;
  for (const auto& comment : comments) {
    rendered.push_back(json::object{{"at", json::from(comment.at)},
                                    {"author", comment.author},
                                    {"is_customer", comment.is_customer},
                                    {"words", comment.words}});
  }
  return rendered;
}

json::object render_goal(const plans::SharedGoal& goal) {
  json::array readings;
  for (const auto& reading : goal.readings) {
    readings.push_back(json::object{
        {"day", json::from(reading.day)}, {"value", reading.value}, {"is_by_customer", reading.is_by_customer}});
  }
  return {{"key", goal.key},
          {"name", render(goal.name)},
          {"why", render(goal.why)},
          {"criterion", render(goal.criterion)},
          {"unit", goal.unit},
          {"kind", goal.kind},
          {"baseline", json::from(goal.baseline)},
          {"target", json::from(goal.target)},
          {"current", json::from(goal.current)},
          {"due", json::from(goal.due)},
          {"status", goal.status},
          {"progress", json::from(goal.progress)},
          {"confirmation", goal.confirmation},
          {"takes_figures", goal.takes_figures},
          {"readings", std::move(readings)},
          {"comments", render_comments(goal.comments)}};
}

json::object render_action(const plans::SharedAction& action, core::ContactId reader) {
  json::array after;
  for (const auto& key : action.after) after.push_back(json::value(key));
  return {{"key", action.key},
          {"goal", action.goal},
          {"name", render(action.name)},
          {"owner_name", action.owner_name},
          {"is_theirs", action.is_theirs},
          {"is_mine", action.is_theirs && action.their_person == reader},
          {"start", json::from(action.start)},
          {"due", json::from(action.due)},
          {"done_on", json::from(action.done_on)},
          {"is_late", action.is_late},
          {"after", std::move(after)},
          {"comments", render_comments(action.comments)}};
}

json::object render_plan(const plans::SharedPlan& plan, core::ContactId reader) {
  json::array goals, actions, milestones;
  for (const auto& goal : plan.goals) goals.push_back(render_goal(goal));
  for (const auto& action : plan.actions) actions.push_back(render_action(action, reader));
  for (const auto& milestone : plan.milestones) {
    milestones.push_back(json::object{{"key", milestone.key},
                                      {"name", render(milestone.name)},
                                      {"due", json::from(milestone.due)},
                                      {"done_on", json::from(milestone.done_on)}});
  }
  return {{"id", plan.id.value},
          {"name", render(plan.name)},
          {"purpose", render(plan.purpose)},
          {"state", plan.state},
          {"sent_on", json::from(plan.sent_on)},
          {"waits_for_confirmation", plan.waits_for_confirmation},
          {"goals", std::move(goals)},
          {"actions", std::move(actions)},
          {"milestones", std::move(milestones)}};
}

json::object render_success(const plans::SharedValue& value) {
  json::array evidence;
  for (const auto& text : value.evidence) evidence.push_back(render(text));
  return {{"goal", value.goal},
          {"name", render(value.name)},
          {"story", value.story},
          {"day", json::from(value.day)},
          {"amount", value.amount ? json::value(render(*value.amount)) : json::value(nullptr)},
          {"quantity", json::from(value.quantity)},
          {"is_yearly", value.is_yearly},
          {"unit", value.unit},
          {"evidence", std::move(evidence)}};
}

}  // namespace

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render(const core::Money& money) {
  return {{"amount_minor", money.amount_minor}, {"currency", money.currency}};
}

json::object render_shows(const Sharing* sharing) {
  json::object shows;
  for (std::size_t part = 0; part < part_count; ++part) {
    shows[word_of(static_cast<Part>(part))] = sharing && sharing->shown(static_cast<Part>(part));
  }
  return shows;
}

json::object render_journey(const journeys::SharedJourney& journey, const std::vector<plans::SharedPlan>& plans) {
  json::array stages;
  for (std::size_t i = 0; i < journey.stages.size(); ++i) {
    const auto& stage = journey.stages[i];
    json::array milestones;
    for (const auto& milestone : stage.milestones) milestones.push_back(render_milestone(milestone));
    const auto* state = i < journey.current ? "passed" : i == journey.current ? "current" : "ahead";
    stages.push_back(json::object{{"key", stage.key},
                                  {"name", render(stage.name)},
                                  {"outcome", render(stage.outcome)},
                                  {"state", state},
                                  {"milestones", std::move(milestones)}});
  }
  json::value feeling = nullptr;
  if (journey.feeling) {
    feeling = json::object{{"feeling", journey.feeling->feeling},
                           {"words", journey.feeling->words},
                           {"day", json::from(journey.feeling->day)}};
  }
  const bool is_under_way = journey.current < journey.stages.size();
  return {{"name", render(journey.name)},
          {"stages", std::move(stages)},
          {"current", stage_or_null(journey, journey.current)},
          {"proven", stage_or_null(journey, journey.proven)},
          {"confirmed", stage_or_null(journey, journey.confirmed)},
          {"arrived", !is_under_way},
          {"since", json::from(journey.since)},
          {"expected_until",
           is_under_way && journey.expected_days > 0 ? json::from(journey.since + journey.expected_days) : nullptr},
          {"my_feeling", std::move(feeling)},
          {"next", next_steps(journey, plans)}};
}

json::object render_plans(const std::vector<plans::SharedPlan>& plans, core::ContactId reader, core::Day today) {
  json::array items;
  for (const auto& plan : plans) items.push_back(render_plan(plan, reader));
  return {{"as_of", json::from(today)}, {"items", std::move(items)}};
}

json::object render_value(const std::vector<plans::SharedPlan>& plans,
                          const std::optional<plans::SharedPayment>& paid) {
  std::int64_t goals = 0, achieved = 0;
  json::array successes, amounts, delivered;
  std::map<std::string, std::int64_t> sums, sums_so_far;
  for (const auto& plan : plans) {
    for (const auto& goal : plan.goals) {
      ++goals;
      if (goal.status == "achieved") ++achieved;
    }
    for (const auto& value : plan.values) {
      successes.push_back(render_success(value));
      if (value.amount) sums[value.amount->currency] += value.amount->amount_minor;
      if (value.amount_so_far) sums_so_far[value.amount_so_far->currency] += value.amount_so_far->amount_minor;
    }
  }
  for (const auto& [currency, sum] : sums) amounts.push_back(render(core::Money{sum, currency}));
  json::value beside = nullptr;
  if (paid) {
    for (const auto& [currency, sum] : sums_so_far) delivered.push_back(render(core::Money{sum, currency}));
    beside = json::object{
        {"since", json::from(paid->since)}, {"amount", render(paid->amount)}, {"delivered", std::move(delivered)}};
  }
  return {{"goals", goals},
          {"achieved", achieved},
          {"successes", std::move(successes)},
          {"amounts", std::move(amounts)},
          {"paid", std::move(beside)}};
}

json::array render_departments(const std::vector<DepartmentUse>& departments) {
  json::array rendered;
  for (const auto& use : departments) {
    rendered.push_back(
        json::object{{"department", use.department.empty() ? json::value(nullptr) : json::value(use.department)},
                     {"known", use.known},
                     {"people", use.people},
                     {"features", use.features},
                     {"last_used", json::from(use.last_used)}});
  }
  return rendered;
}

json::object render_adoption(const Adoption& adoption, std::optional<std::int64_t> seats) {
  json::array weeks, features;
  for (const auto& week : adoption.weeks) {
    weeks.push_back(json::object{{"from", json::from(week.from)}, {"people", week.people}});
  }
  for (const auto& feature : adoption.features) {
    features.push_back(json::object{{"name", render(feature.name)},
                                    {"area", feature.area},
                                    {"people", feature.people},
                                    {"last_used", json::from(feature.last_used)}});
  }
  return {{"as_of", json::from(adoption.as_of)}, {"seats", json::from(seats)},
          {"people", adoption.people},           {"weeks", std::move(weeks)},
          {"features", std::move(features)},     {"departments", render_departments(adoption.departments)}};
}

}  // namespace banso::portal
