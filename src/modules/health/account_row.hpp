// One line of the book: an account's record, contracts and assessment as known on one day. Immutable and shared between
// the snapshots of the book, so that a new snapshot copies pointers only.
#pragma once

#include <memory>
#include <vector>

#include "scored.hpp"

namespace banso::health {

// What records say of it: stays while only usage changes.
struct RecordedAccount {
  customers::BookRow record;
  std::string collation_key;  // of the name, by its reading
  std::int64_t mrr_minor = 0, arr_minor = 0, seats = 0;
  std::optional<core::Day> renewal_day, notice_deadline;
};

struct AccountRow : RecordedAccount {
  std::optional<core::Day> last_activity_day, last_meeting_day;
  ScoredAccount scored;  // empty vectors where the account was not scored yet

  core::AccountId id() const { return record.id; }
  double value(std::size_t measure) const;  // not a number where there is none
};
using AccountRowPtr = std::shared_ptr<const AccountRow>;

// The record as it was known by the fact; names that are not kept there (reading) come from the present record.
customers::BookRow record_as_of(const customers::AccountFact& fact, const customers::BookRow* present);

AccountRowPtr make_row(customers::BookRow record, std::span<const revenue::SubscriptionFact> subscriptions,
                       ScoredAccount scored, const DefinitionSet& set, core::Day as_of, std::string_view currency);
// The same account, scored anew; as of the same day.
AccountRowPtr scored_anew(const RecordedAccount& account, ScoredAccount scored, const DefinitionSet& set);

}  // namespace banso::health
