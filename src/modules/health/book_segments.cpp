// Who is in which segment: conditions of the book table over its own rows, either all of them or the few that changed.
// A segment may speak of others by the field "segments", so they are tested in the order of their dependence.
#include <algorithm>

#include <fmt/format.h>

#include "book_columns.hpp"
#include "engine/segment_references.hpp"

namespace banso::health {
namespace {

core::Error leads_back(const std::vector<std::string>& path) {
  std::string words;
  for (const auto& key : path) words += (words.empty() ? "" : " → ") + key;
  return core::Error::invalid_field("condition", {fmt::format("The segment leads back to itself: {}.", words),
                                                  fmt::format("セグメントが自分自身を参照しています: {}", words)});
}

}  // namespace

void BookTable::ColumnData::set_members(std::vector<std::string> keys, std::vector<engine::Selection> by_segment,
                                        std::size_t rows) {
  dictionary = std::move(keys);
  members = std::move(by_segment);
  offsets.assign(rows + 1, 0);
  for (const auto& segment : members) {
    for (const auto row : segment.rows()) ++offsets[row + 1];
  }
  for (std::size_t row = 0; row < rows; ++row) offsets[row + 1] += offsets[row];
  codes.resize(offsets.back());
  auto next = offsets;
  for (std::uint32_t segment = 0; segment < members.size(); ++segment) {
    for (const auto row : members[segment].rows()) codes[next[row]++] = segment;
  }
}

void BookTable::compile_segments(const Head& head, Schema& schema) {
  schema.segments_field = schema.field_by_key.at(std::string(segments_field));
  if (!head.segments) return;
  std::map<std::string, std::string> conditions;
  for (const auto& segment : *head.segments) conditions.emplace(segment.key, segment.condition_json);
  const auto order = engine::order_segments(conditions);
  for (const auto& segment : *head.segments) {
    CompiledSegment compiled;
    auto condition = engine::compile_condition(segment.condition_json, *schema.catalogue);
    if (!condition) {
      compiled.fault = condition.error();
    } else if (const auto cycle = order.cycles.find(segment.key); cycle != order.cycles.end()) {
      compiled.fault = leads_back(cycle->second);
    } else {
      compiled.condition = std::move(*condition);
    }
    schema.segments.push_back(std::move(compiled));
  }
  for (const auto& key : order.keys) {
    const auto found = std::find_if(head.segments->begin(), head.segments->end(),
                                    [&](const SegmentRule& segment) { return segment.key == key; });
    const auto position = static_cast<std::size_t>(found - head.segments->begin());
    if (!schema.segments[position].fault) schema.segments_in_order.push_back(position);
  }
}

std::span<const SegmentRule> BookTable::segments() const {
  return head_.segments ? std::span<const SegmentRule>(*head_.segments) : std::span<const SegmentRule>();
}

const core::Error* BookTable::segment_fault(std::size_t segment) const {
  const auto& fault = schema_->segments.at(segment).fault;
  return fault ? &*fault : nullptr;
}

// In the form in which conditions name them.
std::vector<std::string> BookTable::segment_keys() const {
  std::vector<std::string> keys;
  for (const auto& segment : segments()) keys.push_back(customers::search_key(segment.key));
  return keys;
}

// `run(condition, segments)` tests one condition; `segments` holds who is in those that were tested before it.
template <class Run>
std::vector<engine::Selection> BookTable::test_segments(std::size_t rows, const Run& run) const {
  std::vector<engine::Selection> members(schema_->segments.size(), engine::Selection(rows));
  for (const auto segment : schema_->segments_in_order) {
    const auto& condition = schema_->segments[segment].condition;
    const auto fields = condition.fields();
    ColumnData tested;
    if (std::find(fields.begin(), fields.end(), segments_field) != fields.end()) {
      tested.set_members(segment_keys(), members, rows);
    }
    members[segment] = run(condition, tested);
  }
  return members;
}

BookTable::ColumnData BookTable::segments_column() const {
  ColumnData data;
  auto members = test_segments(rows_.size(), [this](const engine::Condition& condition, const ColumnData& tested) {
    return run_whole(condition, &tested);
  });
  data.set_members(segment_keys(), std::move(members), rows_.size());
  return data;
}

engine::Selection BookTable::run_among(const engine::Condition& condition, std::span<const std::uint32_t> rows,
                                       const ColumnData* segments) const {
  engine::Table table;
  table.rows = rows.size();
  table.today = head_.as_of;
  std::map<std::string, ColumnData> read;
  for (const auto& name : condition.fields()) {
    const auto field = schema_->field_by_key.at(name);
    const auto type = schema_->fields[field].type;
    if (field == schema_->segments_field) {
      table.columns.emplace(name, segments->view(type));
    } else {
      table.columns.emplace(name, (read[name] = read_column(schema_->fields[field], rows)).view(type));
    }
  }
  std::map<int, std::vector<double>> histories;
  table.number_history = [&](std::string_view, int days_ago) -> std::optional<engine::NumberColumn> {
    const auto at = score_history_index(days_ago);
    if (!at || rows_.empty()) return std::nullopt;
    auto& values = histories[days_ago];
    values.clear();
    for (const auto row : rows) values.push_back(static_cast<double>(rows_[row]->scored.weekly[*at]));
    return engine::NumberColumn{values};
  };
  LevelCodes levels;
  table.choice_history = [&](std::string_view, int days_ago) -> std::optional<engine::TextColumn> {
    auto found = level_history(days_ago, rows);
    if (!found) return std::nullopt;
    levels = std::move(*found);
    return engine::TextColumn{levels.dictionary, levels.codes};
  };
  return condition.run(table);
}

std::vector<engine::Selection> BookTable::segment_members(std::span<const std::uint32_t> rows) const {
  return test_segments(rows.size(), [&](const engine::Condition& condition, const ColumnData& tested) {
    return run_among(condition, rows, &tested);
  });
}

engine::Selection BookTable::run(const engine::Condition& condition, std::span<const std::uint32_t> rows) const {
  const auto fields = condition.fields();
  ColumnData tested;
  if (std::find(fields.begin(), fields.end(), segments_field) != fields.end()) {
    tested.set_members(segment_keys(), segment_members(rows), rows.size());
  }
  return run_among(condition, rows, &tested);
}

const engine::Selection& BookTable::segment_members(std::size_t segment) const {
  return column(schema_->segments_field).members.at(segment);
}

std::vector<std::size_t> BookTable::segments_of(core::AccountId account) const {
  std::vector<std::size_t> found;
  const auto row = index_of(account);
  if (!row) return found;
  const auto& data = column(schema_->segments_field);
  for (auto i = data.offsets[*row]; i < data.offsets[*row + 1]; ++i) found.push_back(data.codes[i]);
  return found;
}

bool BookTable::has_same_meaning(const BookTable& other) const {
  return head_.as_of == other.head_.as_of && head_.set == other.head_.set && head_.segments == other.head_.segments &&
         head_.currency == other.head_.currency;
}

}  // namespace banso::health
