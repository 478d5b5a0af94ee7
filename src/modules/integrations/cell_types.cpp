#include "cell_types.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>

#include <unicode/utf8.h>

namespace banso::integrations {
namespace {

constexpr std::array<std::string_view, 4> blanks{" ", "\t", "\xE3\x80\x80" /* U+3000 */, "\xC2\xA0" /* U+00A0 */};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

// These two run for every cell: the first character decides nearly always.
bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (text.empty() || text.front() != prefix.front() || !text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool drop_suffix(std::string_view& text, std::string_view suffix) {
  if (text.empty() || text.back() != suffix.back() || !text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

// "1,250" groups by three from the right; "1,2" is not a number.
bool without_groups(std::string_view text, std::string& digits) {
  const std::size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  digits.clear();
  if (whole.find(',') == std::string_view::npos) {
    digits = whole;
  } else {
    std::size_t in_group = 0;
    bool first_group = true;
    for (const char c : whole) {
      if (c != ',') {
        ++in_group;
        digits += c;
        continue;
      }
      if (first_group ? in_group == 0 || in_group > 3 : in_group != 3) return false;
      first_group = false;
      in_group = 0;
    }
    if (in_group != 3) return false;
  }
  if (point != std::string_view::npos) digits += text.substr(point);
  return true;
}

// Sign and digits with at most one point, nothing else; grouping removed.
std::optional<std::string> plain_number(std::string_view text) {
  bool negative = false;
  if (drop_prefix(text, "-") || drop_prefix(text, "\xE2\x88\x92") /* U+2212 */ || drop_prefix(text, "▲") ||
      drop_prefix(text, "△")) {
    negative = true;
  } else {
    drop_prefix(text, "+");
  }
  std::string digits;
  if (!without_groups(text, digits)) return std::nullopt;
  const std::size_t point = digits.find('.');
  const std::string_view whole = std::string_view(digits).substr(0, point);
  const bool whole_fits = whole.empty() ? point != std::string::npos : all_digits(whole);
  const bool fraction_fits = point == std::string::npos || all_digits(std::string_view(digits).substr(point + 1));
  if (!whole_fits || !fraction_fits) return std::nullopt;
  return negative ? "-" + digits : digits;
}

std::optional<int> take_number(std::string_view& text, std::size_t digits_min, std::size_t digits_max) {
  std::size_t count = 0;
  int value = 0;
  while (count < digits_max && count < text.size() && is_digit(text[count])) value = value * 10 + (text[count++] - '0');
  if (count < digits_min) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

std::optional<core::Day> checked_day(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const core::Day result = core::day_from(year, month, day);
  // day_from normalises the 30th of February; such a day does not exist.
  const core::YearMonthDay back = core::year_month_day(result);
  return back.month == month && back.day == day ? std::optional(result) : std::nullopt;
}

// A table of our own rather than ICU's calendar: five rows, strict, and a hundred times faster per cell.
struct Era {
  std::string_view kanji;
  char letter;
  core::YearMonthDay first;
};
constexpr std::array<Era, 5> eras{{{"令和", 'R', {2019, 5, 1}},
                                   {"平成", 'H', {1989, 1, 8}},
                                   {"昭和", 'S', {1926, 12, 25}},
                                   {"大正", 'T', {1912, 7, 30}},
                                   {"明治", 'M', {1868, 1, 25}}}};

const Era* take_era(std::string_view& text) {
  for (const Era& era : eras) {
    if (drop_prefix(text, era.kanji)) return &era;
    const bool letter = text.size() > 1 && (text[0] == era.letter || text[0] == era.letter + 32) && is_digit(text[1]);
    if (letter) {
      text.remove_prefix(1);
      return &era;
    }
  }
  return nullptr;
}

bool belongs_to(const Era& era, core::Day day) {
  const core::Day first = core::day_from(era.first.year, era.first.month, era.first.day);
  if (day < first) return false;
  // The day on which the next era began is the last that people may still write in the old one.
  const Era* next = &era == &eras.front() ? nullptr : &era - 1;
  return !next || day <= core::day_from(next->first.year, next->first.month, next->first.day);
}

std::optional<core::Day> take_era_day(std::string_view& text) {
  const Era* era = take_era(text);
  if (!era) return std::nullopt;
  int year_of_era = 1;
  if (!drop_prefix(text, "元")) {
    const auto year = take_number(text, 1, 2);
    if (!year || *year == 0) return std::nullopt;
    year_of_era = *year;
  }
  const bool kanji = drop_prefix(text, "年");
  if (!kanji && !drop_prefix(text, ".") && !drop_prefix(text, "/") && !drop_prefix(text, "-")) return std::nullopt;
  const auto month = take_number(text, 1, 2);
  if (!month) return std::nullopt;
  if (kanji ? !drop_prefix(text, "月")
            : !drop_prefix(text, ".") && !drop_prefix(text, "/") && !drop_prefix(text, "-")) {
    return std::nullopt;
  }
  const auto day = take_number(text, 1, 2);
  if (!day || (kanji && !drop_prefix(text, "日"))) return std::nullopt;
  const auto result = checked_day(era->first.year + year_of_era - 1, *month, *day);
  return result && belongs_to(*era, *result) ? result : std::nullopt;
}

std::optional<int> take_month_name(std::string_view& text) {
  static constexpr std::array<std::string_view, 12> names{"january",   "february", "march",    "april",
                                                          "may",       "june",     "july",     "august",
                                                          "september", "october",  "november", "december"};
  std::size_t length = 0;
  while (length < text.size() && ((text[length] | 32) >= 'a' && (text[length] | 32) <= 'z')) ++length;
  if (length < 3) return std::nullopt;
  const std::string word = lower(text.substr(0, length));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (word == names[i] || word == names[i].substr(0, 3) || (word == "sept" && i == 8)) {
      text.remove_prefix(length);
      drop_prefix(text, ".");
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

bool skip_one_of(std::string_view& text, std::string_view characters) {
  if (text.empty() || characters.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// "31 Jan 2024", "31-Jan-2024", "Jan 31, 2024".
std::optional<core::Day> take_day_with_month_name(std::string_view& text) {
  std::optional<int> day;
  if (!text.empty() && is_digit(text[0])) {
    day = take_number(text, 1, 2);
    if (!day || !skip_one_of(text, " -")) return std::nullopt;
  }
  const auto month = take_month_name(text);
  if (!month || !skip_one_of(text, " -")) return std::nullopt;
  if (!day) {
    day = take_number(text, 1, 2);
    if (!day || !drop_prefix(text, ",")) return std::nullopt;
    skip_one_of(text, " ");
  }
  const auto year = take_number(text, 4, 4);
  return year && day ? checked_day(*year, *month, *day) : std::nullopt;
}

// 2024-01-31, 2024/1/31, 2024.1.31, 2024年1月31日, 20240131.
std::optional<core::Day> take_day_year_first(std::string_view& text) {
  const auto year = take_number(text, 4, 4);
  if (!year || text.empty()) return std::nullopt;
  if (is_digit(text[0])) {
    const auto month = take_number(text, 2, 2);
    const auto day = take_number(text, 2, 2);
    return month && day ? checked_day(*year, *month, *day) : std::nullopt;
  }
  if (drop_prefix(text, "年")) {
    const auto month = take_number(text, 1, 2);
    if (!month || !drop_prefix(text, "月")) return std::nullopt;
    const auto day = take_number(text, 1, 2);
    return day && drop_prefix(text, "日") ? checked_day(*year, *month, *day) : std::nullopt;
  }
  const char separator = text[0];
  if (!skip_one_of(text, "-/.")) return std::nullopt;
  const auto month = take_number(text, 1, 2);
  if (!month || text.empty() || text[0] != separator) return std::nullopt;
  text.remove_prefix(1);
  const auto day = take_number(text, 1, 2);
  return day ? checked_day(*year, *month, *day) : std::nullopt;
}

struct SlashedDate {
  int first;
  int second;
  int year;
};

// 1/31/2024, 31.1.2024, 31-1-2024.
std::optional<SlashedDate> take_slashed_date(std::string_view& text) {
  const auto first = take_number(text, 1, 2);
  if (!first || text.empty()) return std::nullopt;
  const char separator = text[0];
  if (!skip_one_of(text, "-/.")) return std::nullopt;
  const auto second = take_number(text, 1, 2);
  if (!second || text.empty() || text[0] != separator) return std::nullopt;
  text.remove_prefix(1);
  const auto year = take_number(text, 4, 4);
  if (!year) return std::nullopt;
  return SlashedDate{*first, *second, *year};
}

std::optional<core::Day> take_day(std::string_view& text, std::optional<DateOrder> order) {
  for (const auto& reader : {take_day_year_first, take_era_day, take_day_with_month_name}) {
    std::string_view rest = text;
    if (const auto day = reader(rest)) {
      text = rest;
      return day;
    }
  }
  std::string_view rest = text;
  const auto slashed = take_slashed_date(rest);
  if (!slashed) return std::nullopt;
  // Without an order only what can be read in one way is read.
  if (!order) {
    if (slashed->first > 12) {
      order = DateOrder::day_first;
    } else if (slashed->second > 12) {
      order = DateOrder::month_first;
    } else if (slashed->first != slashed->second) {
      return std::nullopt;
    }
  }
  text = rest;
  return order == DateOrder::day_first ? checked_day(slashed->year, slashed->second, slashed->first)
                                       : checked_day(slashed->year, slashed->first, slashed->second);
}

struct TimeOfDay {
  std::int64_t seconds = 0;
  std::int64_t microseconds = 0;
};

std::optional<TimeOfDay> take_time(std::string_view& text) {
  std::optional<bool> afternoon;
  if (drop_prefix(text, "午前")) afternoon = false;
  if (drop_prefix(text, "午後")) afternoon = true;
  const auto hour = take_number(text, 1, 2);
  if (!hour) return std::nullopt;
  const bool kanji = drop_prefix(text, "時");
  int minute = 0;
  int second = 0;
  TimeOfDay time;
  if (kanji) {
    if (const auto minutes = take_number(text, 1, 2)) {
      if (!drop_prefix(text, "分")) return std::nullopt;
      minute = *minutes;
      if (const auto seconds = take_number(text, 1, 2)) {
        if (!drop_prefix(text, "秒")) return std::nullopt;
        second = *seconds;
      }
    }
  } else {
    if (!drop_prefix(text, ":")) return std::nullopt;
    const auto minutes = take_number(text, 2, 2);
    if (!minutes) return std::nullopt;
    minute = *minutes;
    if (drop_prefix(text, ":")) {
      const auto seconds = take_number(text, 2, 2);
      if (!seconds) return std::nullopt;
      second = *seconds;
      if (drop_prefix(text, ".")) {
        std::int64_t unit = 100'000;
        const std::size_t before = text.size();
        for (; !text.empty() && is_digit(text[0]); text.remove_prefix(1), unit /= 10) {
          time.microseconds += (text[0] - '0') * unit;
        }
        if (text.size() == before) return std::nullopt;
      }
    }
  }
  int hours = *hour;
  std::string_view rest = text;
  skip_one_of(rest, " ");
  const std::string ending = lower(rest.substr(0, 2));
  if (!afternoon && (ending == "am" || ending == "pm")) {
    afternoon = ending == "pm";
    text = rest.substr(2);
    if (hours < 1 || hours > 12) return std::nullopt;
  }
  if (afternoon) {
    if (hours > 12) return std::nullopt;
    hours = hours % 12 + (*afternoon ? 12 : 0);
  }
  if (hours > 23 || minute > 59 || second > 60) return std::nullopt;
  time.seconds = hours * 3600 + minute * 60 + second;
  return time;
}

std::optional<int> take_offset_minutes(std::string_view& text) {
  if (drop_prefix(text, "Z") || drop_prefix(text, "z")) return 0;
  const bool ahead = drop_prefix(text, "+");
  if (!ahead && !drop_prefix(text, "-")) return std::nullopt;
  const auto hours = take_number(text, 2, 2);
  if (!hours || *hours > 14) return std::nullopt;
  drop_prefix(text, ":");
  const auto minutes = take_number(text, 2, 2);
  if (minutes && *minutes > 59) return std::nullopt;
  const int total = *hours * 60 + minutes.value_or(0);
  return ahead ? total : -total;
}

std::optional<core::Instant> unix_time(std::string_view digits) {
  if (!all_digits(digits) || (digits.size() != 10 && digits.size() != 13)) return std::nullopt;
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return core::Instant{value * (digits.size() == 10 ? 1'000'000 : 1'000)};
}

// "2024-01-31 10:00:00" is "date, then T or blanks"; a bare day has no time.
struct DayAndTime {
  core::Day day;
  std::optional<TimeOfDay> time;
  std::optional<int> offset_minutes;
};

std::optional<DayAndTime> read_day_and_time(std::string_view text, std::optional<DateOrder> order) {
  const auto day = take_day(text, order);
  if (!day) return std::nullopt;
  DayAndTime result{*day, {}, {}};
  // The weekday that Japanese spreadsheets like to add: 2024/1/31(水).
  if (text.starts_with("(")) {
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos || close > 10) return std::nullopt;
    text.remove_prefix(close + 1);
  }
  if (text.empty()) return result;
  if (!skip_one_of(text, "Tt")) {
    while (skip_one_of(text, " ")) {
    }
  }
  const auto time = take_time(text);
  if (!time) return std::nullopt;
  result.time = time;
  skip_one_of(text, " ");
  if (!text.empty()) {
    if (text == "UTC" || text == "GMT") {
      result.offset_minutes = 0;
      return result;
    }
    result.offset_minutes = take_offset_minutes(text);
    if (!result.offset_minutes || !text.empty()) return std::nullopt;
  }
  return result;
}

struct Symbol {
  std::string_view text;
  std::string_view currency;
};
constexpr std::array<Symbol, 12> symbols{{{"¥", "JPY"},
                                          {"\\", "JPY"},  // the yen sign of Shift_JIS
                                          {"円", "JPY"},
                                          {"US$", "USD"},
                                          {"$", "USD"},
                                          {"€", "EUR"},
                                          {"£", "GBP"},
                                          {"₩", "KRW"},
                                          {"JPY", "JPY"},
                                          {"USD", "USD"},
                                          {"EUR", "EUR"},
                                          {"GBP", "GBP"}}};

}  // namespace

std::string_view name_of(CellType type) {
  switch (type) {
    case CellType::empty:
      return "empty";
    case CellType::integer:
      return "integer";
    case CellType::decimal:
      return "decimal";
    case CellType::date:
      return "date";
    case CellType::date_time:
      return "date_time";
    case CellType::yes_no:
      return "yes_no";
    case CellType::money:
      return "money";
    case CellType::email:
      return "email";
    case CellType::text:
      return "text";
  }
  return "text";
}

std::string_view trimmed(std::string_view cell) {
  const auto may_be_blank = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x80;
  };
  if (cell.empty() || (!may_be_blank(cell.front()) && !may_be_blank(cell.back()))) return cell;
  for (bool changed = true; changed && !cell.empty();) {
    changed = false;
    for (const std::string_view blank : blanks) {
      changed |= drop_prefix(cell, blank) || drop_suffix(cell, blank);
    }
    changed |= drop_suffix(cell, "\n") || drop_suffix(cell, "\r") || drop_prefix(cell, "\n");
  }
  return cell;
}

std::string narrowed(std::string_view cell) {
  cell = trimmed(cell);
  const bool ascii = std::all_of(cell.begin(), cell.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) return std::string(cell);
  std::string out;
  out.reserve(cell.size());
  const auto length = static_cast<std::int32_t>(cell.size());
  for (std::int32_t at = 0; at < length;) {
    const std::int32_t begin = at;
    UChar32 character = 0;
    U8_NEXT(cell.data(), at, length, character);
    if (character >= 0xFF01 && character <= 0xFF5E) {
      out += static_cast<char>(character - 0xFEE0);
    } else if (character == 0x3000 || character == 0xA0) {
      out += ' ';
    } else if (character == 0xFFE5) {
      out += "¥";
    } else if (character == 0xFFE1) {
      out += "£";
    } else {
      out += cell.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin));
    }
  }
  return out;
}

std::optional<std::int64_t> read_integer(std::string_view cell) {
  auto number = plain_number(narrowed(cell));
  if (!number) return std::nullopt;
  if (const std::size_t point = number->find('.'); point != std::string::npos) {
    if (number->find_first_not_of('0', point + 1) != std::string::npos) return std::nullopt;
    number->resize(point);
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(number->data(), number->data() + number->size(), value);
  return error == std::errc() && end == number->data() + number->size() ? std::optional(value) : std::nullopt;
}

std::optional<double> read_decimal(std::string_view cell) {
  const std::string narrow = narrowed(cell);
  std::string_view text = narrow;
  const bool percent = drop_suffix(text, "%");
  double exponent_free = 0;
  std::optional<std::string> number = plain_number(text);
  if (!number) {
    // 1.5e-05, as programs write small numbers.
    if (text.find_first_of("eE") == std::string_view::npos ||
        text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) {
      return std::nullopt;
    }
    number = std::string(text);
  }
  const auto [end, error] = std::from_chars(number->data(), number->data() + number->size(), exponent_free);
  if (error != std::errc() || end != number->data() + number->size() || !std::isfinite(exponent_free))
    return std::nullopt;
  return percent ? exponent_free / 100 : exponent_free;
}

std::optional<bool> read_yes_no(std::string_view cell) {
  const std::string narrow = lower(narrowed(cell));
  if (narrow.size() > 12) return std::nullopt;
  constexpr std::array<std::string_view, 16> yes_words{"yes",  "y",    "true", "t",  "1", "on", "はい", "有",
                                                       "有り", "あり", "○",    "〇", "◯", "可", "済",   "真"};
  constexpr std::array<std::string_view, 16> no_words{"no",   "n",    "false", "f", "0", "off",  "いいえ", "無",
                                                      "無し", "なし", "×",     "✕", "x", "不可", "未",     "偽"};
  const auto is_it = [&](std::string_view word) { return word == narrow; };
  if (std::any_of(yes_words.begin(), yes_words.end(), is_it)) return true;
  if (std::any_of(no_words.begin(), no_words.end(), is_it)) return false;
  return std::nullopt;
}

bool is_email(std::string_view cell) {
  const std::string narrow = narrowed(cell);
  const std::size_t at = narrow.find('@');
  if (at == std::string::npos || at == 0 || at > 64 || narrow.size() > 254 ||
      narrow.find('@', at + 1) != std::string::npos) {
    return false;
  }
  const std::string_view domain = std::string_view(narrow).substr(at + 1);
  if (domain.find('.') == std::string_view::npos || domain.front() == '.' || domain.back() == '.') return false;
  if (domain.find("..") != std::string_view::npos) return false;
  return narrow.find_first_of(" \t\r\n,;<>\"()") == std::string::npos;
}

std::optional<core::Day> read_day(std::string_view cell, std::optional<DateOrder> order) {
  const auto read = read_day_and_time(narrowed(cell), order);
  if (!read) return std::nullopt;
  if (read->time && (read->time->seconds != 0 || read->time->microseconds != 0)) return std::nullopt;
  return read->day;
}

std::optional<core::Instant> read_instant(std::string_view cell, std::optional<DateOrder> order, const Clock& clock) {
  const std::string narrow = narrowed(cell);
  if (const auto at = unix_time(narrow)) return at;
  const auto read = read_day_and_time(narrow, order);
  if (!read) return std::nullopt;
  const TimeOfDay time = read->time.value_or(TimeOfDay{});
  core::Instant at = read->offset_minutes
                         ? core::Instant{core::start_of(read->day, *read->offset_minutes).microseconds +
                                         time.seconds * core::microseconds_per_second}
                         : clock.at(read->day, time.seconds);
  at.microseconds += time.microseconds;
  return at;
}

std::optional<MoneyCell> read_money(std::string_view cell) {
  const std::string narrow = narrowed(cell);
  std::string_view text = narrow;
  bool negative = false;
  if (text.starts_with('(') && text.ends_with(')')) {
    negative = true;
    text = text.substr(1, text.size() - 2);
  }
  std::string_view sign;
  for (const std::string_view mark : {"-", "▲", "△", "\xE2\x88\x92"}) {
    if (sign.empty() && drop_prefix(text, mark)) sign = mark;
  }
  MoneyCell money;
  for (const Symbol& symbol : symbols) {
    std::string_view rest = trimmed(text);
    if (drop_prefix(rest, symbol.text) || drop_suffix(rest, symbol.text)) {
      money.currency = symbol.currency;
      text = trimmed(rest);
      break;
    }
  }
  auto number = plain_number(text);
  if (!number || (!sign.empty() && number->starts_with('-'))) return std::nullopt;
  negative = negative != !sign.empty();
  money.amount = negative ? number->starts_with('-') ? number->substr(1) : "-" + *number : *number;
  return money;
}

}  // namespace banso::integrations
