// What people write into cells: numbers, days, yes and no, money, in Japanese and Western notation.
//
// All readers take text as it stands in the cell: surrounding blanks are ignored and full-width forms (１２３, ￥)
// count as their narrow ones. Nothing is guessed: what does not fit is nothing.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace banso::integrations {

enum class CellType { empty, integer, decimal, date, date_time, yes_no, money, email, text };

std::string_view name_of(CellType type);  // "integer", "date_time", ...

// How a day is written when its three numbers alone do not tell: 1/2/2024.
enum class DateOrder { month_first, day_first };

// Without surrounding blanks (also the ideographic space and no-break space).
std::string_view trimmed(std::string_view cell);
// Trimmed, and full-width letters, digits and signs made narrow. Kana are left alone.
std::string narrowed(std::string_view cell);

std::optional<std::int64_t> read_integer(std::string_view cell);  // "1,250", "-3", "１２", "12.0"
std::optional<double> read_decimal(std::string_view cell);        // "1,250.5", "12%" is 0.12, "1e3"
std::optional<bool> read_yes_no(std::string_view cell);  // はい/いいえ, ○/×, 有/無, yes/no, true/false, 1/0
bool is_email(std::string_view cell);

// 2024-01-31, 2024/1/31, 2024.1.31, 2024年1月31日, 20240131, 令和6年1月31日, R6.1.31, 31 Jan 2024, and with an order
// 1/31/2024. A time of day behind the day is refused unless it is midnight (how databases write days).
std::optional<core::Day> read_day(std::string_view cell, std::optional<DateOrder> order = {});

// Turns a wall clock into a moment.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual core::Instant at(core::Day day, std::int64_t seconds_of_day) const = 0;
};
const Clock& utc_clock();
// "Asia/Tokyo"; nothing for a zone that does not exist. Within an hour that a clock change skips or repeats, the
// earlier offset holds.
std::unique_ptr<Clock> clock_of(const std::string& time_zone);
// A clock that always is `utc_offset_minutes` ahead of UTC, as that of the workspace.
std::unique_ptr<Clock> fixed_clock(int utc_offset_minutes);

// ISO 8601 with offset, a day as above followed by 9:30, 09:30:15, 午後3時5分, 3:05 PM; a bare day is its midnight;
// Unix seconds and milliseconds (10 and 13 digits).
std::optional<core::Instant> read_instant(std::string_view cell, std::optional<DateOrder> order = {},
                                          const Clock& clock = utc_clock());

struct MoneyCell {
  std::string amount;    // "1250", "-12.50": digits for core::parse_money
  std::string currency;  // as the symbol says; empty where it says none
};
// "¥1,250", "1,250円", "$12.50", "USD 12.50", "(1,250)" is negative, "▲1,250" too. A bare number is money without a
// currency.
std::optional<MoneyCell> read_money(std::string_view cell);

// Looks at the cells of one column and says what they are.
class TypeDetector {
 public:
  void add(std::string_view cell);

  CellType type() const;  // what at least 95 of 100 cells that are not blank are; text if nothing is
  std::int64_t blank() const { return blank_; }
  std::int64_t filled() const { return filled_; }
  // How 1/2/2024 is to be read, if the column shows it: one cell above 12 in the first or second place, and none that
  // contradicts. Nothing where it stays open.
  std::optional<DateOrder> date_order() const;
  bool has_ambiguous_dates() const { return slashed_dates_ > 0; }
  std::string currency() const { return currency_; }  // of the first money cell with a symbol

 private:
  void count(CellType type);
  void add_number(const std::string& narrow, bool may_have_symbol);
  void add_day(const std::string& narrow);
  void add_slashed_date(std::string_view narrow);

  std::int64_t blank_ = 0;
  std::int64_t filled_ = 0;
  std::int64_t slashed_dates_ = 0;
  bool seen_month_first_ = false;
  bool seen_day_first_ = false;
  std::string currency_;
  std::array<std::int64_t, 9> fits_{};  // by CellType; a cell can fit several
};

}  // namespace banso::integrations
