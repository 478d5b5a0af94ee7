// From the records of customers, revenue and usage to the engine's book, for a chunk of accounts.
//
// The workspace's book day is its "now": facts that were recorded after it (a table from 2024 imported today) count as
// known on it, so that they are seen; facts that happened after it are left out.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <vector>

#include "engine/book.hpp"
#include "health.hpp"
#include "level_overrides.hpp"
#include "person_numbers.hpp"

namespace banso::health {

struct LoadedBook {
  engine::Book book;
  // By account, all versions, known days as in the book.
  std::map<core::AccountId, std::vector<revenue::SubscriptionFact>> subscriptions;
  std::map<core::AccountId, std::vector<customers::AccountFact>> accounts;
  std::map<core::AccountId, std::vector<LevelOverride>> level_overrides;
  std::map<core::AccountId, PersonNumbers> persons;  // whom the person numbers of the book mean
};

// An account's record as known on a day; null where it was not known, or deleted by then.
const customers::AccountFact* record_on(std::span<const customers::AccountFact> versions, core::Day day);

class BookLoader {
 public:
  BookLoader(Dependencies dependencies, core::Day book_day);

  core::Day book_day() const { return book_day_; }
  // The accounts that exist on that day, ascending.
  std::vector<core::AccountId> accounts_on(core::Day as_of) const;
  // The day on which the first account became known; nothing where there are none.
  std::optional<core::Day> first_known_day() const;
  LoadedBook load(std::span<const core::AccountId> accounts) const;
  // The same without usage. Contacts are tied to the persons as `persons` numbers them; those it does not know yet are
  // added to it.
  LoadedBook load_records(std::span<const core::AccountId> accounts,
                          std::map<core::AccountId, PersonNumbers> persons) const;
  // Since when the book counts something as known: see above. Empty (from = until) where it was never visible.
  customers::KnownSpan by_book_clock(customers::KnownSpan known) const;

 private:
  Dependencies from_;
  core::Day book_day_;
};

}  // namespace banso::health
