// One account's revenue day by day: its step function, and each change of it named. Internal to the ledger.
#pragma once

#include <span>
#include <vector>

#include "earnings.hpp"
#include "movements.hpp"
#include "recurring.hpp"
#include "transfers.hpp"

namespace banso::engine::revenue {

// What a change did to the account as a paying customer.
enum class CustomerChange : std::uint8_t { none, started, reactivated, lost, transferred_in, transferred_out };

struct NamedChange {
  Day day;
  std::int64_t before_minor = 0, after_minor = 0;
  AmountByKind amounts{};
  CustomerChange customer = CustomerChange::none;
  std::uint32_t rows_end = 0;  // its rows are those up to here, from where the change before it ends
};

// Goes through account after account, keeping its memory. Not for several threads at once.
class AccountLedger {
 public:
  enum class Rows { skipped, collected };
  // Days after `last` are left out. `netting`: as the rules say, if nothing else is. Keeps the reference.
  AccountLedger(const Recurring& recurring, Day last, Rows rows = Rows::skipped);
  AccountLedger(const Recurring& recurring, Day last, Netting netting, Rows rows = Rows::skipped);

  // `rows` in the ledger's order. What the last call returned is gone.
  std::span<const NamedChange> run(std::span<const Term> rows, std::span<const TransferShare> transfers);

  // Of the last run.
  std::span<const Earning> earnings() const { return earnings_; }
  std::span<const ChangedRow> rows_of(std::size_t change) const;

 private:
  enum class EventKind : std::uint8_t { revaluation, end, begin };
  struct Event {
    Day day;
    std::uint32_t earning = 0;
    EventKind kind = EventKind::begin;
    auto operator<=>(const Event&) const = default;
  };
  // What happened within a day, or a month.
  struct Group {
    Day day;
    std::int64_t before_minor = 0, currency_minor = 0, arrived_minor = 0, left_minor = 0;
  };

  void collect_events();
  void add_revaluations(std::uint32_t at);
  void apply(const Event& event, std::span<const Term> rows, Group& group);
  void note_product(ProductIndex product, std::int64_t delta_minor);
  void touch(std::uint32_t earning);
  void close(const Group& group);
  void name_rest(std::int64_t rest, bool moved, NamedChange& change);
  void split_by_product(std::int64_t rest, NamedChange& change);
  CustomerChange customer_change(const Group& group, bool after);
  bool is_new(Day day) const;
  void collect_rows();

  const Recurring& recurring_;
  const Day last_;
  const Netting netting_;
  const bool with_rows_;

  std::vector<Earning> earnings_;
  std::vector<Event> events_;
  std::vector<NamedChange> changes_;
  std::vector<ChangedRow> rows_;
  // While running:
  std::int64_t total_minor_ = 0;
  bool was_customer_ = false;
  Day left_on_;
  std::vector<std::int64_t> current_;                                  // by earning, what it is worth now
  std::vector<std::pair<ProductIndex, std::int64_t>> product_deltas_;  // of the group
  std::vector<std::pair<std::uint32_t, std::int64_t>> touched_;        // of the group: earning, worth before it
};

}  // namespace banso::engine::revenue
