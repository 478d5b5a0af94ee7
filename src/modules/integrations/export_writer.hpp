// Rows on their way out: CSV that any spreadsheet opens, or JSON lines.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace banso::integrations {

class ExportWriter {
 public:
  enum class Format { csv, json_lines };

  // Writes the headings at once (CSV). The stream must outlive this.
  ExportWriter(std::ostream& out, Format format, bool byte_order_mark, std::vector<std::string> headings);
  // As many cells as headings. In CSV a cell that a spreadsheet would run as a formula gets an apostrophe, which the
  // import takes off again; in JSON blank cells are left out.
  void add(const std::vector<std::string>& cells);
  void finish();  // writes what is buffered

 private:
  std::ostream& out_;
  Format format_;
  std::vector<std::string> headings_;
  std::string buffer_;
};

}  // namespace banso::integrations
