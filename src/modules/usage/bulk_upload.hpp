// Files of past events that engineers send with a write key: what is known of one, and the records of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "platform/records/records.hpp"

namespace banso::usage {

enum class UploadFormat { ndjson, csv, parquet };
enum class UploadCompression { none, gzip, zstd };
enum class UploadState { receiving, processing, done, failed };

std::string_view word_of(UploadFormat format);
std::string_view word_of(UploadCompression compression);
std::string_view word_of(UploadState state);
std::optional<UploadFormat> upload_format_from(std::string_view word);
std::optional<UploadCompression> upload_compression_from(std::string_view word);

// Why a row was refused. Rows count from 1: lines of NDJSON, rows after the heading of CSV, rows of Parquet.
struct RefusedRow {
  std::int64_t row = 0;
  std::string field;
  core::Text message;
};

struct Upload {
  std::int64_t id = 0;
  core::SourceId source;
  std::string key;  // chosen by the sender, unique within the source
  int node_number = 0;
  UploadFormat format = UploadFormat::ndjson;
  UploadCompression compression = UploadCompression::none;
  std::map<std::string, std::string> mapping;  // column -> field, see bulk_upload_columns.hpp
  UploadState state = UploadState::receiving;
  std::int64_t total_bytes = 0;  // once complete
  std::string sha256;            // as announced, in hex; empty: not announced
  double progress = 0;           // 0..1, of the processing
  std::int64_t rows_read = 0;    // the last row that is dealt with for good
  std::int64_t rows_sent = 0;    // rows up to this one may be in the store already
  std::int64_t accepted = 0;
  std::int64_t duplicates = 0;
  std::int64_t refused = 0;
  std::vector<RefusedRow> reasons;  // of the first refused rows
  core::Text message;               // why it failed
  core::Instant created_at;
  std::optional<core::Instant> finished_at;
};

inline constexpr std::size_t most_reasons = 100;

class UploadStore {
 public:
  explicit UploadStore(std::shared_ptr<platform::records::Database> records) : records_(std::move(records)) {}

  std::optional<Upload> find(core::SourceId source, const std::string& key);
  std::optional<Upload> find(std::int64_t id);
  std::int64_t count(core::SourceId source, UploadState state);
  // Uploads of that node in that state that were begun before, oldest first.
  std::vector<Upload> of_node(int node_number, UploadState state, core::Instant begun_before);
  // False: somebody else made one with this key at the same moment.
  bool insert(const Upload& upload);
  void update(const Upload& upload);
  void remove(std::int64_t id);

 private:
  std::shared_ptr<platform::records::Database> records_;
};

}  // namespace banso::usage
