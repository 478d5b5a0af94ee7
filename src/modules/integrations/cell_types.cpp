#include "cell_types.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>

#include <unicode/utf8.h>

#include "cell_text.hpp"
#include "core/ascii.hpp"

namespace banso::integrations {
namespace {

constexpr std::array<std::string_view, 4> blanks{" ", "\t", "\xE3\x80\x80" /* U+3000 */, "\xC2\xA0" /* U+00A0 */};

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
  const std::string narrow = core::lower_case(narrowed(cell));
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
