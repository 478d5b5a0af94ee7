// Tasks, approvals and calls to action; and what is left of them when a run is cut short.
#include <fmt/format.h>

#include "deeds.hpp"
#include "template_text.hpp"

namespace banso::playbooks {
namespace {

core::Text role_in_words(const std::string& role) {
  const auto known = org::account_role_from(role);
  return known ? org::name_of(*known) : core::Text{role, role};
}

DeedResult add_task(Context& context, const Deed& deed) {
  work::NewTask task;
  task.unique_key = deed.key;
  task.call = work::CallId{deed.run.call_id};
  task.account = deed.run.account;
  task.kind = deed.step.kind == workflow::StepKind::approval ? work::TaskKind::approval : work::TaskKind::task;
  task.title = fill_both(context, deed, deed.step.title);
  task.description = fill_both(context, deed, deed.step.description);
  task.role = org::account_role_from(deed.step.role).value_or(org::AccountRole::csm);
  task.due_business_days = deed.step.due_business_days;
  task.required = deed.step.is_required;
  task.source = "playbook";
  const auto added = context.from.work->add_task(caller_of(deed), task);
  if (!added) return DeedResult::refused(added.error());
  const auto role = role_in_words(deed.step.role);
  return DeedResult::done({fmt::format("Task \"{}\" for the {}, due in {} business days.", task.title.en, role.en,
                                       deed.step.due_business_days),
                           fmt::format("タスク「{}」を{}に割り当てました(期限: {}営業日後)。", task.title.ja, role.ja,
                                       deed.step.due_business_days)},
                          added->value);
}

DeedResult open_call(Context& context, const Deed& deed) {
  work::NewCall call;
  call.account = deed.run.account;
  call.kind = work::call_kind_from(deed.step.call_kind).value_or(work::CallKind::lifecycle);
  call.severity = work::severity_from(deed.step.severity).value_or(work::Severity::medium);
  call.reason = fmt::format("playbook:{}:{}", deed.run.playbook, deed.step.key);
  call.unique_key = deed.key;
  call.title = fill_both(context, deed, deed.step.title);
  call.explanation = fill_both(context, deed, deed.step.description);
  call.role = org::account_role_from(deed.step.role).value_or(org::AccountRole::csm);
  call.due_business_days = deed.step.due_business_days;
  call.source = "playbook";
  call.source_version = deed.run.version;
  const auto opened = context.from.work->open(caller_of(deed), std::span(&call, 1));
  if (!opened) return DeedResult::refused(opened.error());
  const auto& first = opened->front();
  if (!first.is_new) {
    return DeedResult::done({fmt::format("Such a call to action was open already: \"{}\".", call.title.en),
                             fmt::format("同じアクションがすでに対応中でした(「{}」)。", call.title.ja)},
                            first.id.value);
  }
  return DeedResult::done({fmt::format("Opened the call to action \"{}\".", call.title.en),
                           fmt::format("アクション「{}」を起票しました。", call.title.ja)},
                          first.id.value);
}

DeedResult tidy_up(Context& context, const Deed& deed) {
  const auto prefix = fmt::format("run:{}:", deed.run.id.value);
  const core::Text why{"The playbook's run has ended.", "プレイブックの実行が終了しました。"};
  const auto caller = caller_of(deed);
  const auto tasks = context.from.work->skip_tasks(caller, prefix, why.ja + " / " + why.en);
  const auto mails = context.from.outreach ? context.from.outreach->cancel(caller, prefix, why) : 0;
  if (tasks == 0 && mails == 0) return DeedResult::done({});
  return DeedResult::done({fmt::format("{} open tasks and {} waiting mails were taken back.", tasks, mails),
                           fmt::format("未完了のタスク{}件と送信待ちのメール{}通を取り消しました。", tasks, mails)});
}

}  // namespace

void add_work_deeds(Deeds& deeds, Context& context) {
  if (!context.from.work) return;
  const auto task = [&context](const Deed& deed) { return add_task(context, deed); };
  deeds["task"] = task;
  deeds["approval"] = task;
  deeds["open_call"] = [&context](const Deed& deed) { return open_call(context, deed); };
  deeds[std::string(cleanup_kind)] = [&context](const Deed& deed) { return tidy_up(context, deed); };
}

}  // namespace banso::playbooks
