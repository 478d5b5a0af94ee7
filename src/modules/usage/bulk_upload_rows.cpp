#include "bulk_upload_rows.hpp"

#include <fmt/format.h>

#include "bulk_upload_columns.hpp"
#include "intake_parser.hpp"
#include "platform/duckdb/duckdb.hpp"
#include "platform/text/delimited.hpp"
#include "platform/text/line_reader.hpp"

namespace banso::usage {
namespace {

namespace json = platform::json;
namespace text = platform::text;
namespace duckdb = platform::duckdb;

core::FieldError too_long() {
  return {"", {"This row is longer than 32 KB.", "この行は32KBを超えています。"}};
}

class LinesOfJson final : public UploadRows {
 public:
  explicit LinesOfJson(text::ByteSource source) : reader_(std::move(source), longest_call_bytes) {}

  core::Result<bool> next(UploadRow& row, bool wanted) override {
    text::LineReader::Line line;
    do {
      BANSO_TRY_ASSIGN(const bool more, reader_.next(line));
      if (!more) return false;
    } while (!line.too_long && line.text.find_first_not_of(" \t") == std::string_view::npos);
    row.number = line.number;
    row.problem.reset();
    if (!wanted) return true;
    row.call.assign(line.text);
    if (line.too_long) row.problem = too_long();
    return true;
  }

  double progress() const override {
    const auto& source = reader_.source();
    return source.size_bytes() == 0
               ? 1
               : static_cast<double>(source.consumed_bytes()) / static_cast<double>(source.size_bytes());
  }

 private:
  text::LineReader reader_;
};

class RowsOfCsv final : public UploadRows {
 public:
  explicit RowsOfCsv(text::ByteSource source) : reader_(std::move(source), text::Encoding::utf8, ',') {}

  core::Result<> read_headings(const std::map<std::string, std::string>& mapping) {
    text::Row first;
    BANSO_TRY_ASSIGN(const bool any, reader_.next(first));
    const std::vector<std::string> headings(first.cells.begin(), first.cells.end());
    if (!any || first.problem) {
      return core::Error::invalid({"The file has no line of headings.", "ファイルに見出し行がありません。"});
    }
    BANSO_TRY_ASSIGN(columns_, UploadColumns::of(headings, mapping, true));
    count_ = headings.size();
    return {};
  }

  core::Result<bool> next(UploadRow& row, bool wanted) override {
    BANSO_TRY_ASSIGN(const bool more, reader_.next(record_));
    if (!more) return false;
    row.number = ++number_;
    row.problem.reset();
    if (wanted) read(row);
    return true;
  }

  double progress() const override { return reader_.progress(); }

 private:
  void read(UploadRow& row) {
    if (record_.problem) {
      row.problem = {"", *record_.problem};
    } else if (record_.cells.size() != count_) {
      row.problem = {"",
                     {fmt::format("The row has {} cells, the heading {}.", record_.cells.size(), count_),
                      fmt::format("見出しは{}列ですが、この行は{}列です。", count_, record_.cells.size())}};
    } else {
      cells_.clear();
      for (const auto cell : record_.cells) {
        if (cell.find(text::replacement_character) != std::string_view::npos) {
          row.problem = {"", {"The row is not UTF-8.", "文字コードがUTF-8ではありません。"}};
          return;
        }
        cells_.push_back(cell.empty() ? json::value(nullptr) : json::value(cell));
      }
      row.call = columns_.call_of(cells_);
      if (row.call.size() > longest_call_bytes) row.problem = too_long();
    }
  }

  text::RecordReader reader_;
  text::Row record_;
  UploadColumns columns_;
  std::size_t count_ = 0;
  std::int64_t number_ = 0;
  std::vector<json::value> cells_;
};

core::Error unreadable(std::string_view reason) {
  return core::Error::invalid({fmt::format("The Parquet file cannot be read: {}", reason),
                               fmt::format("Parquetファイルを読み取れません: {}", reason)});
}

// DuckDB's messages name the file on this machine; the first line without it is enough.
std::string reason_of(const std::exception& error, const std::filesystem::path& file) {
  std::string reason(error.what());
  reason = reason.substr(0, reason.find('\n'));
  for (auto at = reason.find(file.string()); at != std::string::npos; at = reason.find(file.string())) {
    reason.replace(at, file.string().size(), "the file");
  }
  return reason;
}

std::string quoted(const std::filesystem::path& file) {
  std::string text = "'";
  for (const char c : file.string()) text.append(c == '\'' ? "''" : std::string(1, c));
  return text + "'";
}

class RowsOfParquet final : public UploadRows {
 public:
  RowsOfParquet(std::filesystem::path file, const std::map<std::string, std::string>& mapping)
      : file_(std::move(file)),
        mapping_(mapping),
        database_(duckdb::Database::in_memory({.memory_limit = "384MB", .threads = 1})),
        connection_(database_->connect()) {}

  core::Result<> open() {
    try {
      total_ =
          connection_.query_integer("SELECT num_rows FROM parquet_file_metadata(" + quoted(file_) + ")").value_or(0);
      auto described =
          connection_.query("SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(" + quoted(file_) + "))");
      while (described.next()) {
        for (std::size_t i = 0; i < described.size(); ++i) headings_.emplace_back(described.column(0).text(i));
      }
      BANSO_TRY_ASSIGN(columns_, UploadColumns::of(headings_, mapping_, false));
      result_.emplace(
          connection_.stream("SELECT CAST(to_json(t) AS VARCHAR) FROM read_parquet(" + quoted(file_) + ") AS t"));
    } catch (const duckdb::DuckDbError& error) {
      return unreadable(reason_of(error, file_));
    }
    return {};
  }

  core::Result<bool> next(UploadRow& row, bool wanted) override {
    try {
      while (at_ >= chunk_rows_) {
        if (!result_->next()) return false;
        chunk_rows_ = result_->size();
        at_ = 0;
      }
    } catch (const duckdb::DuckDbError& error) {
      return unreadable(reason_of(error, file_));
    }
    row.number = ++number_;
    row.problem.reset();
    if (wanted) read(row, result_->column(0).text(at_));
    ++at_;
    return true;
  }

  double progress() const override {
    return total_ == 0 ? 1 : static_cast<double>(number_) / static_cast<double>(total_);
  }

 private:
  void read(UploadRow& row, std::string_view record) {
    if (record.size() > longest_call_bytes) {
      row.problem = too_long();
      return;
    }
    auto parsed = json::parse_object(record);
    if (!parsed) {
      row.problem = {"", parsed.error().message};
      return;
    }
    cells_.clear();
    for (const auto& heading : headings_) cells_.push_back((*parsed)[heading]);
    row.call = columns_.call_of(cells_);
  }

  const std::filesystem::path file_;
  const std::map<std::string, std::string> mapping_;
  std::shared_ptr<duckdb::Database> database_;
  duckdb::Connection connection_;
  std::vector<std::string> headings_;
  UploadColumns columns_;
  std::optional<duckdb::Result> result_;
  std::vector<json::value> cells_;
  std::size_t chunk_rows_ = 0;
  std::size_t at_ = 0;
  std::int64_t number_ = 0;
  std::int64_t total_ = 0;
};

text::Compression expected(UploadCompression compression) {
  switch (compression) {
    case UploadCompression::gzip:
      return text::Compression::gzip;
    case UploadCompression::zstd:
      return text::Compression::zstd;
    case UploadCompression::none:
      break;
  }
  return text::Compression::none;
}

core::Error other_compression(const Upload& upload) {
  return core::Error::invalid_field(
      "compression",
      {fmt::format("The file is not what was announced as its compression (\"{}\").", word_of(upload.compression)),
       fmt::format("ファイルの圧縮形式が、指定された「{}」と異なります。", word_of(upload.compression))});
}

}  // namespace

core::Result<std::unique_ptr<UploadRows>> open_rows(const std::filesystem::path& file, const Upload& upload) {
  if (upload.format == UploadFormat::parquet) {
    auto rows = std::make_unique<RowsOfParquet>(file, upload.mapping);
    BANSO_TRY(rows->open());
    return rows;
  }
  BANSO_TRY_ASSIGN(auto source, text::ByteSource::open(file));
  if (source.size_bytes() > 0 && source.compression() != expected(upload.compression)) return other_compression(upload);
  if (upload.format == UploadFormat::ndjson) return std::make_unique<LinesOfJson>(std::move(source));
  auto rows = std::make_unique<RowsOfCsv>(std::move(source));
  BANSO_TRY(rows->read_headings(upload.mapping));
  return rows;
}

}  // namespace banso::usage
