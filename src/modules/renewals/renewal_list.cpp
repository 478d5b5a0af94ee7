#include "renewal_list.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "renewal_fields.hpp"

namespace banso::renewals {
namespace {

using engine::FieldType;

// One column of values, owned, as conditions want it.
struct ColumnData {
  std::vector<double> numbers;
  std::vector<std::int32_t> days;
  std::vector<std::int8_t> yes_no;
  std::vector<std::string> dictionary;
  std::vector<std::uint32_t> codes, offsets;

  void add_text(const std::string& text) {
    if (text.empty()) {
      codes.push_back(engine::missing_code);
      return;
    }
    codes.push_back(code_of(text));
  }
  std::uint32_t code_of(const std::string& text) {
    const auto [found, is_new] = index_.try_emplace(text, static_cast<std::uint32_t>(dictionary.size()));
    if (is_new) dictionary.push_back(text);
    return found->second;
  }

 private:
  std::map<std::string, std::uint32_t> index_;
};

ColumnData read_column(const ListField& field, std::span<const Renewal> rows) {
  ColumnData data;
  if (field.type == FieldType::text_set) data.offsets.push_back(0);
  for (const auto& row : rows) {
    if (const auto* number = std::get_if<ReadNumber>(&field.read)) {
      data.numbers.push_back((*number)(row));
    } else if (const auto* day = std::get_if<ReadDay>(&field.read)) {
      const auto value = (*day)(row);
      data.days.push_back(value ? value->days : engine::missing_day);
    } else if (const auto* yes = std::get_if<ReadYesNo>(&field.read)) {
      data.yes_no.push_back((*yes)(row) ? 1 : 0);
    } else if (const auto* texts = std::get_if<ReadTexts>(&field.read)) {
      for (const auto& text : (*texts)(row)) data.codes.push_back(data.code_of(text));
      data.offsets.push_back(static_cast<std::uint32_t>(data.codes.size()));
    } else {
      const auto text = std::get<ReadText>(field.read)(row);
      data.add_text(field.type == FieldType::choice ? text : customers::search_key(text));
    }
  }
  return data;
}

engine::Column view_of(const ColumnData& data, FieldType type) {
  switch (type) {
    case FieldType::number:
    case FieldType::money:
      return engine::NumberColumn{data.numbers};
    case FieldType::day:
      return engine::DayColumn{data.days};
    case FieldType::yes_no:
      return engine::YesNoColumn{data.yes_no};
    case FieldType::text_set:
      return engine::TextSetColumn{data.dictionary, data.offsets, data.codes};
    default:
      return engine::TextColumn{data.dictionary, data.codes};
  }
}

// Less than zero where `a` comes first; what is missing comes last, whatever the direction.
int compare(const ListField& field, const Renewal& a, const Renewal& b, bool descends) {
  const auto ordered = [descends](const auto& left, const auto& right) {
    const int order = left < right ? -1 : right < left ? 1 : 0;
    return descends ? -order : order;
  };
  const auto with_missing = [&](bool has_left, bool has_right, const auto& order) {
    if (has_left && has_right) return order();
    return has_left == has_right ? 0 : has_left ? -1 : 1;
  };
  if (const auto* number = std::get_if<ReadNumber>(&field.read)) {
    const double left = (*number)(a), right = (*number)(b);
    return with_missing(!std::isnan(left), !std::isnan(right), [&] { return ordered(left, right); });
  }
  if (const auto* day = std::get_if<ReadDay>(&field.read)) {
    const auto left = (*day)(a), right = (*day)(b);
    return with_missing(left.has_value(), right.has_value(), [&] { return ordered(*left, *right); });
  }
  if (const auto* yes = std::get_if<ReadYesNo>(&field.read)) return ordered((*yes)(a), (*yes)(b));
  std::string left, right;
  if (const auto* texts = std::get_if<ReadTexts>(&field.read)) {
    for (const auto& text : (*texts)(a)) left += text + ";";
    for (const auto& text : (*texts)(b)) right += text + ";";
  } else {
    const auto& read = std::get<ReadText>(field.read);
    left = customers::search_key(read(a));
    right = customers::search_key(read(b));
  }
  // Choices come in the order in which they are listed.
  const auto place = [&](const std::string& value) {
    for (std::size_t i = 0; i < field.choices.size(); ++i) {
      if (field.choices[i].value == value) return i;
    }
    return field.choices.size();
  };
  if (field.type == FieldType::choice && !field.choices.empty()) {
    return with_missing(!left.empty(), !right.empty(), [&] { return ordered(place(left), place(right)); });
  }
  return with_missing(!left.empty(), !right.empty(), [&] { return ordered(left, right); });
}

bool has_all_words(const std::string& text, const std::string& search) {
  const auto in = customers::search_key(text), wanted = customers::search_key(search);
  std::size_t begin = 0;
  while (begin < wanted.size()) {
    const auto end = std::min(wanted.find(' ', begin), wanted.size());
    if (in.find(wanted.substr(begin, end - begin)) == std::string::npos) return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace

RenewalList::RenewalList(std::shared_ptr<const Pipeline> pipeline, ListWords words)
    : pipeline_(std::move(pipeline)), words_(std::move(words)), fields_(list_fields(pipeline_->currency, words_)) {
  std::vector<engine::Field> described;
  for (const auto& each : fields_) described.push_back({each.key, each.name, each.type, false, {}});
  catalogue_ = std::make_unique<engine::FieldCatalogue>(std::move(described), customers::search_key);
}

const ListField* RenewalList::field(std::string_view key) const {
  const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const auto& each) { return each.key == key; });
  return found == fields_.end() ? nullptr : &*found;
}

std::vector<engine::Choice> RenewalList::choices(const ListField& field) const {
  if (field.key != "owner") return field.choices;
  std::map<std::string, std::string> owners;
  for (const auto& renewal : pipeline_->renewals) {
    const auto value = std::get<ReadText>(field.read)(renewal);
    if (!value.empty()) owners.emplace(value, renewal.owner_name.empty() ? value : renewal.owner_name);
  }
  std::vector<engine::Choice> found;
  for (const auto& [value, name] : owners) found.push_back({value, {name, name}});
  return found;
}

core::Result<engine::Selection> RenewalList::matching(std::span<const Renewal> rows,
                                                      const std::string& filter_json) const {
  if (filter_json.empty()) return engine::Selection(rows.size(), true);
  auto condition = engine::compile_condition(filter_json, *catalogue_);
  if (!condition) {
    core::Error error = std::move(condition).error();
    for (auto& each : error.fields) each.field = each.field.empty() ? "filter" : "filter." + each.field;
    return error;
  }
  engine::Table table;
  table.rows = rows.size();
  table.today = pipeline_->as_of;
  std::map<std::string, ColumnData> columns;
  for (const auto& name : condition->fields()) {
    const auto* read = field(name);
    table.columns.emplace(name, view_of(columns.emplace(name, read_column(*read, rows)).first->second, read->type));
  }
  return condition->run(table);
}

core::Result<> RenewalList::sort(std::vector<const Renewal*>& rows, const std::string& sort) const {
  std::vector<std::pair<const ListField*, bool>> keys;  // and whether it descends
  std::size_t begin = 0;
  while (begin < sort.size()) {
    const auto end = std::min(sort.find(',', begin), sort.size());
    std::string key = sort.substr(begin, end - begin);
    begin = end + 1;
    const bool descends = key.starts_with('-');
    if (descends) key.erase(0, 1);
    const auto* by = field(key);
    if (!by) {
      return core::Error::invalid_field(
          "sort", {fmt::format("There is no field \"{}\". GET /api/renewals/fields lists them.", key),
                   fmt::format("項目「{}」はありません。GET /api/renewals/fields で一覧を確認できます。", key)});
    }
    keys.emplace_back(by, descends);
  }
  std::stable_sort(rows.begin(), rows.end(), [&](const Renewal* a, const Renewal* b) {
    for (const auto& [by, descends] : keys) {
      if (const int order = compare(*by, *a, *b, descends); order != 0) return order < 0;
    }
    return false;
  });
  return {};
}

core::Result<std::vector<const Renewal*>> RenewalList::find(const ListQuery& query) const {
  const auto rows = pipeline_->between(query.from, query.to);
  BANSO_TRY_ASSIGN(const auto selection, matching(rows, query.filter_json));
  std::vector<const Renewal*> found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& renewal = rows[i];
    if (!selection.test(i)) continue;
    if (query.owner && renewal.owner != *query.owner) continue;
    if (query.account && renewal.key.account != *query.account) continue;
    if (!query.search.empty() && !has_all_words(renewal.account.name, query.search)) continue;
    found.push_back(&renewal);
  }
  BANSO_TRY(sort(found, query.sort));
  return found;
}

void Sums::add(const Renewal& renewal) {
  ++renewals;
  due_minor += renewal.due_minor;
  target_minor += renewal.target_minor;
  forecast_minor += renewal.total_minor();
  final_minor += renewal.final_minor.value_or(0);
  if (!renewal.expected_minor) return;
  expected_minor += *renewal.expected_minor;
  ++expected_of;
}

}  // namespace banso::renewals
