// What an account gained over its contract, next to what it pays.
#include <algorithm>
#include <cmath>

#include "customer_view.hpp"
#include "render.hpp"

namespace banso::plans {
namespace {

namespace json = platform::json;

struct Paid {
  std::optional<core::Day> since;
  std::int64_t paid_minor = 0;
  std::int64_t arr_minor = 0;
};

// By days: a month of 365 / 12.
Paid paid_by(revenue::Service& revenue, core::AccountId account, core::Day today, const std::string& currency) {
  constexpr double days_of_month = 365.0 / 12;
  std::vector<revenue::SubscriptionFact> facts;
  revenue.each_subscription(customers::Selection::of({account}), [&](const auto& fact) {
    if (fact.known.on(today)) facts.push_back(fact);
  });
  Paid paid;
  double total = 0;
  for (const auto& fact : facts) {
    if (fact.is_trial || fact.start > today || !fact.mrr_minor) continue;
    if (!paid.since || fact.start < *paid.since) paid.since = fact.start;
    const auto until = fact.end ? std::min(*fact.end, today + 1) : today + 1;
    total += static_cast<double>(*fact.mrr_minor) * (until - fact.start) / days_of_month;
  }
  paid.paid_minor = std::llround(total);
  paid.arr_minor = revenue::totals_on(facts, today, currency).arr_minor;
  return paid;
}

json::value money_or_null(const std::optional<std::int64_t>& amount_minor, const std::string& currency) {
  return amount_minor ? json::value(render_money(*amount_minor, currency)) : json::value(nullptr);
}

}  // namespace

std::optional<SharedPayment> payment_of(revenue::Service& revenue, core::AccountId account, core::Day today,
                                        const std::string& currency) {
  const auto paid = paid_by(revenue, account, today, currency);
  if (!paid.since) return std::nullopt;
  return SharedPayment{*paid.since, core::Money{paid.paid_minor, currency}};
}

json::object render_account_value(const Scene& scene, core::AccountId account, const std::vector<PlanFile>& files) {
  const auto paid = paid_by(*scene.from.revenue, account, scene.today, scene.currency);
  json::array items;
  std::vector<std::pair<core::Text, double>> units;
  std::int64_t delivered_minor = 0;
  for (const auto& file : files) {
    const auto view = look_at(file, scene.today);
    for (const auto& goal : view.goals) {
      if (!goal.achievement) continue;
      const auto& value = goal.goal.value;
      const auto so_far =
          value ? document::value_so_far(*value, goal.achievement->achieved, scene.today) : document::ValueSoFar{};
      delivered_minor += so_far.amount_minor.value_or(0);
      if (so_far.quantity) {
        const auto same =
            std::find_if(units.begin(), units.end(), [&](const auto& each) { return each.first == value->unit; });
        if (same == units.end()) {
          units.emplace_back(value->unit, *so_far.quantity);
        } else {
          same->second += *so_far.quantity;
        }
      }
      items.push_back(
          json::object{{"plan_id", file.row.id.value},
                       {"goal", goal.goal.key},
                       {"name", render(goal.goal.name)},
                       {"achieved_on", json::from(goal.achievement->achieved)},
                       {"stage", document::word_of(goal.goal.stage)},
                       {"per", value ? json::value(document::word_of(value->per)) : json::value(nullptr)},
                       {"how", render(value ? value->how : core::Text{})},
                       {"amount", value ? money_or_null(value->amount_minor, scene.currency) : json::value(nullptr)},
                       {"amount_so_far", money_or_null(so_far.amount_minor, scene.currency)},
                       {"quantity", value ? json::from(value->quantity) : json::value(nullptr)},
                       {"quantity_so_far", json::from(so_far.quantity)},
                       {"unit", render(value ? value->unit : core::Text{})},
                       {"story", goal.achievement->story},
                       {"shared", goal.achievement->is_shared},
                       {"counts_as_success", goal.standing.is_success(goal.goal)}});
    }
  }
  json::array in_units;
  for (const auto& [unit, quantity] : units) {
    in_units.push_back(json::object{{"unit", render(unit)}, {"quantity", quantity}});
  }
  const bool has_ratio = paid.paid_minor > 0 && delivered_minor != 0;
  return {
      {"as_of", json::from(scene.today)},
      {"currency", scene.currency},
      {"since", json::from(paid.since)},
      {"paid", render_money(paid.paid_minor, scene.currency)},
      {"arr", render_money(paid.arr_minor, scene.currency)},
      {"delivered", render_money(delivered_minor, scene.currency)},
      {"per_paid", has_ratio ? json::value(static_cast<double>(delivered_minor) / static_cast<double>(paid.paid_minor))
                             : json::value(nullptr)},
      {"items", std::move(items)},
      {"units", std::move(in_units)}};
}

}  // namespace banso::plans
