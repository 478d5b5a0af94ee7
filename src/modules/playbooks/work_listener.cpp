#include "work_listener.hpp"

#include <fmt/format.h>

namespace banso::playbooks {
namespace {

using store::Session;

core::Text state_in_words(workflow::State state) {
  switch (state) {
    case workflow::State::active:
      return {"Under way", "実行中"};
    case workflow::State::waiting:
      return {"Waiting", "待機中"};
    case workflow::State::failed:
      return {"Failed", "失敗"};
    case workflow::State::done:
      return {"Done", "完了"};
    case workflow::State::goal:
      return {"Goal reached", "目標達成"};
    case workflow::State::exited:
      return {"Exited", "途中終了"};
    case workflow::State::stopped:
      return {"Stopped", "停止"};
  }
  return {};
}

core::Text answer_in_words(const work::Task& task, const std::string& who) {
  const auto why = task.why.empty() ? std::string() : fmt::format(": {}", task.why);
  const auto ja_why = task.why.empty() ? std::string() : fmt::format("(理由: {})", task.why);
  switch (task.state) {
    case work::TaskState::skipped:
      return {fmt::format("{} skipped the task{}", who, why),
              fmt::format("{}がタスクをスキップしました{}。", who, ja_why)};
    case work::TaskState::approved:
      return {fmt::format("{} approved.", who), fmt::format("{}が承認しました。", who)};
    case work::TaskState::rejected:
      return {fmt::format("{} rejected{}", who, why), fmt::format("{}が却下しました{}。", who, ja_why)};
    default:
      return {fmt::format("{} did the task.", who), fmt::format("{}がタスクを完了しました。", who)};
  }
}

core::Text happening_in_words(const outreach::MailChange& change) {
  using outreach::Happening;
  core::Text words;
  switch (change.happening) {
    case Happening::sent:
      words = {"The mail was sent.", "メールを送信しました。"};
      break;
    case Happening::failed:
      words = {"The mail could not be sent.", "メールを送信できませんでした。"};
      break;
    case Happening::unclear:
      words = {"Whether the mail was sent is unclear.", "メールが送信されたか確認できません。"};
      break;
    case Happening::bounced:
      words = {"The mail came back.", "メールが不達で戻りました。"};
      break;
    case Happening::opened:
      words = {"The mail was opened.", "メールが開封されました。"};
      break;
    case Happening::clicked:
      words = {"A link of the mail was followed.", "メールのリンクがクリックされました。"};
      break;
    case Happening::replied:
      words = {"The mail was answered.", "メールに返信がありました。"};
      break;
    case Happening::unsubscribed:
      words = {"The recipient unsubscribed.", "受信者が配信を停止しました。"};
      break;
    case Happening::answered:
      words = {"The survey was answered.", "アンケートに回答がありました。"};
      break;
    case Happening::refused:
      words = {"The mail was not sent.", "メールを送信しませんでした。"};
      break;
  }
  if (!change.words.en.empty()) {
    words.en += " " + change.words.en;
    words.ja += change.words.ja;
  }
  return words;
}

}  // namespace

void WorkListener::calls_changed(std::span<const work::CallChange> changes) {
  for (const auto& change : changes) {
    const auto& call = change.call;
    if (change.event == work::CallEvent::opened && !call.playbook.empty() && call.status != work::CallStatus::closed) {
      starter_.call_opened(call.id.value, call.account, call.playbook, call.title);
    }
    if (change.event == work::CallEvent::closed && call.status == work::CallStatus::closed) {
      starter_.call_closed(call.id.value, call.outcome ? work::name_of(*call.outcome) : core::Text{"closed", "完了"});
    }
  }
}

bool WorkListener::answered(RunId run, int visit, const work::Task& task) {
  const auto who = context_.from.surroundings.user_name(task.finished_by).value_or("Banso");
  return runner_.move(
      run, {workflow::EventKind::answered, visit, std::string(work::word_of(task.state)), answer_in_words(task, who)});
}

void WorkListener::tasks_changed(std::span<const work::TaskChange> changes) {
  for (const auto& change : changes) {
    const auto address = parse_effect_key(change.task.unique_key);
    if (address && change.task.is_finished()) answered(address->run, address->visit, change.task);
  }
}

bool WorkListener::answer_if_finished(RunId run, int visit, std::int64_t id) {
  const auto task = context_.from.work ? context_.from.work->find_task(work::TaskId{id}) : std::nullopt;
  return task && task->is_finished() && answered(run, visit, *task);
}

void WorkListener::mails_changed(std::span<const outreach::MailChange> changes) {
  std::vector<RunId> told;
  context_.from.records->write([&](Session& session) {
    for (const auto& change : changes) {
      const auto address = parse_effect_key(change.source);
      if (!address) continue;
      const auto code = fmt::format("mail_{}", outreach::word_of(change.happening));
      const auto words = happening_in_words(change);
      const auto row = store::find_run(session, address->run);
      const auto is_told = session.query_one(
          "SELECT 1 FROM playbook_trace WHERE run_id = :1 AND visit = :2 AND code = :3 AND at_us = :4",
          {address->run, address->visit, code, change.at});
      if (!row || is_told) continue;
      store::add_trace(session, address->run, address->visit, "", change.at, code, words);
      told.push_back(address->run);
    }
  });
  context_.tell(told);
}

std::vector<work::RunReference> WorkListener::runs_of(work::CallId call) {
  std::vector<work::RunReference> found;
  context_.from.records->read([&](Session& session) {
    for (const auto& row : session.query("SELECT id FROM playbook_run WHERE call_id = :1 ORDER BY id", {call})) {
      const auto run = store::find_run(session, row.id<RunId>(0));
      if (!run) continue;
      const auto playbook = context_.library.version(run->playbook, run->version);
      const auto* step = playbook ? playbook->find(run->run.step) : nullptr;
      found.push_back({run->id.value, run->playbook,
                       playbook ? playbook->name : core::Text{run->playbook, run->playbook},
                       state_in_words(run->run.state), step ? step->name : core::Text{}});
    }
  });
  return found;
}

std::int64_t WorkListener::make_up() {
  if (has_made_up_ || !context_.from.work || !context_.conditions()) return 0;
  has_made_up_ = true;
  std::int64_t moved = 0;
  const auto asked = context_.from.records->read([](Session& session) { return store::asked_runs(session); });
  for (const auto& each : asked) moved += answer_if_finished(each.run, each.visit, each.task);
  std::vector<work::Call> calls;
  work::CallQuery open;
  open.is_closed = false;
  context_.from.work->each_call(open, [&](const work::Call& call) {
    if (!call.playbook.empty()) calls.push_back(call);
  });
  for (const auto& call : calls) starter_.call_opened(call.id.value, call.account, call.playbook, call.title);
  return moved;
}

}  // namespace banso::playbooks
