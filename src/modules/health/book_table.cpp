#include "book_table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "book_columns.hpp"

namespace banso::health {
namespace {

bool by_id(const AccountRowPtr& a, const AccountRowPtr& b) {
  return a->id() < b->id();
}

std::vector<engine::Field> catalogue_fields(std::span<const BookField> fields) {
  std::vector<engine::Field> described;
  for (const auto& field : fields) {
    // Choices are left open: a saved filter must not break because the last account with a value left.
    described.push_back({field.key, field.name, field.type, field.has_history, {}, field.best_first, field.unit});
  }
  return described;
}

}  // namespace

std::shared_ptr<const BookTable::Schema> BookTable::make_schema(const Head& head) {
  auto schema = std::make_shared<Schema>();
  const std::span<const SegmentRule> segments =
      head.segments ? std::span<const SegmentRule>(*head.segments) : std::span<const SegmentRule>();
  schema->fields = book_fields({*head.set, *head.attributes, head.currency, segments});
  for (std::size_t i = 0; i < schema->fields.size(); ++i) schema->field_by_key.emplace(schema->fields[i].key, i);
  schema->catalogue = std::make_unique<engine::FieldCatalogue>(catalogue_fields(schema->fields), customers::search_key);
  compile_segments(head, *schema);
  return schema;
}

BookTable::BookTable(Head head, std::vector<AccountRowPtr> rows, std::shared_ptr<const Schema> schema)
    : head_(std::move(head)), rows_(std::move(rows)), schema_(std::move(schema)) {}

BookTable::BookTable(Head head, std::vector<AccountRowPtr> rows)
    : head_(std::move(head)), rows_(std::move(rows)), schema_(make_schema(head_)) {
  std::sort(rows_.begin(), rows_.end(), by_id);
}

std::shared_ptr<const BookTable> BookTable::with(Head head, std::vector<AccountRowPtr> changed,
                                                 std::span<const core::AccountId> gone) const {
  std::sort(changed.begin(), changed.end(), by_id);
  std::vector<core::AccountId> leaving(gone.begin(), gone.end());
  std::sort(leaving.begin(), leaving.end());
  const bool has_same_fields =
      head.set == head_.set && head.attributes == head_.attributes && head.currency == head_.currency;
  const bool has_same_segments = head.segments == head_.segments;
  auto schema = has_same_fields && has_same_segments ? schema_ : make_schema(head);

  auto places = std::make_shared<std::vector<std::uint32_t>>();  // of the changed rows
  std::vector<AccountRowPtr> rows;
  rows.reserve(rows_.size() + changed.size());
  auto next = changed.begin();
  for (const auto& row : rows_) {
    for (; next != changed.end() && (*next)->id() < row->id(); ++next) rows.push_back(*next);  // new ones
    if (next != changed.end() && (*next)->id() == row->id()) {
      places->push_back(static_cast<std::uint32_t>(rows.size()));
      rows.push_back(*next++);
    } else if (leaving.empty() || !std::binary_search(leaving.begin(), leaving.end(), row->id())) {
      rows.push_back(row);
    }
  }
  rows.insert(rows.end(), next, changed.end());
  const bool has_same_places = rows.size() == rows_.size() && places->size() == changed.size();
  const std::shared_ptr<BookTable> made(new BookTable(std::move(head), std::move(rows), std::move(schema)));
  if (has_same_fields && has_same_places) {
    made->carry_over(*this, places);
    if (!has_same_segments) made->forget_segments();
  }
  return made;
}

std::optional<std::size_t> BookTable::index_of(core::AccountId id) const {
  const auto found =
      std::lower_bound(rows_.begin(), rows_.end(), id,
                       [](const AccountRowPtr& row, core::AccountId wanted) { return row->id() < wanted; });
  if (found == rows_.end() || (*found)->id() != id) return std::nullopt;
  return static_cast<std::size_t>(found - rows_.begin());
}

AccountRowPtr BookTable::find(core::AccountId id) const {
  const auto index = index_of(id);
  return index ? rows_[*index] : nullptr;
}

std::optional<std::size_t> BookTable::field_index(std::string_view key) const {
  const auto found = schema_->field_by_key.find(std::string(key));
  return found == schema_->field_by_key.end() ? std::nullopt : std::optional(found->second);
}

std::vector<engine::Choice> BookTable::choices(std::size_t field) const {
  if (!schema_->fields[field].choices.empty() || schema_->fields[field].type != engine::FieldType::choice)
    return schema_->fields[field].choices;
  std::vector<engine::Choice> found;
  const bool is_owner = schema_->fields[field].key == "owner";
  for (const auto& value : column(field).dictionary) {
    std::string label = value;
    if (is_owner) {
      const auto known = std::find_if(head_.owner_names.begin(), head_.owner_names.end(),
                                      [&](const auto& entry) { return std::to_string(entry.first) == value; });
      if (known != head_.owner_names.end()) label = known->second;
    }
    found.push_back({value, {label, label}});
  }
  return found;
}

const BookTable::ColumnData& BookTable::column(std::size_t field) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = columns_.find(field); found != columns_.end()) return *found->second;
  }
  // Built outside the lock: two threads may build the same one, and the first to finish wins.
  auto built = carried_column(field);
  if (!built) built = std::make_shared<const ColumnData>(build_column(schema_->fields[field]));
  const std::lock_guard lock(mutex_);
  return *columns_.try_emplace(field, std::move(built)).first->second;
}

std::string BookTable::text_of(const BookField& field, const AccountRow& row) {
  const auto text = std::get<ReadText>(field.read)(row);
  return field.type == engine::FieldType::choice ? text : customers::search_key(text);
}

BookTable::ColumnData BookTable::build_column(const BookField& field) const {
  if (field.type == engine::FieldType::text_set) return segments_column();
  std::vector<std::uint32_t> all(rows_.size());
  std::iota(all.begin(), all.end(), 0u);
  return read_column(field, all);
}

BookTable::ColumnData BookTable::read_column(const BookField& field, std::span<const std::uint32_t> rows) const {
  ColumnData data;
  const auto read_into = [&](auto& values, const auto& read) {
    values.reserve(rows.size());
    for (const auto row : rows) values.push_back(read(*rows_[row]));
  };
  if (const auto* number = std::get_if<ReadNumber>(&field.read)) {
    read_into(data.numbers, *number);
  } else if (const auto* day = std::get_if<ReadDay>(&field.read)) {
    read_into(data.days, *day);
  } else if (const auto* yes_no = std::get_if<ReadYesNo>(&field.read)) {
    read_into(data.yes_no, *yes_no);
  } else {
    std::vector<std::string> values;
    read_into(values, [&](const AccountRow& row) { return text_of(field, row); });
    data.set_texts(values);
  }
  return data;
}

engine::Column BookTable::ColumnData::view(engine::FieldType type) const {
  switch (type) {
    case engine::FieldType::number:
    case engine::FieldType::money:
      return engine::NumberColumn{numbers};
    case engine::FieldType::day:
      return engine::DayColumn{days};
    case engine::FieldType::yes_no:
      return engine::YesNoColumn{yes_no};
    case engine::FieldType::text_set:
      return engine::TextSetColumn{dictionary, offsets, codes};
    default:
      return engine::TextColumn{dictionary, codes};
  }
}

void BookTable::ColumnData::set_texts(std::span<const std::string> values) {
  for (const auto& value : values) {
    if (!value.empty()) dictionary.push_back(value);
  }
  std::sort(dictionary.begin(), dictionary.end());
  dictionary.erase(std::unique(dictionary.begin(), dictionary.end()), dictionary.end());
  codes.reserve(values.size());
  for (const auto& value : values) {
    const auto found = std::lower_bound(dictionary.begin(), dictionary.end(), value);
    codes.push_back(value.empty() ? engine::missing_code : static_cast<std::uint32_t>(found - dictionary.begin()));
  }
}

std::optional<std::size_t> BookTable::score_history_index(int days_ago) {
  const int weeks_ago = (std::max(days_ago, 0) + 6) / 7;
  if (weeks_ago >= static_cast<int>(sparkline_weeks)) return std::nullopt;
  return sparkline_weeks - 1 - static_cast<std::size_t>(weeks_ago);
}

// Codes of the levels that were shown so many days ago, into the levels of the scorecard.
std::optional<BookTable::LevelCodes> BookTable::level_history(int days_ago, std::span<const std::uint32_t> rows) const {
  const auto at = score_history_index(days_ago);
  const auto* scorecard = head_.set->scorecard();
  if (!at || !scorecard || rows.empty()) return std::nullopt;
  LevelCodes codes;
  for (const auto& level : scorecard->levels) codes.dictionary.push_back(level.key);
  codes.codes.reserve(rows.size());
  for (const auto row : rows) {
    const auto level = rows_[row]->scored.weekly_levels[*at];
    codes.codes.push_back(level == engine::no_level ? engine::missing_code : static_cast<std::uint32_t>(level));
  }
  return codes;
}

std::vector<double> BookTable::score_history(int days_ago) const {
  const auto at = score_history_index(days_ago);
  if (!at) return {};
  std::vector<double> values;
  values.reserve(rows_.size());
  for (const auto& row : rows_) values.push_back(static_cast<double>(row->scored.weekly[*at]));
  return values;
}

engine::Selection BookTable::run_whole(const engine::Condition& condition, const ColumnData* segments) const {
  engine::Table table;
  table.rows = rows_.size();
  table.today = head_.as_of;
  for (const auto& name : condition.fields()) {
    const auto field = schema_->field_by_key.at(name);
    const bool is_given = segments && field == schema_->segments_field;
    table.columns.emplace(name, (is_given ? *segments : column(field)).view(schema_->fields[field].type));
  }
  table.number_history = [this](std::string_view, int days_ago) -> std::optional<engine::NumberColumn> {
    const std::lock_guard lock(mutex_);
    auto& values = histories_[days_ago];
    if (!values) values = std::make_shared<const std::vector<double>>(score_history(days_ago));
    if (values->size() != rows_.size() || rows_.empty()) return std::nullopt;
    return engine::NumberColumn{*values};
  };
  LevelCodes levels;
  table.choice_history = [&](std::string_view, int days_ago) -> std::optional<engine::TextColumn> {
    std::vector<std::uint32_t> all(rows_.size());
    std::iota(all.begin(), all.end(), 0u);
    auto found = level_history(days_ago, all);
    if (!found) return std::nullopt;
    levels = std::move(*found);
    return engine::TextColumn{levels.dictionary, levels.codes};
  };
  return condition.run(table);
}

engine::Selection BookTable::run(const engine::Condition& condition) const {
  return run_whole(condition, nullptr);
}

core::Result<engine::Selection> BookTable::select(const BookQuery& query) const {
  engine::Selection selection(rows_.size(), true);
  if (!query.filter_json.empty()) {
    auto condition = engine::compile_condition(query.filter_json, *schema_->catalogue);
    if (!condition) {
      core::Error error = std::move(condition).error();
      for (auto& field : error.fields) field.field = field.field.empty() ? "filter" : "filter." + field.field;
      return error;
    }
    selection &= run(*condition);
  }
  if (const auto words = search_words(query.search); !words.empty()) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (selection.test(i) && !has_all(rows_[i]->record.search_key, words)) selection.reset(i);
    }
  }
  if (query.owner) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i]->record.owner != *query.owner) selection.reset(i);
    }
  }
  if (!query.ids.empty()) {
    engine::Selection chosen(rows_.size());
    for (const auto id : query.ids) {
      if (const auto found = index_of({id})) chosen.set(*found);
    }
    selection &= chosen;
  }
  return selection;
}

core::Result<BookResult> BookTable::query(const BookQuery& query, core::PageRequest page) const {
  BANSO_TRY_ASSIGN(const auto selection, select(query));
  BANSO_TRY_ASSIGN(const auto sorted, order(query.sort));
  BookResult result;
  result.summary.levels.resize(head_.set->scorecard() ? head_.set->scorecard()->levels.size() : 0);
  const std::int64_t last = page.offset + page.limit;
  for (const auto index : *sorted) {
    if (!selection.test(index)) continue;
    if (result.total >= page.offset && result.total < last) result.rows.push_back(index);
    ++result.total;
    const AccountRow& row = *rows_[index];
    const auto level = row.scored.level;
    auto& totals = level == engine::no_level ? result.summary.without_score
                                             : result.summary.levels[static_cast<std::size_t>(level)];
    ++totals.accounts;
    totals.arr_minor += row.arr_minor;
    result.summary.arr_minor += row.arr_minor;
  }
  result.summary.accounts = result.total;
  return result;
}

core::Result<std::vector<std::uint32_t>> BookTable::rows_of(const BookQuery& query) const {
  BANSO_TRY_ASSIGN(const auto selection, select(query));
  BANSO_TRY_ASSIGN(const auto sorted, order(query.sort));
  std::vector<std::uint32_t> rows;
  std::copy_if(sorted->begin(), sorted->end(), std::back_inserter(rows), [&](auto row) { return selection.test(row); });
  return rows;
}

}  // namespace banso::health
