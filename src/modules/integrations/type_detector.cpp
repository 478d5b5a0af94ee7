#include <algorithm>

#include "cell_types.hpp"

namespace banso::integrations {
namespace {

constexpr std::size_t index_of(CellType type) { return static_cast<std::size_t>(type); }

// Longer cells are prose; they are not tried as numbers and days.
constexpr std::size_t value_bytes_max = 64;

}  // namespace

void TypeDetector::add_slashed_date(std::string_view narrow) {
  int first = 0;
  std::size_t at = 0;
  while (at < narrow.size() && narrow[at] >= '0' && narrow[at] <= '9') first = first * 10 + (narrow[at++] - '0');
  if (at == 0 || at > 2 || at == narrow.size()) return;
  int second = 0;
  const std::size_t begin = ++at;
  while (at < narrow.size() && narrow[at] >= '0' && narrow[at] <= '9') second = second * 10 + (narrow[at++] - '0');
  if (at == begin || at > begin + 2) return;
  ++slashed_dates_;
  if (first > 12) seen_day_first_ = true;
  if (second > 12) seen_month_first_ = true;
}

void TypeDetector::add(std::string_view cell) {
  const std::string_view text = trimmed(cell);
  if (text.empty()) {
    ++blank_;
    return;
  }
  ++filled_;
  if (text.size() > value_bytes_max) return;
  const auto count = [this](CellType type) { ++fits_[index_of(type)]; };
  const char first = text.front();
  const bool may_be_number = (first >= '0' && first <= '9') || !((first | 32) >= 'a' && (first | 32) <= 'z');
  if (may_be_number && read_integer(text)) {
    count(CellType::integer);
    count(CellType::decimal);
    count(CellType::money);
  } else if (may_be_number && read_decimal(text)) {
    count(CellType::decimal);
    count(CellType::money);
  } else if (const auto money = read_money(text)) {
    count(CellType::money);
    if (currency_.empty()) currency_ = money->currency;
  }
  // 20240131 is a number until somebody says that it is a day.
  const bool bare_digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!bare_digits) {
    const std::string narrow = narrowed(text);
    if (read_day(narrow, DateOrder::month_first) || read_day(narrow, DateOrder::day_first)) {
      count(CellType::date);
      count(CellType::date_time);
      add_slashed_date(narrow);
    } else if (read_instant(narrow, DateOrder::month_first) || read_instant(narrow, DateOrder::day_first)) {
      count(CellType::date_time);
      add_slashed_date(narrow);
    }
    if (is_email(narrow)) count(CellType::email);
  }
  if (read_yes_no(text)) count(CellType::yes_no);
}

CellType TypeDetector::type() const {
  if (filled_ == 0) return CellType::empty;
  const auto fits = [this](CellType type) { return fits_[index_of(type)] * 100 >= filled_ * 95; };
  // Money only where a symbol was seen: a plain number is a number. 0 and 1 are numbers, too.
  if (fits(CellType::integer)) return CellType::integer;
  if (fits(CellType::decimal)) return CellType::decimal;
  if (fits(CellType::money)) return currency_.empty() ? CellType::decimal : CellType::money;
  if (fits(CellType::date)) return CellType::date;
  if (fits(CellType::date_time)) return CellType::date_time;
  if (fits(CellType::yes_no)) return CellType::yes_no;
  if (fits(CellType::email)) return CellType::email;
  return CellType::text;
}

std::optional<DateOrder> TypeDetector::date_order() const {
  if (seen_month_first_ == seen_day_first_) return std::nullopt;
  return seen_month_first_ ? DateOrder::month_first : DateOrder::day_first;
}

}  // namespace banso::integrations
