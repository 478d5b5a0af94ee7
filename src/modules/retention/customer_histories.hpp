// Each account as a customer: since when it pays, until when, and what it paid on the way. What survival, cohorts and
// unit economics are computed from. Owns its data, so that no ledger is held up while figures are computed.
//
// A customer's lifetime begins on the first day it pays and ends on the first day it does not, unless it pays again
// within the gap that the rules bridge. One that returns later keeps its first end: a second lifetime is another
// matter. One whose contracts went on at another account was not lost; it is out of sight from that day on.
#pragma once

#include "engine/retention_statistics/lifetimes.hpp"
#include "ledgers.hpp"

namespace banso::retention {

namespace statistics = engine::retention_statistics;

struct CustomerHistory {
  core::AccountId id;
  core::Day begin;
  std::optional<core::Day> end;       // the first day it did not pay any more
  std::optional<core::Day> moved_on;  // the day from which on another account pays; then there is no end
  bool has_returned = false;          // it paid again after `end`
  std::vector<ledger::Step> steps;    // up to the last day

  std::int64_t mrr_on(core::Day day) const;
  bool pays_on(core::Day day) const { return mrr_on(day) > 0; }
};

// A way to part the customers. Values are those at the begin of the lifetime: what a customer became later cannot
// explain how long it stayed.
struct CustomerGroups {
  struct Group {
    std::string value;  // empty: without a value
    core::Text name;
  };
  std::string key;
  std::vector<Group> groups;
  std::vector<std::vector<std::uint32_t>> of_customer;  // as in CustomerHistories::customers
  bool is_overlapping = false;                          // a customer may be in several
};

struct DimensionName {
  std::string key;
  core::Text name;
};

struct CustomerHistories {
  core::Day until;  // up to, not including: seen are the days before it, and that it ended on it
  core::Day book_day;
  std::optional<core::Day> as_of;
  std::string currency;
  RuleSet rules;
  std::vector<DimensionName> dimensions;
  CustomerGroups groups;                   // by the dimension asked for; one group of all where none was
  std::vector<CustomerHistory> customers;  // who ever paid

  // Positions of the customers of a group.
  std::vector<std::uint32_t> members_of(std::uint32_t group) const;
};

inline constexpr std::string_view no_dimension = "none";

// `by`: key of a dimension, or "none". Fields of the error: "by".
core::Result<CustomerHistories> customer_histories(const Reading& reading, std::string_view by);

// As lifetimes in `unit`; with `since`, only what was seen from that day on (who came before enters late).
statistics::ObservedLifetimes lifetimes_of(const CustomerHistories& histories, std::span<const std::uint32_t> customers,
                                           statistics::AgeUnit unit, std::optional<core::Day> since = {},
                                           std::uint32_t group = 0);

}  // namespace banso::retention
