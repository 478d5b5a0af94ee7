#include "merge_fields.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/money.hpp"
#include "honorifics.hpp"

namespace banso::outreach {
namespace {

constexpr std::string_view book_prefix = "book.";
constexpr std::string_view value_prefix = "value.";

const std::vector<MergeField>& fixed_fields() {
  static const std::vector<MergeField> fields = {
      {"contact.addressee", {"Contact with honorific", "宛名(敬称付き)"}, "contact", {"Taro Yamada", "山田 太郎 様"}},
      {"contact.name", {"Contact's name", "担当者名"}, "contact", {"Taro Yamada", "山田 太郎"}},
      {"contact.title", {"Contact's job title", "担当者の役職"}, "contact", {"Head of IT", "課長"}},
      {"contact.department", {"Contact's department", "担当者の部署"}, "contact", {"IT", "情報システム部"}},
      {"contact.email",
       {"Contact's e-mail address", "担当者のメールアドレス"},
       "contact",
       {"taro@example.com", "taro@example.co.jp"}},
      {"account.name", {"Company", "会社名"}, "account", {"Sample Inc.", "株式会社サンプル"}},
      {"account.plan", {"Plan", "プラン"}, "account", {"Standard", "スタンダード"}},
      {"owner.name", {"Account owner", "主担当者名"}, "owner", {"Hanako Suzuki", "鈴木 花子"}},
      {"owner.email",
       {"Account owner's e-mail address", "主担当者のメールアドレス"},
       "owner",
       {"hanako@example.com", "hanako@example.co.jp"}},
      {"sender.name", {"Sender", "差出人名"}, "owner", {"Hanako Suzuki", "鈴木 花子"}},
      {"sender.email",
       {"Sender's e-mail address", "差出人のメールアドレス"},
       "owner",
       {"hanako@example.com", "hanako@example.co.jp"}},
      {"vendor.name", {"Our company", "自社名"}, "vendor", {"Vendor Inc.", "株式会社ベンダー"}},
      {"survey.link",
       {"Link to the survey", "アンケートのリンク"},
       "survey",
       {"https://example.com/survey/sample", "https://example.com/survey/sample"}},
  };
  return fields;
}

// "1234567.5" gives "1,234,567.5".
std::string grouped(const std::string& digits) {
  const auto end = std::min(digits.find('.'), digits.size());
  std::string text;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    const bool begins_group = at < end && at > 0 && (end - at) % 3 == 0 && digits[at - 1] != '-';
    if (begins_group) text += ',';
    text += digits[at];
  }
  return text;
}

std::string number_text(double number) {
  const bool whole = std::abs(number - std::round(number)) < 1e-9;
  return grouped(whole ? fmt::format("{:.0f}", number) : fmt::format("{:.1f}", number));
}

std::string money_text(double units, std::string_view currency, core::Language language) {
  const auto digits = grouped(fmt::format("{:.{}f}", units, core::minor_digits(currency)));
  if (currency == "JPY" && language == core::Language::ja) return fmt::format("{}円", digits);
  if (currency == "JPY") return fmt::format("¥{}", digits);
  return fmt::format("{} {}", currency, digits);
}

std::string day_text(core::Day day, core::Language language) {
  const auto [year, month, number] = core::year_month_day(day);
  if (language == core::Language::ja) return fmt::format("{}年{}月{}日", year, month, number);
  static constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                           "July",    "August",   "September", "October", "November", "December"};
  return fmt::format("{} {}, {}", months[month - 1], number, year);
}

std::string book_value(const health::BookView& book, std::size_t row, const std::string& name,
                       core::Language language) {
  const auto* field = book.fields().find(name);
  if (field == nullptr) return {};
  const auto cell = book.value(row, name);
  if (const auto* number = std::get_if<double>(&cell)) {
    return field->type == engine::FieldType::money ? money_text(*number, book.currency(), language)
                                                   : number_text(*number);
  }
  if (const auto* day = std::get_if<core::Day>(&cell)) return day_text(*day, language);
  if (const auto* yes = std::get_if<bool>(&cell)) {
    return language == core::Language::ja ? (*yes ? "はい" : "いいえ") : (*yes ? "yes" : "no");
  }
  if (const auto* text = std::get_if<std::string>(&cell)) {
    const auto shown = book.choice_name(name, *text).in(language);
    return shown.empty() ? *text : shown;
  }
  return {};
}

std::string fixed_value(const std::string& field, const ValueSources& sources) {
  const auto& recipient = *sources.recipient;
  if (field == "contact.addressee") return addressee(recipient.name, recipient.account_name, sources.language);
  if (field == "contact.name") return recipient.name;
  if (field == "contact.title") return recipient.title;
  if (field == "contact.department") return recipient.department;
  if (field == "contact.email") return recipient.email;
  if (field == "account.name") return recipient.account_name;
  if (field == "account.plan") return recipient.plan;
  if (field == "owner.name") return sources.owner_name;
  if (field == "owner.email") return sources.owner_email;
  if (field == "sender.name") return sources.sender_name;
  if (field == "sender.email") return sources.sender_email;
  if (field == "vendor.name") return sources.vendor_name;
  if (field == "survey.link") return sources.survey_link;
  return {};
}

std::string value_for(const std::string& field, const ValueSources& sources) {
  if (field.starts_with(book_prefix)) {
    const auto row = sources.book ? sources.book->find(sources.recipient->account) : std::nullopt;
    return row ? book_value(*sources.book, *row, field.substr(book_prefix.size()), sources.language) : std::string();
  }
  if (field.starts_with(value_prefix)) {
    if (sources.values == nullptr) return {};
    const auto given = sources.values->find(field.substr(value_prefix.size()));
    return given == sources.values->end() ? std::string() : given->second.in(sources.language);
  }
  return fixed_value(field, sources);
}

core::Text sample_of(const engine::Field& field) {
  switch (field.type) {
    case engine::FieldType::number:
      return {"42", "42"};
    case engine::FieldType::money:
      return {"¥1,200,000", "1,200,000円"};
    case engine::FieldType::day:
      return {"March 31, 2027", "2027年3月31日"};
    case engine::FieldType::yes_no:
      return {"yes", "はい"};
    default:
      return field.choices.empty() ? core::Text{"(value)", "(値)"} : field.choices.front().name;
  }
}

}  // namespace

std::vector<MergeField> merge_fields(const engine::FieldCatalogue& catalogue) {
  auto fields = fixed_fields();
  for (const auto& field : catalogue.fields()) {
    if (field.type == engine::FieldType::text_set) continue;
    fields.push_back({std::string(book_prefix) + field.name, field.label, "book", sample_of(field)});
  }
  return fields;
}

bool is_merge_field(std::string_view field, const engine::FieldCatalogue& catalogue, bool is_survey) {
  if (field == "survey.link") return is_survey;
  if (field.starts_with(value_prefix)) return field.size() > value_prefix.size();
  if (field.starts_with(book_prefix)) {
    const auto* known = catalogue.find(field.substr(book_prefix.size()));
    return known != nullptr && known->type != engine::FieldType::text_set;
  }
  for (const auto& known : fixed_fields()) {
    if (known.field == field) return true;
  }
  return false;
}

core::Text label_of(std::string_view field, const engine::FieldCatalogue& catalogue) {
  for (const auto& known : fixed_fields()) {
    if (known.field == field) return known.label;
  }
  if (field.starts_with(book_prefix)) {
    if (const auto* known = catalogue.find(field.substr(book_prefix.size()))) return known->label;
  }
  return {std::string(field), std::string(field)};
}

Values values_for(const std::set<std::string>& fields, const ValueSources& sources) {
  Values values;
  for (const auto& field : fields) values[field] = value_for(field, sources);
  return values;
}

Values sample_values(const std::set<std::string>& fields, const engine::FieldCatalogue& catalogue,
                     core::Language language) {
  const auto known = merge_fields(catalogue);
  Values values;
  for (const auto& field : fields) {
    values[field] = field;
    for (const auto& each : known) {
      if (each.field == field) values[field] = each.sample.in(language);
    }
  }
  return values;
}

}  // namespace banso::outreach
