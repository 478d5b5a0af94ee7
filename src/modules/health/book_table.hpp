// The book in memory as of one day: immutable rows, and columns made from them when somebody filters or sorts by one.
// A change makes a new table that shares the unchanged rows, and takes over columns and orders; whoever reads the old
// one keeps it until done.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "book_fields.hpp"
#include "core/paging.hpp"
#include "freshness.hpp"

namespace banso::health {

using SegmentSetPtr = std::shared_ptr<const std::vector<SegmentRule>>;

struct SortKey {
  std::size_t field = 0;  // index into fields()
  bool descending = false;
};

struct LevelTotals {
  std::int64_t accounts = 0;
  std::int64_t arr_minor = 0;
};

struct BookSummary {
  std::int64_t accounts = 0;
  std::int64_t arr_minor = 0;
  std::vector<LevelTotals> levels;  // as in the scorecard
  LevelTotals without_score;
};

struct BookQuery {
  std::string filter_json;  // empty: all
  std::string search;       // words that all must occur in name, reading, external id or domains
  std::string sort;         // "-arr,name": fields, "-" for descending; missing values come last either way
  std::optional<core::UserId> owner;
  std::vector<std::int64_t> ids;  // if not empty, only these
};

struct BookResult {
  std::vector<std::uint32_t> rows;  // of the page, in order
  std::int64_t total = 0;
  BookSummary summary;
};

// Threading: all members may be called from any thread.
class BookTable {
 public:
  struct Head {
    core::Day as_of;
    core::Instant computed_at;
    DefinitionSetPtr set;
    std::string currency;
    std::shared_ptr<const std::vector<customers::AttributeDefinition>> attributes;
    std::map<std::int64_t, std::string> owner_names;  // by user id
    Freshness freshness{};
    SegmentSetPtr segments{};  // null: none
  };

  // Rows in any order, one per account.
  BookTable(Head head, std::vector<AccountRowPtr> rows);
  // The same book with some accounts replaced, added or gone.
  std::shared_ptr<const BookTable> with(Head head, std::vector<AccountRowPtr> changed,
                                        std::span<const core::AccountId> gone) const;

  const Head& head() const { return head_; }
  std::size_t size() const { return rows_.size(); }
  const AccountRow& row(std::size_t index) const { return *rows_[index]; }
  std::span<const AccountRowPtr> rows() const { return rows_; }  // ascending by id
  AccountRowPtr find(core::AccountId id) const;                  // null if it is not in the book
  std::optional<std::size_t> index_of(core::AccountId id) const;

  std::span<const BookField> fields() const { return schema_->fields; }
  std::optional<std::size_t> field_index(std::string_view key) const;
  // The choices of a choice field: its own, or the values that occur in the book.
  std::vector<engine::Choice> choices(std::size_t field) const;

  const engine::FieldCatalogue& catalogue() const { return *schema_->catalogue; }
  engine::Selection run(const engine::Condition& condition) const;
  // One bit for each of `rows`.
  engine::Selection run(const engine::Condition& condition, std::span<const std::uint32_t> rows) const;
  // ---- segments, as in head().segments
  std::span<const SegmentRule> segments() const;
  const core::Error* segment_fault(std::size_t segment) const;
  const engine::Selection& segment_members(std::size_t segment) const;
  std::vector<engine::Selection> segment_members(std::span<const std::uint32_t> rows) const;
  std::vector<std::size_t> segments_of(core::AccountId account) const;  // by position
  bool has_same_meaning(const BookTable& other) const;                  // day, fields and segments

  core::Result<BookResult> query(const BookQuery& query, core::PageRequest page) const;
  // All rows of a query in order, for the export.
  core::Result<std::vector<std::uint32_t>> rows_of(const BookQuery& query) const;

 private:
  struct ColumnData;
  using Permutation = std::shared_ptr<const std::vector<std::uint32_t>>;

  struct CompiledSegment {
    engine::Condition condition;
    std::optional<core::Error> fault;
  };
  // The fields of a set of definitions, attributes and currency: shared by tables that differ only in rows.
  struct Schema {
    std::vector<BookField> fields;
    std::unordered_map<std::string, std::size_t> field_by_key;
    std::unique_ptr<engine::FieldCatalogue> catalogue;
    std::vector<CompiledSegment> segments;       // as in the head
    std::vector<std::size_t> segments_in_order;  // those without fault, each after those it speaks of
    std::size_t segments_field = 0;
  };
  // What an earlier table had made, and the rows (ascending) that changed since.
  using Changed = std::shared_ptr<const std::vector<std::uint32_t>>;
  struct CarriedColumn {
    std::shared_ptr<const ColumnData> made;
    Changed changed;
  };
  struct CarriedOrder {
    Permutation made;
    Changed changed;
  };
  using CompareRows = std::function<int(std::uint32_t, std::uint32_t)>;

  // Rows ascending by id.
  BookTable(Head head, std::vector<AccountRowPtr> rows, std::shared_ptr<const Schema> schema);
  static std::shared_ptr<const Schema> make_schema(const Head& head);
  static void compile_segments(const Head& head, Schema& schema);
  static std::string text_of(const BookField& field, const AccountRow& row);
  static Changed united(const Changed& a, const Changed& b);
  void carry_over(const BookTable& before, const Changed& changed);
  void forget_segments();
  std::shared_ptr<const ColumnData> carried_column(std::size_t field) const;
  Permutation carried_order(const std::string& sort, std::span<const SortKey> keys) const;
  std::optional<CompareRows> compare_by(const SortKey& key) const;
  const ColumnData& column(std::size_t field) const;
  ColumnData build_column(const BookField& field) const;
  ColumnData read_column(const BookField& field, std::span<const std::uint32_t> rows) const;
  template <class Run>
  std::vector<engine::Selection> test_segments(std::size_t rows, const Run& run) const;
  engine::Selection run_whole(const engine::Condition& condition, const ColumnData* segments) const;
  engine::Selection run_among(const engine::Condition& condition, std::span<const std::uint32_t> rows,
                              const ColumnData* segments) const;
  std::vector<std::string> segment_keys() const;
  ColumnData segments_column() const;
  core::Result<engine::Selection> select(const BookQuery& query) const;
  core::Result<std::vector<SortKey>> read_sort(std::string_view text) const;
  core::Result<Permutation> order(const std::string& sort) const;
  Permutation sort_rows(std::span<const SortKey> keys) const;
  std::vector<std::uint32_t> ranks(std::size_t field) const;
  std::vector<double> score_history(int days_ago) const;
  struct LevelCodes {
    std::vector<std::string> dictionary;
    std::vector<std::uint32_t> codes;
  };
  std::optional<LevelCodes> level_history(int days_ago, std::span<const std::uint32_t> rows) const;
  // Where the weekly scores hold that of so many days ago; nothing where they do not reach so far back.
  static std::optional<std::size_t> score_history_index(int days_ago);

  Head head_;
  std::vector<AccountRowPtr> rows_;
  std::shared_ptr<const Schema> schema_;

  mutable std::mutex mutex_;
  mutable std::map<std::size_t, std::shared_ptr<const ColumnData>> columns_;
  mutable std::map<std::string, Permutation> orders_;
  std::map<std::size_t, CarriedColumn> carried_columns_;
  std::map<std::string, CarriedOrder> carried_orders_;
  mutable std::map<int, std::shared_ptr<const std::vector<double>>> histories_;
};
using BookTablePtr = std::shared_ptr<const BookTable>;

}  // namespace banso::health
