#include <vector>

#include "figure_texts.hpp"

namespace banso::engine::revenue {

namespace {

const core::Text costs_and_contracts = {
    "Acquisition costs entered or imported per month and channel, and subscriptions.",
    "月・チャネルごとに入力または取り込んだ獲得費用と、契約データによります。"};
const core::Text rule_of_thumb = {"A rule of thumb, shown as such.", "目安であり、絶対的な基準ではありません。"};

}  // namespace

std::span<const FigureDefinition> unit_economics_texts() {
  static const std::vector<FigureDefinition> texts = {
      {"gross_margin",
       FigureUnit::percent,
       {"Gross margin", "粗利率"},
       {"The share of revenue left after the cost of serving it. Entered, not computed.",
        "提供にかかる費用を除いた収益の割合です。計算ではなく入力した値を使います。"},
       {"(revenue − cost of serving) ÷ revenue", "(収益 − 提供費用)÷ 収益"},
       {"The workspace's settings.", "ワークスペースの設定によります。"}},
      {"ltv_simple",
       FigureUnit::money_per_account,
       {"LTV, simple", "LTV(簡易)"},
       {"What a customer brings over its lifetime, if the churn of today stayed as it is.",
        "現在の解約率が続くと仮定した場合の、顧客1社の生涯収益です。"},
       {"ARPA ÷ logo churn a month", "ARPA ÷ 月次の顧客解約率"},
       {"The common approximation; overstates where churn falls with age.",
        "一般的な近似式です。契約が長いほど解約しにくい場合は実際とずれます。"}},
      {"ltv_margin",
       FigureUnit::money_per_account,
       {"LTV, of margin", "LTV(粗利)"},
       {"The same, of the gross margin.", "簡易LTVに粗利率を掛けたものです。"},
       {"ARPA × gross margin ÷ logo churn a month", "ARPA × 粗利率 ÷ 月次の顧客解約率"},
       {"The common approximation.", "一般的な近似式です。"}},
      {"ltv_survival",
       FigureUnit::money_per_account,
       {"LTV, from survival", "LTV(生存曲線)"},
       {"What a customer brings over its lifetime as customers really stayed, with the interval in which it lies.",
        "実際の継続状況から求めた、顧客1社の生涯収益です。信頼区間とともに示します。"},
       {"ARPA × gross margin × sum of S(month) up to the horizon, discounted",
        "ARPA × 粗利率 × 生存率S(月)の合計(対象期間まで、割引後)"},
       {"Kaplan–Meier within the data, shifted beta-geometric beyond it (Fader & Hardie 2007).",
        "データの範囲内はカプラン・マイヤー法、その先はシフト付きベータ幾何分布(Fader & Hardie 2007)によります。"}},
      {"cac",
       FigureUnit::money_per_account,
       {"CAC", "CAC(顧客獲得単価)"},
       {"What it cost to win a customer.", "顧客を1社獲得するのにかかった費用です。"},
       {"acquisition costs ÷ new customers of the same period", "獲得費用 ÷ 同じ期間の新規顧客数"},
       costs_and_contracts},
      {"ltv_to_cac",
       FigureUnit::ratio,
       {"LTV/CAC", "LTV/CAC"},
       {"How many times over a customer pays back what it cost to win it. 3 is often called healthy.",
        "獲得費用の何倍を回収できるかです。3倍以上が健全の目安とされます。"},
       {"LTV ÷ CAC", "LTV ÷ CAC"},
       rule_of_thumb},
      {"payback_months",
       FigureUnit::months,
       {"CAC payback", "CAC回収期間"},
       {"After how many months a customer has paid back what it cost to win it. 12 is often called good.",
        "獲得費用を回収するまでの月数です。12か月以内が良い目安とされます。"},
       {"CAC ÷ (ARPA of new customers × gross margin)", "CAC ÷(新規顧客のARPA × 粗利率)"},
       rule_of_thumb},
  };
  return texts;
}

std::span<const FigureDefinition> page_texts() {
  static const std::vector<FigureDefinition> texts = {
      {"waterfall",
       FigureUnit::money,
       {"Waterfall", "増減の内訳"},
       {"How revenue came from the opening to the closing of the period; every step leads to its accounts and rows.",
        "期首から期末までの収益の増減を内訳で示します。各段階から顧客と契約行をたどれます。"},
       {"opening + new + reactivation + expansion + contraction + churn + transfers + exchange rates = closing",
        "期首 + 新規 + 復活 + 拡大 + 縮小 + 解約 + 移管 + 為替 = 期末"},
       {"Subscriptions, under the rules chosen.", "契約データと、選択した集計ルールによります。"}},
      {"cost_of_churn",
       FigureUnit::money,
       {"Cost of churn", "解約の損失額"},
       {"How much MRR leaks a month, and what one point of GRR is worth.",
        "毎月流出しているMRRと、GRR1ポイントの金額です。"},
       {"−(contraction + churn) of the last twelve months ÷ 12; a point of GRR = 1% of ARR twelve months ago",
        "直近12か月の(縮小 + 解約の絶対値)÷ 12。GRR1ポイント = 12か月前のARRの1%"},
       {"Subscriptions, under the rules chosen.", "契約データと、選択した集計ルールによります。"}},
      {"concentration",
       FigureUnit::percent,
       {"Concentration", "上位集中度"},
       {"The share of ARR that the ten largest customers pay.", "ARRに占める上位10社の割合です。"},
       {"ARR of the ten largest ÷ ARR", "上位10社のARR ÷ 全体のARR"},
       {"Subscriptions, under the rules chosen.", "契約データと、選択した集計ルールによります。"}},
      {"churn_reasons",
       FigureUnit::money,
       {"Reasons for churn", "解約理由"},
       {"What customers lost in the last twelve months gave as reason, by revenue.",
        "直近12か月に失った顧客の理由を、金額順に示します。"},
       {"ARR lost, by the reason noted at the renewal", "更新時に記録した理由ごとの、失ったARR"},
       {"Reasons that people chose from the list.", "一覧から選ばれた理由によります。"}},
      {"health",
       FigureUnit::money,
       {"Health, by ARR", "ヘルス(ARR構成)"},
       {"How ARR is spread over the levels of health.", "ヘルスの各レベルにARRがどう分布しているかを示します。"},
       {"sum of ARR by the account's level", "顧客のレベルごとのARRの合計"},
       {"The health score and subscriptions.", "ヘルススコアと契約データによります。"}},
      {"cohorts",
       FigureUnit::percent,
       {"Cohorts", "コホート"},
       {"Of the MRR that customers of a quarter began with, how much is there after so many months.",
        "同じ四半期に始まった顧客の最初のMRRのうち、一定の月数後に残っている割合です。"},
       {"MRR after n months ÷ MRR of the first month", "nか月後のMRR ÷ 最初の月のMRR"},
       {"Month of the first payment.", "初めて支払いのあった月によります。"}},
      {"goals",
       FigureUnit::money,
       {"Goals", "目標"},
       {"What was set for the quarter, and how far it is reached.", "四半期の目標と達成状況です。"},
       {"actual ÷ goal; for churn, what is left of what may be lost", "実績 ÷ 目標。解約は許容額の残り"},
       {"Entered per quarter.", "四半期ごとに入力した値によります。"}},
  };
  return texts;
}

}  // namespace banso::engine::revenue
