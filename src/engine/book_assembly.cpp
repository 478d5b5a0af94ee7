#include "book_assembly.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <tuple>

namespace banso::engine {

namespace {

constexpr int days_of_last_year = 364;
constexpr int most_delay_days = 65'535;

auto key_of(const PackedUsage::Row& row) {
  return std::tuple(row.day, row.person, row.feature, row.known_day);
}

template <class Column>
void append(std::vector<Column>& to, const std::vector<Column>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

std::vector<const Book*> distinct_books(std::span<const BookPart> parts) {
  std::vector<const Book*> books;
  for (const auto& part : parts) books.push_back(part.records);
  std::sort(books.begin(), books.end());
  books.erase(std::unique(books.begin(), books.end()), books.end());
  return books;
}

std::size_t position_of(std::span<const Book* const> books, const Book* book) {
  return static_cast<std::size_t>(std::lower_bound(books.begin(), books.end(), book) - books.begin());
}

// For each code of `from` its code in `to`, which holds all of them. Both are sorted.
template <class Code>
std::vector<Code> codes_in(std::span<const std::string> from, std::span<const std::string> to) {
  std::vector<Code> codes;
  for (const auto& text : from) {
    codes.push_back(static_cast<Code>(std::lower_bound(to.begin(), to.end(), text) - to.begin()));
  }
  return codes;
}

void unite(std::vector<std::string>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

}  // namespace

// ---- packed usage ----

void PackedUsage::replace_from(Day first, std::span<const Row> rows) {
  const auto kept = static_cast<std::size_t>(std::lower_bound(days_.begin(), days_.end(), first.days) - days_.begin());
  days_.resize(kept);
  persons_.resize(kept);
  features_.resize(kept);
  events_.resize(kept);
  delay_days_.resize(kept);
  std::vector<Row> sorted;
  sorted.reserve(rows.size());
  for (const auto& row : rows) {
    if (row.day < first) continue;
    sorted.push_back(row);
    sorted.back().known_day = row.day + std::clamp(row.known_day - row.day, 0, most_delay_days);
  }
  std::sort(sorted.begin(), sorted.end(), [](const Row& a, const Row& b) { return key_of(a) < key_of(b); });
  const Row* before = nullptr;
  for (const auto& row : sorted) {
    if (before && key_of(*before) == key_of(row)) {
      events_.back() += row.events;
      continue;
    }
    before = &row;
    days_.push_back(row.day.days);
    persons_.push_back(row.person);
    features_.push_back(row.feature);
    events_.push_back(row.events);
    delay_days_.push_back(static_cast<std::uint16_t>(row.known_day - row.day));
    if (row.person != no_person) person_count_ = std::max(person_count_, row.person + 1);
  }
}

std::size_t PackedUsage::memory_bytes() const {
  return days_.capacity() * sizeof(days_[0]) + persons_.capacity() * sizeof(persons_[0]) +
         features_.capacity() * sizeof(features_[0]) + events_.capacity() * sizeof(events_[0]) +
         delay_days_.capacity() * sizeof(delay_days_[0]);
}

Day PackedUsage::newest_known_day() const {
  Day newest = no_day;
  for (std::size_t row = days_.size(); row > 0 && days_[row - 1] == days_.back(); --row) {
    newest = std::max(newest, Day{days_[row - 1]} + delay_days_[row - 1]);
  }
  return newest;
}

// ---- assembling ----

// Knows the inside of Book, which nobody else may fill.
class BookAssembler {
 public:
  BookAssembler(std::span<const Feature> features, std::span<const BookPart> parts)
      : parts_(parts.begin(), parts.end()), books_(distinct_books(parts)) {
    std::sort(parts_.begin(), parts_.end(), [](const BookPart& a, const BookPart& b) {
      return a.records->account_ids()[a.account] < b.records->account_ids()[b.account];
    });
    book_.features_.assign(features.begin(), features.end());
  }

  Book run() {
    for (const auto& part : parts_) {
      book_.account_ids_.push_back(part.records->account_ids()[part.account]);
      book_.known_from_.push_back(part.records->known_from()[part.account]);
    }
    add_usage();
    add_attributes();
    copy(&Book::subscriptions_);
    number(&Book::products_, &Book::subscriptions_, &Subscription::product);
    copy(&Book::level_overrides_);
    number(&Book::levels_, &Book::level_overrides_, &LevelOverride::level);
    copy(&Book::tickets_);
    copy(&Book::surveys_);
    copy(&Book::interactions_);
    copy(&Book::attendance_);
    copy(&Book::contacts_);
    return std::move(book_);
  }

 private:
  void add_usage() {
    auto& usage = book_.usage_;
    std::size_t rows = 0;
    for (const auto& part : parts_) rows += part.usage ? part.usage->size() : 0;
    usage.days.reserve(rows);
    usage.persons.reserve(rows);
    usage.features.reserve(rows);
    usage.events.reserve(rows);
    usage.delay_days.reserve(rows);
    usage.offsets.push_back(0);
    for (const auto& part : parts_) {
      if (part.usage) {
        append(usage.days, part.usage->days_);
        append(usage.persons, part.usage->persons_);
        append(usage.features, part.usage->features_);
        append(usage.events, part.usage->events_);
        append(usage.delay_days, part.usage->delay_days_);
      }
      usage.person_counts.push_back(part.usage ? part.usage->person_count_ : 0);
      usage.offsets.push_back(usage.days.size());
    }
  }

  void add_attributes() {
    std::map<std::string_view, AttributeColumn> united;
    for (const auto* book : books_) {
      for (const auto& column : book->attributes()) {
        auto& into =
            united.try_emplace(column.description.key, AttributeColumn{column.description, {}, {}}).first->second;
        append(into.dictionary, column.dictionary);
      }
    }
    for (auto& [key, column] : united) {
      unite(column.dictionary);
      add_versions(column);
      book_.attributes_.push_back(std::move(column));
    }
  }

  void add_versions(AttributeColumn& column) const {
    std::vector<const AttributeColumn*> sources;
    std::vector<std::vector<double>> codes;
    for (const auto* book : books_) {
      sources.push_back(book->attribute(column.description.key));
      codes.push_back(sources.back() ? codes_in<double>(sources.back()->dictionary, column.dictionary)
                                     : std::vector<double>());
    }
    column.versions.offsets.push_back(0);
    for (const auto& part : parts_) {
      const auto source = position_of(books_, part.records);
      if (sources[source]) {
        for (auto version : sources[source]->versions.of(part.account)) {
          if (!codes[source].empty() && !std::isnan(version.value)) {
            version.value = codes[source][static_cast<std::size_t>(version.value)];
          }
          column.versions.rows.push_back(version);
        }
      }
      column.versions.offsets.push_back(column.versions.rows.size());
    }
  }

  template <class Row>
  void copy(PerAccount<Row> Book::*member) {
    auto& to = book_.*member;
    to.offsets.push_back(0);
    for (const auto& part : parts_) {
      const auto rows = (part.records->*member).of(part.account);
      to.rows.insert(to.rows.end(), rows.begin(), rows.end());
      to.offsets.push_back(to.rows.size());
    }
  }

  // Rows name products and levels by their number in the book they came from.
  template <class Row>
  void number(std::vector<std::string> Book::*names, PerAccount<Row> Book::*table, std::uint16_t Row::*code) {
    for (const auto* book : books_) append(book_.*names, book->*names);
    unite(book_.*names);
    std::vector<std::vector<std::uint16_t>> codes;
    for (const auto* book : books_) codes.push_back(codes_in<std::uint16_t>(book->*names, book_.*names));
    auto& rows = book_.*table;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      const auto& of_book = codes[position_of(books_, parts_[i].records)];
      for (auto row = rows.offsets[i]; row < rows.offsets[i + 1]; ++row) {
        rows.rows[row].*code = of_book[rows.rows[row].*code];
      }
    }
  }

  std::vector<BookPart> parts_;           // ascending by account
  const std::vector<const Book*> books_;  // sorted
  Book book_;
};

Book assemble(std::span<const Feature> features, std::span<const BookPart> parts) {
  return BookAssembler(features, parts).run();
}

// ---- windows ----

std::optional<int> longest_usage_days(const Definitions& definitions) {
  int longest = 0;
  for (const auto& measure : definitions.measures) {
    const bool counts_usage = measure.source == Source::usage ||
                              (measure.source == Source::contacts && measure.aggregate == Aggregate::active);
    // The latest use is in the outline, however long ago it was.
    if (!counts_usage || measure.aggregate == Aggregate::days_since_latest) continue;
    if (measure.window_days == 0) return std::nullopt;
    int days = measure.window_days;
    if (measure.compare == CompareWith::previous_window) days += measure.window_days;
    if (measure.compare == CompareWith::last_year) days += days_of_last_year;
    longest = std::max(longest, days);
  }
  return longest;
}

void add_outline(std::span<const UsageOutline> outline, std::vector<PackedUsage::Row>& rows) {
  const auto add = [&](std::uint16_t feature, Day day) { rows.push_back({day, no_person, feature, 0, day}); };
  const UsageOutline* first = nullptr;
  for (const auto& use : outline) {
    add(use.feature, use.last_day);
    if (!first || use.first_day < first->first_day) first = &use;
  }
  if (first && first->first_day != first->last_day) add(first->feature, first->first_day);
}

}  // namespace banso::engine
