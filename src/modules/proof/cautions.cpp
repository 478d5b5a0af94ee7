// What whoever reads the figures should know about them.
#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "core/day_in_words.hpp"
#include "engine/effects/watching.hpp"
#include "outcomes.hpp"

namespace banso::proof {
namespace {

constexpr double not_comparable_deviations = 0.25;
constexpr std::size_t planned_cases = 200;  // where an interval for many looks is narrowest
constexpr double uneven_z = 3.29;           // once in a thousand by chance
constexpr double many_stopped_share = 0.2;

bool is_imbalanced(const Cases& cases) {
  return std::any_of(cases.balance.begin(), cases.balance.end(), [](const auto& each) {
    return !std::isnan(each.after) && std::abs(each.after) > not_comparable_deviations;
  });
}

// Lots that fell otherwise than the holdout says point to a fault in who was let in, not to luck.
bool is_uneven(const Cases& cases, int holdout_percent) {
  const double all = static_cast<double>(cases.treated.size() + cases.comparison_side.size());
  const double held = static_cast<double>(holdout_percent) / 100;
  if (all < 1 || held <= 0 || held >= 1) return false;
  const double apart = static_cast<double>(cases.comparison_side.size()) - all * held;
  return std::abs(apart) / std::sqrt(all * held * (1 - held)) > uneven_z;
}

// Accounts whose next renewal is not over yet.
std::optional<Caution> short_of_renewals(const Cases& cases) {
  std::size_t ahead = 0;
  core::Day last;
  for (const auto* side : {&cases.treated, &cases.comparison_side}) {
    for (const auto& each : *side) {
      if (each.after.arr_minor) continue;
      ++ahead;
      last = std::max(last, each.after.money_day);
    }
  }
  if (ahead == 0) return std::nullopt;
  const auto until = core::day_in_words(last);
  return Caution{"short_of_renewals",
                 {fmt::format("The next renewal of {} accounts is still ahead: they are in health and use, not yet in "
                              "renewals and ARR. All of them will be on {}.",
                              ahead, until.en),
                  fmt::format("{}社は次回の更新がまだ先のため、更新とARRの比較には含めていません(ヘルスと利用には含めて"
                              "います)。{}にはすべての結果がそろいます。",
                              ahead, until.ja)}};
}

}  // namespace

std::vector<Caution> cautions_of(const Cases& cases, std::span<const Effect> effects, const Effect* headline,
                                 const Reading& reading, std::size_t versions) {
  std::vector<Caution> found;
  if (cases.comparison == Comparison::matched) {
    found.push_back(
        {"weaker_evidence",
         {"Nobody was held out. The comparison is with like accounts, and whoever was chosen for the playbook "
          "may differ in what no record shows. Keep a holdout to be sure.",
          "対照群がないため、条件の近い企業と比較しています。記録に表れない違いが結果に影響している"
          "可能性があります。確かめるには対照群を設定してください。"}});
  }
  if (!cases.unmatched.empty()) {
    found.push_back(
        {"unmatched",
         {fmt::format("For {} treated accounts no like account was found; they are left out.", cases.unmatched.size()),
          fmt::format("{}社は条件の近い企業が見つからなかったため、比較から除いています。", cases.unmatched.size())}});
  }
  if (auto caution = short_of_renewals(cases)) found.push_back(std::move(*caution));
  if (is_imbalanced(cases)) {
    found.push_back({"imbalance",
                     {"The two sides differed before the playbook began; see the table of what they were like.",
                      "開始時点で両群の条件に差があります。条件の一覧をご確認ください。"}});
  }
  if (cases.comparison == Comparison::holdout && versions == 1 && is_uneven(cases, reading.holdout_percent)) {
    found.push_back({"arms_uneven",
                     {fmt::format("{} of {} accounts were held out, which chance does not give with {}%. Perhaps the "
                                  "share was changed, or accounts were let in by hand.",
                                  cases.comparison_side.size(), cases.treated.size() + cases.comparison_side.size(),
                                  reading.holdout_percent),
                      fmt::format("対照群は{1}社中{0}社で、設定した割合({2}%)からは偶然では説明できません。割合の変更や"
                                  "手動での開始がなかったかご確認ください。",
                                  cases.comparison_side.size(), cases.treated.size() + cases.comparison_side.size(),
                                  reading.holdout_percent)}});
  }
  const bool has_verdict = headline && (headline->verdict == Verdict::helps || headline->verdict == Verdict::hurts);
  if (has_verdict) {
    const auto& seen = headline->found;
    const auto watched = effects::always_valid(seen.difference, seen.standard_error,
                                               seen.treated.cases + seen.comparison.cases, planned_cases, confidence);
    if (!watched.excludes(0)) {
      found.push_back({"looks_early",
                       {"The interval is right for one look. Whoever looks every week and stops at the first good "
                        "figure is fooled more often: allowing for that, the difference could still be none.",
                        "信頼区間は一度だけ確認した場合のものです。毎週確認して良い結果が出た時点で判断すると、偶然を"
                        "効果と誤りやすくなります。それを考慮すると、差がない可能性も残ります。"}});
    }
  }
  if (effects.size() > 1) {
    found.push_back(
        {"many_measures",
         {fmt::format("{} measures are shown. The verdict rests on one of them, laid down by what the "
                      "playbook is for; of the others, one in ten would show a difference by chance.",
                      effects.size()),
          fmt::format("{}個の指標を表示しています。判定は、プレイブックの目的に応じてあらかじめ決めた指標だけで"
                      "行います。そのほかの指標は10個に1個ほど偶然でも差が出ます。",
                      effects.size())}});
  }
  const auto stopped = std::count_if(cases.treated.begin(), cases.treated.end(), [](const Case& each) {
    return each.state == "stopped" || each.state == "failed";
  });
  if (!cases.treated.empty() &&
      static_cast<double>(stopped) > many_stopped_share * static_cast<double>(cases.treated.size())) {
    found.push_back(
        {"stopped_runs",
         {fmt::format("{} of {} runs were stopped or failed; they count as treated all the same, which "
                      "makes the effect look smaller.",
                      stopped, cases.treated.size()),
          fmt::format("{1}件中{0}件の実行が中止または失敗しました。これらも実施した側に数えるため、効果は小さめに"
                      "表れます。",
                      stopped, cases.treated.size())}});
  }
  return found;
}

}  // namespace banso::proof
