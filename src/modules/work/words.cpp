// The words of the API and of the tables, and what people read for them.
#include <algorithm>
#include <array>

#include "rows.hpp"

namespace banso::work {
namespace {

template <class Enum>
struct Word {
  Enum value;
  std::string_view word;
};

constexpr std::array<Word<CallKind>, 8> kinds{{{CallKind::risk, "risk"},
                                               {CallKind::opportunity, "opportunity"},
                                               {CallKind::lifecycle, "lifecycle"},
                                               {CallKind::renewal, "renewal"},
                                               {CallKind::data, "data"},
                                               {CallKind::activity, "activity"},
                                               {CallKind::objective, "objective"},
                                               {CallKind::digital, "digital"}}};
constexpr std::array<Word<Severity>, 4> severities{
    {{Severity::low, "low"}, {Severity::medium, "medium"}, {Severity::high, "high"}, {Severity::critical, "critical"}}};
constexpr std::array<Word<CallStatus>, 4> statuses{{{CallStatus::open, "open"},
                                                    {CallStatus::in_progress, "in_progress"},
                                                    {CallStatus::snoozed, "snoozed"},
                                                    {CallStatus::closed, "closed"}}};
constexpr std::array<Word<Outcome>, 13> outcomes{{{Outcome::success, "success"},
                                                  {Outcome::lost, "lost"},
                                                  {Outcome::already_solved, "already_solved"},
                                                  {Outcome::not_relevant, "not_relevant"},
                                                  {Outcome::lack_of_engagement, "lack_of_engagement"},
                                                  {Outcome::not_needed, "not_needed"},
                                                  {Outcome::withdrawn, "withdrawn"},
                                                  {Outcome::competitive_loss, "competitive_loss"},
                                                  {Outcome::product_gaps, "product_gaps"},
                                                  {Outcome::team_unengaged, "team_unengaged"},
                                                  {Outcome::no_value_seen, "no_value_seen"},
                                                  {Outcome::deferred, "deferred"},
                                                  {Outcome::lack_of_budget, "lack_of_budget"}}};
constexpr std::array<Word<CallEvent>, 9> call_events{{{CallEvent::opened, "opened"},
                                                      {CallEvent::changed, "changed"},
                                                      {CallEvent::started, "started"},
                                                      {CallEvent::snoozed, "snoozed"},
                                                      {CallEvent::woken, "woken"},
                                                      {CallEvent::closed, "closed"},
                                                      {CallEvent::reopened, "reopened"},
                                                      {CallEvent::commented, "commented"},
                                                      {CallEvent::feedback, "feedback"}}};
constexpr std::array<Word<TaskState>, 5> task_states{{{TaskState::open, "open"},
                                                      {TaskState::done, "done"},
                                                      {TaskState::skipped, "skipped"},
                                                      {TaskState::approved, "approved"},
                                                      {TaskState::rejected, "rejected"}}};

template <class Table, class Enum>
std::string_view word_in(const Table& table, Enum value) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.value == value; });
  return found == table.end() ? std::string_view() : found->word;
}

template <class Enum, class Table>
std::optional<Enum> value_in(const Table& table, std::string_view word) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.word == word; });
  return found == table.end() ? std::nullopt : std::optional(found->value);
}

}  // namespace

std::string_view word_of(CallKind kind) {
  return word_in(kinds, kind);
}
std::string_view word_of(Severity severity) {
  return word_in(severities, severity);
}
std::string_view word_of(CallStatus status) {
  return word_in(statuses, status);
}
std::string_view word_of(Outcome outcome) {
  return word_in(outcomes, outcome);
}
std::string_view word_of(CallEvent event) {
  return word_in(call_events, event);
}
std::string_view word_of(TaskState state) {
  return word_in(task_states, state);
}
std::string_view word_of(TaskKind kind) {
  return kind == TaskKind::approval ? "approval" : "task";
}
std::string_view word_of(Verdict verdict) {
  return verdict == Verdict::useful ? "useful" : verdict == Verdict::not_useful ? "not_useful" : "none";
}
// As history keeps them, beside those of calls.
std::string_view word_of(TaskEvent event) {
  static constexpr std::string_view words[] = {"task_added", "task_changed", "task_finished", "task_reopened"};
  return words[static_cast<std::size_t>(event)];
}

std::optional<CallKind> call_kind_from(std::string_view word) {
  return value_in<CallKind>(kinds, word);
}
std::optional<Severity> severity_from(std::string_view word) {
  return value_in<Severity>(severities, word);
}
std::optional<CallStatus> call_status_from(std::string_view word) {
  return value_in<CallStatus>(statuses, word);
}
std::optional<Outcome> outcome_from(std::string_view word) {
  return value_in<Outcome>(outcomes, word);
}
std::optional<TaskState> task_state_from(std::string_view word) {
  return value_in<TaskState>(task_states, word);
}

std::optional<CallEvent> call_event_from(std::string_view word) {
  return value_in<CallEvent>(call_events, word);
}
std::optional<TaskEvent> task_event_from(std::string_view word) {
  for (const auto event : {TaskEvent::added, TaskEvent::changed, TaskEvent::finished, TaskEvent::reopened}) {
    if (word_of(event) == word) return event;
  }
  return std::nullopt;
}

std::span<const Outcome> outcomes_of(CallKind kind) {
  using enum Outcome;
  static constexpr std::array usual{success, lost, already_solved, not_relevant, lack_of_engagement};
  static constexpr std::array lifecycle{success, not_needed, lost, already_solved, not_relevant, lack_of_engagement};
  static constexpr std::array objective{success,        competitive_loss, product_gaps,      team_unengaged,
                                        no_value_seen,  deferred,         lack_of_budget,    lost,
                                        already_solved, not_relevant,     lack_of_engagement};
  if (kind == CallKind::lifecycle) return lifecycle;
  if (kind == CallKind::objective) return objective;
  return usual;
}

core::Text name_of(CallKind kind) {
  switch (kind) {
    case CallKind::risk:
      return {"Risk", "リスク"};
    case CallKind::opportunity:
      return {"Opportunity", "拡大機会"};
    case CallKind::lifecycle:
      return {"Lifecycle", "ライフサイクル"};
    case CallKind::renewal:
      return {"Renewal", "更新"};
    case CallKind::data:
      return {"Data", "データ"};
    case CallKind::activity:
      return {"Activity", "活動"};
    case CallKind::objective:
      return {"Objective", "目標"};
    case CallKind::digital:
      return {"Digital journey", "デジタル施策"};
  }
  return {};
}

core::Text name_of(Severity severity) {
  switch (severity) {
    case Severity::low:
      return {"Low", "低"};
    case Severity::medium:
      return {"Medium", "中"};
    case Severity::high:
      return {"High", "高"};
    case Severity::critical:
      return {"Critical", "緊急"};
  }
  return {};
}

core::Text name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::success:
      return {"Success", "成功"};
    case Outcome::lost:
      return {"Lost (no priority)", "見送り(優先度なし)"};
    case Outcome::already_solved:
      return {"Already solved", "すでに解決済み"};
    case Outcome::not_relevant:
      return {"Not relevant", "該当しない"};
    case Outcome::lack_of_engagement:
      return {"No response from the customer", "お客様の反応なし"};
    case Outcome::not_needed:
      return {"Not needed", "対応不要"};
    case Outcome::withdrawn:
      return {"Withdrawn: the condition no longer holds", "取り下げ(条件の解消)"};
    case Outcome::competitive_loss:
      return {"Lost to a competitor", "競合への切り替え"};
    case Outcome::product_gaps:
      return {"Gaps in the product", "製品機能の不足"};
    case Outcome::team_unengaged:
      return {"Responsible team not engaged", "推進チームの不在"};
    case Outcome::no_value_seen:
      return {"No value seen", "価値を実感できず"};
    case Outcome::deferred:
      return {"Deferred", "延期"};
    case Outcome::lack_of_budget:
      return {"Lack of budget", "予算不足"};
  }
  return {};
}

}  // namespace banso::work
