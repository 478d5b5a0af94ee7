#include "step_words.hpp"

#include <fmt/format.h>

#include "core/day_in_words.hpp"

namespace banso::engine::workflow::words {
namespace {

// "…: Health score 43." where there is something to say.
core::Text with_facts(const std::string& en, const std::string& ja, const core::Text& facts) {
  if (facts.en.empty()) return {en + ".", ja + "。"};
  return {fmt::format("{} ({}).", en, facts.en), fmt::format("{}({})。", ja, facts.ja)};
}

core::Text day_and_time(core::Day day, int minute_of_day) {
  const auto words = core::day_in_words(day);
  const auto time = fmt::format("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60);
  return {words.en + " " + time, words.ja + " " + time};
}

core::Text outcome_in_words(const std::string& outcome) {
  if (outcome == "success") return {"a success", "成功"};
  if (outcome == "lost") return {"lost", "不成功"};
  if (outcome == "no_effect") return {"without effect", "効果なし"};
  return {"stopped", "中止"};
}

}  // namespace

core::Text held_out(int percent, int days) {
  return {
      fmt::format("Held out: {}% of the accounts, chosen at random, get nothing from this playbook, so that its "
                  "effect can be measured. The account is watched for {} days.",
                  percent, days),
      fmt::format("対照群です。効果を測るため、無作為に選ばれた{}%の顧客にはこのプレイブックを実施しません。{}日間、"
                  "経過だけを観察します。",
                  percent, days)};
}
core::Text watched() {
  return {"The time of watching is over.", "観察期間が終わりました。"};
}
core::Text goal(const core::Text& facts) {
  return with_facts("The goal is reached: nothing more is done", "目標を達成したため、以降のステップは行いません",
                    facts);
}
core::Text exit(const core::Text& facts) {
  return with_facts("The exit condition holds: nothing more is done",
                    "終了条件を満たしたため、以降のステップは行いません", facts);
}
core::Text expired(int days) {
  return {fmt::format("The run is older than {} days and ends.", days),
          fmt::format("開始から{}日を過ぎたため、実行を終了します。", days)};
}
core::Text reached_end() {
  return {"The last step is done.", "最後のステップまで完了しました。"};
}
core::Text ended(const Step& step) {
  const auto outcome = outcome_in_words(step.outcome);
  return {fmt::format("Ended at \"{}\": {}.", step.name.en, outcome.en),
          fmt::format("「{}」で終了しました(結果: {})。", step.name.ja, outcome.ja)};
}
core::Text entered(const Step& step) {
  const auto kind = name_of(step.kind);
  return {fmt::format("{}: {}", kind.en, step.name.en), fmt::format("{}: {}", kind.ja, step.name.ja)};
}
core::Text case_holds(const core::Text& name, const core::Text& facts) {
  return with_facts(fmt::format("\"{}\" holds", name.en), fmt::format("「{}」に当てはまります", name.ja), facts);
}
core::Text no_case_holds(const core::Text& facts) {
  return with_facts("None of the cases holds", "どの分岐にも当てはまりません", facts);
}
core::Text waits_until(core::Day day, int minute_of_day) {
  const auto until = day_and_time(day, minute_of_day);
  return {fmt::format("Waits until {}.", until.en), fmt::format("{}まで待ちます。", until.ja)};
}
core::Text waits_for_condition(const core::Text& facts) {
  return with_facts("Waits for the condition, which does not hold yet",
                    "条件を満たすまで待ちます。まだ満たしていません", facts);
}
core::Text condition_met(const core::Text& facts) {
  return with_facts("The condition holds", "条件を満たしました", facts);
}
core::Text wait_over() {
  return {"The wait is over.", "待機が終わりました。"};
}
core::Text already_past(core::Day day) {
  const auto words = core::day_in_words(day);
  return {words.en + " is past already: there is no wait.", words.ja + "はすでに過ぎているため、待たずに進みます。"};
}
core::Text no_such_day(const std::string& field) {
  return {fmt::format("The account has no day in \"{}\": there is no wait.", field),
          fmt::format("「{}」の日付が入っていないため、待たずに進みます。", field)};
}
core::Text timed_out() {
  return {"Nobody answered, or nothing happened, in time.", "期限までに回答や変化がありませんでした。"};
}
core::Text no_such_step(const std::string& key) {
  return {fmt::format("There is no step \"{}\" in this version.", key),
          fmt::format("この版にはステップ「{}」がありません。", key)};
}
core::Text too_many_visits(int most) {
  return {fmt::format("Stopped after {} steps: the playbook goes round in a circle.", most),
          fmt::format("{}ステップに達したため停止しました。プレイブックが循環しています。", most)};
}

}  // namespace banso::engine::workflow::words
