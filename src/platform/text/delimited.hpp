// Delimited text (CSV, TSV): RFC 4180 with the habits of spreadsheets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "platform/text/byte_source.hpp"
#include "platform/text/row.hpp"
#include "platform/text/text_encoding.hpp"

namespace banso::platform::text {

// Cuts text into records, in memory bounded by the longest record it accepts.
//
// A cell that begins with a quotation mark ends with one; inside, "" is a quotation mark and line ends are text. A
// quotation mark in the middle of an unquoted cell (5" pipe) is text. A record that breaks these rules is reported with
// its first line, and reading goes on with the next line: a lone quotation mark costs one row, never the rest of the
// file. Lines without any text are skipped.
class RecordReader {
 public:
  static constexpr std::size_t record_bytes_max = 1 << 20;
  static constexpr std::size_t cells_max = 2000;

  RecordReader(ByteSource source, Encoding encoding, char delimiter);

  // False after the last record. Cells are unquoted; they stay valid until the next call.
  core::Result<bool> next(Row& row);
  double progress() const;
  // True if the record just read ended with the file rather than with a line end.
  bool ended_with_file() const { return ended_with_file_; }

 private:
  enum class Outcome { record, need_more, unclosed, text_after_quote, too_long, too_many_cells };

  core::Result<> refill();
  Outcome scan();
  Outcome scan_quoted(std::size_t& at);
  bool skip_line_end(std::size_t& at);
  bool has_line_end() const;
  void take_first_line_raw(Row& row);
  bool drop_rest_of_line();
  void consume(std::size_t until);
  std::string_view cell_text(std::size_t index);

  struct Cell {
    std::size_t begin;
    std::size_t end;
    bool escaped;  // holds "" that must be folded
  };

  ByteSource source_;
  Decoder decoder_;
  char delimiter_;
  std::vector<char> piece_;
  std::string text_;            // decoded and not yet consumed, from position_ on
  std::size_t position_ = 0;    // where the current record begins
  std::size_t record_end_ = 0;  // after it, with its line end
  std::int64_t line_ = 1;       // of position_
  std::int64_t lines_in_record_ = 0;
  bool source_ended_ = false;
  bool ended_with_file_ = false;
  bool dropping_line_ = false;  // the rest of a line too long to keep
  std::vector<Cell> cells_;
};

// The delimiter under which the first records of the file agree best on more than one cell; ',' if none does.
core::Result<char> detect_delimiter(const std::filesystem::path& path, Encoding encoding);

// Appends one cell, quoted where it must be.
void append_cell(std::string& out, std::string_view cell, char delimiter = ',');
// One record with "\r\n", as RFC 4180 wants it.
void append_record(std::string& out, const std::vector<std::string_view>& cells, char delimiter = ',');

// A spreadsheet runs a cell that begins with = + - @ (or a tab or carriage return) as a formula: such text gets an
// apostrophe in front. Numbers keep their sign.
std::string without_formula(std::string_view cell);

}  // namespace banso::platform::text
