#include "json_lines.hpp"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "cell_types.hpp"
#include "platform/json/json.hpp"
#include "platform/text/byte_source.hpp"
#include "platform/text/text_encoding.hpp"

namespace banso::integrations {

using platform::text::ByteSource;
using platform::text::Decoder;
namespace {

namespace json = platform::json;

constexpr std::size_t line_bytes_max = 1 << 20;
constexpr std::size_t columns_max = 500;

// Lines of a file as UTF-8.
class LineReader {
 public:
  explicit LineReader(ByteSource source) : source_(std::move(source)), decoder_(Encoding::utf8), piece_(256 << 10) {}

  core::Result<bool> next(std::string_view& line) {
    while (true) {
      const std::size_t end = text_.find('\n', position_);
      if (end != std::string::npos || ended_) {
        if (position_ == text_.size()) return false;
        line = std::string_view(text_).substr(position_, end == std::string::npos ? end : end - position_);
        position_ = end == std::string::npos ? text_.size() : end + 1;
        ++line_number_;
        return true;
      }
      if (text_.size() - position_ > line_bytes_max) {
        return core::Error::too_large(
            {fmt::format("Line {} is longer than {} KiB.", line_number_ + 1, line_bytes_max >> 10),
             fmt::format("{} 行目が {} KiB を超えています。", line_number_ + 1, line_bytes_max >> 10)});
      }
      text_.erase(0, position_);
      position_ = 0;
      BANSO_TRY_ASSIGN(const std::size_t count, source_.read(piece_));
      ended_ = count == 0;
      decoder_.decode({piece_.data(), count}, ended_, text_);
    }
  }

  std::int64_t line_number() const { return line_number_; }
  double progress() const {
    return source_.size_bytes() == 0
               ? 1
               : static_cast<double>(source_.consumed_bytes()) / static_cast<double>(source_.size_bytes());
  }

 private:
  ByteSource source_;
  Decoder decoder_;
  std::vector<char> piece_;
  std::string text_;
  std::size_t position_ = 0;
  std::int64_t line_number_ = 0;
  bool ended_ = false;
};

std::string cell_of(const json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null:
      return {};
    case boost::json::kind::string:
      return std::string(value.as_string());
    case boost::json::kind::bool_:
      return value.as_bool() ? "true" : "false";
    default:
      return json::serialize(value);
  }
}

// Visits (column, value) of an object, going one level into objects other than free-form ones.
template <class Visit>
void each_cell(const json::object& object, const Visit& visit) {
  for (const auto& [key, value] : object) {
    const bool free_form = key == "properties" || key == "traits";
    if (!value.is_object() || free_form) {
      visit(std::string(key), value);
      continue;
    }
    for (const auto& [inner_key, inner_value] : value.as_object()) {
      visit(std::string(key) + "." + std::string(inner_key), inner_value);
    }
  }
}

class JsonLinesTable : public Table {
 public:
  JsonLinesTable(LineReader lines, std::vector<std::string> headings)
      : lines_(std::move(lines)), headings_(std::move(headings)) {
    for (std::size_t i = 0; i < headings_.size(); ++i) index_.emplace(headings_[i], i);
  }

  const std::vector<std::string>& headings() const override { return headings_; }
  double progress() const override { return lines_.progress(); }

  core::Result<bool> next(Row& row) override {
    std::string_view line;
    do {
      BANSO_TRY_ASSIGN(const bool found, lines_.next(line));
      if (!found) return false;
    } while (trimmed(line).empty());
    row.line = lines_.line_number();
    row.problem.reset();
    cells_.assign(headings_.size(), {});
    const auto object = json::parse_object(line);
    if (object) {
      each_cell(*object, [&](const std::string& key, const json::value& value) {
        const auto found = index_.find(key);
        if (found != index_.end()) cells_[found->second] = cell_of(value);
      });
    } else {
      row.problem = core::Text{"The line is not a JSON object: " + object.error().message.en,
                               "この行は JSON オブジェクトではありません。" + object.error().message.ja};
      if (!cells_.empty()) cells_[0] = std::string(line);
    }
    row.cells.assign(cells_.begin(), cells_.end());
    return true;
  }

 private:
  LineReader lines_;
  std::vector<std::string> headings_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::string> cells_;
};

core::Result<std::vector<std::string>> columns_of(const std::filesystem::path& path) {
  BANSO_TRY_ASSIGN(auto source, ByteSource::open(path));
  LineReader lines(std::move(source));
  std::vector<std::string> columns;
  std::unordered_map<std::string, bool> seen;
  std::string_view line;
  while (true) {
    BANSO_TRY_ASSIGN(const bool found, lines.next(line));
    if (!found) break;
    const auto object = json::parse_object(line);
    if (!object) continue;
    each_cell(*object, [&](const std::string& key, const json::value&) {
      if (seen.emplace(key, true).second) columns.push_back(key);
    });
    if (columns.size() > columns_max) {
      return core::Error::too_large({fmt::format("The objects have more than {} different keys.", columns_max),
                                     fmt::format("オブジェクトのキーが {} 種類を超えています。", columns_max)});
    }
  }
  if (columns.empty()) {
    return core::Error::invalid({"The file holds no JSON object. Each line must be one object.",
                                 "JSON オブジェクトがありません。1 行に 1 つのオブジェクトを書いてください。"});
  }
  return columns;
}

}  // namespace

core::Result<std::unique_ptr<Table>> open_json_lines(const std::filesystem::path& path) {
  BANSO_TRY_ASSIGN(auto columns, columns_of(path));
  BANSO_TRY_ASSIGN(auto source, ByteSource::open(path));
  return std::unique_ptr<Table>(std::make_unique<JsonLinesTable>(LineReader(std::move(source)), std::move(columns)));
}

}  // namespace banso::integrations
