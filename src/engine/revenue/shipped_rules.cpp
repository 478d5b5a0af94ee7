// The sets of rules that ship with the product. "Like" means: what their public documentation says, as far as switches
// reach; none of them is the vendor's own computation.
#include <array>

#include "rules.hpp"

namespace banso::engine::revenue {

namespace {

constexpr int small_gap_days = 7;
constexpr int dunning_days = 30;

RevenueRules banso() {
  RevenueRules rules;
  rules.name = {"Banso", "Banso"};
  rules.explanation = {
      "The product's own: revenue is gone when the service ends, gaps of up to a week are bridged, and a customer who "
      "comes back within a window counts as kept in it. A subscription keeps the exchange rate of its first month, so "
      "that figures do not move with the exchange.",
      "本製品の標準です。サービス終了日に解約とみなし、7日以内の空白は契約継続として扱います。"
      "期間内に復帰した顧客は継続とみなします。契約開始月の為替レートを使い続けるため、数字が為替で動きません。"};
  rules.gap_days = small_gap_days;
  return rules;
}

RevenueRules chartmogul_like() {
  RevenueRules rules;
  rules.name = {"ChartMogul-like", "ChartMogul風"};
  rules.explanation = {
      "Follows what ChartMogul's help describes: churn when the subscription ends, reactivation a movement of its own "
      "that counts in net retention, free trials left out, past-due subscriptions counted, discounts taken off, every "
      "gap is churn and return. Its merging of changes within an hour is a day here, because contracts have days.",
      "ChartMogulのヘルプの説明に沿った設定です。サービス終了時に解約、復活は独立した増減として純継続率に含めます。"
      "無料試用は含めず、支払い遅延中も計上し、割引後の金額を使います。空白はすべて解約と復活になります。"
      "1時間以内の変更をまとめる動作は、契約が日単位のため1日単位としています。"};
  return rules;
}

RevenueRules stripe_like() {
  RevenueRules rules;
  rules.name = {"Stripe-like", "Stripe風"};
  rules.explanation = {
      "Follows the metric definitions of Stripe Billing: active and past-due subscriptions count until dunning gives "
      "up "
      "(here after 30 days), trials do not, and the effect of exchange rates is shown apart from growth. Changes of "
      "different products on one day are not netted.",
      "Stripe Billingの指標定義に沿った設定です。有効な契約と支払い遅延中の契約を計上し、督促が終わると(ここでは30日後)"
      "計上を止めます。試用は含めず、為替の影響は成長と分けて表示します。同じ日の異なる製品の増減は相殺しません。"};
  rules.past_due_days = dunning_days;
  rules.rates = RateMonth::each_month;
  rules.netting = Netting::product_day;
  return rules;
}

RevenueRules saas_metrics_board() {
  RevenueRules rules;
  rules.name = {"SaaS Metrics Standards Board-like", "SaaS Metrics Standards Board風"};
  rules.explanation = {
      "Follows the retention standards of the SaaS Metrics Standards Board: a closed cohort of the customers at the "
      "start of the period, so that who left and returned within it is lost; GRR never above 100%. What the standards "
      "leave open is chosen here: a month's changes are netted per customer, and notice counts as the day of churn.",
      "SaaS Metrics Standards Boardの継続率の標準に沿った設定です。期首の顧客だけを対象とし、"
      "期間中に離れて戻った顧客は失った顧客とみなします。GRRは100%を超えません。"
      "標準が定めない点はここで選んでいます。1か月の増減は顧客ごとに相殺し、解約通知日を解約日とします。"};
  rules.churn_on = ChurnOn::notice;
  rules.reactivation_in_retention = false;
  rules.netting = Netting::account_month;
  return rules;
}

}  // namespace

std::span<const ShippedRules> shipped_rules() {
  static const std::array<ShippedRules, 4> shipped = {{{default_rules_key, banso()},
                                                       {"chartmogul_like", chartmogul_like()},
                                                       {"stripe_like", stripe_like()},
                                                       {"saas_metrics_board", saas_metrics_board()}}};
  return shipped;
}

}  // namespace banso::engine::revenue
