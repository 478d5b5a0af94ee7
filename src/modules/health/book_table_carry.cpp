// A table made from another one takes over its columns and orders: only the rows that changed are read and sorted anew.
// That is done when somebody asks for the column or the order, so that publishing a change costs nothing for those that
// nobody looks at. The result equals what a table made from nothing gives.
#include <algorithm>
#include <cmath>

#include "book_columns.hpp"

namespace banso::health {
namespace {

// With more rows than one in four changed, making it anew is about as cheap.
constexpr std::size_t rows_per_changed_row = 4;

template <class Value>
int compare(const Value& a, const Value& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

}  // namespace

BookTable::Changed BookTable::united(const Changed& a, const Changed& b) {
  if (!a) return b;
  auto all = std::make_shared<std::vector<std::uint32_t>>();
  std::set_union(a->begin(), a->end(), b->begin(), b->end(), std::back_inserter(*all));
  return all;
}

// `changed` are the rows, by their place in both tables, in which this one differs from `before`.
void BookTable::carry_over(const BookTable& before, const Changed& changed) {
  const auto keep = [&](const auto& made, const auto& carried, auto& into) {
    for (const auto& [key, entry] : carried) {
      auto all = united(entry.changed, changed);
      if (all->size() * rows_per_changed_row <= rows_.size()) into[key] = {entry.made, std::move(all)};
    }
    if (changed->size() * rows_per_changed_row > rows_.size()) return;
    for (const auto& [key, entry] : made) into[key] = {entry, changed};
  };
  const std::lock_guard lock(before.mutex_);
  keep(before.columns_, before.carried_columns_, carried_columns_);
  keep(before.orders_, before.carried_orders_, carried_orders_);
}

// Segments of another definition: nothing that was made of them holds.
void BookTable::forget_segments() {
  carried_columns_.erase(schema_->segments_field);
  std::erase_if(carried_orders_,
                [](const auto& order) { return order.first.find(segments_field) != std::string::npos; });
}

std::shared_ptr<const BookTable::ColumnData> BookTable::carried_column(std::size_t field) const {
  CarriedColumn carried;
  {
    const std::lock_guard lock(mutex_);
    const auto found = carried_columns_.find(field);
    if (found == carried_columns_.end()) return nullptr;
    carried = found->second;
  }
  const auto& read = schema_->fields[field].read;
  auto data = std::make_shared<ColumnData>(*carried.made);
  if (std::holds_alternative<ReadSegments>(read)) {
    const auto changed = segment_members(*carried.changed);
    for (std::size_t segment = 0; segment < changed.size(); ++segment) {
      for (std::size_t i = 0; i < carried.changed->size(); ++i) {
        const auto row = (*carried.changed)[i];
        changed[segment].test(i) ? data->members[segment].set(row) : data->members[segment].reset(row);
      }
    }
    data->set_members(segment_keys(), std::move(data->members), rows_.size());
    return data;
  }
  for (const auto index : *carried.changed) {
    const AccountRow& row = *rows_[index];
    if (const auto* number = std::get_if<ReadNumber>(&read)) {
      data->numbers[index] = (*number)(row);
    } else if (const auto* day = std::get_if<ReadDay>(&read)) {
      data->days[index] = (*day)(row);
    } else if (const auto* yes_no = std::get_if<ReadYesNo>(&read)) {
      data->yes_no[index] = (*yes_no)(row);
    } else {
      // A dictionary holds what occurs, no more: a text that changed may be a new one, or have been the last of its
      // kind.
      const auto code = data->codes[index];
      const auto text = text_of(schema_->fields[field], row);
      if (text != (code == engine::missing_code ? std::string() : data->dictionary[code])) return nullptr;
    }
  }
  return data;
}

// How two rows stand to each other by one key, missing ones last; nothing for texts, whose order is known only when all
// are ranked.
std::optional<BookTable::CompareRows> BookTable::compare_by(const SortKey& key) const {
  const BookField& field = schema_->fields[key.field];
  const int sign = key.descending ? -1 : 1;
  const auto by = [sign](auto value_of, auto is_missing) -> CompareRows {
    return [=](std::uint32_t a, std::uint32_t b) {
      const auto& x = value_of(a);
      const auto& y = value_of(b);
      const bool x_missing = is_missing(x), y_missing = is_missing(y);
      if (x_missing || y_missing) return compare(x_missing, y_missing);
      return sign * compare(x, y);
    };
  };
  if (field.key == "name") {
    return by([this](std::uint32_t row) -> const std::string& { return rows_[row]->collation_key; },
              [](const std::string& text) { return text.empty(); });
  }
  if (field.key == "level") {
    return by([this](std::uint32_t row) { return -rows_[row]->scored.level; },
              [](int level) { return level == -engine::no_level; });
  }
  const ColumnData& data = column(key.field);
  switch (field.type) {
    case engine::FieldType::number:
    case engine::FieldType::money:
      return by([&data](std::uint32_t row) { return data.numbers[row]; },
                [](double value) { return std::isnan(value); });
    case engine::FieldType::day:
      return by([&data](std::uint32_t row) { return data.days[row]; },
                [](std::int32_t day) { return day == engine::missing_day; });
    case engine::FieldType::yes_no:
      return by([&data](std::uint32_t row) { return data.yes_no[row]; }, [](std::int8_t yes) { return yes < 0; });
    default:
      return std::nullopt;
  }
}

BookTable::Permutation BookTable::carried_order(const std::string& sort, std::span<const SortKey> keys) const {
  CarriedOrder carried;
  {
    const std::lock_guard lock(mutex_);
    const auto found = carried_orders_.find(sort);
    if (found == carried_orders_.end()) return nullptr;
    carried = found->second;
  }
  std::vector<CompareRows> comparisons;
  for (const auto& key : keys) {
    auto comparison = compare_by(key);
    if (!comparison) return nullptr;
    comparisons.push_back(std::move(*comparison));
  }
  const auto comes_before = [&](std::uint32_t a, std::uint32_t b) {
    for (const auto& comparison : comparisons) {
      if (const int order = comparison(a, b); order != 0) return order < 0;
    }
    return a < b;  // as a stable sort leaves them
  };
  std::vector<bool> has_changed(rows_.size());
  for (const auto row : *carried.changed) has_changed[row] = true;
  std::vector<std::uint32_t> unchanged, changed(*carried.changed);
  unchanged.reserve(rows_.size());
  std::copy_if(carried.made->begin(), carried.made->end(), std::back_inserter(unchanged),
               [&](std::uint32_t row) { return !has_changed[row]; });
  std::sort(changed.begin(), changed.end(), comes_before);
  auto order = std::make_shared<std::vector<std::uint32_t>>();
  order->reserve(rows_.size());
  std::merge(unchanged.begin(), unchanged.end(), changed.begin(), changed.end(), std::back_inserter(*order),
             comes_before);
  return order;
}

}  // namespace banso::health
