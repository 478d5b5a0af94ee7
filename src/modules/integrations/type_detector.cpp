#include <algorithm>

#include "cell_types.hpp"

namespace banso::integrations {
namespace {

constexpr std::size_t index_of(CellType type) {
  return static_cast<std::size_t>(type);
}

// Longer cells are prose; they are not tried as numbers and days.
constexpr std::size_t value_bytes_max = 64;

constexpr std::size_t yes_no_bytes_max = 12;

// What a cell is made of, seen in one pass.
struct Characters {
  int digits = 0;
  bool at_sign = false;
  bool other = false;  // than digits
};

Characters characters_of(std::string_view text) {
  Characters seen;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      ++seen.digits;
    } else {
      seen.other = true;
      if (c == '@') seen.at_sign = true;
    }
  }
  return seen;
}

// Most cells are words: nothing in them can become a digit, and they are too long for a yes or a no.
bool is_plain_words(std::string_view text) {
  if (text.size() <= yes_no_bytes_max) return false;
  constexpr char first_byte_of_full_width = '\xEF';
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return (c >= '0' && c <= '9') || c == '@' || c == first_byte_of_full_width; });
}

}  // namespace

void TypeDetector::count(CellType type) {
  ++fits_[index_of(type)];
}

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
  if (text.size() > value_bytes_max || is_plain_words(text)) return;
  const std::string narrow = narrowed(text);
  const Characters seen = characters_of(narrow);
  if (seen.digits > 0) {
    add_number(narrow, seen.other);
    // 20240131 is a number until somebody says that it is a day.
    if (seen.other && seen.digits >= 3) add_day(narrow);
  }
  if (seen.at_sign && is_email(narrow)) count(CellType::email);
  if (narrow.size() <= yes_no_bytes_max && read_yes_no(narrow)) count(CellType::yes_no);
}

void TypeDetector::add_number(const std::string& narrow, bool may_have_symbol) {
  if (read_integer(narrow)) {
    count(CellType::integer);
    count(CellType::decimal);
    count(CellType::money);
  } else if (read_decimal(narrow)) {
    count(CellType::decimal);
    count(CellType::money);
  } else if (may_have_symbol) {
    const auto money = read_money(narrow);
    if (!money) return;
    count(CellType::money);
    if (currency_.empty()) currency_ = money->currency;
  }
}

void TypeDetector::add_day(const std::string& narrow) {
  const auto order = read_instant(narrow, DateOrder::month_first) ? std::optional(DateOrder::month_first)
                     : read_instant(narrow, DateOrder::day_first) ? std::optional(DateOrder::day_first)
                                                                  : std::nullopt;
  if (!order) return;
  count(CellType::date_time);
  if (read_day(narrow, order)) count(CellType::date);
  add_slashed_date(narrow);
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
