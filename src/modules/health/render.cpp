#include "render.hpp"

#include <algorithm>
#include <cmath>

namespace banso::health {
namespace {

constexpr double shown_precision = 10'000;

json::value render_owner(const BookTable& table, const customers::BookRow& record) {
  if (record.owner) {
    const auto name = table.head().owner_names.find(record.owner.value);
    return json::object{{"id", record.owner.value},
                        {"name", name == table.head().owner_names.end() ? record.owner_name : name->second}};
  }
  if (record.owner_name.empty()) return nullptr;
  return json::object{{"id", nullptr}, {"name", record.owner_name}};
}

json::array render_sparkline(const ScoredAccount& scored) {
  json::array line;
  for (const float score : scored.weekly) {
    line.push_back(std::isnan(score) ? json::value(nullptr)
                                     : json::value(std::round(static_cast<double>(score) * 10) / 10));
  }
  return line;
}

json::value cell(const BookField& field, const AccountRow& row) {
  if (const auto* number = std::get_if<ReadNumber>(&field.read)) return render_number((*number)(row));
  if (const auto* day = std::get_if<ReadDay>(&field.read)) return render_day({(*day)(row)});
  if (const auto* yes_no = std::get_if<ReadYesNo>(&field.read)) {
    const auto yes = (*yes_no)(row);
    return yes < 0 ? json::value(nullptr) : json::value(yes == 1);
  }
  const auto* read = std::get_if<ReadText>(&field.read);
  auto text = read ? (*read)(row) : std::string();
  return text.empty() ? json::value(nullptr) : json::value(std::move(text));
}

json::value or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

// The requested fields of one prefix, without it: {"plan_code": ...} for attribute.plan_code.
json::object prefixed(const BookTable& table, const AccountRow& row, std::span<const std::size_t> columns,
                      std::string_view prefix) {
  json::object members;
  for (const auto index : columns) {
    const BookField& field = table.fields()[index];
    if (!field.key.starts_with(prefix)) continue;
    const std::string key = field.key.substr(prefix.size());
    const auto* attribute = prefix == "attribute." ? find_attribute(row.record.attributes, key) : nullptr;
    members[key] = attribute ? render_attribute(*attribute) : cell(field, row);
  }
  return members;
}

}  // namespace

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render_money(std::int64_t amount_minor, const std::string& currency) {
  return {{"amount_minor", amount_minor}, {"currency", currency}};
}

json::value render_number(double value) {
  if (std::isnan(value) || std::isinf(value)) return nullptr;
  if (value == std::floor(value) && std::abs(value) < 1e15) return static_cast<std::int64_t>(value);
  return std::round(value * shown_precision) / shown_precision;
}

json::value render_day(core::Day day) {
  return day == engine::no_day || day == engine::forever ? json::value(nullptr) : json::from(day);
}

json::value render_attribute(const customers::AttributeValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return json::value(*text);
  if (const auto* number = std::get_if<double>(&value)) return render_number(*number);
  if (const auto* day = std::get_if<core::Day>(&value)) return json::from(*day);
  if (const auto* yes = std::get_if<bool>(&value)) return *yes;
  const auto& money = std::get<core::Money>(value);
  return render_money(money.amount_minor, money.currency);
}

std::string level_key(const DefinitionSet& set, std::int8_t level) {
  const auto* scorecard = set.scorecard();
  return level == engine::no_level || !scorecard ? std::string()
                                                 : scorecard->levels[static_cast<std::size_t>(level)].key;
}

json::object render_row(const BookTable& table, const AccountRow& row, std::span<const std::size_t> columns) {
  const auto& head = table.head();
  const auto& record = row.record;
  json::array reasons;
  for (const auto& reason : row.scored.reasons) reasons.push_back(render(reason));
  const auto change = row.scored.change();
  json::object rendered{
      {"id", record.id.value},
      {"name", record.name},
      {"external_id", record.external_id},
      {"phase", or_null(record.phase)},
      {"owner", render_owner(table, record)},
      {"industry", or_null(record.industry)},
      {"size", or_null(record.size)},
      {"region", or_null(record.region)},
      {"country", or_null(record.country)},
      {"plan", or_null(record.plan)},
      {"created_day", json::from(record.created_day)},
      {"level", or_null(level_key(*head.set, row.scored.level))},
      {"level_basis",
       row.scored.level == engine::no_level ? json::value(nullptr) : json::value(key_of(row.scored.level_basis))},
      {"score", row.scored.score ? render_number(row.scored.score->value()) : json::value(nullptr)},
      {"score_change_28d", change ? render_number(*change) : json::value(nullptr)},
      {"sparkline", render_sparkline(row.scored)},
      {"reasons", std::move(reasons)},
      {"arr", render_money(row.arr_minor, head.currency)},
      {"mrr", render_money(row.mrr_minor, head.currency)},
      {"renewal_day", json::from(row.renewal_day)},
      {"notice_deadline", json::from(row.notice_deadline)},
      {"last_activity_day", json::from(row.last_activity_day)},
      {"last_meeting_day", json::from(row.last_meeting_day)},
      {"seats", row.seats},
      {"active_users_28d", render_number(row.value(head.set->book.active_users_28d))},
      {"utilisation", render_number(row.value(head.set->book.utilisation) / 100)},  // a share, 0.66
      {"groups", prefixed(table, row, columns, "group.")},
      {"attributes", prefixed(table, row, columns, "attribute.")},
      {"measures", prefixed(table, row, columns, "measure.")}};
  const auto is_segments = [&](std::size_t column) { return table.fields()[column].key == segments_field; };
  if (std::any_of(columns.begin(), columns.end(), is_segments)) {
    json::array keys;
    for (const auto segment : table.segments_of(row.id())) keys.emplace_back(table.segments()[segment].key);
    rendered["segments"] = std::move(keys);
  }
  return rendered;
}

json::object render_summary(const BookTable& table, const BookSummary& summary) {
  const auto& currency = table.head().currency;
  const auto totals = [&](const LevelTotals& level) {
    return json::object{{"count", level.accounts}, {"arr", render_money(level.arr_minor, currency)}};
  };
  json::object levels;
  if (const auto* scorecard = table.head().set->scorecard()) {
    for (std::size_t i = 0; i < scorecard->levels.size(); ++i)
      levels[scorecard->levels[i].key] = totals(summary.levels[i]);
  }
  levels["none"] = totals(summary.without_score);
  return {{"accounts", summary.accounts},
          {"arr", render_money(summary.arr_minor, currency)},
          {"levels", std::move(levels)}};
}

json::array render_fields(const BookTable& table) {
  json::array items;
  for (std::size_t i = 0; i < table.fields().size(); ++i) {
    const BookField& field = table.fields()[i];
    json::object item{{"key", field.key},
                      {"name", render(field.name)},
                      {"group", word_of(field.group)},
                      {"group_name", render(name_of(field.group))},
                      {"type", engine::key_of(field.type)},
                      {"sortable", field.type != engine::FieldType::text_set},
                      {"column", true},
                      {"has_history", field.has_history}};
    if (!field.unit.empty()) item["unit"] = field.unit;
    json::array operators;
    for (const auto word : engine::operators_of(field.type, field.has_history)) operators.emplace_back(word);
    item["operators"] = std::move(operators);
    if (field.type == engine::FieldType::choice || field.type == engine::FieldType::text_set) {
      json::array choices;
      for (const auto& choice : table.choices(i)) {
        choices.push_back(json::object{{"value", choice.value}, {"name", render(choice.name)}});
      }
      item["choices"] = std::move(choices);
    }
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace banso::health
