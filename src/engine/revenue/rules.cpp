// The switches in words. How rules are written as text: rules_json.cpp; those that ship: shipped_rules.cpp.
#include "rules.hpp"

#include <array>

#include <fmt/format.h>

namespace banso::engine::revenue {

namespace {

core::Text days(int count) {
  return {fmt::format("{} days", count), fmt::format("{}日", count)};
}

template <auto Field>
bool differs(const RevenueRules& left, const RevenueRules& right) {
  return left.*Field != right.*Field;
}
template <auto Field>
void copy(const RevenueRules& from, RevenueRules& to) {
  to.*Field = from.*Field;
}

core::Text churn_on(const RevenueRules& rules) {
  if (rules.churn_on == ChurnOn::notice) return {"the day of notice", "解約通知日"};
  return {"the end of the service", "サービス終了日"};
}

core::Text gap_days(const RevenueRules& rules) {
  if (rules.gap_days == 0) return {"every gap is churn", "空白はすべて解約"};
  return {fmt::format("up to {} days", rules.gap_days), fmt::format("{}日以内は継続", rules.gap_days)};
}

core::Text reactivation(const RevenueRules& rules) {
  if (rules.reactivation_in_retention) return {"kept", "継続とみなす"};
  return {"lost", "失ったとみなす"};
}

core::Text price(const RevenueRules& rules) {
  if (rules.price == Price::list) return {"list price", "定価"};
  return {"after discounts", "割引後"};
}

core::Text trials(const RevenueRules& rules) {
  if (rules.trials == Trials::included) return {"counted", "含める"};
  return {"left out", "含めない"};
}

core::Text past_due(const RevenueRules& rules) {
  if (!rules.past_due_days) return {"always counts", "計上し続ける"};
  return {fmt::format("counts for {} days", *rules.past_due_days),
          fmt::format("{}日で計上を止める", *rules.past_due_days)};
}

core::Text new_after(const RevenueRules& rules) {
  return rules.new_after_days ? days(*rules.new_after_days) : core::Text{"never", "新規とみなさない"};
}

core::Text netting(const RevenueRules& rules) {
  switch (rules.netting) {
    case Netting::product_day:
      return {"per product and day", "製品・日ごと"};
    case Netting::account_month:
      return {"per customer and month", "顧客・月ごと"};
    default:
      return {"per customer and day", "顧客・日ごと"};
  }
}

core::Text rates(const RevenueRules& rules) {
  if (rules.rates == RateMonth::each_month) return {"each month's own", "各月のレート"};
  return {"of the first month", "契約開始月のレート"};
}

}  // namespace

std::span<const Switch> switches() {
  using Rules = RevenueRules;
  static const std::array<Switch, 9> all = {{
      {"churn_on",
       {"Churn on", "解約とみなす日"},
       {"On which day the revenue of a customer who leaves is gone.", "離れる顧客の収益がなくなる日を決めます。"},
       churn_on,
       differs<&Rules::churn_on>,
       copy<&Rules::churn_on>},
      {"gap_days",
       {"Gaps bridged", "継続とみなす空白"},
       {"A gap between two subscriptions of up to so many days is no churn.",
        "契約と契約の間がこの日数以内なら、解約とみなしません。"},
       gap_days,
       differs<&Rules::gap_days>,
       copy<&Rules::gap_days>},
      {"reactivation_in_retention",
       {"Lost and back again", "期間内の離脱と復帰"},
       {"Whether a customer lost and back within a window counts in its NRR and GRR.",
        "期間内に離れて戻った顧客を、その期間のNRRとGRRに含めるかを決めます。"},
       reactivation,
       differs<&Rules::reactivation_in_retention>,
       copy<&Rules::reactivation_in_retention>},
      {"price",
       {"Price", "価格"},
       {"Whether discounts are taken off.", "割引を差し引くかを決めます。"},
       price,
       differs<&Rules::price>,
       copy<&Rules::price>},
      {"trials",
       {"Trials", "試用"},
       {"Whether subscriptions on trial count.", "試用中の契約を含めるかを決めます。"},
       trials,
       differs<&Rules::trials>,
       copy<&Rules::trials>},
      {"past_due_days",
       {"Past due", "支払い遅延"},
       {"For how long an unpaid subscription counts.", "支払いが遅れている契約をいつまで計上するかを決めます。"},
       past_due,
       differs<&Rules::past_due_days>,
       copy<&Rules::past_due_days>},
      {"new_after_days",
       {"New again after", "再び新規とみなす期間"},
       {"Who returns after a longer absence is new, not reactivated.",
        "これより長く離れていた顧客が戻ったとき、復活ではなく新規とみなします。"},
       new_after,
       differs<&Rules::new_after_days>,
       copy<&Rules::new_after_days>},
      {"netting",
       {"Changes netted", "増減の相殺"},
       {"Which changes are added up before they are named.", "どの範囲の増減を合算してから区分するかを決めます。"},
       netting,
       differs<&Rules::netting>,
       copy<&Rules::netting>},
      {"rates",
       {"Exchange rate", "為替レート"},
       {"Which month's rate values a subscription in a foreign currency.",
        "外貨の契約をどの月のレートで換算するかを決めます。"},
       rates,
       differs<&Rules::rates>,
       copy<&Rules::rates>},
  }};
  return all;
}

}  // namespace banso::engine::revenue
