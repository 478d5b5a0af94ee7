#include "csv_cell.hpp"

namespace banso::platform::text {

std::string csv_cell(std::string_view text) {
  const bool is_number = text.find_first_not_of("-0123456789.") == std::string_view::npos;
  const bool is_formula =
      !is_number && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  std::string quoted = "\"";
  if (is_formula) quoted += '\'';
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + "\"";
}

}  // namespace banso::platform::text
