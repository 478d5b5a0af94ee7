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

namespace banso::health {

enum class FactSource { usage, contracts, tickets, surveys, interactions, attendance };
inline constexpr std::size_t fact_source_count = 6;
std::string_view word_of(FactSource source);
core::Text name_of(FactSource source);

// How much is known from a source, and how new it is.
struct SourceFreshness {
  std::int64_t rows = 0;
  core::Day newest_day = engine::no_day;        // of happening, up to the book day
  core::Day newest_known_day = engine::no_day;  // of learning

  void note(core::Day happened, core::Day known, std::int64_t count = 1);
  void add(const SourceFreshness& other);
};
using Freshness = std::array<SourceFreshness, fact_source_count>;

struct LoadedBook {
  engine::Book book;
  // By account, all versions, known days as in the book.
  std::map<core::AccountId, std::vector<revenue::SubscriptionFact>> subscriptions;
  std::map<core::AccountId, std::vector<customers::AccountFact>> accounts;
  Freshness freshness;
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

 private:
  customers::KnownSpan by_book_clock(customers::KnownSpan known) const;

  Dependencies from_;
  core::Day book_day_;
};

}  // namespace banso::health
