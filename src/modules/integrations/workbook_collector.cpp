#include "workbook_collector.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/time.hpp"
#include "workbook_styles.hpp"

namespace banso::integrations {
namespace {

constexpr std::size_t cells_max = 20'000'000;
constexpr spreadsheet::row_t rows_max = 1'048'576;  // of Excel
constexpr spreadsheet::col_t columns_max = 16'384;

// Day 1 of Excel is 1900-01-01, and it believes in a 29 February 1900: from March 1900 on day 0 is 1899-12-30.
std::string day_text(double serial, bool days_since_1904) {
  const core::Day origin = days_since_1904 ? core::day_from(1904, 1, 1) : core::day_from(1899, 12, 30);
  const double whole = std::floor(serial);
  const auto seconds = static_cast<std::int64_t>(std::llround((serial - whole) * 86'400));
  const core::Day day = origin + static_cast<int>(whole) + static_cast<int>(seconds / 86'400);
  const std::int64_t rest = seconds % 86'400;
  if (rest == 0) return core::to_string(day);
  return fmt::format("{} {:02}:{:02}:{:02}", core::to_string(day), rest / 3600, rest / 60 % 60, rest % 60);
}

std::string number_text(double number) {
  if (number == std::floor(number) && std::abs(number) < 1e15) return fmt::format("{:.0f}", number);
  return fmt::format("{:.15g}", number);  // the digits Excel holds; more would show 0.1 as 0.10000000000000001
}

}  // namespace

std::size_t SharedStrings::append(std::string_view text) {
  texts_.emplace_back(text);
  return texts_.size() - 1;
}

std::size_t SharedStrings::commit_segments() {
  texts_.push_back(std::move(segments_));
  segments_.clear();
  return texts_.size() - 1;
}

Sheet::Cell& Sheet::cell(spreadsheet::row_t row, spreadsheet::col_t column) {
  if (row < 0 || column < 0 || row >= rows_max || column >= columns_max) throw TooManyCells();
  std::vector<Cell>& cells = cells_[row];
  const auto index = static_cast<std::size_t>(column);
  if (cells.size() <= index) {
    cell_count_ += index + 1 - cells.size();
    if (cell_count_ > cells_max) throw TooManyCells();
    cells.resize(index + 1);
  }
  return cells[index];
}

void Sheet::set_auto(spreadsheet::row_t row, spreadsheet::col_t column, std::string_view text) {
  Cell& at = cell(row, column);
  at.kind = Cell::Kind::text;
  at.text = text;
}

void Sheet::set_string(spreadsheet::row_t row, spreadsheet::col_t column, spreadsheet::string_id_t text) {
  set_auto(row, column, strings_.at(text));
}

void Sheet::set_value(spreadsheet::row_t row, spreadsheet::col_t column, double value) {
  Cell& at = cell(row, column);
  at.kind = Cell::Kind::number;
  at.number = value;
}

void Sheet::set_bool(spreadsheet::row_t row, spreadsheet::col_t column, bool value) {
  set_auto(row, column, value ? "TRUE" : "FALSE");
}

void Sheet::set_date_time(spreadsheet::row_t row, spreadsheet::col_t column, int year, int month, int day, int hour,
                          int minute, double second) {
  std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  if (hour != 0 || minute != 0 || second != 0) {
    text += fmt::format(" {:02}:{:02}:{:02}", hour, minute, static_cast<int>(second));
  }
  set_auto(row, column, text);
}

void Sheet::set_format(spreadsheet::row_t row, spreadsheet::col_t column, std::size_t format) {
  cell(row, column).format = format;
}

void Sheet::set_position(spreadsheet::row_t row, spreadsheet::col_t column) {
  formula_row_ = row;
  formula_column_ = column;
}

spreadsheet::range_size_t Sheet::get_sheet_size() const {
  return {rows_max, columns_max};
}

std::string Sheet::text_of(const Cell& cell, bool days_since_1904) const {
  switch (cell.kind) {
    case Cell::Kind::none:
      return {};
    case Cell::Kind::text:
      return cell.text;
    case Cell::Kind::number:
      break;
  }
  const bool may_be_day = cell.number > 0 && cell.number < 2'958'466;  // 9999-12-31
  return may_be_day && styles_.is_date(cell.format) ? day_text(cell.number, days_since_1904) : number_text(cell.number);
}

std::map<int, std::vector<std::string>> Sheet::rows(bool days_since_1904) const {
  std::map<int, std::vector<std::string>> rows;
  for (const auto& [number, cells] : cells_) {
    std::vector<std::string>& row = rows[number];
    for (const Cell& cell : cells) row.push_back(text_of(cell, days_since_1904));
  }
  return rows;
}

spreadsheet::src_address_t AddressReader::resolve_address(std::string_view address) {
  spreadsheet::src_address_t place{};
  for (const char c : address) {
    const char upper = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    if (upper >= 'A' && upper <= 'Z') {
      place.column = place.column * 26 + (upper - 'A' + 1);
    } else if (c >= '0' && c <= '9') {
      place.row = place.row * 10 + (c - '0');
    }
    // More than Excel has: refused before the numbers grow out of their type.
    if (place.row > rows_max || place.column > columns_max) throw TooManyCells();
  }
  --place.row;
  --place.column;
  return place;
}

spreadsheet::src_range_t AddressReader::resolve_range(std::string_view range) {
  const std::size_t colon = range.find(':');
  const auto first = resolve_address(range.substr(0, colon));
  return {first, colon == std::string_view::npos ? first : resolve_address(range.substr(colon + 1))};
}

WorkbookCollector::WorkbookCollector() : styles_(std::make_unique<Styles>()) {}
WorkbookCollector::~WorkbookCollector() = default;

spreadsheet::iface::import_styles* WorkbookCollector::get_styles() {
  return styles_.get();
}

spreadsheet::iface::import_sheet* WorkbookCollector::append_sheet(spreadsheet::sheet_t, std::string_view name) {
  sheets_.push_back(std::make_unique<Sheet>(std::string(name), strings_, *styles_));
  return sheets_.back().get();
}

spreadsheet::iface::import_sheet* WorkbookCollector::get_sheet(std::string_view name) {
  for (const auto& sheet : sheets_) {
    if (sheet->name() == name) return sheet.get();
  }
  return nullptr;
}

spreadsheet::iface::import_sheet* WorkbookCollector::get_sheet(spreadsheet::sheet_t index) {
  const auto at = static_cast<std::size_t>(index);
  return at < sheets_.size() ? sheets_[at].get() : nullptr;
}

}  // namespace banso::integrations
