#include "book.hpp"

#include <algorithm>
#include <cmath>

namespace banso::engine {

namespace {

template <class T>
std::size_t bytes(const std::vector<T>& column) {
  return column.capacity() * sizeof(T);
}

template <class Row>
std::size_t bytes(const PerAccount<Row>& table) {
  return bytes(table.offsets) + bytes(table.rows);
}

}  // namespace

std::optional<double> AttributeColumn::value_at(std::size_t account, Day as_of) const {
  const auto known = versions.of(account);
  const auto after = std::upper_bound(known.begin(), known.end(), as_of, [](Day day, const AttributeVersion& version) {
    return day < version.known_from;
  });
  if (after == known.begin()) return std::nullopt;
  const double value = std::prev(after)->value;
  if (std::isnan(value)) return std::nullopt;
  return value;
}

std::optional<std::string_view> AttributeColumn::text_at(std::size_t account, Day as_of) const {
  const auto code = value_at(account, as_of);
  if (!code || dictionary.empty()) return std::nullopt;
  return dictionary[static_cast<std::size_t>(*code)];
}

std::optional<std::size_t> Book::index_of(core::AccountId id) const {
  const auto found = std::lower_bound(account_ids_.begin(), account_ids_.end(), id);
  if (found == account_ids_.end() || *found != id) return std::nullopt;
  return static_cast<std::size_t>(found - account_ids_.begin());
}

const AttributeColumn* Book::attribute(std::string_view key) const {
  const auto found = std::find_if(attributes_.begin(), attributes_.end(),
                                  [&](const AttributeColumn& column) { return column.description.key == key; });
  return found == attributes_.end() ? nullptr : &*found;
}

const LevelOverride* Book::level_override(std::size_t account, Day as_of) const {
  const LevelOverride* found = nullptr;
  for (const auto& row : level_overrides_.of(account)) {
    if (row.from <= as_of && as_of < row.until && row.known.at(as_of)) found = &row;
  }
  return found;
}

std::size_t Book::memory_bytes() const {
  std::size_t total = bytes(account_ids_) + bytes(known_from_) + bytes(usage_.offsets) + bytes(usage_.person_counts) +
                      bytes(usage_.days) + bytes(usage_.persons) + bytes(usage_.features) + bytes(usage_.events) +
                      bytes(usage_.delay_days) + bytes(subscriptions_) + bytes(tickets_) + bytes(surveys_) +
                      bytes(interactions_) + bytes(attendance_) + bytes(contacts_) + bytes(level_overrides_);
  for (const auto& column : attributes_) total += bytes(column.versions);
  return total;
}

}  // namespace banso::engine
