// A table being read row by row, whatever file it comes from: delimited text, a workbook, JSON lines.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "platform/text/row.hpp"
#include "platform/text/text_encoding.hpp"

namespace banso::integrations {

using platform::text::Encoding;
using platform::text::Row;

class Table {
 public:
  virtual ~Table() = default;

  // The first row where there is a header, otherwise "1", "2", ... Never empty, never twice the same.
  virtual const std::vector<std::string>& headings() const = 0;
  // The next row of data; false after the last. An error ends the reading (a damaged file).
  virtual core::Result<bool> next(Row& row) = 0;
  virtual double progress() const = 0;  // 0..1, of the file's bytes
};

enum class FileFormat { delimited, workbook, json_lines };

// What somebody decided about a file, or what was detected. Absent means: detect.
struct ReadOptions {
  std::optional<Encoding> encoding;
  std::optional<char> delimiter;  // ',', '\t', ';' or '|'
  std::optional<bool> header;
  std::optional<std::string> sheet;  // of a workbook; the first one otherwise
};

// The same with nothing left open.
struct FileShape {
  FileFormat format = FileFormat::delimited;
  Encoding encoding = Encoding::utf8;
  char delimiter = ',';
  bool header = true;
  std::string sheet;
  std::vector<std::string> sheets;  // to choose from
};

// Fills in what `options` leave open by looking at the file. `name` is what its user calls it (an uploaded file is
// stored under another name): the extension tells workbooks and JSON lines.
core::Result<FileShape> detect_shape(const std::filesystem::path& path, std::string_view name,
                                     const ReadOptions& options);

core::Result<std::unique_ptr<Table>> open_table(const std::filesystem::path& path, const FileShape& shape);

// Headings as a table shows them: blank ones become "column 3", repeated ones get " (2)".
std::vector<std::string> distinct_headings(const std::vector<std::string_view>& cells);

}  // namespace banso::integrations
