#include "attributes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/currency.hpp"
#include "managed.hpp"

namespace banso::customers {
namespace {

namespace json = boost::json;

constexpr std::size_t value_bytes = 2000;
constexpr double largest_whole_number = 9007199254740992.0;  // 2^53

constexpr std::array<std::string_view, 13> words_for_yes{"yes",  "y",    "true", "t", "1",  "はい", "有",
                                                         "有り", "あり", "○",    "◯", "on", "する"};
constexpr std::array<std::string_view, 13> words_for_no{"no",   "n",    "false", "f", "0",   "いいえ", "無",
                                                        "無し", "なし", "×",     "✕", "off", "しない"};

core::Error wrong(core::Text message) {
  return core::Error::invalid(std::move(message));
}

std::optional<double> parse_number(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != ',' && c != ' ' && c != '_') digits.push_back(c);
  }
  if (digits.ends_with('%')) digits.pop_back();
  if (digits.starts_with('+')) digits.erase(0, 1);
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

// 2026-04-01, 2026/4/1, 2026.4.1, 2026年4月1日, 20260401; a time behind it is cut off.
std::optional<core::Day> parse_loose_day(std::string text) {
  if (const auto cut = text.find_first_of("t "); cut != std::string::npos && cut >= 8) text.resize(cut);
  for (const std::string_view mark : {"年", "月", "日"}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
      text.replace(at, mark.size(), mark == "日" ? "" : "-");
    }
  }
  if (text.size() == 8 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    text.insert(6, "-");
    text.insert(4, "-");
  }
  std::array<int, 3> parts{};
  std::size_t part = 0;
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (; part < 3; ++part) {
    const auto [next, error] = std::from_chars(at, end, parts[part]);
    if (error != std::errc()) return std::nullopt;
    at = next;
    if (part < 2 && (at == end || (*at != '-' && *at != '/' && *at != '.'))) return std::nullopt;
    if (part < 2) ++at;
  }
  if (at != end) return std::nullopt;
  const auto [year, month, day] = parts;
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const auto parsed = core::day_from(year, month, day);
  return core::year_month_day(parsed).day == day ? std::optional(parsed) : std::nullopt;
}

core::Result<AttributeValue> parse_choice(const AttributeDefinition& definition, std::string_view text) {
  const auto wanted = search_key(text);
  std::string known;
  for (const auto& choice : definition.choices) {
    if (wanted == search_key(choice.value) || wanted == search_key(choice.label.en) ||
        wanted == search_key(choice.label.ja)) {
      return AttributeValue(choice.value);
    }
    known += (known.empty() ? "" : ", ") + choice.value;
  }
  return wrong({"This is not one of the choices: " + known + ".", "選択肢にありません。選べる値: " + known});
}

}  // namespace

AttributeInput AttributeInput::raw(std::string key, std::string text) {
  return {std::move(key), std::variant<std::string, AttributeValue>(std::in_place_index<0>, std::move(text))};
}
AttributeInput AttributeInput::typed(std::string key, AttributeValue value) {
  return {std::move(key), std::variant<std::string, AttributeValue>(std::in_place_index<1>, std::move(value))};
}
AttributeInput AttributeInput::clear(std::string key) {
  return {std::move(key), core::Patch<std::variant<std::string, AttributeValue>>::clear()};
}

AttributeDefinition definition_from(const DefinedAttribute& row) {
  AttributeDefinition definition{row.key, {row.name_en, row.name_ja}, row.type, {}, row.currency, 0, row.managed_by};
  const auto choices = json::parse(row.choices.text);
  for (const auto& item : choices.as_array()) {
    const auto& choice = item.as_object();
    const auto text = [&](const char* name) { return std::string(choice.at(name).as_string()); };
    definition.choices.push_back({text("value"), {text("en"), text("ja")}});
  }
  return definition;
}

DefinedAttribute row_from(const AttributeDefinition& definition) {
  DefinedAttribute row;
  row.key = definition.key;
  row.name_en = definition.name.en;
  row.name_ja = definition.name.ja;
  row.type = definition.type;
  row.currency = definition.currency;
  row.managed_by = definition.managed_by;
  json::array choices;
  for (const auto& choice : definition.choices) {
    choices.push_back({{"value", choice.value}, {"en", choice.label.en}, {"ja", choice.label.ja}});
  }
  row.choices.text = json::serialize(choices);
  return row;
}

std::map<std::string, AttributeDefinition, std::less<>> load_definitions(Session& session) {
  std::map<std::string, AttributeDefinition, std::less<>> definitions;
  for (const auto& row : versioned::load<DefinedAttribute>(session, " ORDER BY attribute_key")) {
    definitions.emplace(row.key, definition_from(row));
  }
  return definitions;
}

bool is_attribute_key(std::string_view key) {
  if (key.empty() || key.size() > 60 || key.front() < 'a' || key.front() > 'z') return false;
  return std::all_of(key.begin(), key.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::optional<std::string> key_from_heading(std::string_view heading) {
  std::string key;
  for (const char c : search_key(heading)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      key.push_back(c);
    } else if (!key.empty() && key.back() != '_') {
      key.push_back('_');
    }
  }
  while (key.ends_with('_')) key.pop_back();
  if (!key.empty() && key.front() >= '0' && key.front() <= '9') key = "a_" + key;
  if (key.size() > 60) key.resize(60);
  return is_attribute_key(key) ? std::optional(key) : std::nullopt;
}

core::Result<AttributeValue> parse_attribute(const AttributeDefinition& definition, std::string_view text,
                                             const std::string& reporting_currency) {
  const auto plain = trimmed(text);
  const auto folded = search_key(plain);
  switch (definition.type) {
    case AttributeType::text:
      return AttributeValue(plain);
    case AttributeType::choice:
      return parse_choice(definition, plain);
    case AttributeType::number:
      if (const auto number = parse_number(folded)) return AttributeValue(*number);
      return wrong({"This is not a number: write it like 1250 or 0.5.",
                    "数値として読めません。1250 や 0.5 のように入力してください。"});
    case AttributeType::date:
      if (const auto day = parse_loose_day(folded)) return AttributeValue(*day);
      return wrong({"This is not a date: write it like 2026-04-01.",
                    "日付として読めません。2026-04-01 のように入力してください。"});
    case AttributeType::yes_no:
      if (std::find(words_for_yes.begin(), words_for_yes.end(), folded) != words_for_yes.end())
        return AttributeValue(true);
      if (std::find(words_for_no.begin(), words_for_no.end(), folded) != words_for_no.end())
        return AttributeValue(false);
      return wrong({"This is neither yes nor no.", "「はい」か「いいえ」で入力してください。"});
    case AttributeType::money: {
      const auto& currency = definition.currency.empty() ? reporting_currency : definition.currency;
      if (auto money = core::parse_money(folded, currency)) return AttributeValue(std::move(*money));
      return wrong({"This is not an amount: write it in " + currency + " like 1250.",
                    "金額として読めません。" + currency + " の金額を 1250 のように入力してください。"});
    }
  }
  return wrong({"This attribute has no type.", "項目の型がありません。"});
}

core::Result<AttributeValue> checked_attribute(const AttributeDefinition& definition, AttributeValue value) {
  const auto fits = [&] {
    switch (definition.type) {
      case AttributeType::text:
      case AttributeType::choice:
        return std::holds_alternative<std::string>(value);
      case AttributeType::number:
        return std::holds_alternative<double>(value);
      case AttributeType::date:
        return std::holds_alternative<core::Day>(value);
      case AttributeType::yes_no:
        return std::holds_alternative<bool>(value);
      case AttributeType::money:
        return std::holds_alternative<core::Money>(value);
    }
    return false;
  }();
  if (!fits) {
    const auto type = std::string(to_word(definition.type));
    return wrong({"This attribute takes a value of type " + type + ".", "この項目の型は " + type + " です。"});
  }
  if (definition.type == AttributeType::choice) return parse_choice(definition, std::get<std::string>(value));
  if (auto* money = std::get_if<core::Money>(&value)) {
    auto code = core::currency_code(money->currency);
    if (!code) {
      return wrong(
          {"There is no currency \"" + money->currency + "\". Write its three letters, like JPY.",
           "「" + money->currency + "」という通貨はありません。JPY のような3文字の通貨コードにしてください。"});
    }
    money->currency = std::move(*code);
  }
  return value;
}

json::value to_json(const AttributeValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return json::value(*text);
  if (const auto* day = std::get_if<core::Day>(&value)) return json::value(core::to_string(*day));
  if (const auto* yes = std::get_if<bool>(&value)) return json::value(*yes);
  if (const auto* money = std::get_if<core::Money>(&value)) {
    return json::object{{"amount_minor", money->amount_minor}, {"currency", money->currency}};
  }
  const double number = std::get<double>(value);
  // Whole numbers without the exponent that the serialiser gives to floating point.
  if (std::trunc(number) == number && std::abs(number) < largest_whole_number) {
    return json::value(static_cast<std::int64_t>(number));
  }
  return json::value(number);
}

Attributes attributes_from(std::string_view stored,
                           const std::map<std::string, AttributeDefinition, std::less<>>& definitions) {
  Attributes attributes;
  if (stored.size() <= 2) return attributes;
  alignas(std::max_align_t) unsigned char buffer[4096];
  json::monotonic_resource memory(buffer, sizeof buffer);
  const auto parsed = json::parse(json::string_view(stored.data(), stored.size()), &memory);
  for (const auto& [name, value] : parsed.as_object()) {
    const auto definition = definitions.find(std::string_view(name));
    if (definition == definitions.end()) continue;  // its definition was deleted; the values stay in the history
    std::string key(name);
    if (value.is_bool()) {
      attributes.emplace_back(std::move(key), value.as_bool());
    } else if (value.is_number()) {
      attributes.emplace_back(std::move(key), value.to_number<double>());
    } else if (const auto* money = value.if_object()) {
      attributes.emplace_back(std::move(key), core::Money{money->at("amount_minor").to_number<std::int64_t>(),
                                                          std::string(money->at("currency").as_string())});
    } else if (value.is_string() && definition->second.type == AttributeType::date) {
      if (const auto day = core::parse_day(std::string_view(value.as_string())))
        attributes.emplace_back(std::move(key), *day);
    } else if (value.is_string()) {
      attributes.emplace_back(std::move(key), std::string(value.as_string()));
    }
  }
  return attributes;
}

void apply_attributes(const std::vector<AttributeInput>& inputs,
                      const std::map<std::string, AttributeDefinition, std::less<>>& definitions,
                      const std::string& reporting_currency, versioned::JsonText& stored, RowCheck& check) {
  if (inputs.empty()) return;
  std::map<std::string, json::value, std::less<>> values;
  if (stored.text.size() > 2) {
    const auto before = json::parse(stored.text);
    for (const auto& [name, value] : before.as_object()) values.emplace(std::string(name), value);
  }
  for (const auto& input : inputs) {
    if (!input.value.given()) continue;
    const auto field = "attributes." + input.key;
    const auto definition = definitions.find(input.key);
    if (definition == definitions.end()) {
      check.fail(field, {"There is no attribute \"" + input.key + "\". Define it first.",
                         "「" + input.key + "」という項目は定義されていません。先に項目を追加してください。"});
      continue;
    }
    if (!definition->second.managed_by.empty()) {
      check.fail(field, kept_by_the_product(input.key));
      continue;
    }
    if (input.value.clears()) {
      values.erase(input.key);
      continue;
    }
    const auto& said = *input.value.value();
    if (const auto* raw = std::get_if<0>(&said); raw && !check.text_is_sound(field, *raw, value_bytes)) continue;
    auto value = said.index() == 0 ? parse_attribute(definition->second, std::get<0>(said), reporting_currency)
                                   : checked_attribute(definition->second, std::get<1>(said));
    if (!value) {
      check.fail(field, value.error().message);
      continue;
    }
    values.insert_or_assign(input.key, to_json(*value));
  }
  json::object sorted;
  for (auto& [name, value] : values) sorted.emplace(name, std::move(value));
  stored.text = json::serialize(sorted);
}

}  // namespace banso::customers
