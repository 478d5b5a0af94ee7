#include "book_builder.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <tuple>

namespace banso::engine {

namespace {

constexpr std::size_t most_codes = 65'535;

Day happened(const Subscription& row) {
  return row.start;
}
Day happened(const Ticket& row) {
  return row.opened;
}
Day happened(const SurveyAnswer& row) {
  return row.day;
}
Day happened(const Interaction& row) {
  return row.day;
}
Day happened(const Attendance& row) {
  return row.day;
}
Day happened(const Contact& row) {
  return row.first_day;
}

Day happened(const LevelOverride& row) {
  return row.from;
}

// Positions in ascending order of the keys, and for each old position its new one.
struct Order {
  std::vector<std::uint32_t> old_at;  // new position -> old position
  std::vector<std::uint32_t> new_of;  // old position -> new position
};

template <class Less>
Order order_by(std::size_t count, Less less) {
  Order order{std::vector<std::uint32_t>(count), std::vector<std::uint32_t>(count)};
  std::iota(order.old_at.begin(), order.old_at.end(), 0u);
  std::sort(order.old_at.begin(), order.old_at.end(), less);
  for (std::uint32_t position = 0; position < count; ++position) order.new_of[order.old_at[position]] = position;
  return order;
}

// Groups rows by account with a counting sort, then sorts within each account.
template <class Row, class Pending, class Less>
PerAccount<Row> pack(const Pending& pending, const std::vector<std::uint32_t>& new_index, Less less) {
  PerAccount<Row> packed;
  packed.offsets.assign(new_index.size() + 1, 0);
  for (const auto& owned : pending) ++packed.offsets[new_index.at(owned.account) + 1];
  std::partial_sum(packed.offsets.begin(), packed.offsets.end(), packed.offsets.begin());
  packed.rows.resize(pending.size());
  std::vector<std::uint64_t> next(packed.offsets.begin(), packed.offsets.end() - 1);
  for (const auto& owned : pending) packed.rows[next[new_index[owned.account]]++] = owned.row;
  for (std::size_t account = 0; account < new_index.size(); ++account) {
    std::sort(packed.rows.begin() + static_cast<std::ptrdiff_t>(packed.offsets[account]),
              packed.rows.begin() + static_cast<std::ptrdiff_t>(packed.offsets[account + 1]), less);
  }
  return packed;
}

template <class Row, class Pending>
PerAccount<Row> pack(const Pending& pending, const std::vector<std::uint32_t>& new_index) {
  return pack<Row>(pending, new_index, [](const Row& a, const Row& b) {
    return happened(a) != happened(b) ? happened(a) < happened(b) : a < b;
  });
}

// A cleared value sorts before any value of the same day, so that clearing and setting on one day ends up set.
bool earlier_version(const AttributeVersion& a, const AttributeVersion& b) {
  if (a.known_from != b.known_from) return a.known_from < b.known_from;
  if (std::isnan(a.value) || std::isnan(b.value)) return std::isnan(a.value) && !std::isnan(b.value);
  return a.value < b.value;
}

}  // namespace

BookBuilder::AccountIndex BookBuilder::add_account(core::AccountId id, Day known_from) {
  const auto [found, is_new] = index_by_id_.try_emplace(id.value, static_cast<AccountIndex>(account_ids_.size()));
  if (is_new) {
    account_ids_.push_back(id);
    known_from_.push_back(known_from);
    persons_.emplace_back();
  } else {
    known_from_[found->second] = std::min(known_from_[found->second], known_from);
  }
  return found->second;
}

std::uint16_t BookBuilder::add_feature(Feature feature) {
  const auto [found, is_new] = feature_by_key_.try_emplace(feature.key, static_cast<std::uint16_t>(features_.size()));
  if (is_new) {
    if (features_.size() >= most_codes) throw std::out_of_range("too many features for one book");
    features_.push_back(std::move(feature));
  }
  return found->second;
}

namespace {

std::uint16_t code_of(std::string_view key, std::vector<std::string>& keys,
                      std::unordered_map<std::string, std::uint16_t>& by_key, const char* too_many) {
  const auto [found, is_new] = by_key.try_emplace(std::string(key), static_cast<std::uint16_t>(keys.size()));
  if (is_new) {
    if (keys.size() >= most_codes) throw std::out_of_range(too_many);
    keys.emplace_back(key);
  }
  return found->second;
}

}  // namespace

std::uint16_t BookBuilder::add_product(std::string_view key) {
  return code_of(key, products_, product_by_key_, "too many products for one book");
}

std::uint16_t BookBuilder::add_level(std::string_view key) {
  return code_of(key, levels_, level_by_key_, "too many levels for one book");
}

std::uint32_t BookBuilder::add_attribute(AttributeDescription description) {
  const auto [found, is_new] =
      attribute_by_key_.try_emplace(description.key, static_cast<std::uint32_t>(attributes_.size()));
  if (is_new) attributes_.push_back({std::move(description), {}, {}});
  return found->second;
}

std::uint32_t BookBuilder::person(AccountIndex account, std::string_view external_id) {
  auto& known = persons_.at(account);
  return known.try_emplace(std::string(external_id), static_cast<std::uint32_t>(known.size())).first->second;
}

void BookBuilder::add_usage(AccountIndex account, const UsageRow& row) {
  const int delay = row.known_day == no_day ? 0 : std::clamp(row.known_day - row.day, 0, 65'535);
  usage_.push_back({account, row.day.days, row.person, row.events, row.feature, static_cast<std::uint16_t>(delay)});
}

void BookBuilder::set_text(AccountIndex account, std::uint32_t attribute, Day known_from, std::string_view value) {
  auto& pending = attributes_.at(attribute);
  auto code = pending.codes.find(value);
  if (code == pending.codes.end()) {
    code = pending.codes.emplace(std::string(value), static_cast<std::uint32_t>(pending.codes.size())).first;
  }
  pending.versions.push_back({account, {known_from, static_cast<double>(code->second)}});
}

void BookBuilder::set_number(AccountIndex account, std::uint32_t attribute, Day known_from, double value) {
  attributes_.at(attribute).versions.push_back({account, {known_from, value}});
}

void BookBuilder::clear(AccountIndex account, std::uint32_t attribute, Day known_from) {
  set_number(account, attribute, known_from, std::nan(""));
}

std::vector<std::uint32_t> BookBuilder::sort_accounts(Book& book) {
  auto order = order_by(account_ids_.size(), [&](auto a, auto b) { return account_ids_[a] < account_ids_[b]; });
  for (const auto old : order.old_at) {
    book.account_ids_.push_back(account_ids_[old]);
    book.known_from_.push_back(known_from_[old]);
  }
  return std::move(order.new_of);
}

void BookBuilder::pack_usage(Book& book, const std::vector<std::uint32_t>& new_index) {
  const auto features = order_by(features_.size(), [&](auto a, auto b) { return features_[a].key < features_[b].key; });
  for (const auto old : features.old_at) book.features_.push_back(features_[old]);

  PerAccount<PackedUsage> sorted;
  {
    sorted.offsets.assign(new_index.size() + 1, 0);
    for (const auto& row : usage_) ++sorted.offsets[new_index.at(row.account) + 1];
    std::partial_sum(sorted.offsets.begin(), sorted.offsets.end(), sorted.offsets.begin());
    sorted.rows.resize(usage_.size());
    std::vector<std::uint64_t> next(sorted.offsets.begin(), sorted.offsets.end() - 1);
    for (auto row : usage_) {
      row.feature = static_cast<std::uint16_t>(features.new_of.at(row.feature));
      sorted.rows[next[new_index[row.account]]++] = row;
    }
    usage_.clear();
    usage_.shrink_to_fit();
  }

  auto& usage = book.usage_;
  const std::size_t rows = sorted.rows.size();
  usage.offsets.reserve(new_index.size() + 1);
  usage.offsets.push_back(0);
  usage.days.reserve(rows);
  usage.persons.reserve(rows);
  usage.features.reserve(rows);
  usage.events.reserve(rows);
  usage.delay_days.reserve(rows);
  const auto key = [](const PackedUsage& row) { return std::tie(row.day, row.person, row.feature, row.delay_days); };
  for (std::size_t account = 0; account < new_index.size(); ++account) {
    const auto first = sorted.rows.begin() + static_cast<std::ptrdiff_t>(sorted.offsets[account]);
    const auto last = sorted.rows.begin() + static_cast<std::ptrdiff_t>(sorted.offsets[account + 1]);
    const auto less = [&](const PackedUsage& a, const PackedUsage& b) { return key(a) < key(b); };
    if (!std::is_sorted(first, last, less)) std::sort(first, last, less);
    std::uint32_t person_count = 0;
    for (auto row = first; row != last; ++row) {
      person_count = std::max(person_count, row->person + 1);
      if (row != first && key(*row) == key(*std::prev(row))) {
        usage.events.back() += row->events;
        continue;
      }
      usage.days.push_back(row->day);
      usage.persons.push_back(row->person);
      usage.features.push_back(row->feature);
      usage.events.push_back(row->events);
      usage.delay_days.push_back(row->delay_days);
    }
    usage.person_counts.push_back(person_count);
    usage.offsets.push_back(usage.days.size());
  }
}

void BookBuilder::pack_attributes(Book& book, const std::vector<std::uint32_t>& new_index) {
  const auto order = order_by(attributes_.size(), [&](auto a, auto b) {
    return attributes_[a].description.key < attributes_[b].description.key;
  });
  for (const auto old : order.old_at) {
    auto& pending = attributes_[old];
    AttributeColumn column{pending.description, {}, {}};
    std::vector<double> sorted_code(pending.codes.size());
    for (const auto& [text, code] : pending.codes) {
      sorted_code[code] = static_cast<double>(column.dictionary.size());
      column.dictionary.push_back(text);
    }
    if (!sorted_code.empty()) {
      for (auto& owned : pending.versions) {
        if (!std::isnan(owned.row.value)) owned.row.value = sorted_code[static_cast<std::size_t>(owned.row.value)];
      }
    }
    column.versions = pack<AttributeVersion>(pending.versions, new_index, earlier_version);
    book.attributes_.push_back(std::move(column));
  }
}

Book BookBuilder::build() && {
  Book book;
  const auto new_index = sort_accounts(book);
  pack_usage(book, new_index);
  pack_attributes(book, new_index);

  const auto products = order_by(products_.size(), [&](auto a, auto b) { return products_[a] < products_[b]; });
  for (const auto old : products.old_at) book.products_.push_back(products_[old]);
  for (auto& owned : subscriptions_) {
    owned.row.product = static_cast<std::uint16_t>(products.new_of.at(owned.row.product));
  }
  const auto levels = order_by(levels_.size(), [&](auto a, auto b) { return levels_[a] < levels_[b]; });
  for (const auto old : levels.old_at) book.levels_.push_back(levels_[old]);
  for (auto& owned : level_overrides_) {
    owned.row.level = static_cast<std::uint16_t>(levels.new_of.at(owned.row.level));
  }
  book.level_overrides_ = pack<LevelOverride>(level_overrides_, new_index);
  book.subscriptions_ = pack<Subscription>(subscriptions_, new_index);
  book.tickets_ = pack<Ticket>(tickets_, new_index);
  book.surveys_ = pack<SurveyAnswer>(surveys_, new_index);
  book.interactions_ = pack<Interaction>(interactions_, new_index);
  book.attendance_ = pack<Attendance>(attendance_, new_index);
  book.contacts_ = pack<Contact>(contacts_, new_index);
  return book;
}

}  // namespace banso::engine
