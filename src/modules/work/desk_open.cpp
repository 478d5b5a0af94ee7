// Opening calls, by the thousand where need be, and finding out who answers for them.
#include <algorithm>

#include <fmt/format.h>

#include "desk.hpp"

namespace banso::work {
namespace {

using core::Error;
using core::Result;

constexpr std::size_t longest_reason_bytes = 300, longest_title_bytes = 900, longest_explanation_bytes = 12'000,
                      longest_evidence_bytes = 16'384;
constexpr int longest_due_business_days = 260;

Result<> check(const NewCall& call, std::size_t position, std::size_t count) {
  const auto field = [&](std::string_view name) {
    return count == 1 ? std::string(name) : fmt::format("[{}].{}", position, name);
  };
  if (call.reason.empty() || call.reason.size() > longest_reason_bytes) {
    return Error::invalid_field(field("reason"),
                                {"Give a reason of up to 300 bytes.", "理由を300バイト以内で指定してください。"});
  }
  if (call.title.en.empty() || call.title.ja.empty() || call.title.en.size() > longest_title_bytes ||
      call.title.ja.size() > longest_title_bytes) {
    return Error::invalid_field(field("title"),
                                {"Give a title of up to 300 characters.", "タイトルを300文字以内で指定してください。"});
  }
  if (call.explanation.en.size() > longest_explanation_bytes ||
      call.explanation.ja.size() > longest_explanation_bytes || call.evidence_json.size() > longest_evidence_bytes) {
    return Error::invalid_field(field("explanation"), {"Shorten the explanation.", "説明を短くしてください。"});
  }
  if (call.due_business_days < 0 || call.due_business_days > longest_due_business_days) {
    return Error::invalid_field(field("due_business_days"),
                                {"Give 0 to 260 business days.", "0〜260営業日の範囲で指定してください。"});
  }
  return {};
}

}  // namespace

core::Day Desk::due_day(const std::optional<core::Day>& due, int business_days) const {
  if (due) return *due;
  const auto calendar = from_.surroundings.calendar();
  return business_days == 0 ? calendar.on_or_after(today()) : calendar.plus(today(), business_days);
}

template <class Work>
void Desk::resolve(Work& work) {
  resolve_all(std::span<Work>(&work, 1));
}

template <class Work>
void Desk::resolve_all(std::span<Work> works) {
  const auto day = today();
  std::map<org::AccountRole, std::vector<std::size_t>> by_role;
  std::map<core::UserId, core::UserId> stand_ins;
  for (std::size_t i = 0; i < works.size(); ++i) {
    auto& work = works[i];
    if (!work.assignee) {
      by_role[work.role].push_back(i);
      continue;
    }
    auto [found, is_new] = stand_ins.try_emplace(work.assignee);
    if (is_new) found->second = from_.org->stand_in(work.assignee, day);
    work.responsible = found->second;
    work.stands_in_for = found->second == work.assignee ? core::UserId{} : work.assignee;
  }
  for (const auto& [role, positions] : by_role) {
    std::vector<core::AccountId> accounts;
    for (const auto position : positions) accounts.push_back(works[position].account);
    const auto found = from_.org->responsible(accounts, role, day);
    for (std::size_t i = 0; i < positions.size(); ++i) {
      works[positions[i]].responsible = found[i].user;
      works[positions[i]].stands_in_for = found[i].stands_in_for;
    }
  }
}

template void Desk::resolve(Call&);
template void Desk::resolve(Task&);
template void Desk::resolve_all(std::span<Call>);
template void Desk::resolve_all(std::span<Task>);

Result<std::vector<Call>> Desk::made_of(const core::Caller& caller, std::span<const NewCall> wanted) {
  const auto deed = deed_of(caller);
  std::vector<core::AccountId> accounts;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    BANSO_TRY(check(wanted[i], i, wanted.size()));
    accounts.push_back(wanted[i].account);
  }
  const auto existing = from_.customers->existing(accounts);
  const std::set<core::AccountId> exists(existing.begin(), existing.end());
  std::vector<Call> calls;
  calls.reserve(wanted.size());
  std::map<int, core::Day> due_days;  // most have the same number of days
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto& each = wanted[i];
    if (!exists.contains(each.account)) {
      return Error::invalid_field(wanted.size() == 1 ? "account_id" : fmt::format("[{}].account", i),
                                  {"There is no such account.", "指定された顧客はありません。"});
    }
    auto [due, is_new] = due_days.try_emplace(each.due_business_days);
    if (is_new) due->second = due_day({}, each.due_business_days);
    Call call;
    call.id = {records::new_id()};
    call.account = each.account;
    call.kind = each.kind;
    call.severity = each.severity;
    call.reason = each.reason;
    call.unique_key = each.unique_key;
    call.title = each.title;
    call.explanation = each.explanation;
    call.evidence_json = each.evidence_json;
    call.role = each.role;
    call.assignee = each.assignee;
    call.due = each.due.value_or(due->second);
    call.playbook = each.playbook;
    call.source = each.source;
    call.source_version = each.source_version;
    call.value_at_stake_minor = each.value_at_stake_minor;
    call.hours_estimate = each.hours_estimate;
    call.opened_at = deed.at;
    call.opened_day = deed.day;
    call.opened_by = deed.by;
    call.revision = 1;
    calls.push_back(std::move(call));
  }
  resolve_all(std::span(calls));
  return calls;
}

Result<std::vector<Opened>> Desk::open(const core::Caller& caller, std::span<const NewCall> wanted) {
  BANSO_TRY(may_work(caller));
  BANSO_TRY_ASSIGN(const auto calls, made_of(caller, wanted));
  const auto deed = deed_of(caller);
  const auto result = store_.open(calls, deed, [&](records::Session& session, std::span<const Call> opened) {
    if (!caller.user) return;  // rules open many: the cockpit shows them, no notice for each
    for (const auto& call : opened) {
      const core::Text text{
          fmt::format("{} opened “{}” for you", caller.name, beginning_of(call.title.en)),
          fmt::format("{}さんから「{}」を割り当てられました", caller.name, beginning_of(call.title.ja))};
      Store::add_notices(session, notices_for({&call.responsible, 1}, "assigned", call, deed, text));
    }
  });
  committed(result.written);
  return result.opened;
}

Result<std::vector<CallId>> Desk::record_history(const core::Caller& caller, std::span<const PastCall> past) {
  if (!caller.at_least(core::Role::leader)) {
    return Error::forbidden({"Only leaders bring in history.", "履歴の取り込みはリーダー以上が行えます。"});
  }
  const int offset = from_.surroundings.utc_offset_minutes();
  std::vector<NewCall> wanted;
  for (const auto& each : past) wanted.push_back(each.call);
  BANSO_TRY_ASSIGN(auto calls, made_of(caller, wanted));
  std::vector<Task> tasks;
  std::vector<Comment> comments;
  std::vector<HistoryRow> history;
  std::vector<CallId> ids;
  const auto note = [&](const Call& call, CallEvent event, core::Instant at, core::UserId by, std::string why = {}) {
    history.push_back(history_of(call, call, {event, std::move(why)}, {by, at, core::day_of(at, offset), 0}));
  };
  for (std::size_t i = 0; i < past.size(); ++i) {
    const auto& was = past[i];
    auto& call = calls[i];
    call.opened_at = was.opened_at;
    call.opened_day = core::day_of(was.opened_at, offset);
    call.opened_by = was.call.source == "person" ? was.closed_by : core::UserId{};
    call.started_at = was.started_at;
    call.status = was.started_at ? CallStatus::in_progress : CallStatus::open;
    note(call, CallEvent::opened, was.opened_at, call.opened_by);
    if (was.started_at) note(call, CallEvent::started, *was.started_at, was.responsible);
    if (was.snoozed_until) {
      call.status = CallStatus::snoozed;
      call.snoozed_until = was.snoozed_until;
    }
    if (was.closed_at) {
      call.status = CallStatus::closed;
      call.closed_at = was.closed_at;
      call.closed_day = core::day_of(*was.closed_at, offset);
      call.outcome = was.outcome.value_or(Outcome::success);
      call.why = was.why;
      call.closed_by = was.closed_by;
      if (was.responsible) call.responsible = was.responsible;
      note(call, CallEvent::closed, *was.closed_at, was.closed_by);
    }
    if (was.feedback != Verdict::none) {
      call.feedback = was.feedback;
      call.feedback_why = was.feedback_why;
      call.feedback_by = was.closed_by ? was.closed_by : was.responsible;
      note(call, CallEvent::feedback, was.closed_at.value_or(was.opened_at), call.feedback_by, was.feedback_why);
    }
    for (const auto& comment : was.comments) {
      comments.push_back({records::new_id(), call.id, comment.author, comment.at, comment.body, {}});
      note(call, CallEvent::commented, comment.at, comment.author);
    }
    for (const auto& done : was.tasks) {
      Task task = made_of(caller, done.task);
      task.call = call.id;
      task.account = call.account;
      task.created_at = done.created_at;
      task.state = done.state;
      task.finished_at = done.finished_at;
      if (done.finished_at) task.finished_day = core::day_of(*done.finished_at, offset);
      task.finished_by = done.finished_by;
      task.why = done.why;
      if (!task.assignee && task.role == call.role) {
        task.responsible = call.responsible;
        task.stands_in_for = call.stands_in_for;
      } else {
        resolve(task);
      }
      if (done.finished_at) {
        history.push_back(history_of(task, task, {TaskEvent::finished, done.why},
                                     {done.finished_by, *done.finished_at, *task.finished_day, 0}));
      }
      tasks.push_back(std::move(task));
    }
    ids.push_back(call.id);
  }
  store_.import(calls, tasks, comments, history);
  open_calls_.put(calls);
  return ids;
}

}  // namespace banso::work
