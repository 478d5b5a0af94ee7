#include "book_fields.hpp"

#include <algorithm>
#include <cmath>

#include "core/money.hpp"
#include "engine/value_words.hpp"

namespace banso::health {
namespace {

using engine::FieldType;

constexpr double missing_number = std::numeric_limits<double>::quiet_NaN();

std::int32_t or_missing(const std::optional<core::Day>& day) {
  return day ? day->days : engine::missing_day;
}

ReadText text_member(std::string customers::BookRow::*member) {
  return [member](const AccountRow& row) { return row.record.*member; };
}

class Fields {
 public:
  explicit Fields(const BookFieldsInput& input)
      : input_(input), minor_per_unit_(std::pow(10, core::minor_digits(input.currency))) {}

  std::vector<BookField> all() && {
    add_account_fields();
    add_health_fields();
    add_usage_fields();
    add_revenue_fields();
    add_measures();
    add_attributes();
    return std::move(fields_);
  }

 private:
  void add(std::string key, core::Text name, FieldGroup group, FieldType type, Read read, std::string unit = {}) {
    fields_.push_back({std::move(key), std::move(name), group, type, std::move(read), std::move(unit), false, {}});
  }

  void add_account_fields() {
    using customers::BookRow;
    const auto group = FieldGroup::account;
    add("name", {"Name", "顧客名"}, group, FieldType::text, text_member(&BookRow::name));
    add("external_id", {"External ID", "外部ID"}, group, FieldType::text, text_member(&BookRow::external_id));
    add("phase", {"Phase", "フェーズ"}, group, FieldType::choice, text_member(&BookRow::phase));
    add("owner", {"Owner", "主担当"}, group, FieldType::choice,
        ReadText([](const AccountRow& row) { return owner_value(row.record); }));
    add("industry", {"Industry", "業種"}, group, FieldType::choice, text_member(&BookRow::industry));
    add("size", {"Size", "規模"}, group, FieldType::choice, text_member(&BookRow::size));
    add("region", {"Region", "地域"}, group, FieldType::choice, text_member(&BookRow::region));
    add("country", {"Country", "国"}, group, FieldType::choice, text_member(&BookRow::country));
    add("plan", {"Plan", "プラン"}, group, FieldType::choice, text_member(&BookRow::plan));
    add("created_day", {"Customer since", "利用開始日"}, group, FieldType::day,
        ReadDay([](const AccountRow& row) { return or_missing(row.record.created_day); }));
    add(std::string(segments_field), {"Segments", "セグメント"}, group, FieldType::text_set, ReadSegments{});
    for (const auto& segment : input_.segments) fields_.back().choices.push_back({segment.key, segment.name});
  }

  void add_health_fields() {
    const auto* scorecard = input_.set.scorecard();
    const auto group = FieldGroup::health;
    add("score", {"Health score", "ヘルススコア"}, group, FieldType::number,
        ReadNumber([](const AccountRow& row) { return row.scored.score ? row.scored.score->value() : missing_number; }),
        "score");
    fields_.back().has_history = true;
    const auto levels = scorecard ? scorecard->levels : std::vector<engine::Level>{};
    add("level", {"Level", "レベル"}, group, FieldType::choice, ReadText([levels](const AccountRow& row) {
          return row.scored.level == engine::no_level ? std::string()
                                                      : levels[static_cast<std::size_t>(row.scored.level)].key;
        }));
    fields_.back().has_history = true;
    for (const auto& level : levels) {
      fields_.back().choices.push_back({level.key, level.name});
      fields_.back().best_first.push_back(level.key);
    }
    add("level_basis", {"What decides the level", "レベルの決まり方"}, group, FieldType::choice,
        ReadText([](const AccountRow& row) {
          return row.scored.level == engine::no_level ? std::string() : std::string(key_of(row.scored.level_basis));
        }));
    fields_.back().choices = {{"score", {"Score", "スコア"}},
                              {"forced", {"Forced by a measure", "指標による強制"}},
                              {"manual", {"Set by hand", "手動設定"}}};
    add("score_change_28d", {"Change in 28 days", "28日間の増減"}, group, FieldType::number,
        ReadNumber([](const AccountRow& row) { return row.scored.change().value_or(missing_number); }), "score");
    const auto groups = input_.set.groups();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      add("group." + groups[i]->key, groups[i]->name, group, FieldType::number, ReadNumber([i](const AccountRow& row) {
            return i < row.scored.groups.size() ? row.scored.groups[i] : missing_number;
          }),
          "score");
    }
  }

  void add_measure_field(std::string key, core::Text name, FieldGroup group, std::size_t index, std::string unit) {
    add(std::move(key), std::move(name), group, FieldType::number,
        ReadNumber([index](const AccountRow& row) { return row.value(index); }), std::move(unit));
  }

  void add_usage_fields() {
    const auto& book = input_.set.book;
    add("last_activity_day", {"Last activity", "最終利用日"}, FieldGroup::activity, FieldType::day,
        ReadDay([](const AccountRow& row) { return or_missing(row.last_activity_day); }));
    add("last_meeting_day", {"Last meeting", "最終面談日"}, FieldGroup::activity, FieldType::day,
        ReadDay([](const AccountRow& row) { return or_missing(row.last_meeting_day); }));
    add_measure_field("active_users_28d", {"Active users, 28 days", "利用者数(28日間)"}, FieldGroup::usage,
                      book.active_users_28d, "people");
    add_measure_field("utilisation", {"Seats in use", "利用席数の割合"}, FieldGroup::usage, book.utilisation,
                      "percent");
  }

  void add_revenue_fields() {
    const auto group = FieldGroup::revenue;
    const double minor_per_unit = minor_per_unit_;
    const auto money = [&](std::int64_t AccountRow::*member) {
      return ReadNumber([member, minor_per_unit](const AccountRow& row) {
        return static_cast<double>(row.*member) / minor_per_unit;
      });
    };
    add("arr", {"ARR", "ARR"}, group, FieldType::money, money(&AccountRow::arr_minor), input_.currency);
    add("mrr", {"MRR", "MRR"}, group, FieldType::money, money(&AccountRow::mrr_minor), input_.currency);
    add("seats", {"Seats", "契約席数"}, group, FieldType::number,
        ReadNumber([](const AccountRow& row) { return static_cast<double>(row.seats); }), "seats");
    add("renewal_day", {"Renewal", "更新日"}, group, FieldType::day,
        ReadDay([](const AccountRow& row) { return or_missing(row.renewal_day); }));
    add("notice_deadline", {"Notice deadline", "解約通知期限"}, group, FieldType::day,
        ReadDay([](const AccountRow& row) { return or_missing(row.notice_deadline); }));
  }

  // Measures that stand for a text of the account are not numbers to compare: the attribute itself is a field.
  bool is_text_measure(const engine::MeasureDefinition& measure) const {
    if (measure.source != engine::Source::attribute) return false;
    const auto found = std::find_if(input_.attributes.begin(), input_.attributes.end(),
                                    [&](const auto& attribute) { return attribute.key == measure.attribute; });
    if (found == input_.attributes.end()) return measure.attribute != engine::attribute_keys::created;
    return found->type == customers::AttributeType::text || found->type == customers::AttributeType::choice;
  }

  void add_measures() {
    for (std::size_t i = 0; i < input_.set.configured_measures; ++i) {
      const auto& measure = input_.set.definitions.measures[i];
      if (is_text_measure(measure)) continue;
      if (measure.unit != engine::Unit::money) {
        add_measure_field("measure." + measure.key, measure.name, FieldGroup::measures, i,
                          std::string(engine::unit_word(measure.unit)));
        continue;
      }
      add("measure." + measure.key, measure.name, FieldGroup::measures, FieldType::money,
          ReadNumber(
              [i, minor_per_unit = minor_per_unit_](const AccountRow& row) { return row.value(i) / minor_per_unit; }),
          input_.currency);
    }
  }

  void add_attributes() {
    for (const auto& attribute : input_.attributes) {
      const std::string key = attribute.key;
      const auto value = [key](const AccountRow& row) { return find_attribute(row.record.attributes, key); };
      using customers::AttributeType;
      Read read = ReadText([value](const AccountRow& row) {
        const auto* found = value(row);
        const auto* text = found ? std::get_if<std::string>(found) : nullptr;
        return text ? *text : std::string();
      });
      FieldType type = FieldType::text;
      std::string unit;
      switch (attribute.type) {
        case AttributeType::text:
          break;
        case AttributeType::choice:
          type = FieldType::choice;
          break;
        case AttributeType::number:
          type = FieldType::number;
          read = ReadNumber([value](const AccountRow& row) {
            const auto* found = value(row);
            const auto* number = found ? std::get_if<double>(found) : nullptr;
            return number ? *number : missing_number;
          });
          break;
        case AttributeType::money:
          type = FieldType::money;
          unit = attribute.currency;
          read = ReadNumber([value](const AccountRow& row) {
            const auto* found = value(row);
            const auto* money = found ? std::get_if<core::Money>(found) : nullptr;
            return money ? static_cast<double>(money->amount_minor) / std::pow(10, core::minor_digits(money->currency))
                         : missing_number;
          });
          break;
        case AttributeType::date:
          type = FieldType::day;
          read = ReadDay([value](const AccountRow& row) {
            const auto* found = value(row);
            const auto* day = found ? std::get_if<core::Day>(found) : nullptr;
            return day ? day->days : engine::missing_day;
          });
          break;
        case AttributeType::yes_no:
          type = FieldType::yes_no;
          read = ReadYesNo([value](const AccountRow& row) -> std::int8_t {
            const auto* found = value(row);
            const auto* yes = found ? std::get_if<bool>(found) : nullptr;
            return yes ? (*yes ? 1 : 0) : -1;
          });
          break;
      }
      add("attribute." + key, attribute.name, FieldGroup::attributes, type, std::move(read), unit);
      for (const auto& choice : attribute.choices) fields_.back().choices.push_back({choice.value, choice.label});
    }
  }

  const BookFieldsInput& input_;
  const double minor_per_unit_;
  std::vector<BookField> fields_;
};

}  // namespace

std::string_view word_of(FieldGroup group) {
  static constexpr std::string_view words[] = {"account", "health",   "measures",  "usage",
                                               "revenue", "activity", "attributes"};
  return words[static_cast<std::size_t>(group)];
}

core::Text name_of(FieldGroup group) {
  static const core::Text names[] = {
      {"Account", "顧客"},       {"Health", "ヘルス"}, {"Measures", "指標"},          {"Usage", "利用"},
      {"Revenue", "契約・売上"}, {"Activity", "活動"}, {"Attributes", "カスタム項目"}};
  return names[static_cast<std::size_t>(group)];
}

std::vector<BookField> book_fields(const BookFieldsInput& input) {
  return Fields(input).all();
}

std::string owner_value(const customers::BookRow& record) {
  return record.owner ? std::to_string(record.owner.value) : record.owner_name;
}

const customers::AttributeValue* find_attribute(const customers::Attributes& attributes, std::string_view key) {
  const auto found = std::lower_bound(attributes.begin(), attributes.end(), key,
                                      [](const auto& entry, std::string_view wanted) { return entry.first < wanted; });
  return found != attributes.end() && found->first == key ? &found->second : nullptr;
}

}  // namespace banso::health
