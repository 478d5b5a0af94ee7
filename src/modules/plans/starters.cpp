#include "starters.hpp"

namespace banso::plans {
namespace {

constexpr auto first_value = R"json({
  "name": {"en": "First value in 90 days", "ja": "90日で最初の成果"},
  "description": {"en": "For new customers: from the kick-off to the first outcome that they confirm.",
                  "ja": "新規のお客様向け。キックオフから、お客様に確認いただく最初の成果まで。"},
  "rank": 100,
  "condition": {"combinator": "and", "rules": [{"field": "created_day", "operator": "withinDays", "value": {"days": 120, "direction": "last"}}]},
  "document": {
    "name": {"en": "First value in 90 days", "ja": "90日で最初の成果"},
    "purpose": {"en": "", "ja": ""},
    "goals": [
      {"key": "first_outcome", "name": {"en": "First outcome in the daily work", "ja": "日々の業務での最初の成果"},
       "why": {"en": "The reason for which the product was bought shows in one team first.",
               "ja": "導入の目的を、まず1つのチームで実感いただくためです。"},
       "criterion": {"en": "The customer's project lead confirms that the agreed work is done with the product.",
                     "ja": "対象業務が製品上で行われていることを、お客様のプロジェクト責任者が確認する。"},
       "kind": "yes_no", "start": 0, "due": 90},
      {"key": "people_trained", "name": {"en": "People who can work with it", "ja": "使いこなせる利用者"},
       "criterion": {"en": "At least 80% of the named users have completed the training.",
                     "ja": "対象利用者の80%以上がトレーニングを修了している。"},
       "kind": "figure", "unit": {"en": "%", "ja": "%"}, "baseline": 0, "target": 80, "start": 0, "due": 60}],
    "milestones": [
      {"key": "go_live", "name": {"en": "Go-live with the first team", "ja": "最初のチームで利用開始"}, "goal": "first_outcome", "due": 45}],
    "actions": [
      {"key": "kick_off", "name": {"en": "Kick-off: goals, people, dates", "ja": "キックオフ(目的・体制・日程の確認)"},
       "goal": "first_outcome", "owner": {"side": "ours", "role": "onboarding"}, "start": 0, "due": 7},
      {"key": "name_users", "name": {"en": "Name the users of the first team", "ja": "最初のチームの利用者を決める"},
       "goal": "people_trained", "owner": {"side": "theirs", "role": "champion"}, "due": 14, "depends_on": ["kick_off"]},
      {"key": "set_up", "name": {"en": "Set up and connect data", "ja": "初期設定とデータ連携"},
       "goal": "first_outcome", "owner": {"side": "theirs", "role": "admin"}, "start": 7, "due": 30, "depends_on": ["kick_off"]},
      {"key": "train", "name": {"en": "Train the first team", "ja": "最初のチームへのトレーニング"},
       "goal": "people_trained", "owner": {"side": "ours", "role": "onboarding"}, "start": 30, "due": 45, "depends_on": ["name_users", "set_up"]},
      {"key": "look_back", "name": {"en": "Look back at the first outcome together", "ja": "最初の成果をともに振り返る"},
       "goal": "first_outcome", "owner": {"side": "ours", "role": "csm"}, "start": 80, "due": 90, "depends_on": ["train"]}],
    "risks": [
      {"key": "no_time", "name": {"en": "The project lead has no time beside the daily work", "ja": "プロジェクト責任者が通常業務で多忙"},
       "severity": "medium", "mitigation": {"en": "Agree with the sponsor on hours per week.", "ja": "スポンサーと週あたりの稼働時間を合意する。"}}]}
})json";

constexpr auto wider_use = R"json({
  "name": {"en": "From one team to the company", "ja": "1チームから全社へ"},
  "description": {"en": "For customers who have their first outcome and want it in more teams.",
                  "ja": "最初の成果が出て、ほかのチームへ広げたいお客様向け。"},
  "rank": 300,
  "document": {
    "name": {"en": "From one team to the company", "ja": "1チームから全社へ"},
    "purpose": {"en": "", "ja": ""},
    "goals": [
      {"key": "teams", "name": {"en": "Teams that work with it every week", "ja": "毎週利用しているチーム数"},
       "criterion": {"en": "Six teams use it in their weekly work.", "ja": "6チームが毎週の業務で利用している。"},
       "kind": "figure", "unit": {"en": "teams", "ja": "チーム"}, "baseline": 1, "target": 6, "start": 0, "due": 180},
      {"key": "hours", "name": {"en": "Hours saved each month", "ja": "毎月の削減時間"},
       "criterion": {"en": "100 hours a month less, by the customer's own count.", "ja": "お客様の集計で月100時間の削減。"},
       "kind": "figure", "unit": {"en": "hours", "ja": "時間"}, "baseline": 0, "target": 100, "start": 0, "due": 180}],
    "actions": [
      {"key": "choose_teams", "name": {"en": "Choose the next teams", "ja": "次に展開するチームを決める"},
       "goal": "teams", "owner": {"side": "theirs", "role": "executive_sponsor"}, "due": 21},
      {"key": "share_story", "name": {"en": "Show the first team's outcome to the others", "ja": "最初のチームの成果を社内に共有する"},
       "goal": "teams", "owner": {"side": "theirs", "role": "champion"}, "due": 30},
      {"key": "workshops", "name": {"en": "Workshops with the next teams", "ja": "次のチーム向けワークショップ"},
       "goal": "teams", "owner": {"side": "ours", "role": "csm"}, "start": 30, "due": 90, "depends_on": ["choose_teams"]},
      {"key": "count_hours", "name": {"en": "Count the hours saved", "ja": "削減時間を集計する"},
       "goal": "hours", "owner": {"side": "theirs", "role": "champion"}, "start": 60, "due": 120},
      {"key": "executive_review", "name": {"en": "Executive review of the outcome", "ja": "経営層との成果報告会"},
       "goal": "hours", "owner": {"side": "ours", "role": "csm"}, "start": 150, "due": 180, "depends_on": ["workshops", "count_hours"]}]}
})json";

constexpr auto prove_value = R"json({
  "name": {"en": "Prove the value before the renewal", "ja": "更新前に価値を示す"},
  "description": {"en": "For customers whose renewal comes near: what was gained, in their own figures.",
                  "ja": "更新が近いお客様向け。得られた成果を、お客様ご自身の数値で確認します。"},
  "rank": 200,
  "condition": {"combinator": "and", "rules": [{"field": "renewal_day", "operator": "withinDays", "value": {"days": 150, "direction": "next"}}]},
  "document": {
    "name": {"en": "Prove the value before the renewal", "ja": "更新前に価値を示す"},
    "purpose": {"en": "", "ja": ""},
    "goals": [
      {"key": "value_agreed", "name": {"en": "The value is agreed with the decision maker", "ja": "決裁者と価値について合意"},
       "criterion": {"en": "The decision maker confirms the gain in figures.", "ja": "決裁者が成果の数値を確認する。"},
       "kind": "yes_no", "start": 0, "due": 75},
      {"key": "next_year", "name": {"en": "Goals for the next year", "ja": "次年度のゴール設定"},
       "criterion": {"en": "At least two goals with figure and date are agreed.", "ja": "数値と期限のあるゴールが2つ以上合意されている。"},
       "kind": "yes_no", "start": 30, "due": 100}],
    "actions": [
      {"key": "collect", "name": {"en": "Collect the figures of the past year", "ja": "この1年の数値を集める"},
       "goal": "value_agreed", "owner": {"side": "theirs", "role": "champion"}, "due": 30},
      {"key": "write_up", "name": {"en": "Write up the successes", "ja": "成果をまとめる"},
       "goal": "value_agreed", "owner": {"side": "ours", "role": "csm"}, "start": 30, "due": 45, "depends_on": ["collect"]},
      {"key": "meet", "name": {"en": "Review with the decision maker", "ja": "決裁者との成果レビュー"},
       "goal": "value_agreed", "owner": {"side": "ours", "role": "csm"}, "start": 60, "due": 75, "depends_on": ["write_up"]},
      {"key": "plan_next", "name": {"en": "Agree on the next year's goals", "ja": "次年度のゴールに合意する"},
       "goal": "next_year", "owner": {"side": "theirs", "role": "decision_maker"}, "due": 100, "depends_on": ["meet"]}]}
})json";

}  // namespace

const std::vector<Starter>& starters() {
  static const std::vector<Starter> all{
      {"first_value",
       {"First value in 90 days", "90日で最初の成果"},
       {"For new customers: from the kick-off to the first outcome that they confirm.",
        "新規のお客様向け。キックオフから、お客様に確認いただく最初の成果まで。"},
       first_value},
      {"wider_use",
       {"From one team to the company", "1チームから全社へ"},
       {"For customers who have their first outcome and want it in more teams.",
        "最初の成果が出て、ほかのチームへ広げたいお客様向け。"},
       wider_use},
      {"prove_value",
       {"Prove the value before the renewal", "更新前に価値を示す"},
       {"For customers whose renewal comes near: what was gained, in their own figures.",
        "更新が近いお客様向け。得られた成果を、お客様ご自身の数値で確認します。"},
       prove_value}};
  return all;
}

}  // namespace banso::plans
