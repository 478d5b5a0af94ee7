#include "platform/text/delimited.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace banso::platform::text {
namespace {

constexpr std::size_t piece_bytes = 256 << 10;

core::Text problem_text(std::string_view en, std::string_view ja) {
  return {std::string(en), std::string(ja)};
}

core::Text unclosed_quote() {
  return problem_text(
      "A quotation mark (\") is opened and never closed. Close it, or write \"\" for the character itself.",
      "引用符(\")が閉じられていません。閉じるか、文字としての引用符は \"\" と書いてください。");
}

core::Text text_after_quote() {
  return problem_text("There is text after a closing quotation mark (\"). Write \"\" for the character itself.",
                      "閉じた引用符(\")のあとに文字があります。文字としての引用符は \"\" と書いてください。");
}

core::Text record_too_long() {
  return {fmt::format("The row is longer than {} KiB.", RecordReader::record_bytes_max >> 10),
          fmt::format("行が {} KiB を超えています。", RecordReader::record_bytes_max >> 10)};
}

core::Text too_many_cells() {
  return {fmt::format("The row has more than {} columns.", RecordReader::cells_max),
          fmt::format("列数が {} を超えています。", RecordReader::cells_max)};
}

}  // namespace

RecordReader::RecordReader(ByteSource source, Encoding encoding, char delimiter)
    : source_(std::move(source)), decoder_(encoding), delimiter_(delimiter), piece_(piece_bytes) {}

double RecordReader::progress() const {
  if (source_.size_bytes() == 0) return 1;
  return std::min(1.0, static_cast<double>(source_.consumed_bytes()) / static_cast<double>(source_.size_bytes()));
}

core::Result<> RecordReader::refill() {
  text_.erase(0, position_);
  position_ = 0;
  BANSO_TRY_ASSIGN(const std::size_t count, source_.read(piece_));
  source_ended_ = count == 0;
  decoder_.decode({piece_.data(), count}, source_ended_, text_);
  return {};
}

bool RecordReader::skip_line_end(std::size_t& at) {
  if (text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n') ++at;
  ++at;
  ++lines_in_record_;
  return true;
}

// `at` stands on the opening quotation mark, and afterwards on what follows the closing one.
RecordReader::Outcome RecordReader::scan_quoted(std::size_t& at) {
  Cell cell{++at, 0, false};
  while (true) {
    const std::size_t found = text_.find_first_of("\"\n\r", at);
    if (found == std::string::npos) return Outcome::unclosed;
    at = found;
    if (text_[at] != '"') {
      if (text_[at] == '\r' && at + 1 == text_.size() && !source_ended_) return Outcome::unclosed;
      skip_line_end(at);
      continue;
    }
    if (at + 1 < text_.size() && text_[at + 1] == '"') {
      cell.escaped = true;
      at += 2;
      continue;
    }
    // The last character at hand: whether it closes or is doubled shows in the next piece.
    if (at + 1 == text_.size() && !source_ended_) return Outcome::unclosed;
    cell.end = at++;
    cells_.push_back(cell);
    return Outcome::record;
  }
}

RecordReader::Outcome RecordReader::scan() {
  cells_.clear();
  lines_in_record_ = 0;
  ended_with_file_ = false;
  std::size_t at = position_;
  while (true) {
    if (cells_.size() > cells_max) return Outcome::too_many_cells;
    if (at < text_.size() && text_[at] == '"') {
      if (const Outcome outcome = scan_quoted(at); outcome != Outcome::record) {
        return source_ended_ || text_.size() - position_ > record_bytes_max ? outcome : Outcome::need_more;
      }
    } else {
      const std::size_t begin = at;
      while (at < text_.size() && text_[at] != delimiter_ && text_[at] != '\n' && text_[at] != '\r') ++at;
      cells_.push_back({begin, at, false});
    }
    if (at == text_.size()) {
      if (!source_ended_) return text_.size() - position_ > record_bytes_max ? Outcome::too_long : Outcome::need_more;
      ended_with_file_ = true;
      record_end_ = at;
      return Outcome::record;
    }
    if (text_[at] == delimiter_) {
      ++at;
      continue;
    }
    if (text_[at] != '\n' && text_[at] != '\r') return Outcome::text_after_quote;
    if (text_[at] == '\r' && at + 1 == text_.size() && !source_ended_) return Outcome::need_more;
    skip_line_end(at);
    record_end_ = at;
    return at - position_ > record_bytes_max ? Outcome::too_long : Outcome::record;
  }
}

// Unquoted text of a cell; folds "" in place.
std::string_view RecordReader::cell_text(std::size_t index) {
  Cell& cell = cells_[index];
  if (cell.escaped) {
    std::size_t write = cell.begin;
    for (std::size_t read = cell.begin; read < cell.end; ++read) {
      text_[write++] = text_[read];
      if (text_[read] == '"') ++read;
    }
    cell.end = write;
    cell.escaped = false;
  }
  return std::string_view(text_).substr(cell.begin, cell.end - cell.begin);
}

void RecordReader::consume(std::size_t until) {
  position_ = until;
  line_ += lines_in_record_;
}

// Whether the end of the line that begins here can be seen.
bool RecordReader::has_line_end() const {
  const std::size_t found = text_.find_first_of("\n\r", position_);
  return found != std::string::npos && (text_[found] == '\n' || found + 1 < text_.size() || source_ended_);
}

// Hands out the first line of a broken record as it stands, and moves to the next line. Of a line longer than any
// record may be, the rest is dropped.
void RecordReader::take_first_line_raw(Row& row) {
  const std::size_t found = text_.find_first_of("\n\r", position_);
  std::size_t end = found == std::string::npos ? text_.size() : found;
  const std::string_view line = std::string_view(text_).substr(position_, std::min(end - position_, record_bytes_max));
  for (std::size_t at = 0; row.cells.size() < cells_max;) {
    const std::size_t cut = line.find(delimiter_, at);
    row.cells.push_back(line.substr(at, cut == std::string_view::npos ? cut : cut - at));
    if (cut == std::string_view::npos) break;
    at = cut + 1;
  }
  lines_in_record_ = 0;
  dropping_line_ = found == std::string::npos && !source_ended_;
  if (found != std::string::npos) skip_line_end(end);
  consume(end);
}

// Moves behind the end of a line whose beginning was handed out already; false while that end is not in sight.
bool RecordReader::drop_rest_of_line() {
  if (!has_line_end()) {
    position_ = text_.size();
    return source_ended_;
  }
  std::size_t end = text_.find_first_of("\n\r", position_);
  lines_in_record_ = 0;
  skip_line_end(end);
  consume(end);
  return true;
}

core::Result<bool> RecordReader::next(Row& row) {
  while (true) {
    row.cells.clear();
    row.problem.reset();
    if (position_ == text_.size()) {
      if (source_ended_) return false;
      BANSO_TRY(refill());
      continue;
    }
    if (dropping_line_) {
      dropping_line_ = !drop_rest_of_line();
      continue;
    }
    row.line = line_;
    switch (scan()) {
      case Outcome::need_more:
        BANSO_TRY(refill());
        continue;
      case Outcome::unclosed:
        row.problem = unclosed_quote();
        break;
      case Outcome::text_after_quote:
        row.problem = text_after_quote();
        break;
      case Outcome::too_long:
        row.problem = record_too_long();
        break;
      case Outcome::too_many_cells:
        row.problem = too_many_cells();
        break;
      case Outcome::record:
        break;
    }
    if (row.problem) {
      const bool wait_for_end = !has_line_end() && !source_ended_ && text_.size() - position_ <= record_bytes_max;
      if (wait_for_end) {
        BANSO_TRY(refill());
        continue;
      }
      take_first_line_raw(row);
      return true;
    }
    const bool blank_line = cells_.size() == 1 && cells_[0].begin == cells_[0].end && cells_[0].begin == position_;
    if (!blank_line) {
      row.cells.reserve(cells_.size());
      for (std::size_t i = 0; i < cells_.size(); ++i) row.cells.push_back(cell_text(i));
    }
    consume(record_end_);
    if (!blank_line) return true;
  }
}

core::Result<char> detect_delimiter(const std::filesystem::path& path, Encoding encoding) {
  constexpr int records_looked_at = 200;
  char best = ',';
  double best_score = 0;
  for (const char delimiter : {',', '\t', ';', '|'}) {
    BANSO_TRY_ASSIGN(auto source, ByteSource::open(path));
    RecordReader reader(std::move(source), encoding, delimiter);
    std::map<std::size_t, int> records_by_width;
    int records = 0;
    Row row;
    while (records < records_looked_at) {
      BANSO_TRY_ASSIGN(const bool found, reader.next(row));
      if (!found) break;
      ++records;
      if (!row.problem) ++records_by_width[row.cells.size()];
    }
    for (const auto& [width, count] : records_by_width) {
      if (width < 2) continue;
      // Agreement counts most; of two that agree, the one that cuts into more cells.
      const double agreement = static_cast<double>(count) / records;
      const double score = agreement * agreement * (1 - 1.0 / static_cast<double>(width + 1));
      if (score > best_score) {
        best_score = score;
        best = delimiter;
      }
    }
  }
  return best;
}

void append_cell(std::string& out, std::string_view cell, char delimiter) {
  const bool plain = cell.find_first_of("\"\r\n") == std::string_view::npos &&
                     cell.find(delimiter) == std::string_view::npos && !cell.empty();
  if (plain) {
    out += cell;
    return;
  }
  if (cell.empty()) return;
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_record(std::string& out, const std::vector<std::string_view>& cells, char delimiter) {
  // A record of one empty cell would be a blank line, which readers skip.
  if (cells.size() == 1 && cells[0].empty()) out += "\"\"";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += delimiter;
    append_cell(out, cells[i], delimiter);
  }
  out += "\r\n";
}

std::string without_formula(std::string_view cell) {
  constexpr std::string_view starts_formula = "=+-@\t\r";
  if (cell.empty() || starts_formula.find(cell.front()) == std::string_view::npos) return std::string(cell);
  const bool number = (cell.front() == '-' || cell.front() == '+') && cell.size() > 1 &&
                      cell.find_first_not_of("0123456789.,", 1) == std::string_view::npos;
  return number ? std::string(cell) : "'" + std::string(cell);
}

}  // namespace banso::platform::text
