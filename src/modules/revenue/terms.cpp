// What a contract's dates mean: renewals, notice, totals of a day. Pure.
#include <algorithm>

#include "modules/revenue/revenue.hpp"

namespace banso::revenue {

std::optional<core::Day> renewal_day(const SubscriptionFact& subscription, core::Day day) {
  if (subscription.end) return day < *subscription.end ? subscription.end : std::nullopt;
  if (!subscription.auto_renewal) return std::nullopt;
  const auto period = static_cast<int>(subscription.billing_period_months);
  if (day < subscription.start) return core::add_months(subscription.start, period);
  // Counted from the start each time: adding month by month would lose the 31st on the way.
  const auto from = core::year_month_day(subscription.start);
  const auto to = core::year_month_day(day);
  int periods = ((to.year - from.year) * 12 + to.month - from.month) / period;
  auto renewal = core::add_months(subscription.start, periods * period);
  while (renewal <= day) renewal = core::add_months(subscription.start, ++periods * period);
  return renewal;
}

namespace {

// The term that continues this one without a gap, if it is signed already, and so on: until its end nothing comes up.
const SubscriptionFact& last_signed(std::span<const SubscriptionFact> subscriptions, const SubscriptionFact& term,
                                    core::Day day) {
  const SubscriptionFact* last = &term;
  for (bool extended = true; extended && last->end;) {
    extended = false;
    for (const auto& next : subscriptions) {
      const bool continues = next.product == last->product && next.known.on(day) && next.start <= *last->end &&
                             next.start > last->start && (!next.end || *next.end > *last->end);
      if (!continues) continue;
      last = &next;
      extended = true;
      break;
    }
  }
  return *last;
}

}  // namespace

std::optional<core::Day> notice_deadline(const SubscriptionFact& subscription, core::Day day) {
  const auto renewal = renewal_day(subscription, day);
  if (!renewal) return std::nullopt;
  return *renewal - static_cast<int>(subscription.notice_days);
}

Totals totals_on(std::span<const SubscriptionFact> subscriptions, core::Day day, std::string_view reporting_currency) {
  Totals totals;
  totals.currency = std::string(reporting_currency);
  std::map<std::string, std::int64_t> seats_by_product;
  for (const auto& subscription : subscriptions) {
    if (!subscription.known.on(day) || !subscription.active_on(day)) continue;
    totals.seats = std::max(totals.seats, seats_by_product[subscription.product] += subscription.seats);
    if (subscription.mrr_minor) {
      totals.mrr_minor += *subscription.mrr_minor;
    } else {
      ++totals.without_rate;
    }
    const SubscriptionFact& last = last_signed(subscriptions, subscription, day);
    const auto renewal = renewal_day(last, day);
    if (renewal && (!totals.next_renewal_day || *renewal < *totals.next_renewal_day)) {
      totals.next_renewal_day = renewal;
      totals.notice_deadline = notice_deadline(last, day);
    }
  }
  totals.arr_minor = totals.mrr_minor * 12;
  return totals;
}

}  // namespace banso::revenue
