#include "account_row.hpp"

#include <cmath>

#include "collation.hpp"

namespace banso::health {
namespace {

std::optional<core::Day> day_from(core::Day day) {
  return day == engine::no_day ? std::nullopt : std::optional(day);
}

}  // namespace

double AccountRow::value(std::size_t measure) const {
  return measure < scored.values.size() ? scored.values[measure] : std::nan("");
}

customers::BookRow record_as_of(const customers::AccountFact& fact, const customers::BookRow* present) {
  customers::BookRow row;
  if (present) {
    row = *present;
  } else {
    row.search_key = customers::search_key(fact.name + " " + fact.external_id);
    row.sort_key = fact.name;
  }
  row.id = fact.account;
  row.external_id = fact.external_id;
  row.name = fact.name;
  row.phase = fact.phase;
  row.owner_name = fact.owner_name;
  row.owner = fact.owner;
  row.industry = fact.industry;
  row.size = fact.size;
  row.region = fact.region;
  row.country = fact.country;
  row.plan = fact.plan;
  row.parent = fact.parent;
  row.created_day = fact.created_day;
  row.attributes = fact.attributes;
  return row;
}

AccountRowPtr make_row(customers::BookRow record, std::span<const revenue::SubscriptionFact> subscriptions,
                       ScoredAccount scored, const DefinitionSet& set, core::Day as_of, std::string_view currency) {
  RecordedAccount account;
  account.collation_key = collation_key(record.sort_key.empty() ? record.name : record.sort_key);
  account.record = std::move(record);
  const auto totals = revenue::totals_on(subscriptions, as_of, currency);
  account.mrr_minor = totals.mrr_minor;
  account.arr_minor = totals.arr_minor;
  account.seats = totals.seats;
  account.renewal_day = totals.next_renewal_day;
  account.notice_deadline = totals.notice_deadline;
  return scored_anew(account, std::move(scored), set);
}

AccountRowPtr scored_anew(const RecordedAccount& account, ScoredAccount scored, const DefinitionSet& set) {
  auto row = std::make_shared<AccountRow>();
  static_cast<RecordedAccount&>(*row) = account;
  if (set.book.days_since_meeting < scored.newest_days.size()) {
    row->last_activity_day = day_from(scored.newest_days[set.book.days_since_activity]);
    row->last_meeting_day = day_from(scored.newest_days[set.book.days_since_meeting]);
  }
  row->scored = std::move(scored);
  return row;
}

}  // namespace banso::health
