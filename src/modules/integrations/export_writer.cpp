#include "export_writer.hpp"

#include <ostream>

#include "platform/json/json.hpp"
#include "platform/text/delimited.hpp"

namespace banso::integrations {

using platform::text::append_cell;
using platform::text::append_record;
using platform::text::utf8_byte_order_mark;
using platform::text::without_formula;
namespace {

constexpr std::size_t buffer_bytes = 256 << 10;

}  // namespace

ExportWriter::ExportWriter(std::ostream& out, Format format, bool byte_order_mark, std::vector<std::string> headings)
    : out_(out), format_(format), headings_(std::move(headings)) {
  if (format_ != Format::csv) return;
  if (byte_order_mark) buffer_ += utf8_byte_order_mark;
  append_record(buffer_, {headings_.begin(), headings_.end()});
}

void ExportWriter::add(const std::vector<std::string>& cells) {
  if (format_ == Format::csv) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) buffer_ += ',';
      append_cell(buffer_, without_formula(cells[i]));
    }
    buffer_ += "\r\n";
  } else {
    platform::json::object object;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i].empty()) object[headings_[i]] = cells[i];
    }
    buffer_ += platform::json::serialize(object) + "\n";
  }
  if (buffer_.size() >= buffer_bytes) finish();
}

void ExportWriter::finish() {
  out_ << buffer_;
  buffer_.clear();
  out_.flush();
}

}  // namespace banso::integrations
