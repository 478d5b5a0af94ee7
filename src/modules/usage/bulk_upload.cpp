#include "bulk_upload.hpp"

#include "platform/json/json.hpp"

namespace banso::usage {
namespace {

namespace json = platform::json;
using platform::records::Row;
using platform::records::Session;

constexpr std::pair<UploadFormat, std::string_view> formats[] = {
    {UploadFormat::ndjson, "ndjson"}, {UploadFormat::csv, "csv"}, {UploadFormat::parquet, "parquet"}};
constexpr std::pair<UploadCompression, std::string_view> compressions[] = {
    {UploadCompression::none, "none"}, {UploadCompression::gzip, "gzip"}, {UploadCompression::zstd, "zstd"}};
constexpr std::pair<UploadState, std::string_view> states[] = {{UploadState::receiving, "receiving"},
                                                               {UploadState::processing, "processing"},
                                                               {UploadState::done, "done"},
                                                               {UploadState::failed, "failed"}};

template <class Table, class Value>
std::string_view word_in(const Table& table, Value value) {
  for (const auto& [known, word] : table) {
    if (known == value) return word;
  }
  return {};
}

template <class Value, std::size_t size>
std::optional<Value> value_in(const std::pair<Value, std::string_view> (&table)[size], std::string_view text) {
  for (const auto& [value, word] : table) {
    if (word == text) return value;
  }
  return std::nullopt;
}

constexpr const char* columns =
    "upload_id, source_id, upload_key, node, format, compression, mapping, state, total_bytes, sha256, progress, "
    "rows_read, rows_sent, accepted, duplicates, refused, reasons, message_en, message_ja, created_at_us, "
    "finished_at_us";

std::string text_of(const std::map<std::string, std::string>& mapping) {
  json::object object;
  for (const auto& [column, field] : mapping) object[column] = field;
  return json::serialize(object);
}

std::map<std::string, std::string> mapping_of(const std::string& text) {
  std::map<std::string, std::string> mapping;
  const auto object = json::parse_object(text);
  if (!object) return mapping;
  for (const auto& [column, field] : *object) mapping.emplace(column, field.as_string());
  return mapping;
}

std::string text_of(const std::vector<RefusedRow>& reasons) {
  json::array array;
  for (const auto& reason : reasons) {
    array.push_back(json::array{reason.row, reason.field, reason.message.en, reason.message.ja});
  }
  return json::serialize(array);
}

std::vector<RefusedRow> reasons_of(const std::string& text) {
  std::vector<RefusedRow> reasons;
  const auto parsed = json::parse(text);
  if (!parsed || !parsed->is_array()) return reasons;
  for (const auto& item : parsed->get_array()) {
    const auto& cells = item.as_array();
    const auto cell = [&](std::size_t index) { return std::string(cells.at(index).as_string()); };
    reasons.push_back({cells.at(0).to_number<std::int64_t>(), cell(1), {cell(2), cell(3)}});
  }
  return reasons;
}

Upload read(const Row& row) {
  Upload upload;
  upload.id = row.integer(0);
  upload.source = row.id<core::SourceId>(1);
  upload.key = row.text(2);
  upload.node_number = static_cast<int>(row.integer(3));
  upload.format = upload_format_from(row.text(4)).value_or(UploadFormat::ndjson);
  upload.compression = upload_compression_from(row.text(5)).value_or(UploadCompression::none);
  upload.mapping = mapping_of(row.text(6));
  upload.state = value_in(states, row.text(7)).value_or(UploadState::failed);
  upload.total_bytes = row.integer(8);
  upload.sha256 = row.text(9);
  upload.progress = row.number(10);
  upload.rows_read = row.integer(11);
  upload.rows_sent = row.integer(12);
  upload.accepted = row.integer(13);
  upload.duplicates = row.integer(14);
  upload.refused = row.integer(15);
  upload.reasons = reasons_of(row.text(16));
  upload.message = {row.text(17), row.text(18)};
  upload.created_at = row.instant(19);
  upload.finished_at = row.maybe_instant(20);
  return upload;
}

std::string select(std::string_view condition) {
  return std::string("SELECT ").append(columns).append(" FROM usage_upload WHERE ").append(condition);
}

}  // namespace

std::string_view word_of(UploadFormat format) {
  return word_in(formats, format);
}

std::string_view word_of(UploadCompression compression) {
  return word_in(compressions, compression);
}

std::string_view word_of(UploadState state) {
  return word_in(states, state);
}

std::optional<UploadFormat> upload_format_from(std::string_view word) {
  return value_in(formats, word);
}

std::optional<UploadCompression> upload_compression_from(std::string_view word) {
  return value_in(compressions, word);
}

std::optional<Upload> UploadStore::find(core::SourceId source, const std::string& key) {
  const auto row = records_->read([&](Session& session) {
    return session.query_one(select("source_id = :1 AND upload_key = :2"), {source, key});
  });
  return row ? std::optional(read(*row)) : std::nullopt;
}

std::optional<Upload> UploadStore::find(std::int64_t id) {
  const auto row = records_->read([&](Session& session) { return session.query_one(select("upload_id = :1"), {id}); });
  return row ? std::optional(read(*row)) : std::nullopt;
}

std::int64_t UploadStore::count(core::SourceId source, UploadState state) {
  return records_->read([&](Session& session) {
    return session
        .query_one("SELECT COUNT(*) FROM usage_upload WHERE source_id = :1 AND state = :2", {source, word_of(state)})
        ->integer(0);
  });
}

std::vector<Upload> UploadStore::of_node(int node_number, UploadState state, core::Instant begun_before) {
  std::vector<Upload> found;
  records_->read([&](Session& session) {
    for (const auto& row : session.query(select("node = :1 AND state = :2 AND created_at_us < :3 ORDER BY upload_id"),
                                         {node_number, word_of(state), begun_before})) {
      found.push_back(read(row));
    }
  });
  return found;
}

bool UploadStore::insert(const Upload& upload) {
  try {
    records_->write([&](Session& session) {
      session.execute(
          "INSERT INTO usage_upload (upload_id, source_id, upload_key, node, format, compression, mapping, state, "
          "total_bytes, sha256, progress, rows_read, rows_sent, accepted, duplicates, refused, reasons, message_en, "
          "message_ja, created_at_us) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, 0, '', 0, 0, 0, 0, 0, 0, '[]', '', '', "
          ":9)",
          {upload.id, upload.source, upload.key, upload.node_number, word_of(upload.format),
           word_of(upload.compression), text_of(upload.mapping), word_of(upload.state), upload.created_at});
    });
    return true;
  } catch (const platform::records::UniqueViolation&) {
    return false;
  }
}

void UploadStore::update(const Upload& upload) {
  records_->write([&](Session& session) {
    session.execute(
        "UPDATE usage_upload SET state = :1, total_bytes = :2, sha256 = :3, progress = :4, rows_read = :5, rows_sent = "
        ":6, accepted = :7, duplicates = :8, refused = :9, reasons = :10, message_en = :11, message_ja = :12, "
        "finished_at_us = :13, node = :14 WHERE upload_id = :15",
        {word_of(upload.state), upload.total_bytes, upload.sha256, upload.progress, upload.rows_read, upload.rows_sent,
         upload.accepted, upload.duplicates, upload.refused, text_of(upload.reasons), upload.message.en,
         upload.message.ja, upload.finished_at, upload.node_number, upload.id});
  });
}

void UploadStore::remove(std::int64_t id) {
  records_->write([&](Session& session) { session.execute("DELETE FROM usage_upload WHERE upload_id = :1", {id}); });
}

}  // namespace banso::usage
