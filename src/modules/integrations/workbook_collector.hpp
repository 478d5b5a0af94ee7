// Receives what liborcus reads out of a workbook and keeps the cells of every sheet as text.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <orcus/spreadsheet/import_interface.hpp>

namespace banso::integrations {

namespace spreadsheet = orcus::spreadsheet;

// More cells than a workbook may have; thrown through liborcus.
struct TooManyCells : std::runtime_error {
  TooManyCells() : std::runtime_error("too many cells") {}
};

// Texts of the workbook, told by number.
class SharedStrings : public spreadsheet::iface::import_shared_strings {
 public:
  std::size_t append(std::string_view text) override;
  std::size_t add(std::string_view text) override { return append(text); }
  void set_segment_font(std::size_t) override {}
  void set_segment_bold(bool) override {}
  void set_segment_italic(bool) override {}
  void set_segment_font_name(std::string_view) override {}
  void set_segment_font_size(double) override {}
  void set_segment_font_color(spreadsheet::color_elem_t, spreadsheet::color_elem_t, spreadsheet::color_elem_t,
                              spreadsheet::color_elem_t) override {}
  void append_segment(std::string_view text) override { segments_ += text; }
  std::size_t commit_segments() override;

  const std::string& at(std::size_t index) const { return texts_.at(index); }

 private:
  std::vector<std::string> texts_;
  std::string segments_;
};

// Only number formats matter here: they tell a day from a number.
class Styles;

class Sheet : public spreadsheet::iface::import_sheet, private spreadsheet::iface::import_formula {
 public:
  Sheet(std::string name, const SharedStrings& strings, const Styles& styles)
      : name_(std::move(name)), strings_(strings), styles_(styles) {}

  const std::string& name() const { return name_; }
  // Rows of cells as text, row number (from 0) to cells; days are ISO, numbers as Excel would show them unformatted.
  std::map<int, std::vector<std::string>> rows(bool days_since_1904) const;

  spreadsheet::iface::import_formula* get_formula() override { return this; }
  void set_auto(spreadsheet::row_t row, spreadsheet::col_t column, std::string_view text) override;
  void set_string(spreadsheet::row_t row, spreadsheet::col_t column, spreadsheet::string_id_t text) override;
  void set_value(spreadsheet::row_t row, spreadsheet::col_t column, double value) override;
  void set_bool(spreadsheet::row_t row, spreadsheet::col_t column, bool value) override;
  void set_date_time(spreadsheet::row_t row, spreadsheet::col_t column, int year, int month, int day, int hour,
                     int minute, double second) override;
  void set_format(spreadsheet::row_t row, spreadsheet::col_t column, std::size_t format) override;
  void set_format(spreadsheet::row_t, spreadsheet::col_t, spreadsheet::row_t, spreadsheet::col_t,
                  std::size_t) override {}
  void fill_down_cells(spreadsheet::row_t, spreadsheet::col_t, spreadsheet::row_t) override {}
  spreadsheet::range_size_t get_sheet_size() const override;

 private:
  struct Cell {
    enum class Kind { none, number, text } kind = Kind::none;
    double number = 0;
    std::string text;
    std::size_t format = 0;
  };

  // Results of formulas as Excel last computed them.
  void set_position(spreadsheet::row_t row, spreadsheet::col_t column) override;
  void set_formula(spreadsheet::formula_grammar_t, std::string_view) override {}
  void set_shared_formula_index(std::size_t) override {}
  void set_result_string(std::string_view text) override { set_auto(formula_row_, formula_column_, text); }
  void set_result_value(double value) override { set_value(formula_row_, formula_column_, value); }
  void set_result_bool(bool value) override { set_bool(formula_row_, formula_column_, value); }
  void set_result_empty() override {}
  void commit() override {}

  Cell& cell(spreadsheet::row_t row, spreadsheet::col_t column);
  std::string text_of(const Cell& cell, bool days_since_1904) const;

  std::string name_;
  const SharedStrings& strings_;
  const Styles& styles_;
  std::map<int, std::vector<Cell>> cells_;
  std::size_t cell_count_ = 0;
  spreadsheet::row_t formula_row_ = 0;
  spreadsheet::col_t formula_column_ = 0;
};

// "B3" is row 2, column 1.
class AddressReader : public spreadsheet::iface::import_reference_resolver {
 public:
  spreadsheet::src_address_t resolve_address(std::string_view address) override;
  spreadsheet::src_range_t resolve_range(std::string_view range) override;
};

class WorkbookCollector : public spreadsheet::iface::import_factory,
                          private spreadsheet::iface::import_global_settings {
 public:
  WorkbookCollector();
  ~WorkbookCollector() override;

  const std::vector<std::unique_ptr<Sheet>>& sheets() const { return sheets_; }
  bool days_since_1904() const { return days_since_1904_; }

  spreadsheet::iface::import_global_settings* get_global_settings() override { return this; }
  spreadsheet::iface::import_shared_strings* get_shared_strings() override { return &strings_; }
  spreadsheet::iface::import_styles* get_styles() override;
  spreadsheet::iface::import_reference_resolver* get_reference_resolver(spreadsheet::formula_ref_context_t) override {
    return &addresses_;
  }
  spreadsheet::iface::import_sheet* append_sheet(spreadsheet::sheet_t index, std::string_view name) override;
  spreadsheet::iface::import_sheet* get_sheet(std::string_view name) override;
  spreadsheet::iface::import_sheet* get_sheet(spreadsheet::sheet_t index) override;
  void finalize() override {}

 private:
  void set_origin_date(int year, int, int) override { days_since_1904_ = year == 1904; }
  void set_default_formula_grammar(spreadsheet::formula_grammar_t) override {}
  spreadsheet::formula_grammar_t get_default_formula_grammar() const override {
    return spreadsheet::formula_grammar_t::xlsx;
  }
  void set_character_set(orcus::character_set_t) override {}

  SharedStrings strings_;
  AddressReader addresses_;
  std::unique_ptr<Styles> styles_;
  std::vector<std::unique_ptr<Sheet>> sheets_;
  bool days_since_1904_ = false;
};

}  // namespace banso::integrations
