// Calls and tasks as they are stored: every column once, in the order of the tables; everything mechanical (rows, what
// changed, the way back) follows from that list. Internal to the module.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "platform/json/json.hpp"
#include "work.hpp"

namespace banso::work {

namespace json = platform::json;
namespace records = platform::records;

// A text that is NULL in the table where it is empty, so that a unique index passes it over.
template <class Text>
struct Nullable {
  Text& text;
};

template <class Self, class Visit>
void visit_columns_of_call(Self& call, Visit&& visit) {
  visit("id", call.id);
  visit("account_id", call.account);
  visit("kind", call.kind);
  visit("severity", call.severity);
  visit("status", call.status);
  visit("reason", call.reason);
  visit("unique_key", Nullable<std::remove_reference_t<decltype((call.unique_key))>>{call.unique_key});
  visit("title_en", call.title.en);
  visit("title_ja", call.title.ja);
  visit("explanation_en", call.explanation.en);
  visit("explanation_ja", call.explanation.ja);
  visit("evidence", call.evidence_json);
  visit("role", call.role);
  visit("assignee_id", call.assignee);
  visit("responsible_id", call.responsible);
  visit("stands_in_for_id", call.stands_in_for);
  visit("due_day", call.due);
  visit("playbook", call.playbook);
  visit("source", call.source);
  visit("source_version", call.source_version);
  visit("value_minor", call.value_at_stake_minor);
  visit("hours_estimate", call.hours_estimate);
  visit("opened_at_us", call.opened_at);
  visit("opened_day", call.opened_day);
  visit("opened_by", call.opened_by);
  visit("started_at_us", call.started_at);
  visit("closed_at_us", call.closed_at);
  visit("closed_day", call.closed_day);
  visit("outcome", call.outcome);
  visit("why_en", call.why.en);
  visit("why_ja", call.why.ja);
  visit("closed_by", call.closed_by);
  visit("snoozed_until_day", call.snoozed_until);
  visit("snooze_condition", call.snooze_condition_json);
  visit("snooze_why", call.snooze_why);
  visit("feedback", call.feedback);
  visit("feedback_why", call.feedback_why);
  visit("feedback_by", call.feedback_by);
  visit("revision", call.revision);
}

template <class Self, class Visit>
void visit_columns_of_task(Self& task, Visit&& visit) {
  visit("id", task.id);
  visit("unique_key", Nullable<std::remove_reference_t<decltype((task.unique_key))>>{task.unique_key});
  visit("call_id", task.call);
  visit("account_id", task.account);
  visit("kind", task.kind);
  visit("state", task.state);
  visit("title_en", task.title.en);
  visit("title_ja", task.title.ja);
  visit("description_en", task.description.en);
  visit("description_ja", task.description.ja);
  visit("role", task.role);
  visit("assignee_id", task.assignee);
  visit("responsible_id", task.responsible);
  visit("stands_in_for_id", task.stands_in_for);
  visit("due_day", task.due);
  visit("is_required", task.required);
  visit("source", task.source);
  visit("created_at_us", task.created_at);
  visit("finished_at_us", task.finished_at);
  visit("finished_day", task.finished_day);
  visit("finished_by", task.finished_by);
  visit("why", task.why);
}

std::optional<CallEvent> call_event_from(std::string_view word);
std::optional<TaskEvent> task_event_from(std::string_view word);

std::string call_columns();  // "id, account_id, ..."
std::string task_columns();
Call call_from(const records::Row& row);
Task task_from(const records::Row& row);
void append_values(const Call& call, records::Values& values);
void append_values(const Task& task, records::Values& values);

// What differs, both ways: {"due_day": 20779}. The revision does not count.
struct Difference {
  json::object before, after;
  bool empty() const { return after.empty(); }
};
Difference difference(const Call& before, const Call& after);
Difference difference(const Task& before, const Task& after);
// Sets the named columns to what they were.
void restore(Call& call, const json::object& columns);

}  // namespace banso::work
