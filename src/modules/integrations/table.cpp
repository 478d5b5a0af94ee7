#include "table.hpp"

#include <algorithm>
#include <array>

#include "cell_types.hpp"
#include "delimited_table.hpp"
#include "json_lines.hpp"
#include "platform/text/byte_source.hpp"
#include "workbook.hpp"

namespace banso::integrations {

using platform::text::ByteSource;
using platform::text::detect_delimiter;
using platform::text::detect_encoding;
using platform::text::require_text;
namespace {

bool has_extension(std::string_view name, std::string_view extension) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return lower.ends_with(extension) || lower.ends_with(std::string(extension) + ".gz");
}

core::Result<FileFormat> detect_format(const std::filesystem::path& path, std::string_view name) {
  BANSO_TRY_ASSIGN(auto source, ByteSource::open(path));
  std::array<char, 512> start{};
  BANSO_TRY_ASSIGN(const std::size_t count, source.read(start));
  const std::string_view text(start.data(), count);
  if (text.starts_with("PK\x03\x04")) return FileFormat::workbook;
  if (text.starts_with("\xD0\xCF\x11\xE0")) {
    return core::Error::invalid({"This is an Excel 97-2003 workbook (.xls). Save it as .xlsx or CSV.",
                                 "Excel 97-2003 形式(.xls)です。.xlsx または CSV で保存し直してください。"});
  }
  if (text.starts_with("%PDF")) {
    return core::Error::invalid({"This is a PDF, not a table. Save the table as CSV or .xlsx.",
                                 "PDF ファイルです。表を CSV または .xlsx で保存してください。"});
  }
  for (const std::string_view extension : {".jsonl", ".ndjson", ".json"}) {
    if (has_extension(name, extension)) return FileFormat::json_lines;
  }
  return trimmed(text).starts_with("{\"") ? FileFormat::json_lines : FileFormat::delimited;
}

core::Result<> complete_delimited(const std::filesystem::path& path, const ReadOptions& options, FileShape& shape) {
  if (options.encoding) {
    shape.encoding = *options.encoding;
  } else {
    BANSO_TRY_ASSIGN(shape.encoding, detect_encoding(path));
  }
  BANSO_TRY(require_text(path, shape.encoding));
  if (options.delimiter) {
    shape.delimiter = *options.delimiter;
  } else {
    BANSO_TRY_ASSIGN(shape.delimiter, detect_delimiter(path, shape.encoding));
  }
  if (options.header) {
    shape.header = *options.header;
  } else {
    BANSO_TRY_ASSIGN(shape.header, detect_header(path, shape.encoding, shape.delimiter));
  }
  return {};
}

}  // namespace

core::Result<FileShape> detect_shape(const std::filesystem::path& path, std::string_view name,
                                     const ReadOptions& options) {
  FileShape shape;
  BANSO_TRY_ASSIGN(shape.format, detect_format(path, name));
  switch (shape.format) {
    case FileFormat::delimited:
      BANSO_TRY(complete_delimited(path, options, shape));
      break;
    case FileFormat::workbook:
      BANSO_TRY(complete_workbook(path, options, shape));
      break;
    case FileFormat::json_lines:
      break;
  }
  return shape;
}

core::Result<std::unique_ptr<Table>> open_table(const std::filesystem::path& path, const FileShape& shape) {
  switch (shape.format) {
    case FileFormat::workbook:
      return open_workbook(path, shape);
    case FileFormat::json_lines:
      return open_json_lines(path);
    case FileFormat::delimited:
      break;
  }
  return open_delimited(path, shape);
}

}  // namespace banso::integrations
