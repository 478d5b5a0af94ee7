// Books from parts that are kept apart: the few facts of an account from one book, its usage from packed rows of its
// own. For whoever keeps accounts in memory and evaluates now these, now those: putting parts together copies columns
// and neither sorts nor looks anything up per row.
//
// A part need not hold all of an account's usage. To evaluate it on one day, the days that measures count in
// (longest_usage_days) and an outline of what lies before them are enough.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "book.hpp"
#include "definitions.hpp"

namespace banso::engine {

// One account's usage, packed as in UsageColumns.
class PackedUsage {
 public:
  struct Row {
    Day day;
    std::uint32_t person = 0;   // dense within the account, or no_person
    std::uint16_t feature = 0;  // index into the features that the book is assembled with
    std::uint32_t events = 0;
    Day known_day;
  };

  // Puts these rows, in any order, in place of all from `first` on; rows of earlier days among them are left out.
  void replace_from(Day first, std::span<const Row> rows);

  std::size_t size() const { return days_.size(); }
  std::size_t memory_bytes() const;
  Day newest_day() const { return days_.empty() ? no_day : Day{days_.back()}; }
  // Of the rows of the newest day.
  Day newest_known_day() const;

 private:
  friend class BookAssembler;
  std::uint32_t person_count_ = 0;
  std::vector<std::int32_t> days_;
  std::vector<std::uint32_t> persons_;
  std::vector<std::uint16_t> features_;
  std::vector<std::uint32_t> events_;
  std::vector<std::uint16_t> delay_days_;
};

// One account of a book of records (whose own usage is not looked at) with its usage.
struct BookPart {
  const Book* records = nullptr;
  std::size_t account = 0;             // index in `records`
  const PackedUsage* usage = nullptr;  // null: none
};

// A book of the parts' accounts, each of which may occur once. It gives the results that a book built from the same
// rows gives; dictionaries may hold texts of accounts that are not in it.
Book assemble(std::span<const Feature> features, std::span<const BookPart> parts);

// How many days of usage, up to and including the day of evaluation, the measures count in: their windows, and the
// earlier windows that they are compared with. Nothing where one of them counts everything there ever was.
std::optional<int> longest_usage_days(const Definitions& definitions);

// The use of one feature before a day: the first and the last of its days.
struct UsageOutline {
  std::uint16_t feature = 0;
  Day first_day;
  Day last_day;
};
// The rows that stand for the outline. They say when something was used, as days since the latest use and the begin of
// the data need it, and add nothing to any sum: they have no events and nobody did them.
void add_outline(std::span<const UsageOutline> outline, std::vector<PackedUsage::Row>& rows);

}  // namespace banso::engine
