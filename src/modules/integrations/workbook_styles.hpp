// The part of a workbook's styles that matters to a table: which formats show a number as a day.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <orcus/spreadsheet/import_interface.hpp>

namespace banso::integrations {

namespace spreadsheet = orcus::spreadsheet;

class Styles : public spreadsheet::iface::import_styles {
 public:
  // Whether cells of that format hold days or times rather than numbers.
  bool is_date(std::size_t cell_format) const;

  void set_number_format_identifier(std::size_t id) override { number_format_id_ = id; }
  void set_number_format_code(std::string_view code) override { number_format_code_ = code; }
  std::size_t commit_number_format() override;
  void set_xf_number_format(std::size_t id) override { cell_number_format_ = id; }
  std::size_t commit_cell_xf() override;

  // What liborcus also tells, and a table has no use for.
  void set_font_count(std::size_t) override {}
  void set_font_bold(bool) override {}
  void set_font_italic(bool) override {}
  void set_font_name(std::string_view) override {}
  void set_font_size(double) override {}
  void set_font_underline(spreadsheet::underline_t) override {}
  void set_font_underline_width(spreadsheet::underline_width_t) override {}
  void set_font_underline_mode(spreadsheet::underline_mode_t) override {}
  void set_font_underline_type(spreadsheet::underline_type_t) override {}
  void set_font_underline_color(spreadsheet::color_elem_t, spreadsheet::color_elem_t, spreadsheet::color_elem_t,
                                spreadsheet::color_elem_t) override {}
  void set_font_color(spreadsheet::color_elem_t, spreadsheet::color_elem_t, spreadsheet::color_elem_t,
                      spreadsheet::color_elem_t) override {}
  void set_strikethrough_style(spreadsheet::strikethrough_style_t) override {}
  void set_strikethrough_type(spreadsheet::strikethrough_type_t) override {}
  void set_strikethrough_width(spreadsheet::strikethrough_width_t) override {}
  void set_strikethrough_text(spreadsheet::strikethrough_text_t) override {}
  std::size_t commit_font() override { return 0; }
  void set_fill_count(std::size_t) override {}
  void set_fill_pattern_type(spreadsheet::fill_pattern_t) override {}
  void set_fill_fg_color(spreadsheet::color_elem_t, spreadsheet::color_elem_t, spreadsheet::color_elem_t,
                         spreadsheet::color_elem_t) override {}
  void set_fill_bg_color(spreadsheet::color_elem_t, spreadsheet::color_elem_t, spreadsheet::color_elem_t,
                         spreadsheet::color_elem_t) override {}
  std::size_t commit_fill() override { return 0; }
  void set_border_count(std::size_t) override {}
  void set_border_style(spreadsheet::border_direction_t, spreadsheet::border_style_t) override {}
  void set_border_color(spreadsheet::border_direction_t, spreadsheet::color_elem_t, spreadsheet::color_elem_t,
                        spreadsheet::color_elem_t, spreadsheet::color_elem_t) override {}
  void set_border_width(spreadsheet::border_direction_t, double, orcus::length_unit_t) override {}
  std::size_t commit_border() override { return 0; }
  void set_cell_hidden(bool) override {}
  void set_cell_locked(bool) override {}
  void set_cell_print_content(bool) override {}
  void set_cell_formula_hidden(bool) override {}
  std::size_t commit_cell_protection() override { return 0; }
  void set_number_format_count(std::size_t) override {}
  void set_cell_xf_count(std::size_t) override {}
  void set_cell_style_xf_count(std::size_t) override {}
  void set_dxf_count(std::size_t) override {}
  void set_xf_font(std::size_t) override {}
  void set_xf_fill(std::size_t) override {}
  void set_xf_border(std::size_t) override {}
  void set_xf_protection(std::size_t) override {}
  void set_xf_style_xf(std::size_t) override {}
  void set_xf_apply_alignment(bool) override {}
  void set_xf_horizontal_alignment(spreadsheet::hor_alignment_t) override {}
  void set_xf_vertical_alignment(spreadsheet::ver_alignment_t) override {}
  std::size_t commit_cell_style_xf() override { return 0; }
  std::size_t commit_dxf() override { return 0; }
  void set_cell_style_count(std::size_t) override {}
  void set_cell_style_name(std::string_view) override {}
  void set_cell_style_xf(std::size_t) override {}
  void set_cell_style_builtin(std::size_t) override {}
  void set_cell_style_parent_name(std::string_view) override {}
  std::size_t commit_cell_style() override { return 0; }

 private:
  std::size_t number_format_id_ = 0;
  std::string number_format_code_;
  std::map<std::size_t, std::string> codes_;  // by the id of the number format
  std::size_t cell_number_format_ = 0;
  std::vector<std::size_t> cell_formats_;  // number format ids
};

}  // namespace banso::integrations
