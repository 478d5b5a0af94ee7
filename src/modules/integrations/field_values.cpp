#include "field_values.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

namespace banso::integrations {
namespace {

// "a; b、c": people separate with whatever is at hand.
std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    std::size_t end = std::string_view::npos;
    std::size_t length = 0;
    for (const std::string_view separator : {",", ";", "、", "\n", "/", "|", "，", "；"}) {
      const std::size_t at = text.find(separator);
      if (at < end) {
        end = at;
        length = separator.size();
      }
    }
    const std::string_view item = trimmed(text.substr(0, end));
    if (!item.empty()) items.emplace_back(item);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + length);
  }
  return items;
}

}  // namespace

std::size_t FieldValues::index_of(std::string_view field) const {
  const auto fields = fields_of(rules_.kind);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].key == field) return i;
  }
  throw std::logic_error(fmt::format("{} has no field {}", name_of(rules_.kind), field));
}

const std::string& FieldValues::text(std::string_view field) {
  const std::size_t index = index_of(field);
  const std::string& written = row_.fields[index];
  if (written.empty() && fields_of(rules_.kind)[index].required) {
    const std::string& column = mapper_.column_of(index);
    // A cell that could not be computed has been reported already.
    const bool reported =
        std::any_of(row_.errors.begin(), row_.errors.end(), [&](const CellError& e) { return e.column == column; });
    if (!reported) {
      const Field& wanted = fields_of(rules_.kind)[index];
      fail(field, "",
           {fmt::format("\"{}\" is required.", wanted.name.en), fmt::format("「{}」は必須です。", wanted.name.ja)});
    }
  }
  return written;
}

void FieldValues::fail(std::string_view field, const std::string& value, core::Text reason) {
  row_.errors.push_back({mapper_.column_of(index_of(field)), shortened(value), std::move(reason)});
}

void FieldValues::unknown_choice(std::string_view field, const std::string& value) {
  const std::string known = fmt::format("{}", fmt::join(fields_of(rules_.kind)[index_of(field)].choices, ", "));
  fail(field, value,
       {fmt::format("Unknown value. Use one of: {}; or translate it with \"values\" in the mapping.", known),
        fmt::format("不明な値です。使える値: {}(マッピングの values で読み替えもできます)", known)});
}

void FieldValues::not_a_day(std::string_view field, const std::string& value) {
  const bool ambiguous = !rules_.date_order && read_day(value, DateOrder::month_first);
  if (ambiguous) {
    fail(field, value,
         {"This can be read as two days. Say which comes first: date_format m/d/y or d/m/y.",
          "月と日のどちらが先か判断できません。日付の形式(m/d/y または d/m/y)を指定してください。"});
    return;
  }
  fail(field, value,
       {"This is not a day that exists. Write it like 2024-01-31.",
        "日付として読み取れません。2024-01-31 のように入力してください。"});
}

core::Patch<std::string> FieldValues::text_patch(std::string_view field) {
  return patch<std::string>(field, [](const std::string& written) { return std::optional(written); });
}

core::Patch<std::string> FieldValues::email_patch(std::string_view field) {
  return patch<std::string>(field, [&](const std::string& written) -> std::optional<std::string> {
    if (is_email(written)) return narrowed(written);
    fail(field, written, {"This is not an e-mail address.", "メールアドレスの形式ではありません。"});
    return std::nullopt;
  });
}

core::Patch<std::vector<std::string>> FieldValues::list_patch(std::string_view field) {
  return patch<std::vector<std::string>>(field,
                                         [](const std::string& written) { return std::optional(split_list(written)); });
}

core::Patch<std::int64_t> FieldValues::integer_patch(std::string_view field) {
  return patch<std::int64_t>(field, [&](const std::string& written) {
    const auto number = read_integer(written);
    if (!number) fail(field, written, {"This is not a whole number.", "整数ではありません。"});
    return number;
  });
}

core::Patch<double> FieldValues::number_patch(std::string_view field) {
  return patch<double>(field, [&](const std::string& written) {
    const auto number = read_decimal(written);
    if (!number) fail(field, written, {"This is not a number.", "数値ではありません。"});
    return number;
  });
}

core::Patch<core::Day> FieldValues::day_patch(std::string_view field) {
  return patch<core::Day>(field, [&](const std::string& written) {
    auto day = read_day(written, rules_.date_order);
    // A time of day may stand behind it: the day is meant.
    if (!day) {
      if (const auto at = read_instant(written, rules_.date_order, utc_clock())) day = core::day_of(*at);
    }
    if (!day) not_a_day(field, written);
    return day;
  });
}

core::Patch<core::Instant> FieldValues::instant_patch(std::string_view field) {
  return patch<core::Instant>(field, [&](const std::string& written) {
    const auto at = read_instant(written, rules_.date_order, *rules_.clock);
    if (!at) not_a_day(field, written);
    return at;
  });
}

core::Patch<bool> FieldValues::yes_no_patch(std::string_view field) {
  return patch<bool>(field, [&](const std::string& written) {
    const auto yes = read_yes_no(written);
    if (!yes) fail(field, written, {"This is neither yes nor no.", "「はい」か「いいえ」で入力してください。"});
    return yes;
  });
}

core::Patch<core::Money> FieldValues::money_patch(std::string_view field, const std::string& currency) {
  return patch<core::Money>(field, [&](const std::string& written) -> std::optional<core::Money> {
    const auto read = read_money(written);
    if (!read) {
      fail(field, written,
           {"This is not an amount. Write it like 1,250 or 12.50.",
            "金額として読み取れません。1,250 のように入力してください。"});
      return std::nullopt;
    }
    const std::string& code = !currency.empty() ? currency : !read->currency.empty() ? read->currency : rules_.currency;
    auto money = core::parse_money(read->amount, code);
    if (!money) {
      fail(field, written,
           {fmt::format("This amount does not fit the currency {}: it has too many decimals or is too large.", code),
            fmt::format("通貨 {} の金額として読み取れません(小数の桁数、または大きさ)。", code)});
    }
    return money;
  });
}

std::optional<core::Day> FieldValues::day(std::string_view field) {
  const auto patch = day_patch(field);
  return patch.value() ? std::optional(*patch.value()) : std::nullopt;
}

std::optional<core::Instant> FieldValues::instant(std::string_view field) {
  const auto patch = instant_patch(field);
  return patch.value() ? std::optional(*patch.value()) : std::nullopt;
}

}  // namespace banso::integrations
