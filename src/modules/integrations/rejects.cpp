#include "rejects.hpp"

#include <memory>

#include "platform/json/json.hpp"
#include "platform/text/delimited.hpp"

namespace banso::integrations {

using platform::text::append_record;
using platform::text::utf8_byte_order_mark;
using platform::text::without_formula;
namespace {

namespace json = platform::json;

std::string to_line(const RejectedRow& row) {
  json::array cells(row.cells.begin(), row.cells.end());
  json::array errors;
  for (const CellError& error : row.errors) {
    errors.push_back(json::object{
        {"column", error.column}, {"value", error.value}, {"en", error.reason.en}, {"ja", error.reason.ja}});
  }
  return json::serialize(json::object{{"line", row.line}, {"cells", std::move(cells)}, {"errors", std::move(errors)}}) +
         "\n";
}

// What we wrote ourselves; a line that a crash cut in half ends the list.
std::optional<RejectedRow> from_line(const std::string& line) {
  const auto object = json::parse_object(line);
  if (!object) return std::nullopt;
  RejectedRow row;
  row.line = object->at("line").to_number<std::int64_t>();
  for (const auto& cell : object->at("cells").as_array()) row.cells.emplace_back(cell.as_string());
  for (const auto& error : object->at("errors").as_array()) {
    const auto& body = error.as_object();
    row.errors.push_back({std::string(body.at("column").as_string()),
                          std::string(body.at("value").as_string()),
                          {std::string(body.at("en").as_string()), std::string(body.at("ja").as_string())}});
  }
  return row;
}

std::string reasons_of(const RejectedRow& row, core::Language language) {
  std::string text;
  for (const CellError& error : row.errors) {
    if (!text.empty()) text += " / ";
    if (!error.column.empty()) text += error.column + ": ";
    text += error.reason.in(language);
  }
  return text;
}

}  // namespace

std::string shortened(std::string_view value) {
  constexpr std::size_t bytes_max = 120;
  if (value.size() <= bytes_max) return std::string(value);
  std::size_t end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
  return std::string(value.substr(0, end)) + "…";
}

RejectWriter::RejectWriter(const std::filesystem::path& file, std::int64_t keep_bytes) : path_(file) {
  if (keep_bytes > 0 && std::filesystem::exists(file)) {
    std::filesystem::resize_file(file, static_cast<std::uintmax_t>(keep_bytes));
    out_.open(file, std::ios::binary | std::ios::app);
  } else {
    out_.open(file, std::ios::binary | std::ios::trunc);
  }
  if (!out_) throw std::runtime_error("cannot write " + file.string());
}

void RejectWriter::add(const RejectedRow& row) {
  out_ << to_line(row);
}

std::int64_t RejectWriter::flush() {
  out_.flush();
  if (!out_) throw std::runtime_error("cannot write " + path_.string());
  return static_cast<std::int64_t>(out_.tellp());
}

void each_reject(const std::filesystem::path& file, const std::function<bool(const RejectedRow&)>& visit) {
  std::ifstream in(file, std::ios::binary);
  std::string line;
  while (std::getline(in, line)) {
    const auto row = from_line(line);
    if (!row || !visit(*row)) return;
  }
}

platform::http::BodyStream rejects_as_csv(std::filesystem::path file, std::vector<std::string> headings,
                                          core::Language language) {
  auto in = std::make_shared<std::ifstream>(file, std::ios::binary);
  bool started = false;
  return [in, started, headings = std::move(headings), language](std::string& chunk) mutable {
    if (!started) {
      started = true;
      chunk += utf8_byte_order_mark;
      std::vector<std::string_view> cells(headings.begin(), headings.end());
      cells.push_back(reason_heading(language));
      append_record(chunk, cells);
    }
    constexpr std::size_t chunk_bytes = 64 << 10;
    std::string line;
    while (chunk.size() < chunk_bytes) {
      if (!std::getline(*in, line)) return false;
      const auto row = from_line(line);
      if (!row) return false;
      std::vector<std::string> safe;
      for (const std::string& cell : row->cells) safe.push_back(without_formula(cell));
      safe.resize(std::max(safe.size(), headings.size()));
      safe.push_back(without_formula(reasons_of(*row, language)));
      append_record(chunk, {safe.begin(), safe.end()});
    }
    return true;
  };
}

std::string_view reason_heading(core::Language language) {
  return language == core::Language::ja ? "取り込めない理由 (Banso)" : "rejected because (Banso)";
}

bool is_reason_heading(std::string_view heading) {
  return heading == reason_heading(core::Language::ja) || heading == reason_heading(core::Language::en);
}

}  // namespace banso::integrations
