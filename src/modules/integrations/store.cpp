#include "store.hpp"

namespace banso::integrations::store {
namespace {

namespace json = platform::json;
using platform::records::Row;

constexpr const char* import_columns =
    "id, kind, file_name, file_path, look_up_folders, file_hash, state, profile, mapping, counts, checkpoint, job_id, "
    "error_en, error_ja, created_by_user_id, created_by_name, created_at_us";

// Columns hold what this file wrote: anything else is a damaged database.
json::object stored_object(const Row& row, std::size_t column) {
  auto object = json::parse_object(row.text(column));
  if (!object) throw platform::records::DatabaseError("a stored import is not readable");
  return std::move(*object);
}

std::string folders_text(const std::vector<std::filesystem::path>& folders) {
  json::array list;
  for (const auto& folder : folders) list.emplace_back(folder.string());
  return json::serialize(json::object{{"folders", std::move(list)}});
}

std::string counts_text(const ImportRecord& record) {
  json::object body = to_json(record.counts);
  body["checked"] = record.checked;
  return json::serialize(body);
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return json::serialize(json::object{{"rows_read", checkpoint.rows_read},
                                      {"reject_bytes", checkpoint.reject_bytes},
                                      {"counts", to_json(checkpoint.counts)}});
}

ImportRecord read_import(const Row& row) {
  ImportRecord record;
  record.id = row.id<core::ImportId>(0);
  record.kind = kind_from(row.text(1)).value_or(Kind::accounts);
  record.file_name = row.text(2);
  record.file = row.text(3);
  const json::object folders = stored_object(row, 4);
  for (const auto& folder : folders.at("folders").as_array()) {
    record.look_up_folders.emplace_back(std::string(folder.as_string()));
  }
  record.file_hash = row.text(5);
  record.state = import_state_from(row.text(6));
  record.profile = profile_from_json(stored_object(row, 7));
  record.mapping = stored_object(row, 8);
  const json::object counts = stored_object(row, 9);
  record.counts = counts_from_json(counts);
  record.checked = counts.at("checked").as_bool();
  const json::object checkpoint = stored_object(row, 10);
  record.checkpoint = {checkpoint.at("rows_read").as_int64(), checkpoint.at("reject_bytes").as_int64(),
                       counts_from_json(checkpoint.at("counts").as_object())};
  record.job_id = row.integer(11);
  record.error = {row.text(12), row.text(13)};
  record.created_by = row.id<core::UserId>(14);
  record.created_by_name = row.text(15);
  record.created_at = row.instant(16);
  return record;
}

}  // namespace

void insert_upload(Session& session, const Upload& upload) {
  session.execute("INSERT INTO upload (id, name, size_bytes, owner_user_id, created_at_us) VALUES (:1, :2, :3, :4, :5)",
                  {upload.id, upload.name, upload.size_bytes, upload.owner, upload.created_at});
}

std::optional<Upload> find_upload(Session& session, std::int64_t id) {
  const auto row =
      session.query_one("SELECT id, name, size_bytes, owner_user_id, created_at_us FROM upload WHERE id = :1", {id});
  if (!row) return std::nullopt;
  return Upload{row->integer(0), row->text(1), row->integer(2), row->id<core::UserId>(3), row->instant(4)};
}

void add_part(Session& session, std::int64_t upload_id, std::int64_t part) {
  session.execute("INSERT INTO upload_part (upload_id, part) VALUES (:1, :2) ON CONFLICT (upload_id, part) DO NOTHING",
                  {upload_id, part});
}

std::int64_t parts_of(Session& session, std::int64_t upload_id) {
  return session.query_one("SELECT COUNT(*) FROM upload_part WHERE upload_id = :1", {upload_id})->integer(0);
}

void delete_upload(Session& session, std::int64_t id) {
  session.execute("DELETE FROM upload_part WHERE upload_id = :1", {id});
  session.execute("DELETE FROM upload WHERE id = :1", {id});
}

std::vector<Upload> uploads_before(Session& session, core::Instant time) {
  std::vector<Upload> uploads;
  session.each(
      "SELECT id, name, size_bytes, owner_user_id, created_at_us FROM upload WHERE created_at_us < :1", {time},
      [&](const Row& row) {
        uploads.push_back({row.integer(0), row.text(1), row.integer(2), row.id<core::UserId>(3), row.instant(4)});
      });
  return uploads;
}

void insert_import(Session& session, const ImportRecord& record) {
  session.execute(
      std::string("INSERT INTO import (") + import_columns +
          ") VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13, :14, :15, :16, :17)",
      {record.id, name_of(record.kind), record.file_name, record.file.string(), folders_text(record.look_up_folders),
       record.file_hash, name_of(record.state), json::serialize(to_json(record.profile)),
       json::serialize(record.mapping), counts_text(record), checkpoint_text(record.checkpoint), record.job_id,
       record.error.en, record.error.ja, record.created_by, record.created_by_name, record.created_at});
}

void update_import(Session& session, const ImportRecord& record) {
  session.execute(
      "UPDATE import SET state = :1, profile = :2, mapping = :3, counts = :4, checkpoint = :5, error_en = :6, "
      "error_ja = :7 WHERE id = :8",
      {name_of(record.state), json::serialize(to_json(record.profile)), json::serialize(record.mapping),
       counts_text(record), checkpoint_text(record.checkpoint), record.error.en, record.error.ja, record.id});
}

void set_job(Session& session, core::ImportId id, std::int64_t job_id) {
  session.execute("UPDATE import SET job_id = :1 WHERE id = :2", {job_id, id});
}

std::optional<ImportRecord> find_import(Session& session, core::ImportId id) {
  const auto row = session.query_one(std::string("SELECT ") + import_columns + " FROM import WHERE id = :1", {id});
  return row ? std::optional(read_import(*row)) : std::nullopt;
}

core::Page<ImportRecord> list_imports(Session& session, core::PageRequest page) {
  core::Page<ImportRecord> answer;
  answer.total = session.query_one("SELECT COUNT(*) FROM import")->integer(0);
  session.each(
      std::string("SELECT ") + import_columns + " FROM import ORDER BY created_at_us DESC, id DESC LIMIT :1 OFFSET :2",
      {page.limit, page.offset}, [&](const Row& row) { answer.items.push_back(read_import(row)); });
  return answer;
}

}  // namespace banso::integrations::store
