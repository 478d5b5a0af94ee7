// Sorting of the book table: every field gives ranks, and an order once made is kept with the table.
#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "book_columns.hpp"
#include "collation.hpp"

namespace banso::health {
namespace {

constexpr std::uint32_t missing_rank = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t most_sort_keys = 5;
constexpr std::size_t orders_kept = 32;

// Ranks of values: equal values share one, missing ones come last.
template <class Value, class IsMissing>
std::vector<std::uint32_t> rank(std::span<const Value> values, IsMissing is_missing) {
  std::vector<std::uint32_t> present;
  present.reserve(values.size());
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    if (!is_missing(values[i])) present.push_back(i);
  }
  std::sort(present.begin(), present.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  std::vector<std::uint32_t> ranks(values.size(), missing_rank);
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < present.size(); ++i) {
    if (i > 0 && values[present[i - 1]] < values[present[i]]) ++next;
    ranks[present[i]] = next;
  }
  return ranks;
}

}  // namespace

std::vector<std::string> search_words(std::string_view typed) {
  std::vector<std::string> words;
  const std::string key = customers::search_key(typed);
  std::size_t begin = 0;
  while (begin < key.size()) {
    const std::size_t end = std::min(key.find(' ', begin), key.size());
    if (end > begin) words.push_back(key.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

bool has_all(std::string_view search_key, std::span<const std::string> words) {
  return std::all_of(words.begin(), words.end(),
                     [&](const std::string& word) { return search_key.find(word) != std::string_view::npos; });
}

std::vector<std::uint32_t> BookTable::ranks(std::size_t index) const {
  const BookField& field = schema_->fields[index];
  if (field.key == "name") {
    std::vector<std::string_view> keys;
    keys.reserve(rows_.size());
    for (const auto& row : rows_) keys.emplace_back(row->collation_key);
    return rank<std::string_view>(keys, [](std::string_view key) { return key.empty(); });
  }
  if (field.key == "level") {  // worst first, as the scores ascend
    std::vector<int> levels;
    levels.reserve(rows_.size());
    for (const auto& row : rows_) levels.push_back(-row->scored.level);
    return rank<int>(levels, [](int level) { return level == -engine::no_level; });
  }
  const ColumnData& data = column(index);
  switch (field.type) {
    case engine::FieldType::number:
    case engine::FieldType::money:
      return rank<double>(data.numbers, [](double number) { return std::isnan(number); });
    case engine::FieldType::day:
      return rank<std::int32_t>(data.days, [](std::int32_t day) { return day == engine::missing_day; });
    case engine::FieldType::yes_no:
      return rank<std::int8_t>(data.yes_no, [](std::int8_t yes) { return yes < 0; });
    case engine::FieldType::text_set: {  // by how many
      std::vector<std::uint32_t> counts(rows_.size());
      for (std::size_t row = 0; row < counts.size(); ++row) counts[row] = data.offsets[row + 1] - data.offsets[row];
      return rank<std::uint32_t>(counts, [](std::uint32_t) { return false; });
    }
    default:
      break;
  }
  // Texts: few distinct ones, so their order is found once per distinct text. Owners sort by name, not by id.
  std::vector<std::string> shown = data.dictionary;
  if (field.key == "owner") {
    const auto named = choices(index);
    for (std::size_t i = 0; i < shown.size(); ++i) shown[i] = named[i].name.en;
  }
  for (auto& text : shown) text = collation_key(text);
  const auto order_of = rank<std::string>(shown, [](const std::string&) { return false; });
  std::vector<std::uint32_t> all;
  all.reserve(rows_.size());
  for (const auto code : data.codes) all.push_back(code == engine::missing_code ? missing_rank : order_of[code]);
  return all;
}

core::Result<std::vector<SortKey>> BookTable::read_sort(std::string_view text) const {
  std::vector<SortKey> keys;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    std::string_view name = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (name.empty()) continue;
    const bool descending = name.front() == '-';
    if (descending) name.remove_prefix(1);
    const auto field = field_index(name);
    if (!field) {
      return core::Error::invalid_field(
          "sort",
          {fmt::format("There is no field \"{}\" to sort by. GET /api/book/fields lists them.", name),
           fmt::format("並べ替えに使える項目「{}」はありません。GET /api/book/fields で一覧を確認できます。", name)});
    }
    if (keys.size() == most_sort_keys) {
      return core::Error::invalid_field("sort", {"Sort by at most five fields.", "並べ替えは5項目までです。"});
    }
    keys.push_back({*field, descending});
  }
  return keys;
}

core::Result<BookTable::Permutation> BookTable::order(const std::string& sort) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = orders_.find(sort); found != orders_.end()) return found->second;
  }
  BANSO_TRY_ASSIGN(const auto keys, read_sort(sort));
  auto sorted = carried_order(sort, keys);
  if (!sorted) sorted = sort_rows(keys);
  const std::lock_guard lock(mutex_);
  if (orders_.size() >= orders_kept) orders_.clear();
  return orders_.try_emplace(sort, std::move(sorted)).first->second;
}

BookTable::Permutation BookTable::sort_rows(std::span<const SortKey> keys) const {
  auto rows = std::make_shared<std::vector<std::uint32_t>>(rows_.size());
  std::iota(rows->begin(), rows->end(), 0u);
  std::vector<std::vector<std::uint32_t>> by_key;
  for (const auto& key : keys) {
    auto values = ranks(key.field);
    if (key.descending) {
      for (auto& value : values) {
        if (value != missing_rank) value = missing_rank - 1 - value;  // missing ones stay last
      }
    }
    by_key.push_back(std::move(values));
  }
  std::stable_sort(rows->begin(), rows->end(), [&](std::uint32_t a, std::uint32_t b) {
    for (const auto& values : by_key) {
      if (values[a] != values[b]) return values[a] < values[b];
    }
    return false;
  });
  return rows;
}

}  // namespace banso::health
