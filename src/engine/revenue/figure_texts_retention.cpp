#include <vector>

#include <fmt/format.h>

#include "figure_texts.hpp"
#include "figures.hpp"

namespace banso::engine::revenue {

namespace {

const core::Text closed_cohort = {
    "Closed cohort: only accounts that paid at the start count. A segment, owner or other group counts as of the "
    "start.",
    "期首に支払いのあった顧客だけを対象とします。セグメントや主担当などの区分は期首時点のものです。"};

// A figure of each window; the keys live as long as the program.
FigureDefinition over_months(std::string_view key, int months, const core::Text& name, const core::Text& definition,
                             const core::Text& formula) {
  const core::Text window = months == 1 ? core::Text{"1 month", "1か月"}
                                        : core::Text{fmt::format("{} months", months), fmt::format("{}か月", months)};
  return {key,
          FigureUnit::percent,
          {fmt::format("{}, {}", name.en, window.en), fmt::format("{}({})", name.ja, window.ja)},
          {fmt::format(fmt::runtime(definition.en), window.en), fmt::format(fmt::runtime(definition.ja), window.ja)},
          formula,
          closed_cohort};
}

const core::Text nrr = {"NRR", "NRR(売上継続率・純額)"};
const core::Text nrr_definition = {
    "Net revenue retention over {}: of what customers paid at the start, how much the same customers pay at the end, "
    "growth included.",
    "{}前の顧客が支払っていた金額に対し、同じ顧客がいま支払っている金額の割合です。拡大を含みます。"};
const core::Text nrr_formula = {
    "MRR at the end of the accounts that paid at the start ÷ their MRR at the start; exchange effects and transfers "
    "are "
    "taken out of the end",
    "期首に支払いのあった顧客の期末MRR ÷ 同じ顧客の期首MRR(期末からは為替影響と移管を除きます)"};
const core::Text grr = {"GRR", "GRR(売上継続率・総額)"};
const core::Text grr_definition = {
    "Gross revenue retention over {}: the same without growth. Never above 100%.",
    "{}前の顧客が支払っていた金額のうち、残っている割合です。拡大を含めないため100%を超えません。"};
const core::Text grr_formula = {
    "1 − (MRR of accounts gone + falls of accounts that pay less) ÷ MRR at the start, account by account",
    "1 −(離れた顧客のMRR + 減った顧客の減少額)÷ 期首MRR(顧客ごとに計算します)"};

}  // namespace

std::span<const FigureDefinition> retention_texts() {
  static const std::vector<FigureDefinition> texts = {
      over_months("nrr_12", 12, nrr, nrr_definition, nrr_formula),
      over_months("grr_12", 12, grr, grr_definition, grr_formula),
      over_months("nrr_3", 3, nrr, nrr_definition, nrr_formula),
      over_months("grr_3", 3, grr, grr_definition, grr_formula),
      over_months("nrr_1", 1, nrr, nrr_definition, nrr_formula),
      over_months("grr_1", 1, grr, grr_definition, grr_formula),
      {"logo_churn",
       FigureUnit::percent,
       {"Logo churn", "顧客解約率"},
       {"The share of customers lost in the period.", "期間中に失った顧客の割合です。"},
       {"customers lost ÷ customers at the start", "解約顧客数 ÷ 期首顧客数"},
       {"Subscriptions, under the rules chosen.", "契約データと、選択した集計ルールによります。"}},
      {"logo_churn_12",
       FigureUnit::percent,
       {"Logo churn, 12 months", "顧客解約率(12か月)"},
       {"The share of the customers of twelve months ago that are customers no more.",
        "12か月前の顧客のうち、現在は顧客でない割合です。"},
       {"accounts of the cohort lost ÷ accounts of the cohort", "期首の顧客のうち失った数 ÷ 期首の顧客数"},
       closed_cohort},
      {"revenue_churn",
       FigureUnit::percent,
       {"Revenue churn", "収益解約率"},
       {"The share of MRR lost or fallen in the period, before growth.",
        "期間中に解約と縮小で失ったMRRの割合です。拡大は差し引きません。"},
       {"−(contraction + churn) ÷ opening MRR", "(縮小 + 解約の絶対値)÷ 期首MRR"},
       {"Subscriptions, under the rules chosen. Includes falls of customers won within the period, unlike GRR.",
        "契約データと、選択した集計ルールによります。GRRと異なり、期間中に獲得した顧客の減少も含みます。"}},
      {"due",
       FigureUnit::money,
       {"Due for renewal", "更新対象"},
       {"MRR of subscriptions that end in the period. Open-ended ones never come due.",
        "期間中に終了日を迎えた契約のMRRです。終了日のない契約は対象になりません。"},
       {"sum, by customer and end, of the MRR of the terms that end",
        "終了日を迎えた契約のMRRを、顧客と終了日ごとに合計"},
       {"GitLab's practice of “available to renew”.", "GitLabの「更新可能額(ATR)」の考え方に沿っています。"}},
      {"renewed",
       FigureUnit::money,
       {"Renewed", "更新済み"},
       {"How much of what was due goes on, never more than was due.",
        "更新対象のうち継続した金額です。更新対象を超えません。"},
       {"per customer and end: the smaller of what was due and what begins that day, or within the gap that the rules "
        "bridge",
        "顧客と終了日ごとに、更新対象額と、その日(または集計ルールが継続とみなす日数以内)に始まる契約の金額の小さい方"},
       {"GitLab's practice: won is capped at 100% of what was available to renew.",
        "GitLabの実務に沿い、更新額は更新対象の100%を上限とします。"}},
      {"renewal_rate",
       FigureUnit::percent,
       {"Renewal rate", "更新率"},
       {"The share of what was due for renewal that was renewed. Never above 100%.",
        "更新対象のうち更新された割合です。100%を超えません。"},
       {"renewed ÷ due", "更新済み ÷ 更新対象"},
       {"Unlike GRR it looks only at contracts that could end.", "GRRと異なり、終了し得た契約だけを対象とします。"}},
      {"survival",
       FigureUnit::percent,
       {"Survival", "生存率"},
       {"The share of customers still there after a time, counting those who have not been here that long as far as "
        "they "
        "are known.",
        "一定期間後も顧客である割合です。まだその期間に達していない顧客も、わかっている範囲で計算に含めます。"},
       {"Kaplan–Meier: product over the times of loss of 1 − lost ÷ at risk; bands after Greenwood on the log-log "
        "scale",
        "カプラン・マイヤー法: 離脱の時点ごとの(1 − 離脱数 ÷ 対象数)の積。信頼区間はGreenwoodの公式(log-log変換)"},
       {"Kaplan & Meier 1958; groups are compared by the log-rank test.",
        "Kaplan & Meier (1958)。群の比較はログランク検定によります。"}},
      {"cohort_retention",
       FigureUnit::percent,
       {"Cohort retention", "コホート継続率"},
       {"Of the customers that began in the same period, the share (of customers, MRR or usage) that is left after so "
        "many "
        "periods.",
        "同じ時期に始まった顧客について、一定期間後に残っている割合(顧客数・MRR・利用)です。"},
       {"left after n periods ÷ at the beginning", "n期間後に残っている量 ÷ 開始時の量"},
       {"Month of the first payment.", "初めて支払いのあった月によります。"}},
  };
  return texts;
}

}  // namespace banso::engine::revenue
