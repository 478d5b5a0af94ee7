#include "book_view.hpp"

#include <algorithm>
#include <cmath>

namespace banso::health {
namespace {

class TableView final : public BookView {
 public:
  explicit TableView(BookTablePtr table) : table_(std::move(table)) {}

  core::Day as_of() const override { return table_->head().as_of; }
  core::Instant computed_at() const override { return table_->head().computed_at; }
  const std::string& currency() const override { return table_->head().currency; }
  std::size_t size() const override { return table_->size(); }
  core::AccountId id(std::size_t row) const override { return table_->row(row).id(); }
  const std::string& name(std::size_t row) const override { return table_->row(row).record.name; }
  std::int64_t arr_minor(std::size_t row) const override { return table_->row(row).arr_minor; }
  std::optional<std::size_t> find(core::AccountId account) const override { return table_->index_of(account); }

  engine::Selection run(const engine::Condition& condition) const override { return table_->run(condition); }
  engine::Selection run(const engine::Condition& condition, std::span<const std::uint32_t> rows) const override {
    return table_->run(condition, rows);
  }
  const engine::FieldCatalogue& fields() const override { return table_->catalogue(); }

  CellValue value(std::size_t index, std::string_view key) const override {
    const auto position = table_->field_index(key);
    if (!position) return {};
    const auto& row = table_->row(index);
    const auto& read = table_->fields()[*position].read;
    if (const auto* number = std::get_if<ReadNumber>(&read)) {
      const double value = (*number)(row);
      return std::isnan(value) ? CellValue() : CellValue(value);
    }
    if (const auto* day = std::get_if<ReadDay>(&read)) {
      const auto value = (*day)(row);
      return value == engine::missing_day ? CellValue() : CellValue(core::Day{value});
    }
    if (const auto* yes_no = std::get_if<ReadYesNo>(&read)) {
      const auto value = (*yes_no)(row);
      return value < 0 ? CellValue() : CellValue(value == 1);
    }
    if (const auto* text = std::get_if<ReadText>(&read)) {
      auto value = (*text)(row);
      return value.empty() ? CellValue() : CellValue(std::move(value));
    }
    std::vector<std::string> keys;
    for (const auto segment : table_->segments_of(row.id())) keys.push_back(table_->segments()[segment].key);
    return keys.empty() ? CellValue() : CellValue(std::move(keys));
  }

  core::Text choice_name(std::string_view field, std::string_view value) const override {
    core::Text name{std::string(value), std::string(value)};
    const auto position = table_->field_index(field);
    if (!position) return name;
    const auto choices = table_->choices(*position);
    const auto found =
        std::find_if(choices.begin(), choices.end(), [&](const auto& choice) { return choice.value == value; });
    return found == choices.end() ? name : found->name;
  }

  std::span<const SegmentRule> segments() const override { return table_->segments(); }
  const core::Error* fault(std::size_t segment) const override { return table_->segment_fault(segment); }
  engine::Selection members(std::size_t segment) const override { return table_->segment_members(segment); }
  std::vector<engine::Selection> members_among(std::span<const std::uint32_t> rows) const override {
    return table_->segment_members(rows);
  }

  std::optional<std::vector<std::uint32_t>> changed_since(const BookView& before) const override {
    const auto* other = dynamic_cast<const TableView*>(&before);
    if (!other || !table_->has_same_meaning(*other->table_)) return std::nullopt;
    std::vector<std::uint32_t> changed;
    const auto now = table_->rows(), then = other->table_->rows();
    std::size_t j = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (j < then.size() && now[i] == then[j]) {  // the same row: what nearly all are
        ++j;
        continue;
      }
      while (j < then.size() && then[j]->id() < now[i]->id()) ++j;
      const bool is_same = j < then.size() && then[j] == now[i];
      if (!is_same) changed.push_back(static_cast<std::uint32_t>(i));
      if (j < then.size() && then[j]->id() == now[i]->id()) ++j;
    }
    return changed;
  }

 private:
  const BookTablePtr table_;
};

}  // namespace

BookViewPtr view_of(BookTablePtr table) {
  return std::make_shared<const TableView>(std::move(table));
}

}  // namespace banso::health
