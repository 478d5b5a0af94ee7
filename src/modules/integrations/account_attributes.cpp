#include "account_attributes.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::integrations {
namespace {

using customers::AttributeInput;
using customers::AttributeType;

AttributeType type_of_cells(CellType cells) {
  switch (cells) {
    case CellType::integer:
    case CellType::decimal:
      return AttributeType::number;
    case CellType::date:
      return AttributeType::date;
    case CellType::yes_no:
      return AttributeType::yes_no;
    case CellType::money:
      return AttributeType::money;
    case CellType::empty:
    case CellType::date_time:
    case CellType::email:
    case CellType::text:
      break;
  }
  return AttributeType::text;
}

// Known attributes answer to their key and to their names in both languages.
const customers::AttributeDefinition* find_definition(const std::vector<customers::AttributeDefinition>& known,
                                                      const std::string& heading) {
  const std::string folded = folded_heading(heading);
  for (const auto& definition : known) {
    const bool is_it = folded_heading(definition.key) == folded || folded_heading(definition.name.en) == folded ||
                       folded_heading(definition.name.ja) == folded;
    if (is_it) return &definition;
  }
  return nullptr;
}

}  // namespace

AttributeType AccountAttributes::wanted_type(const RowMapper::Attribute& attribute,
                                             std::vector<std::string>& choices) const {
  std::optional<AttributeType> type;
  if (attribute.rule.type) type = customers::attribute_type_from(*attribute.rule.type);
  if (!attribute.column) return type.value_or(AttributeType::text);
  const ColumnProfile& column = context_.profile.columns[*attribute.column];
  if (!type) type = column.choices.empty() ? type_of_cells(column.type) : AttributeType::choice;
  if (*type == AttributeType::choice) choices = column.choices;
  return *type;
}

core::Result<> AccountAttributes::prepare() {
  const auto known = context_.targets.customers->attributes();
  for (const RowMapper::Attribute& wanted : context_.mapper.attributes()) {
    std::vector<std::string> choices;
    const AttributeType type = wanted_type(wanted, choices);
    Attribute attribute{wanted.heading,      "", type, context_.rules.currency, {choices.begin(), choices.end()}, {},
                        wanted.rule.known_at};
    std::optional<customers::AttributeDefinition> definition;
    if (const auto* found = find_definition(known, wanted.heading)) definition = *found;
    if (definition && !definition->managed_by.empty()) {
      return core::Error::invalid_field(
          "attributes." + wanted.heading,
          {"Banso keeps \"" + wanted.heading + "\" up to date itself. Do not map this column.",
           "「" + wanted.heading + "」は Banso が自動で更新する項目です。この列を取り込み対象から外してください。"});
    }
    if (context_.dry_run) {
      // Known or not, nothing is defined.
    } else if (type != AttributeType::choice || !choices.empty()) {
      BANSO_TRY_ASSIGN(
          definition, context_.targets.customers->ensure_attribute(context_.provenance, wanted.heading, type, choices));
    }
    if (definition) adopt(*definition, attribute);
    attributes_.push_back(std::move(attribute));
  }
  return {};
}

void AccountAttributes::adopt(const customers::AttributeDefinition& definition, Attribute& attribute) {
  attribute.key = definition.key;
  attribute.type = definition.type;
  if (!definition.currency.empty()) attribute.currency = definition.currency;
  attribute.choices.clear();
  for (const auto& choice : definition.choices) attribute.choices.insert(choice.value);
}

core::Result<> AccountAttributes::define_by_first_choice(Attribute& attribute, const std::string& choice) const {
  BANSO_TRY_ASSIGN(const auto definition, context_.targets.customers->ensure_attribute(
                                              context_.provenance, attribute.heading, attribute.type, {choice}));
  adopt(definition, attribute);
  return {};
}

std::optional<customers::AttributeValue> AccountAttributes::read_value(Attribute& attribute, const std::string& text,
                                                                       core::Text& reason) const {
  switch (attribute.type) {
    case AttributeType::text:
      return text;
    case AttributeType::choice:
      if (!attribute.choices.contains(text)) attribute.new_choices.insert(text);
      return text;
    case AttributeType::number:
      reason = {"This is not a number.", "数値ではありません。"};
      if (const auto number = read_decimal(text)) return *number;
      if (const auto money = read_money(text)) return read_decimal(money->amount).value_or(0);
      return std::nullopt;
    case AttributeType::date:
      reason = {"This is not a day that exists, or can be read as two days. Write it like 2024-01-31.",
                "日付として読み取れません。2024-01-31 のように入力してください。"};
      if (const auto day = read_day(text, context_.rules.date_order)) return *day;
      return std::nullopt;
    case AttributeType::yes_no:
      reason = {"This is neither yes nor no.", "「はい」か「いいえ」で入力してください。"};
      if (const auto yes = read_yes_no(text)) return *yes;
      return std::nullopt;
    case AttributeType::money: {
      reason = {"This is not an amount.", "金額として読み取れません。"};
      const auto read = read_money(text);
      if (!read) return std::nullopt;
      if (auto money = core::parse_money(read->amount, read->currency.empty() ? attribute.currency : read->currency))
        return *money;
      return std::nullopt;
    }
  }
  return std::nullopt;
}

AccountAttributes::Given AccountAttributes::read(const MappedRow& row, std::vector<CellError>& errors) {
  Given given;
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    Attribute& attribute = attributes_[i];
    const std::string& text = row.attributes[i];
    AttributeInput input;
    if (text.empty()) {
      if (!context_.rules.clear_blanks || attribute.key.empty()) continue;
      input = AttributeInput::clear(attribute.key);
    } else {
      if (attribute.key.empty() && !context_.dry_run) {
        if (const auto defined = define_by_first_choice(attribute, text); !defined) {
          errors.push_back({attribute.heading, shortened(text), defined.error().message});
          continue;
        }
      }
      core::Text reason;
      auto value = read_value(attribute, text, reason);
      if (!value) {
        errors.push_back({attribute.heading, shortened(text), std::move(reason)});
        continue;
      }
      const bool undefined_choice =
          attribute.type == AttributeType::choice && context_.dry_run && !attribute.choices.contains(text);
      if (attribute.key.empty() || undefined_choice) continue;  // a dry run has checked all it can
      input = AttributeInput::typed(attribute.key, std::move(*value));
    }
    if (attribute.known_at && context_.mapping.known_at == KnownAt::happened) {
      given.late.emplace_back(*attribute.known_at, std::move(input));
    } else {
      given.early.push_back(std::move(input));
    }
  }
  return given;
}

core::Result<> AccountAttributes::define_new_choices() {
  if (context_.dry_run) return {};
  for (Attribute& attribute : attributes_) {
    if (attribute.new_choices.empty()) continue;
    BANSO_TRY(
        context_.targets.customers->ensure_attribute(context_.provenance, attribute.heading, attribute.type,
                                                     {attribute.new_choices.begin(), attribute.new_choices.end()}));
    attribute.choices.merge(attribute.new_choices);
    attribute.new_choices.clear();
  }
  return {};
}

std::optional<std::string> AccountAttributes::heading_of(std::string_view field) const {
  constexpr std::string_view prefix = "attributes.";
  if (!field.starts_with(prefix)) return std::nullopt;
  const auto found = std::find_if(attributes_.begin(), attributes_.end(),
                                  [&](const Attribute& a) { return a.key == field.substr(prefix.size()); });
  return found == attributes_.end() ? std::nullopt : std::optional(found->heading);
}

}  // namespace banso::integrations
