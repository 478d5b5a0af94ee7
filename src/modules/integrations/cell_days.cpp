// Days and times as people write them, in Japanese and Western notation.
#include <array>
#include <charconv>
#include <optional>

#include "cell_text.hpp"
#include "cell_types.hpp"
#include "core/ascii.hpp"

namespace banso::integrations {
namespace {

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
  const std::string word = core::lower_case(text.substr(0, length));
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
  const std::string ending = core::lower_case(rest.substr(0, 2));
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

}  // namespace

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

}  // namespace banso::integrations
