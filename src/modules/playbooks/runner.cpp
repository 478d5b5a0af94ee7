#include "runner.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::playbooks {
namespace {

using store::Session;

// Transactions stay short: others write to the same database.
constexpr std::size_t runs_per_transaction = 200;
// Two nodes may move one run at the same moment; the one that comes second looks again.
constexpr int most_tries = 5;

// A look at a run that waits for another one is about that other one.
workflow::Event about_child(Session& session, const RunRow& row, const workflow::Event& event) {
  if (event.kind != workflow::EventKind::looked || row.run.waiting != workflow::WaitingFor::child) return event;
  const RunId child{store::reference_of(session, row.id, row.run.visit)};
  const auto found = store::find_run(session, child);
  if (found && workflow::is_live(found->run.state)) {
    store::set_due(session, row.id, std::nullopt);  // its end sets it again
    return event;
  }
  const std::string result = found ? std::string(workflow::word_of(found->run.state)) : "done";
  return {workflow::EventKind::child_ended,
          row.run.visit,
          result,
          {"The other playbook has ended.", "呼び出したプレイブックが終了しました。"}};
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string effect_key(RunId run, const std::string& step, int visit) {
  return fmt::format("run:{}:step:{}:{}", run.value, step, visit);
}

std::optional<EffectAddress> parse_effect_key(std::string_view key) {
  constexpr std::string_view begin = "run:";
  if (!key.starts_with(begin)) return std::nullopt;
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= key.size();) {
    const auto end = std::min(key.find(':', at), key.size());
    parts.push_back(key.substr(at, end - at));
    at = end + 1;
  }
  if (parts.size() < 5) return std::nullopt;  // run, id, step, key, visit; a mail adds its contact
  const auto run = number_of(parts[1]);
  const auto visit = number_of(parts[4]);
  if (!run || !visit) return std::nullopt;
  return EffectAddress{RunId{*run}, static_cast<int>(*visit)};
}

StartOutcome Runner::start_in(Session& session, const Published& published, const StartRequest& request,
                              const Conditions& conditions) {
  const auto now = context_.now();
  const auto clock = context_.clock();
  const auto calendar = context_.from.surroundings.calendar();
  const AccountSituation situation(conditions, request.account, *clock, calendar, now);
  const auto refuse = [&](std::string code, core::Text words) {
    store::note_not_started(session, published.key, request.account, code, words, now);
    return StartOutcome{{}, false, std::move(code), std::move(words)};
  };
  if (const auto row = session.query_one("SELECT id FROM playbook_run WHERE start_key = :1", {request.start_key})) {
    return {row->id<RunId>(0), false, "", request.why};
  }
  if (!situation.is_in_book())
    return refuse("no_account", {"The account is not in the book.", "この顧客は一覧にありません。"});
  const auto today = clock->local(now).day;
  const auto history = store::history_of(session, published.key, request.account, today);
  const workflow::StartFacts facts{history.has_live_run, history.last_start_day, history.runs_today, request.level};
  if (auto refusal = workflow::refuses_start(*published.playbook, facts, request.ignores_condition, situation)) {
    return refuse(std::move(refusal->code), std::move(refusal->words));
  }
  const auto arm = workflow::arm_of(published.key, request.account, published.playbook->holdout_percent);
  const auto begun = workflow::begin(*published.playbook, arm, request.why, situation);
  RunRow row;
  row.id = RunId{platform::records::new_id()};
  row.playbook = published.key;
  row.version = published.version;
  row.account = request.account;
  row.call_id = request.call_id;
  row.parent = request.parent;
  row.parent_visit = request.parent_visit;
  row.level = request.level;
  row.start_key = request.start_key;
  row.started_by = request.started_by;
  row.why = request.why;
  row.run = begun.run;
  row.started_day = today;
  if (!workflow::is_live(row.run.state)) row.ended_at = now;
  if (!store::insert_run(session, row)) {
    return refuse("already_running",
                  {"This playbook is running for the account already.", "この顧客ではすでに実行中です。"});
  }
  store::write_consequences(session, row, begun, now);
  return {row.id, true, "", request.why};
}

std::vector<StartOutcome> Runner::start(const Published& playbook, std::span<const StartRequest> requests) {
  std::vector<StartOutcome> outcomes;
  const auto conditions = context_.conditions();
  if (!conditions) return std::vector<StartOutcome>(requests.size());
  for (std::size_t begin = 0; begin < requests.size(); begin += runs_per_transaction) {
    const auto part = requests.subspan(begin, std::min(runs_per_transaction, requests.size() - begin));
    const auto some = context_.from.records->write([&](Session& session) {
      std::vector<StartOutcome> made;
      for (const auto& request : part) made.push_back(start_in(session, playbook, request, *conditions));
      return made;
    });
    std::vector<RunId> begun;
    for (const auto& outcome : some) {
      if (outcome.is_new) begun.push_back(outcome.run);
    }
    context_.tell(begun);
    if (!begun.empty()) context_.wake_effects();
    outcomes.insert(outcomes.end(), some.begin(), some.end());
  }
  return outcomes;
}

bool Runner::move_in(Session& session, RunId id, const workflow::Event& event, const Conditions& conditions) {
  for (int i = 0; i < most_tries; ++i) {
    auto row = store::find_run(session, id);
    if (!row || !workflow::is_live(row->run.state)) return false;
    const auto playbook = context_.library.version(row->playbook, row->version);
    if (!playbook) {
      platform::log::error(fmt::format("run {} has no version {} of {}", id.value, row->version, row->playbook));
      return false;
    }
    const auto now = context_.now();
    const auto clock = context_.clock();
    const auto calendar = context_.from.surroundings.calendar();
    const AccountSituation situation(conditions, row->account, *clock, calendar, now);
    const auto advanced = workflow::advance(*playbook, row->run, about_child(session, *row, event), situation);
    if (!advanced.has_changed) return false;
    if (!store::apply(session, *row, advanced, now)) continue;
    // The other run may have ended before this one began to wait for it: the next look finds out.
    if (row->run.waiting == workflow::WaitingFor::child) store::set_due(session, id, now);
    return true;
  }
  return false;
}

bool Runner::move(RunId run, const workflow::Event& event) {
  const auto conditions = context_.conditions();
  if (!conditions) return false;
  const bool has_moved =
      context_.from.records->write([&](Session& session) { return move_in(session, run, event, *conditions); });
  if (has_moved) {
    const RunId runs[] = {run};
    context_.tell(runs);
    context_.wake_effects();
  }
  return has_moved;
}

std::int64_t Runner::look_at(std::span<const RunId> runs) {
  const auto conditions = context_.conditions();
  if (!conditions) return 0;
  std::int64_t count = 0;
  for (std::size_t begin = 0; begin < runs.size(); begin += runs_per_transaction) {
    const auto part = runs.subspan(begin, std::min(runs_per_transaction, runs.size() - begin));
    const auto moved = context_.from.records->write([&](Session& session) {
      std::vector<RunId> some;
      for (const auto run : part) {
        if (move_in(session, run, {}, *conditions)) some.push_back(run);
      }
      return some;
    });
    context_.tell(moved);
    count += static_cast<std::int64_t>(moved.size());
  }
  if (count > 0) context_.wake_effects();
  return count;
}

core::Result<> Runner::change_version(RunId id, std::int64_t version, const std::string& by) {
  auto outcome = context_.from.records->write([&](Session& session) -> core::Result<> {
    auto row = store::find_run(session, id);
    if (!row) return core::Error::not_found({"There is no such run.", "指定された実行はありません。"});
    const auto from = context_.library.version(row->playbook, row->version);
    const auto to = context_.library.version(row->playbook, version);
    if (!from || !to) return core::Error::not_found({"There is no such version.", "指定された版はありません。"});
    if (row->version == version) return {};
    BANSO_TRY(workflow::move_run(*from, *to, row->run));
    const auto before = row->version;
    if (!store::set_version(session, *row, version)) {
      return core::Error::conflict(
          {"The run moved on at this very moment. Try again.", "ちょうど実行が進みました。もう一度お試しください。"});
    }
    store::add_trace(
        session, id, row->run.visit, row->run.step, context_.now(), "moved",
        {fmt::format("{} moved the run from version {} to version {}. What it waits for stays.", by, before, version),
         fmt::format("{}が版{}から版{}へ移しました。待機中の期限などはそのままです。", by, before, version)});
    return {};
  });
  if (outcome) {
    const RunId runs[] = {id};
    context_.tell(runs);
  }
  return outcome;
}

}  // namespace banso::playbooks
