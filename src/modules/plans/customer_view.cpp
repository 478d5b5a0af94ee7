#include "customer_view.hpp"

#include <algorithm>

#include "platform/json/json.hpp"
#include "render.hpp"

namespace banso::plans {
namespace {

using Names = std::map<core::ContactId, std::string>;

std::vector<SharedComment> comments_on(const PlanFile& file, const std::string& item, const Names& contacts) {
  std::vector<SharedComment> comments;
  for (const auto& row : file.comments) {
    if (row.item == item && !row.is_internal) comments.push_back({row.at, row.author, row.is_customer, row.words});
  }
  for (const auto& row : file.confirmations) {  // what was said with the verdict
    if (row.goal != item || row.words.empty() || row.how != "portal") continue;
    const auto name = contacts.find(row.contact);
    comments.push_back({row.at, name == contacts.end() ? "" : name->second, true, row.words});
  }
  std::stable_sort(comments.begin(), comments.end(),
                   [](const auto& left, const auto& right) { return left.at < right.at; });
  return comments;
}

SharedGoal shared_goal(const PlanFile& file, const document::Goal& sent, const GoalView& now, const Names& contacts,
                       core::Language language) {
  SharedGoal goal;
  goal.key = sent.key;
  goal.name = document::shown(sent.name);
  goal.why = document::shown(sent.why);
  goal.criterion = document::shown(sent.criterion);
  goal.unit = document::shown(sent.unit).in(language);
  goal.kind = document::word_of(sent.kind);
  goal.baseline = sent.baseline ? sent.baseline : now.is_changed_since_sent ? std::nullopt : now.goal.baseline;
  goal.target = sent.target;
  goal.due = sent.due;
  goal.status = document::word_of(now.standing.status);
  goal.progress = now.standing.progress;
  goal.confirmation = now.confirmation;
  goal.takes_figures = sent.kind == document::GoalKind::figure && !now.goal.closed_on;
  if (now.standing.current && sent.kind != document::GoalKind::yes_no) goal.current = now.standing.current->value;
  for (const auto& reading : now.readings) {
    goal.readings.push_back({reading.day, reading.value, reading.source == "customer"});
  }
  goal.comments = comments_on(file, sent.key, contacts);
  return goal;
}

SharedValue shared_value(const GoalView& goal, const std::string& currency, core::Language language, core::Day today) {
  const auto& achievement = *goal.achievement;
  SharedValue value;
  value.goal = goal.goal.key;
  value.name = document::shown(goal.goal.name);
  value.story = achievement.story;
  value.day = achievement.achieved;
  if (goal.goal.value) {
    const auto so_far = document::value_so_far(*goal.goal.value, achievement.achieved, today);
    if (goal.goal.value->amount_minor) value.amount = core::Money{*goal.goal.value->amount_minor, currency};
    if (so_far.amount_minor) value.amount_so_far = core::Money{*so_far.amount_minor, currency};
    value.quantity = goal.goal.value->quantity;
    value.is_yearly = goal.goal.value->per == document::Per::year;
    value.unit = document::shown(goal.goal.value->unit).in(language);
  }
  const auto evidence = boost::json::parse(achievement.evidence_json);
  for (const auto& each : evidence.as_array()) {
    const auto read = [&](std::string_view which) {
      const auto* text = each.as_object().if_contains(which);
      return text && text->is_string() ? std::string(text->get_string()) : std::string();
    };
    value.evidence.push_back(document::shown({read("en"), read("ja")}));
  }
  return value;
}

}  // namespace

std::optional<SharedPlan> shared_plan(const Dependencies& from, const PlanFile& file, core::Day today,
                                      core::Language language) {
  const auto view = look_at(file, today);
  if (!view.sent) return std::nullopt;
  const auto& sent = file.sent.at(view.sent->version);
  const auto contacts = contact_names(*from.customers, file.row.account);
  SharedPlan plan;
  plan.id = file.row.id;
  plan.name = document::shown(sent.name);
  plan.purpose = document::shown(sent.purpose);
  plan.state = view.state;
  plan.version = view.sent->version;
  plan.sent_on = core::day_of(view.sent->at);
  plan.waits_for_confirmation = view.waits_for_confirmation;
  for (const auto& goal : sent.goals) {
    const auto* now = view.find_goal(goal.key);
    if (now == nullptr) continue;  // it was taken out since
    plan.goals.push_back(shared_goal(file, goal, *now, contacts, language));
    if (now->achievement && now->achievement->is_shared) {
      plan.values.push_back(shared_value(*now, from.surroundings.reporting_currency(), language, today));
    }
  }
  const auto is_shown_goal = [&](const std::string& key) {
    return std::any_of(plan.goals.begin(), plan.goals.end(), [&](const auto& each) { return each.key == key; });
  };
  const auto is_shown_action = [&](const std::string& key) {
    const auto* action = file.plan.find_action(key);
    return action && !action->is_internal;
  };
  for (std::size_t i = 0; i < file.plan.actions.size(); ++i) {
    const auto& action = file.plan.actions[i];
    if (action.is_internal) continue;
    SharedAction shared;
    shared.key = action.key;
    shared.goal = is_shown_goal(action.goal) ? action.goal : "";
    shared.name = document::shown(action.name);
    shared.owner_name = owner_in_words(action, from.surroundings, contacts).in(language);
    shared.is_theirs = action.owner.side == document::Side::theirs;
    shared.their_person = action.owner.contact;
    shared.start = action.start;
    shared.due = action.due;
    shared.done_on = action.done_on;
    shared.is_late = view.actions[i].is_late;
    for (const auto& before : action.depends_on) {
      if (is_shown_action(before)) shared.after.push_back(before);
    }
    shared.comments = comments_on(file, action.key, contacts);
    plan.actions.push_back(std::move(shared));
  }
  for (const auto& milestone : file.plan.milestones) {
    plan.milestones.push_back({milestone.key, document::shown(milestone.name), milestone.due, milestone.done_on});
  }
  return plan;
}

}  // namespace banso::plans
