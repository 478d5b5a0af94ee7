#include "workbook.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <orcus/orcus_xlsx.hpp>

#include "cell_types.hpp"
#include "delimited_table.hpp"
#include "workbook_collector.hpp"

namespace banso::integrations {
namespace {

core::Error not_a_workbook(std::string_view reason) {
  return core::Error::invalid(
      {fmt::format("The workbook cannot be read ({}). Save it again as .xlsx, or as CSV.", reason),
       fmt::format("ワークブックを読み取れません({})。.xlsx または CSV で保存し直してください。", reason)});
}

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t width) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < width; ++i) value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  return value;
}

// What the zip says its files unpack to. liborcus unpacks into memory, so a zip that swells must be refused before.
core::Result<std::int64_t> unpacked_bytes(std::string_view zip) {
  const std::size_t end = zip.rfind("PK\x05\x06");
  if (end == std::string_view::npos || end + 22 > zip.size()) return not_a_workbook("no directory");
  std::size_t at = little_endian(zip, end + 16, 4);
  const std::uint32_t entries = little_endian(zip, end + 10, 2);
  std::int64_t total = 0;
  for (std::uint32_t i = 0; i < entries; ++i) {
    if (at + 46 > zip.size() || zip.substr(at, 4) != "PK\x01\x02") return not_a_workbook("damaged directory");
    total += little_endian(zip, at + 24, 4);
    at += 46 + little_endian(zip, at + 28, 2) + little_endian(zip, at + 30, 2) + little_endian(zip, at + 32, 2);
  }
  return total;
}

core::Result<std::unique_ptr<WorkbookCollector>> read_workbook(const std::filesystem::path& path) {
  if (static_cast<std::int64_t>(std::filesystem::file_size(path)) > workbook_bytes_max) {
    return core::Error::too_large(
        {fmt::format("Workbooks up to {} MiB can be read. Save a bigger one as CSV.", workbook_bytes_max >> 20),
         fmt::format("読み取れるワークブックは {} MiB までです。大きなものは CSV で保存してください。",
                     workbook_bytes_max >> 20)});
  }
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  BANSO_TRY_ASSIGN(const std::int64_t unpacked, unpacked_bytes(bytes));
  if (unpacked > workbook_unpacked_bytes_max) {
    return core::Error::too_large(
        {"The workbook unpacks to more than 1 GiB. Save the sheet as CSV.",
         "ワークブックの展開後の大きさが 1 GiB を超えています。シートを CSV で保存してください。"});
  }
  auto collector = std::make_unique<WorkbookCollector>();
  try {
    orcus::orcus_xlsx reader(collector.get());
    reader.read_stream(bytes);
  } catch (const TooManyCells&) {
    return core::Error::too_large({"The workbook has too many cells. Save the sheet as CSV.",
                                   "セルが多すぎます。シートを CSV で保存してください。"});
  } catch (const std::exception& damaged) {
    return not_a_workbook(damaged.what());
  }
  if (collector->sheets().empty()) return not_a_workbook("no sheets");
  return collector;
}

// The cells of one sheet, kept in memory.
class SheetTable : public Table {
 public:
  SheetTable(std::map<int, std::vector<std::string>> rows, bool header) : rows_(std::move(rows)), next_(rows_.begin()) {
    std::erase_if(rows_, [](const auto& row) {
      return std::all_of(row.second.begin(), row.second.end(), [](const std::string& c) { return trimmed(c).empty(); });
    });
    next_ = rows_.begin();
    if (rows_.empty()) return;
    std::size_t width = 0;
    for (const auto& [number, cells] : rows_) width = std::max(width, cells.size());
    if (header) {
      std::vector<std::string_view> cells(next_->second.begin(), next_->second.end());
      headings_ = distinct_headings(cells);
      ++next_;
    } else {
      for (std::size_t i = 1; i <= width; ++i) headings_.push_back(std::to_string(i));
    }
  }

  bool empty() const { return rows_.empty(); }
  const std::vector<std::string>& headings() const override { return headings_; }
  double progress() const override {
    return rows_.empty() ? 1 : static_cast<double>(done_) / static_cast<double>(rows_.size());
  }

  core::Result<bool> next(Row& row) override {
    if (next_ == rows_.end()) return false;
    row.line = next_->first + 1;
    row.problem.reset();
    row.cells.assign(next_->second.begin(), next_->second.end());
    while (row.cells.size() > headings_.size() && trimmed(row.cells.back()).empty()) row.cells.pop_back();
    if (row.cells.size() > headings_.size()) {
      row.problem = core::Text{"The row has cells to the right of the last heading.", "見出しのない列に値があります。"};
    } else {
      row.cells.resize(headings_.size());
    }
    ++next_;
    ++done_;
    return true;
  }

 private:
  std::map<int, std::vector<std::string>> rows_;
  std::map<int, std::vector<std::string>>::const_iterator next_;
  std::vector<std::string> headings_;
  std::size_t done_ = 0;
};

const Sheet* sheet_named(const WorkbookCollector& workbook, const std::string& name) {
  for (const auto& sheet : workbook.sheets()) {
    if (sheet->name() == name) return sheet.get();
  }
  return nullptr;
}

}  // namespace

core::Result<> complete_workbook(const std::filesystem::path& path, const ReadOptions& options, FileShape& shape) {
  BANSO_TRY_ASSIGN(const auto workbook, read_workbook(path));
  for (const auto& sheet : workbook->sheets()) shape.sheets.push_back(sheet->name());
  shape.sheet = options.sheet.value_or(shape.sheets.front());
  const Sheet* sheet = sheet_named(*workbook, shape.sheet);
  if (!sheet) {
    return core::Error::invalid_field("sheet", {fmt::format("There is no sheet \"{}\" in the workbook.", shape.sheet),
                                                fmt::format("シート「{}」がありません。", shape.sheet)});
  }
  if (options.header) {
    shape.header = *options.header;
    return {};
  }
  for (const auto& [number, cells] : sheet->rows(workbook->days_since_1904())) {
    const std::vector<std::string_view> first(cells.begin(), cells.end());
    if (std::all_of(first.begin(), first.end(), [](std::string_view cell) { return trimmed(cell).empty(); })) continue;
    shape.header = looks_like_header(first);
    break;
  }
  return {};
}

core::Result<std::unique_ptr<Table>> open_workbook(const std::filesystem::path& path, const FileShape& shape) {
  BANSO_TRY_ASSIGN(const auto workbook, read_workbook(path));
  const Sheet* sheet = sheet_named(*workbook, shape.sheet);
  if (!sheet) return not_a_workbook("sheet missing");
  auto table = std::make_unique<SheetTable>(sheet->rows(workbook->days_since_1904()), shape.header);
  if (table->empty()) return core::Error::invalid({"The sheet is empty.", "シートが空です。"});
  return std::unique_ptr<Table>(std::move(table));
}

}  // namespace banso::integrations
