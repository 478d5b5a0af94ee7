#include "profile.hpp"

#include <algorithm>
#include <set>

#include "rejects.hpp"

namespace banso::integrations {
namespace {

constexpr std::size_t samples_max = 5;
constexpr std::size_t preview_rows_max = 20;
constexpr std::size_t choices_max = 20;
constexpr std::size_t choice_bytes_max = 60;

// Follows one column while the rows pass.
class ColumnWatch {
 public:
  void add(std::string_view cell) {
    detector_.add(cell);
    if (distinct_.size() > choices_max) return;
    const std::string_view text = trimmed(cell);
    if (text.empty()) return;
    if (text.size() > choice_bytes_max) long_text_ = true;
    if (distinct_.find(text) != distinct_.end()) return;
    distinct_.emplace(text);
    if (samples_.size() < samples_max) samples_.push_back(shortened(text));
  }

  ColumnProfile profile(const std::string& heading) const {
    ColumnProfile column;
    column.heading = heading;
    column.type = detector_.type();
    column.blank = detector_.blank();
    column.samples = samples_;
    // A list of choices: few values, each repeated.
    const auto values = static_cast<std::int64_t>(distinct_.size());
    if (column.type == CellType::text && !long_text_ && distinct_.size() <= choices_max &&
        detector_.filled() >= 5 * values) {
      column.choices.assign(distinct_.begin(), distinct_.end());
    }
    column.currency = detector_.currency();
    column.date_order = detector_.date_order();
    column.ambiguous_dates = detector_.has_ambiguous_dates();
    return column;
  }

 private:
  TypeDetector detector_;
  std::set<std::string, std::less<>> distinct_;
  std::vector<std::string> samples_;
  bool long_text_ = false;
};

}  // namespace

std::vector<std::string> FileProfile::headings() const {
  std::vector<std::string> all;
  for (const ColumnProfile& column : columns) all.push_back(column.heading);
  return all;
}

std::vector<CellType> FileProfile::types() const {
  std::vector<CellType> all;
  for (const ColumnProfile& column : columns) all.push_back(column.type);
  return all;
}

std::optional<DateOrder> FileProfile::date_order() const {
  std::optional<DateOrder> order;
  for (const ColumnProfile& column : columns) {
    if (!column.date_order) continue;
    if (order && *order != *column.date_order) return std::nullopt;
    order = column.date_order;
  }
  return order;
}

core::Result<FileProfile> profile_file(const std::filesystem::path& path, std::string_view name,
                                       const ReadOptions& options, std::int64_t rows_max) {
  FileProfile profile;
  BANSO_TRY_ASSIGN(profile.shape, detect_shape(path, name, options));
  BANSO_TRY_ASSIGN(const auto table, open_table(path, profile.shape));
  std::vector<ColumnWatch> watches(table->headings().size());
  Row row;
  while (profile.rows_looked_at < rows_max) {
    BANSO_TRY_ASSIGN(const bool found, table->next(row));
    if (!found) {
      profile.complete = true;
      break;
    }
    ++profile.rows_looked_at;
    if (profile.preview.size() < preview_rows_max) {
      std::vector<std::string> shown;
      for (const std::string_view cell : row.cells) shown.push_back(shortened(cell));
      shown.resize(std::min(shown.size(), watches.size()));
      profile.preview.push_back(std::move(shown));
    }
    if (row.problem) continue;
    for (std::size_t i = 0; i < watches.size(); ++i) watches[i].add(row.cells[i]);
  }
  for (std::size_t i = 0; i < watches.size(); ++i) profile.columns.push_back(watches[i].profile(table->headings()[i]));
  return profile;
}

}  // namespace banso::integrations
