#include "delimited_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cell_types.hpp"
#include "fields.hpp"

namespace banso::integrations {

using platform::text::ByteSource;
using platform::text::RecordReader;
namespace {

class DelimitedTable : public Table {
 public:
  DelimitedTable(RecordReader reader, bool header) : reader_(std::move(reader)), header_(header) {}

  core::Result<> begin() {
    Row row;
    BANSO_TRY_ASSIGN(const bool found, reader_.next(row));
    if (!found) {
      return core::Error::invalid({"The file is empty.", "ファイルが空です。"});
    }
    if (header_ && row.problem) {
      return core::Error::invalid(
          {"The heading row cannot be read: " + row.problem->en, "見出し行を読み取れません。" + row.problem->ja});
    }
    if (header_) {
      headings_ = distinct_headings(row.cells);
      return {};
    }
    for (std::size_t i = 1; i <= row.cells.size(); ++i) headings_.push_back(std::to_string(i));
    keep_first(row);
    return {};
  }

  const std::vector<std::string>& headings() const override { return headings_; }
  double progress() const override { return reader_.progress(); }

  core::Result<bool> next(Row& row) override {
    if (first_kept_) {
      first_kept_ = false;
      row.line = first_line_;
      row.problem = first_problem_;
      row.cells.assign(first_cells_.begin(), first_cells_.end());
      return true;
    }
    BANSO_TRY_ASSIGN(const bool found, reader_.next(row));
    if (found && !row.problem) check_width(row);
    return found;
  }

 private:
  // Without a header the first record is data, too; it must outlive the reader's buffer.
  void keep_first(const Row& row) {
    first_kept_ = true;
    first_line_ = row.line;
    first_problem_ = row.problem;
    first_cells_.assign(row.cells.begin(), row.cells.end());
  }

  void check_width(Row& row) const {
    const std::size_t width = headings_.size();
    while (row.cells.size() > width && trimmed(row.cells.back()).empty()) row.cells.pop_back();
    if (row.cells.size() > width) {
      row.problem = core::Text{
          fmt::format("The row has {} cells, but there are {} columns. Is a delimiter not quoted?", row.cells.size(),
                      width),
          fmt::format(
              "列は {1} 個ですが、この行には {0} 個の値があります。区切り文字を含む値は引用符で囲んでください。",
              row.cells.size(), width)};
      return;
    }
    // Excel leaves out delimiters of blank cells at the end, so a short row is a row of blanks; but a short last row
    // without a line end is what a download that broke off looks like.
    if (row.cells.size() < width && reader_.ended_with_file() && width > 1) {
      row.problem = core::Text{"The file ends in the middle of this row. Was it copied completely?",
                               "ファイルがこの行の途中で終わっています。最後までコピーされているか確認してください。"};
      return;
    }
    row.cells.resize(width);
  }

  RecordReader reader_;
  bool header_;
  std::vector<std::string> headings_;
  bool first_kept_ = false;
  std::int64_t first_line_ = 0;
  std::optional<core::Text> first_problem_;
  std::vector<std::string> first_cells_;
};

}  // namespace

core::Result<std::unique_ptr<Table>> open_delimited(const std::filesystem::path& path, const FileShape& shape) {
  BANSO_TRY_ASSIGN(auto source, ByteSource::open(path));
  auto table =
      std::make_unique<DelimitedTable>(RecordReader(std::move(source), shape.encoding, shape.delimiter), shape.header);
  BANSO_TRY(table->begin());
  return std::unique_ptr<Table>(std::move(table));
}

bool looks_like_header(const std::vector<std::string_view>& cells) {
  if (std::any_of(cells.begin(), cells.end(), [](std::string_view cell) { return is_known_heading(cell); }))
    return true;
  std::size_t blank = 0;
  for (const std::string_view cell : cells) {
    if (trimmed(cell).empty()) {
      ++blank;
      continue;
    }
    if (read_decimal(cell) || read_instant(cell, DateOrder::month_first) || read_instant(cell, DateOrder::day_first) ||
        is_email(cell) || read_money(cell)) {
      return false;
    }
  }
  return blank < cells.size();
}

core::Result<bool> detect_header(const std::filesystem::path& path, Encoding encoding, char delimiter) {
  BANSO_TRY_ASSIGN(auto source, ByteSource::open(path));
  RecordReader reader(std::move(source), encoding, delimiter);
  Row row;
  BANSO_TRY_ASSIGN(const bool found, reader.next(row));
  return found && looks_like_header(row.cells);
}

std::vector<std::string> distinct_headings(const std::vector<std::string_view>& cells) {
  std::vector<std::string> headings;
  for (const std::string_view cell : cells) {
    std::string heading(trimmed(cell));
    // A heading may span lines in a spreadsheet; on a page and in a mapping it is one line.
    std::replace(heading.begin(), heading.end(), '\n', ' ');
    std::erase(heading, '\r');
    if (heading.empty()) heading = fmt::format("column {}", headings.size() + 1);
    std::string distinct = heading;
    for (int number = 2; std::find(headings.begin(), headings.end(), distinct) != headings.end(); ++number) {
      distinct = fmt::format("{} ({})", heading, number);
    }
    headings.push_back(std::move(distinct));
  }
  while (headings.size() > 1 && headings.back().starts_with("column ") && trimmed(cells[headings.size() - 1]).empty()) {
    headings.pop_back();
  }
  return headings;
}

}  // namespace banso::integrations
