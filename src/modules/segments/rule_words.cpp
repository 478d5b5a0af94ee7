#include "rule_words.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "core/day_in_words.hpp"

namespace banso::segments {
namespace {

namespace json = platform::json;
using engine::FieldType;
using engine::number_in_words;
using engine::with_separators;

// The values of a rule, also where a browser's field handed them over as text with commas.
std::vector<std::string> texts_of(const json::value& value) {
  std::vector<std::string> texts;
  if (const auto* list = value.if_array()) {
    for (const auto& item : *list) {
      auto inner = texts_of(item);
      texts.insert(texts.end(), inner.begin(), inner.end());
    }
  } else if (const auto* text = value.if_string()) {
    std::string_view rest(text->data(), text->size());
    while (!rest.empty()) {
      const auto end = std::min(rest.find(','), rest.size());
      auto part = rest.substr(0, end);
      while (part.starts_with(' ')) part.remove_prefix(1);
      while (part.ends_with(' ')) part.remove_suffix(1);
      texts.emplace_back(part);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  } else {
    texts.push_back(json::serialize(value));
  }
  return texts;
}

class RuleWords {
 public:
  RuleWords(const engine::Field& field, const health::BookView& book) : field_(field), book_(book) {}

  core::Text of(std::string_view op, const json::value& value) const {
    if (op == "null") return {"no value", "値なし"};
    if (op == "notNull") return {"a value", "値あり"};
    if (op == "withinDays" || op == "notWithinDays") return within(op, value);
    if (const auto* members = value.if_object()) return over_time(op, *members);
    return compared(op, value);
  }

 private:
  core::Text one(const std::string& text) const {
    if (field_.type == FieldType::number || field_.type == FieldType::money) {
      double number = 0;
      std::from_chars(text.data(), text.data() + text.size(), number);
      return number_in_words(number, field_.type, book_.currency());
    }
    if (field_.type == FieldType::day) {
      const auto day = core::parse_day(text);
      return day ? core::day_in_words(*day) : core::Text{text, text};
    }
    if (field_.type == FieldType::yes_no) {
      return text == "true" ? core::Text{"yes", "はい"} : core::Text{"no", "いいえ"};
    }
    return book_.choice_name(field_.name, text);
  }

  core::Text compared(std::string_view op, const json::value& value) const {
    std::vector<core::Text> values;
    const bool is_list = op == "in" || op == "notIn" || op == "between" || op == "notBetween";
    if (!is_list && value.is_string()) {
      values.push_back(one(std::string(value.get_string())));
    } else {
      for (const auto& text : texts_of(value)) values.push_back(one(text));
    }
    const core::Text first = values.empty() ? core::Text{} : values.front();
    core::Text all;
    for (const auto& each : values) {
      all.en += (all.en.empty() ? "" : ", ") + each.en;
      all.ja += (all.ja.empty() ? "" : "、") + each.ja;
    }
    if (is_list && (op == "between" || op == "notBetween") && values.size() == 2) {
      const core::Text range{values[0].en + " to " + values[1].en, values[0].ja + "〜" + values[1].ja};
      return op == "between" ? range : core::Text{"outside " + range.en, range.ja + "の範囲外"};
    }
    if (op == "in") return values.size() == 1 ? first : core::Text{"one of " + all.en, all.ja + "のいずれか"};
    if (op == "notIn") return {"none of " + all.en, all.ja + "以外"};
    return phrase(op, first);
  }

  core::Text phrase(std::string_view op, const core::Text& value) const {
    struct Phrase {
      std::string_view op, en_before, en_after, ja_after;
    };
    static constexpr std::array numbers{Phrase{"=", "", "", ""},
                                        Phrase{"!=", "anything but ", "", "以外"},
                                        Phrase{"<", "less than ", "", "未満"},
                                        Phrase{"<=", "", " or less", "以下"},
                                        Phrase{">", "more than ", "", "より大きい"},
                                        Phrase{">=", "", " or more", "以上"},
                                        Phrase{"contains", "", "", "を含む"},
                                        Phrase{"doesNotContain", "not ", "", "を含まない"},
                                        Phrase{"beginsWith", "to begin with ", "", "で始まる"},
                                        Phrase{"doesNotBeginWith", "not to begin with ", "", "で始まらない"},
                                        Phrase{"endsWith", "to end with ", "", "で終わる"},
                                        Phrase{"doesNotEndWith", "not to end with ", "", "で終わらない"}};
    static constexpr std::array days{Phrase{"<", "before ", "", "より前"}, Phrase{"<=", "", " or earlier", "以前"},
                                     Phrase{">", "after ", "", "より後"}, Phrase{">=", "", " or later", "以降"}};
    const auto say = [&](const Phrase& phrase) {
      return core::Text{fmt::format("{}{}{}", phrase.en_before, value.en, phrase.en_after),
                        fmt::format("{}{}", value.ja, phrase.ja_after)};
    };
    if (field_.type == FieldType::day) {
      for (const auto& each : days) {
        if (each.op == op) return say(each);
      }
    }
    for (const auto& each : numbers) {
      if (each.op == op) return say(each);
    }
    return value;
  }

  core::Text within(std::string_view op, const json::value& value) const {
    std::int64_t days = 0;
    bool is_next = true;
    if (const auto* members = value.if_object()) {
      days = members->at("days").to_number<std::int64_t>();
      const auto* direction = members->if_contains("direction");
      is_next = !direction || *direction == "next";
    } else {
      const auto text = texts_of(value);
      if (!text.empty()) std::from_chars(text[0].data(), text[0].data() + text[0].size(), days);
      is_next = days >= 0;
      days = std::abs(days);
    }
    const core::Text span =
        is_next ? core::Text{fmt::format("within the next {} days", days), fmt::format("今後{}日以内", days)}
                : core::Text{fmt::format("within the last {} days", days), fmt::format("過去{}日以内", days)};
    return op == "withinDays" ? span : core::Text{"not " + span.en, span.ja + "以外"};
  }

  core::Text over_time(std::string_view op, const json::object& value) const {
    const auto days = value.at("days").to_number<std::int64_t>();
    if (op == "forDays") {
      const auto held = of(std::string_view(value.at("operator").as_string()), value.at("value"));
      return {fmt::format("{} for {} days", held.en, days), fmt::format("{}日間続けて{}", days, held.ja)};
    }
    const auto percent = with_separators(value.at("percent").to_number<double>());
    const bool is_fall = op == "fellByPercent";
    return {fmt::format("a {} of {}% or more in {} days", is_fall ? "fall" : "rise", percent, days),
            fmt::format("{}日間で{}%以上の{}", days, percent, is_fall ? "低下" : "上昇")};
  }

  const engine::Field& field_;
  const health::BookView& book_;
};

}  // namespace

core::Text needs_in_words(const json::object& rule, const engine::Field& field, const health::BookView& book) {
  const auto* value = rule.if_contains("value");
  return RuleWords(field, book).of(std::string_view(rule.at("operator").as_string()), value ? *value : json::value());
}

}  // namespace banso::segments
