#include "steps.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "statements.hpp"

namespace banso::work {
namespace {

using core::Error;
using core::Result;
using records::Session;
using Edited = Result<std::optional<CallEdit>>;

constexpr int due_after_reopening_business_days = 5;

Error is_closed() {
  return Error::conflict(
      {"The call is closed. Reopen it first.", "このアクションは完了しています。先に再開してください。"});
}

void end_snooze(Call& call) {
  call.snoozed_until.reset();
  call.snooze_condition_json.clear();
  call.snooze_why.clear();
}

void begin_work(Call& call, core::Instant at) {
  call.status = CallStatus::in_progress;
  if (!call.started_at) call.started_at = at;
}

// Everybody who follows the call or is named in it.
std::vector<core::UserId> concerned(Session& session, const Call& call) {
  auto users = Store::followers(session, call.id);
  users.push_back(call.responsible);
  users.push_back(call.opened_by);
  std::sort(users.begin(), users.end());
  users.erase(std::unique(users.begin(), users.end()), users.end());
  return users;
}

std::int64_t open_required_tasks(Session& session, CallId call) {
  return session
      .query_one(
          "SELECT COUNT(*) FROM work_task WHERE call_id = :1 AND call_id <> 0 AND finished_at_us IS NULL AND "
          "is_required = 1",
          {call})
      ->integer(0);
}

Result<> check_outcome(Session& session, const core::Caller& caller, const Call& call, Outcome outcome) {
  const auto allowed = outcomes_of(call.kind);
  const bool is_system = !caller.user;
  const bool fits = std::find(allowed.begin(), allowed.end(), outcome) != allowed.end() ||
                    (is_system && outcome == Outcome::withdrawn);
  if (!fits) {
    std::string words;
    for (const auto each : allowed) words += (words.empty() ? "" : ", ") + std::string(word_of(each));
    return Error::invalid_field("outcome", {fmt::format("A call of this kind is closed with one of: {}.", words),
                                            fmt::format("この種類のアクションの結果は次のいずれかです: {}", words)});
  }
  if (outcome != Outcome::success) return {};
  if (const auto open = open_required_tasks(session, call.id); open > 0) {
    return Error::conflict({fmt::format("{} required task{} still open. Finish {} first.", open,
                                        open == 1 ? " is" : "s are", open == 1 ? "it" : "them"),
                            fmt::format("必須タスクが{}件残っています。先に完了してください。", open)});
  }
  return {};
}

// For a field that keeps one text: what a person wrote, or the system's sentence in both languages.
std::string in_one_line(const core::Text& text) {
  return text.en == text.ja ? text.en : text.en + " / " + text.ja;
}

void tell_concerned(Session& session, const Call& call, const StepContext& context, std::string_view event,
                    const core::Text& verb) {
  if (!context.caller.user) return;  // what the system does shows in lists; nobody asked for it
  const core::Text text{fmt::format("{} {} “{}”", context.caller.name, verb.en, beginning_of(call.title.en)),
                        fmt::format("{}さんが「{}」を{}", context.caller.name, beginning_of(call.title.ja), verb.ja)};
  Store::add_notices(session, notices_for(concerned(session, call), event, call, context.deed, text));
}

void tell_assigned(Session& session, const Call& call, core::UserId before, const StepContext& context) {
  if (!context.caller.user || !call.responsible || call.responsible == before) return;
  const core::Text text{
      fmt::format("{} gave you “{}”", context.caller.name, beginning_of(call.title.en)),
      fmt::format("{}さんから「{}」を割り当てられました", context.caller.name, beginning_of(call.title.ja))};
  Store::add_notices(session, notices_for({&call.responsible, 1}, "assigned", call, context.deed, text));
}

Result<> check_due(core::Day due, core::Day opened) {
  constexpr int longest_days = 366 * 5;
  if (due < opened || due - opened > longest_days) {
    return Error::invalid_field("due_day", {"Give a day after the call was opened, within five years.",
                                            "アクションの作成日以降、5年以内の日付を指定してください。"});
  }
  return {};
}

}  // namespace

Result<> may_work(const core::Caller& caller) {
  if (caller.at_least(core::Role::csm)) return {};
  return Error::forbidden({"Your role may only read. Ask an administrator for the role CSM.",
                           "閲覧のみ可能な権限です。編集するには管理者にCSM権限を依頼してください。"});
}

std::string beginning_of(const std::string& text) {
  constexpr std::size_t longest_bytes = 200;
  if (text.size() <= longest_bytes) return text;
  std::size_t end = longest_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not within a character
  return text.substr(0, end) + "…";
}

std::vector<Notice> notices_for(std::span<const core::UserId> users, std::string_view event, const Call& call,
                                const Deed& deed, const core::Text& text) {
  std::vector<Notice> notices;
  for (const auto user : users) {
    if (!user || user == deed.by) continue;
    notices.push_back(
        {records::new_id(), user, deed.at, std::string(event), call.id, {}, call.account, deed.by, text, {}});
  }
  return notices;
}

EditCall step(std::shared_ptr<const StepContext> context, ChangeOfCall change) {
  return [context = std::move(context), change = std::move(change)](Session& session, Call& call) -> Edited {
    if (change.revision && *change.revision != call.revision) {
      return Error::conflict({"Somebody changed the call meanwhile. Look at it again.",
                              "ほかの人がアクションを変更しました。最新の内容をご確認ください。"});
    }
    if (call.status == CallStatus::closed) return is_closed();
    if (change.due) BANSO_TRY(check_due(*change.due, call.opened_day));
    const Call before = call;
    CallEdit edit{CallEvent::changed, change.why};
    if (change.title) call.title = {*change.title, *change.title};
    if (change.explanation) call.explanation = {*change.explanation, *change.explanation};
    if (change.severity) call.severity = *change.severity;
    if (change.due) call.due = *change.due;
    if (change.value_at_stake_minor.given()) {
      const auto* value = change.value_at_stake_minor.value();
      call.value_at_stake_minor = value ? std::optional(*value) : std::nullopt;
    }
    if (change.role) call.role = *change.role;
    if (change.assignee.given()) call.assignee = change.assignee.clears() ? core::UserId{} : *change.assignee.value();
    if (change.role || change.assignee.given()) context->resolve(call);
    if (change.status && *change.status != call.status) {
      edit.event = call.status == CallStatus::snoozed ? CallEvent::woken : CallEvent::started;
      end_snooze(call);
      if (*change.status == CallStatus::in_progress) {
        begin_work(call, context->deed.at);
      } else {
        if (edit.event == CallEvent::started) edit.event = CallEvent::changed;
        call.status = CallStatus::open;
      }
    }
    if (difference(before, call).empty()) return std::nullopt;
    tell_assigned(session, call, before.responsible, *context);
    return edit;
  };
}

EditCall step(std::shared_ptr<const StepContext> context, Closing closing) {
  return [context = std::move(context), closing = std::move(closing)](Session& session, Call& call) -> Edited {
    if (call.status == CallStatus::closed) {
      if (closing.leaves_closed) return std::nullopt;
      return Error::conflict({"The call is closed already.", "このアクションはすでに完了しています。"});
    }
    BANSO_TRY(check_outcome(session, context->caller, call, closing.outcome));
    call.status = CallStatus::closed;
    end_snooze(call);
    call.closed_at = context->deed.at;
    call.closed_day = context->deed.day;
    call.closed_by = context->deed.by;
    call.outcome = closing.outcome;
    call.why = closing.why;
    if (closing.skips_open_tasks || closing.outcome == Outcome::withdrawn) {
      context->skip_tasks(session, call.id, in_one_line(closing.why));
    }
    const auto name = name_of(closing.outcome);
    tell_concerned(session, call, *context, "closed",
                   {fmt::format("closed ({})", name.en), fmt::format("完了しました({})", name.ja)});
    return CallEdit{CallEvent::closed, {}};
  };
}

EditCall step(std::shared_ptr<const StepContext> context, Snoozing snoozing) {
  return [context = std::move(context), snoozing = std::move(snoozing)](Session&, Call& call) -> Edited {
    if (call.status == CallStatus::closed) return is_closed();
    call.status = CallStatus::snoozed;
    call.snoozed_until = snoozing.until;
    call.snooze_condition_json = snoozing.condition_json;
    call.snooze_why = snoozing.why;
    return CallEdit{CallEvent::snoozed, snoozing.why};
  };
}

EditCall step(std::shared_ptr<const StepContext> context, Judging judging) {
  return [context = std::move(context), judging = std::move(judging)](Session&, Call& call) -> Edited {
    if (call.feedback == judging.verdict && call.feedback_why == judging.why) return std::nullopt;
    call.feedback = judging.verdict;
    call.feedback_why = judging.why;
    call.feedback_by = judging.verdict == Verdict::none ? core::UserId{} : context->deed.by;
    return CallEdit{CallEvent::feedback, judging.why};
  };
}

EditCall step(std::shared_ptr<const StepContext> context, Reopening reopening) {
  return [context = std::move(context), reopening = std::move(reopening)](Session& session, Call& call) -> Edited {
    if (call.status != CallStatus::closed) {
      return Error::conflict({"The call is not closed.", "このアクションは完了していません。"});
    }
    if (reopening.due) BANSO_TRY(check_due(*reopening.due, call.opened_day));
    if (session.query_one("SELECT id FROM work_call WHERE account_id = :1 AND reason = :2 AND closed_at_us IS NULL",
                          {call.account, call.reason})) {
      return Error::conflict({"Another call is open for the same reason. Work on that one.",
                              "同じ理由のアクションがすでに開いています。そちらで対応してください。"});
    }
    call.status = call.started_at ? CallStatus::in_progress : CallStatus::open;
    call.closed_at.reset();
    call.closed_day.reset();
    call.closed_by = {};
    call.outcome.reset();
    call.why = {};
    if (reopening.due) {
      call.due = *reopening.due;
    } else if (call.due < context->deed.day) {
      call.due = context->calendar.plus(context->deed.day, due_after_reopening_business_days);
    }
    context->resolve(call);
    tell_concerned(session, call, *context, "reopened", {"reopened", "再開しました"});
    return CallEdit{CallEvent::reopened, reopening.why};
  };
}

EditCall waking_step(std::string why) {
  return [why = std::move(why)](Session&, Call& call) -> Edited {
    if (call.status != CallStatus::snoozed) return std::nullopt;
    end_snooze(call);
    call.status = call.started_at ? CallStatus::in_progress : CallStatus::open;
    return CallEdit{CallEvent::woken, why};
  };
}

}  // namespace banso::work
