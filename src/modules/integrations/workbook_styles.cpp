#include "workbook_styles.hpp"

namespace banso::integrations {
namespace {

// Formats that every workbook has without saying so: 14..22 are Western days and times, 27..36 and 50..58 East Asian.
bool is_built_in_date(std::size_t id) {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

// yyyy/m/d, [$-411]ggge"年"m"月"d"日", d-mmm-yy: a year or a day letter outside of quotes and brackets.
bool is_date_code(std::string_view code) {
  bool quoted = false;
  bool bracketed = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (c == '[') bracketed = true;
    if (c == ']') bracketed = false;
    if (quoted || bracketed) continue;
    if (c == ';') break;  // the format of negative numbers
    if (c == 'y' || c == 'Y' || c == 'd' || c == 'D' || c == 'e' || c == 'g') {
      const bool exponent = (c == 'e') && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-');
      const bool general = c == 'e' && code.substr(0, 7) == "General";
      if (!exponent && !general) return true;
    }
  }
  return false;
}

}  // namespace

std::size_t Styles::commit_number_format() {
  codes_[number_format_id_] = number_format_code_;
  number_format_code_.clear();
  return number_format_id_;
}

std::size_t Styles::commit_cell_xf() {
  cell_formats_.push_back(cell_number_format_);
  cell_number_format_ = 0;
  return cell_formats_.size() - 1;
}

bool Styles::is_date(std::size_t cell_format) const {
  if (cell_format >= cell_formats_.size()) return false;
  const std::size_t id = cell_formats_[cell_format];
  const auto code = codes_.find(id);
  return code == codes_.end() ? is_built_in_date(id) : is_date_code(code->second);
}

}  // namespace banso::integrations
