#include "view.hpp"

#include <algorithm>

namespace banso::plans {
namespace {

using document::Document;
using document::GoalKind;

struct Agreement {
  std::optional<SentView> sent;
  std::map<std::string, std::string> confirmations;  // by goal, of the version sent last
};

// A goal that reads the same as it was confirmed needs no second word.
std::map<std::string, std::string> carried_over(const std::map<std::string, std::string>& before, const Document* last,
                                                const Document& sent) {
  std::map<std::string, std::string> now;
  for (const auto& goal : sent.goals) {
    const auto* was = last ? last->find_goal(goal.key) : nullptr;
    const auto found = before.find(goal.key);
    const bool is_confirmed = found != before.end() && found->second == "confirmed";
    const bool is_same = was != nullptr && document::is_same_agreement(*was, goal);
    now[goal.key] = is_confirmed && is_same ? "confirmed" : "asked";
  }
  return now;
}

// Sendings and answers in the order of their moments.
Agreement agreement_of(const PlanFile& file) {
  Agreement agreement;
  auto answer = file.confirmations.begin();
  const auto take_answers_before = [&](std::optional<core::Instant> until) {
    for (; answer != file.confirmations.end() && (!until || answer->at < *until); ++answer) {
      const auto asked = agreement.confirmations.find(answer->goal);
      if (asked != agreement.confirmations.end()) asked->second = answer->verdict;
    }
  };
  for (const auto& event : file.events) {
    if (event.happening != word_of(Happening::sent)) continue;
    const auto sent = file.sent.find(event.version);
    if (sent == file.sent.end()) continue;
    take_answers_before(event.at);
    const auto last = agreement.sent ? file.sent.find(agreement.sent->version) : file.sent.end();
    agreement.confirmations =
        carried_over(agreement.confirmations, last == file.sent.end() ? nullptr : &last->second, sent->second);
    agreement.sent = SentView{event.version, event.at, event.by, event.asked};
  }
  take_answers_before(std::nullopt);
  return agreement;
}

std::string state_of(const PlanFile& file, const EventRow*& closing) {
  bool is_sent = false, is_active = false;
  for (const auto& event : file.events) {
    is_sent = is_sent || event.happening == word_of(Happening::sent);
    is_active = is_active || event.happening == word_of(Happening::activated);
    if (event.happening == word_of(Happening::closed)) closing = &event;
    if (event.happening == "reopened") closing = nullptr;
  }
  return closing ? "closed" : is_active ? "active" : is_sent ? "sent" : "draft";
}

// One a day: what was recorded last.
std::vector<ReadingRow> readings_of(const PlanFile& file, const std::string& goal) {
  std::vector<ReadingRow> readings;
  for (const auto& reading : file.readings) {
    if (reading.goal != goal) continue;
    if (!readings.empty() && readings.back().day == reading.day) readings.pop_back();
    readings.push_back(reading);
  }
  return readings;
}

document::Goal completed(document::Goal goal, const PlanFile& file, const std::vector<ReadingRow>& readings) {
  if (!goal.start) {
    const auto created = core::day_of(file.row.created_at);
    if (!goal.due || created < *goal.due) goal.start = created;
  }
  if (!goal.baseline && goal.kind != GoalKind::yes_no && !readings.empty() && goal.target) {
    const double first = readings.front().value;
    const bool is_before = goal.direction == document::Direction::up ? first < *goal.target : first > *goal.target;
    if (is_before) goal.baseline = first;
  }
  return goal;
}

GoalView view_of(const PlanFile& file, const document::Goal& goal, const Agreement& agreement, core::Day today) {
  GoalView view;
  view.readings = readings_of(file, goal.key);
  view.goal = completed(goal, file, view.readings);
  std::vector<document::Reading> readings;
  for (const auto& reading : view.readings) readings.push_back({reading.day, reading.value});
  view.standing = document::standing_of(view.goal, readings, today);
  for (const auto& achievement : file.achievements) {
    if (achievement.goal == goal.key) view.achievement = &achievement;
  }
  if (!agreement.sent) return view;
  const auto found = agreement.confirmations.find(goal.key);
  if (found != agreement.confirmations.end()) view.confirmation = found->second;
  const auto* sent = file.sent.at(agreement.sent->version).find_goal(goal.key);
  view.is_changed_since_sent = sent == nullptr || !document::is_same_agreement(*sent, goal);
  return view;
}

}  // namespace

const GoalView* PlanView::find_goal(std::string_view key) const {
  const auto found = std::find_if(goals.begin(), goals.end(), [&](const auto& each) { return each.goal.key == key; });
  return found == goals.end() ? nullptr : &*found;
}

bool PlanView::has_newer_than_sent() const {
  return sent && std::any_of(goals.begin(), goals.end(), [](const auto& each) { return each.is_changed_since_sent; });
}

int PlanView::late_actions() const {
  return static_cast<int>(std::count_if(actions.begin(), actions.end(), [](const auto& each) { return each.is_late; }));
}

bool PlanView::is_late() const {
  return late_actions() > 0 || std::any_of(goals.begin(), goals.end(), [](const auto& each) {
           return each.is_open() && each.standing.status == document::GoalStatus::missed;
         });
}

bool PlanView::is_confirmed() const {
  return sent && !goals.empty() && std::all_of(goals.begin(), goals.end(), [](const auto& each) {
           return !each.is_open() || (each.confirmation == "confirmed" && !each.is_changed_since_sent);
         });
}

std::optional<core::Day> PlanView::next_goal_due(core::Day today) const {
  std::optional<core::Day> next;
  for (const auto& each : goals) {
    if (!each.is_open() || !each.goal.due || *each.goal.due < today) continue;
    if (!next || *each.goal.due < *next) next = each.goal.due;
  }
  return next;
}

std::int64_t PlanView::delivered_minor(core::Day today) const {
  std::int64_t delivered = 0;
  for (const auto& each : goals) {
    if (!each.achievement || !each.goal.value) continue;
    delivered += document::value_so_far(*each.goal.value, each.achievement->achieved, today).amount_minor.value_or(0);
  }
  return delivered;
}

PlanView look_at(const PlanFile& file, core::Day today) {
  PlanView view;
  view.state = state_of(file, view.closing);
  const auto agreement = agreement_of(file);
  view.sent = agreement.sent;
  for (const auto& goal : file.plan.goals) view.goals.push_back(view_of(file, goal, agreement, today));
  view.waits_for_confirmation =
      view.is_living() && view.sent && std::any_of(view.goals.begin(), view.goals.end(), [](const auto& each) {
        return each.is_open() && (each.confirmation == "asked" || each.confirmation == "commented");
      });
  view.actions = document::outlooks(file.plan, today);
  view.next_step = document::next_step(file.plan);
  return view;
}

int reviews_due(const PlanFile& file) {
  return static_cast<int>(
      std::count_if(file.reviews.begin(), file.reviews.end(), [](const auto& each) { return !each.done_at; }));
}

}  // namespace banso::plans
