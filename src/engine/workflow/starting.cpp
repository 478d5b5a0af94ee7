#include "starting.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/day_in_words.hpp"
#include "core/hash.hpp"

namespace banso::engine::workflow {
namespace {

// FNV-1a, then mixed: the same on every machine.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return core::mix_bits(hash);
}

std::optional<Refusal> refuses_again(const Playbook& playbook, const StartFacts& facts, core::Day today) {
  if (facts.has_live_run) {
    return Refusal{"already_running",
                   {"This playbook is running for the account already.", "この顧客ではすでに実行中です。"}};
  }
  if (!facts.last_start_day) return std::nullopt;
  if (!playbook.reentry_days) {
    const auto last = core::day_in_words(*facts.last_start_day);
    return Refusal{"never_again",
                   {fmt::format("The account had this playbook before ({}), and it is given only once.", last.en),
                    fmt::format("この顧客では{}に実行済みです。このプレイブックは1回だけ実行します。", last.ja)}};
  }
  const int gone = today - *facts.last_start_day;
  if (gone >= *playbook.reentry_days) return std::nullopt;
  return Refusal{
      "too_soon",
      {fmt::format("It last started {} days ago; {} days must lie between two starts.", gone, *playbook.reentry_days),
       fmt::format("前回の開始から{}日しか経っていません。再実行までに{}日空けます。", gone, *playbook.reentry_days)}};
}

}  // namespace

Arm arm_of(std::string_view playbook_key, core::AccountId account, int holdout_percent) {
  const auto mixed = core::mix_bits(hash_of(playbook_key) ^ core::mix_bits(static_cast<std::uint64_t>(account.value)));
  return static_cast<int>(mixed % 100) < holdout_percent ? Arm::holdout : Arm::treated;
}

Arm step_arm_of(std::string_view playbook_key, const Step& step, core::AccountId account) {
  return arm_of(fmt::format("{}/{}", playbook_key, step.key), account, step.step_holdout_percent);
}

std::optional<Refusal> refuses_start(const Playbook& playbook, const StartFacts& facts, bool ignores_condition,
                                     const Situation& situation) {
  const auto today = situation.local(situation.now()).day;
  if (auto refusal = refuses_again(playbook, facts, today)) return refusal;
  if (facts.level > most_sub_playbook_levels) {
    return Refusal{"too_deep",
                   {fmt::format("More than {} playbooks call one another.", most_sub_playbook_levels),
                    fmt::format("プレイブックの呼び出しが{}段を超えています。", most_sub_playbook_levels)}};
  }
  if (facts.runs_today >= most_runs_per_account_and_day) {
    return Refusal{
        "too_many_today",
        {fmt::format("{} playbooks started for the account today: no more, in case they start one another.",
                     facts.runs_today),
         fmt::format("本日すでに{}件のプレイブックを開始しました。互いに呼び合うのを防ぐため、これ以上は開始しません。",
                     facts.runs_today)}};
  }
  if (!ignores_condition && !playbook.start.condition_json.empty() && !situation.holds(playbook.start.condition_json)) {
    const auto values = situation.facts(playbook.start.condition_json);
    return Refusal{"condition_not_met",
                   {fmt::format("The start condition does not hold ({}).", values.en),
                    fmt::format("開始条件を満たしていません({})。", values.ja)}};
  }
  if (!playbook.goal_json.empty() && situation.holds(playbook.goal_json)) {
    const auto values = situation.facts(playbook.goal_json);
    return Refusal{"goal_reached",
                   {fmt::format("The goal is reached already ({}).", values.en),
                    fmt::format("すでに目標を達成しています({})。", values.ja)}};
  }
  if (!playbook.exit_json.empty() && situation.holds(playbook.exit_json)) {
    const auto values = situation.facts(playbook.exit_json);
    return Refusal{"exit_holds",
                   {fmt::format("The exit condition holds already ({}).", values.en),
                    fmt::format("すでに終了条件に当てはまっています({})。", values.ja)}};
  }
  return std::nullopt;
}

core::Result<Run> move_run(const Playbook& from, const Playbook& to, const Run& run) {
  if (!is_live(run.state)) {
    return core::Error::conflict({"The run has ended.", "この実行はすでに終了しています。"});
  }
  if (run.waiting == WaitingFor::watched) return run;
  if (run.state == State::active) {
    return core::Error::conflict({"A step is being carried out at this moment. Try again in a minute.",
                                  "ステップを実行中です。少し待ってから再度お試しください。"});
  }
  const auto* here = from.find(run.step);
  const auto* there = to.find(run.step);
  if (!here || !there) {
    return core::Error::conflict({fmt::format("The other version has no step \"{}\", where the run is.", run.step),
                                  fmt::format("移動先の版には、現在のステップ「{}」がありません。", run.step)});
  }
  const bool waits_alike = here->kind == there->kind && here->waits == there->waits &&
                           (here->kind != StepKind::wait || here->wait_for == there->wait_for);
  if (!waits_alike) {
    return core::Error::conflict({fmt::format("The step \"{}\" is something else in the other version.", run.step),
                                  fmt::format("移動先の版では、ステップ「{}」の種類が異なります。", run.step)});
  }
  return run;  // what it waits for, and until when, stays
}

core::Day last_occurrence(const Start& schedule, const Situation& situation) {
  const auto here = situation.local(situation.now());
  // Today counts once its minute has come.
  const core::Day last = here.minute_of_day >= schedule.minute_of_day ? here.day : here.day - 1;
  if (schedule.every == Every::day) return last;
  if (schedule.every == Every::week) return last - (core::weekday(last) - schedule.weekday + 7) % 7;
  const auto in_month = [&](core::Day some_day) {
    const auto date = core::year_month_day(some_day);
    const auto first = core::day_from(date.year, date.month, 1);
    const int length = core::add_months(first, 1) - first;
    return first + (std::min(schedule.day_of_month, length) - 1);
  };
  const auto this_month = in_month(last);
  if (this_month <= last) return this_month;
  const auto date = core::year_month_day(last);
  return in_month(core::day_from(date.year, date.month, 1) - 1);
}

}  // namespace banso::engine::workflow
