#include "errands.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace banso::plans {
namespace {

constexpr int at_a_time = 200;
constexpr int due_business_days = 5;

constexpr std::array<std::string_view, 8> happening_words{"sent",          "confirmed",   "commented",   "activated",
                                                          "goal_achieved", "goal_missed", "action_done", "closed"};

const core::Caller& plans_caller() {
  static const core::Caller caller = core::Caller::system("Success plans");
  return caller;
}

std::optional<PlanChange> change_of(const EventRow& event) {
  const auto word = std::find(happening_words.begin(), happening_words.end(), event.happening);
  if (word == happening_words.end()) return std::nullopt;
  PlanChange change;
  change.plan = event.plan;
  change.account = event.account;
  change.happening = static_cast<Happening>(word - happening_words.begin());
  change.item = event.item;
  change.words = event.words;
  change.by = event.by.user;
  change.asked = event.asked;
  change.version = event.version;
  return change;
}

void open(work::Service& work, const work::NewCall& call) {
  const auto opened = work.open(plans_caller(), {&call, 1});
  if (!opened) platform::log::warning("a call of a plan could not be opened: " + opened.error().message.en);
}

std::string win_evidence(const AchievementRow& achievement) {
  boost::json::array list;
  const auto evidence = boost::json::parse(achievement.evidence_json);
  for (const auto& words : evidence.as_array()) list.push_back(boost::json::object{{"words", words}});
  return platform::json::serialize(list);
}

}  // namespace

std::string_view word_of(Happening happening) {
  return happening_words[static_cast<std::size_t>(happening)];
}

void Errands::run() {
  tell();
  open_calls_of_reviews();
  record_wins();
}

void Errands::tell() {
  for (const auto& event : store_.untold({INT64_MAX}, at_a_time)) {
    if (const auto change = change_of(event)) {
      for (const auto& listener : listeners_) listener({&*change, 1});
    }
    open_call_of(event);
    store_.mark_told(event.id);
  }
}

// The customer said something, or a goal was missed: somebody of us is to answer.
void Errands::open_call_of(const EventRow& event) {
  const bool is_comment = event.happening == word_of(Happening::commented) && event.by.contact;
  const bool is_missed = event.happening == word_of(Happening::goal_missed);
  if (!is_comment && !is_missed) return;
  work::NewCall call;
  call.account = event.account;
  call.kind = is_missed ? work::CallKind::objective : work::CallKind::activity;
  call.severity = is_missed ? work::Severity::high : work::Severity::medium;
  call.reason = fmt::format("plan:{}:{}:{}", event.plan.value, event.happening, event.item);
  call.unique_key = fmt::format("plan:{}:event:{}", event.plan.value, event.id);
  call.title = is_missed ? core::Text{"A goal of the success plan was missed", "サクセスプランのゴールが未達です"}
                         : core::Text{"Answer the customer's comment on the success plan",
                                      "サクセスプランへの顧客コメントに返信"};
  call.explanation = event.words;
  call.due_business_days = is_comment ? 2 : due_business_days;
  call.source = "plan";
  open(*from_.work, call);
}

void Errands::open_calls_of_reviews() {
  for (const auto& review : store_.reviews_without_call(at_a_time)) {
    work::NewCall call;
    call.account = review.account;
    call.kind = work::CallKind::objective;
    call.severity = work::Severity::medium;
    call.reason = fmt::format("plan:{}:review:{}", review.plan.value, review.id);
    call.unique_key = call.reason;
    call.title = {"Review the success plan with the customer", "サクセスプランを顧客と見直し"};
    call.explanation = review.why;
    call.due_business_days = due_business_days;
    call.source = "plan";
    open(*from_.work, call);
    store_.mark_called(review.id, from_.surroundings.now());
  }
}

void Errands::record_wins() {
  if (!record_win_) return;
  for (const auto& achievement : store_.without_win(at_a_time)) {
    const auto file = shelf_.find(achievement.plan);
    const auto* goal = file ? file->plan.find_goal(achievement.goal) : nullptr;
    if (goal != nullptr) {
      const auto name = document::shown(goal->name);
      AchievedGoal achieved;
      achieved.unique_key = fmt::format("plan:{}:goal:{}", achievement.plan.value, achievement.goal);
      achieved.account = achievement.account;
      achieved.day = achievement.achieved;
      achieved.title = {fmt::format("Goal reached: {}", name.en), fmt::format("ゴール達成: {}", name.ja)};
      achieved.story = !achievement.story.empty() ? achievement.story : document::shown(goal->criterion).ja;
      if (goal->value) achieved.value_minor = goal->value->amount_minor;
      if (goal->ours) achieved.people.push_back(goal->ours);
      const auto selection = customers::Selection::of({achievement.account});
      for (const auto& [account, owner] : from_.customers->owners(selection)) {
        if (owner != goal->ours) achieved.people.push_back(owner);
      }
      achieved.evidence_json = win_evidence(achievement);
      const auto recorded = record_win_(plans_caller(), achieved);
      if (!recorded) {  // it is tried again, unless it never can be
        platform::log::warning("the win of a goal could not be recorded: " + recorded.error().message.en);
        if (recorded.error().code == core::ErrorCode::unavailable) continue;
      }
    }
    store_.mark_win(achievement.plan, achievement.goal, from_.surroundings.now());
  }
}

}  // namespace banso::plans
