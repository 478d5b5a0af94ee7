#include "bulk_uploads.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fmt/format.h>
#include <sodium.h>

#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace banso::usage {
namespace {

using namespace std::chrono_literals;
namespace json = platform::json;

constexpr std::int64_t most_uploads_at_once = 100;  // of one source, still being received
constexpr std::int64_t most_file_bytes = 64ll << 30;
constexpr std::int64_t disk_reserve_bytes = 512 << 20;  // left free for the rest of the server
constexpr std::int64_t abandoned_after_us = 7 * core::microseconds_per_day;
constexpr auto pause_after_failure = 5s;

core::Error no_such_upload() {
  return core::Error::not_found({"There is no upload with this key. Begin it with POST /v1/uploads.",
                                 "このキーのアップロードはありません。POST /v1/uploads で開始してください。"});
}

core::Error disk_full() {
  return core::Error::unavailable({"The disk has no room for this at the moment. Try again later.",
                                   "ディスクの空き容量が不足しています。しばらくしてから再送してください。"});
}

std::int64_t free_bytes(const std::filesystem::path& folder) {
  struct statvfs space {};
  if (statvfs(folder.c_str(), &space) != 0) return 0;
  return static_cast<std::int64_t>(space.f_bavail) * static_cast<std::int64_t>(space.f_frsize);
}

// Appends and flushes; on failure the file is as it was.
bool append_durably(const std::filesystem::path& file, std::int64_t offset, std::string_view piece) {
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (handle < 0) return false;
  bool done = true;
  auto at = offset;
  while (done && !piece.empty()) {
    const auto written = ::pwrite(handle, piece.data(), piece.size(), at);
    if (written < 0 && errno == EINTR) continue;
    done = written > 0;
    if (!done) break;
    at += written;
    piece.remove_prefix(static_cast<std::size_t>(written));
  }
  done = done && ::fdatasync(handle) == 0;
  if (!done && ::ftruncate(handle, offset) != 0) platform::log::warning("a piece of an upload could not be taken back");
  ::close(handle);
  return done;
}

std::string sha256_of(const std::filesystem::path& file, const std::function<bool()>& stopping) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rb"), &std::fclose);
  std::vector<unsigned char> buffer(1 << 20);
  while (stream && !stopping()) {
    const auto count = std::fread(buffer.data(), 1, buffer.size(), stream.get());
    if (count == 0) break;
    crypto_hash_sha256_update(&state, buffer.data(), count);
  }
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_final(&state, digest);
  char hex[2 * sizeof digest + 1];
  return sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
}

}  // namespace

BulkUploads::BulkUploads(std::shared_ptr<platform::records::Database> records, std::filesystem::path folder,
                         int node_number, std::shared_ptr<IntakeQueue> queue, IntakeStatistics& statistics)
    : uploads_(std::move(records)),
      folder_(std::move(folder)),
      node_number_(node_number),
      queue_(std::move(queue)),
      statistics_(statistics) {}

void BulkUploads::register_jobs(platform::jobs::Jobs& jobs) {
  jobs_ = &jobs;
  jobs.handle("bulk_upload", [this](platform::jobs::Progress& progress) { return run(progress); });
}

std::filesystem::path BulkUploads::file_of(const Upload& upload) const {
  return folder_ / fmt::format("events-{}", upload.id);
}

std::int64_t BulkUploads::received_bytes(const Upload& upload) const {
  if (upload.state != UploadState::receiving) return upload.total_bytes;
  std::error_code error;
  const auto size = std::filesystem::file_size(file_of(upload), error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

std::mutex& BulkUploads::guard_of(const std::string& key) {
  return guards_[std::hash<std::string>{}(key) % guards_.size()];
}

core::Result<Upload> BulkUploads::find_here(core::SourceId source, const std::string& key) {
  auto upload = uploads_.find(source, key);
  if (!upload) return no_such_upload();
  if (upload->node_number != node_number_ && upload->state == UploadState::receiving) {
    return core::Error::unavailable(
        {fmt::format("This upload was begun at node {}; send its pieces there.", upload->node_number),
         fmt::format("このアップロードはノード{}で開始されています。続きも同じノードに送信してください。",
                     upload->node_number)});
  }
  return std::move(*upload);
}

core::Result<UploadStatus> BulkUploads::begin(core::SourceId source, const NewUpload& wanted) {
  const std::lock_guard lock(guard_of(wanted.key));
  auto known = uploads_.find(source, wanted.key);
  if (known && known->state == UploadState::failed) {
    std::error_code ignored;
    std::filesystem::remove(file_of(*known), ignored);
    uploads_.remove(known->id);
    known.reset();
  }
  if (known) {
    if (known->format != wanted.format || known->compression != wanted.compression ||
        known->mapping != wanted.mapping) {
      return core::Error::conflict(
          {"An upload with this key exists, of another format, compression or mapping. Choose "
           "another key.",
           "同じキーで、形式・圧縮・列の対応が異なるアップロードがあります。別のキーを指定してください。"});
    }
    return UploadStatus{*known, received_bytes(*known), false};
  }
  forget_abandoned();
  if (uploads_.count(source, UploadState::receiving) >= most_uploads_at_once) {
    return core::Error::limited({"Too many uploads of this source are unfinished. Complete some first.",
                                 "未完了のアップロードが多すぎます。先に完了させてください。"});
  }
  Upload upload;
  upload.id = platform::records::new_id();
  upload.source = source;
  upload.key = wanted.key;
  upload.node_number = node_number_;
  upload.format = wanted.format;
  upload.compression = wanted.compression;
  upload.mapping = wanted.mapping;
  upload.created_at = core::now();
  if (!uploads_.insert(upload)) {
    return core::Error::unavailable({"This upload is being begun elsewhere. Try again.",
                                     "このアップロードは別の場所で開始中です。もう一度お試しください。"});
  }
  return UploadStatus{std::move(upload), 0, true};
}

core::Result<UploadStatus> BulkUploads::append(core::SourceId source, const std::string& key, std::int64_t offset,
                                               std::string_view piece) {
  const std::lock_guard lock(guard_of(key));
  BANSO_TRY_ASSIGN(Upload upload, find_here(source, key));
  if (upload.state != UploadState::receiving) {
    return core::Error::conflict(
        {"This upload is complete; nothing can be added.", "このアップロードは完了しているため、追加できません。"});
  }
  const auto received = received_bytes(upload);
  if (offset != received) {
    return core::Error::conflict(
        {fmt::format("{} bytes were received so far: go on at offset={}.", received, received),
         fmt::format("受信済みは{}バイトです。offset={} から続けてください。", received, received)});
  }
  const auto size = static_cast<std::int64_t>(piece.size());
  if (received + size > most_file_bytes) {
    return core::Error::too_large(
        {fmt::format("A file may have {} GB. Send the rest under another key.", most_file_bytes >> 30),
         fmt::format("ファイルは{}GBまでです。残りは別のキーで送信してください。", most_file_bytes >> 30)});
  }
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error || free_bytes(folder_) < disk_reserve_bytes + size) return disk_full();
  if (!append_durably(file_of(upload), offset, piece)) return disk_full();
  return UploadStatus{std::move(upload), received + size, false};
}

core::Result<UploadStatus> BulkUploads::complete(core::SourceId source, const std::string& key,
                                                 std::optional<std::int64_t> bytes,
                                                 const std::optional<std::string>& sha256) {
  const std::lock_guard lock(guard_of(key));
  BANSO_TRY_ASSIGN(Upload upload, find_here(source, key));
  const auto received = received_bytes(upload);
  if (bytes && *bytes != received) {
    return core::Error::conflict({fmt::format("{} bytes were received, not {}.", received, *bytes),
                                  fmt::format("受信済みは{}バイトで、指定の{}バイトと異なります。", received, *bytes)});
  }
  if (upload.state == UploadState::receiving) {
    upload.state = UploadState::processing;
    upload.total_bytes = received;
    upload.sha256 = sha256.value_or("");
    uploads_.update(upload);
  }
  // Should the server die before this line, repeating the call makes up for it.
  if (upload.state != UploadState::processing) return UploadStatus{std::move(upload), received, false};
  jobs_->submit("bulk_upload", json::serialize(json::object{{"upload_id", upload.id}}), core::Caller::system("upload"),
                platform::jobs::Where::this_node);
  return UploadStatus{std::move(upload), received, false};
}

core::Result<UploadStatus> BulkUploads::status(core::SourceId source, const std::string& key) {
  auto upload = uploads_.find(source, key);
  if (!upload) return no_such_upload();
  const auto received = received_bytes(*upload);
  return UploadStatus{std::move(*upload), received, false};
}

// One file at a time: two would only share the one processor, and hold two of the threads that other jobs need. Who
// finds another job at work leaves its file to that one.
core::Result<std::string> BulkUploads::run(platform::jobs::Progress& progress) {
  while (true) {
    {
      const std::unique_lock alone(processing_, std::try_to_lock);
      if (!alone) return std::string("{}");
      while (auto upload = next_to_process()) BANSO_TRY(finish(*upload, progress));
    }
    if (!next_to_process()) return std::string("{}");  // none was left to us while we were leaving
  }
}

std::optional<Upload> BulkUploads::next_to_process() {
  auto waiting = uploads_.of_node(node_number_, UploadState::processing, core::Instant{core::now().microseconds + 1});
  return waiting.empty() ? std::nullopt : std::optional(std::move(waiting.front()));
}

// An error: the server stops.
core::Result<> BulkUploads::finish(Upload& upload, platform::jobs::Progress& progress) {
  const auto outcome = process(upload, progress);
  if (!outcome && outcome.error().code == core::ErrorCode::unavailable) return core::Error(outcome.error());
  upload.state = outcome ? UploadState::done : UploadState::failed;
  if (outcome) upload.progress = 1;
  if (!outcome) upload.message = outcome.error().message;
  upload.finished_at = core::now();
  uploads_.update(upload);
  std::error_code ignored;
  std::filesystem::remove(file_of(upload), ignored);
  return {};
}

// Done or at fault; "unavailable" where the server stops first.
core::Result<> BulkUploads::process(Upload& upload, platform::jobs::Progress& progress) {
  const core::Error stopped =
      core::Error::unavailable({"The server stops; it will go on.", "停止するため、次回続行します。"});
  const auto stopping = [&] { return progress.cancelled(); };
  const auto file = file_of(upload);
  if (!upload.sha256.empty() && upload.rows_sent == 0) {
    const auto found = sha256_of(file, stopping);
    if (stopping()) return stopped;
    if (found != upload.sha256) {
      return core::Error::invalid(
          {fmt::format("The file arrived damaged: its SHA-256 is {}. Begin again.", found),
           fmt::format("受信したファイルのSHA-256が一致しません({})。最初からやり直してください。", found)});
    }
  }
  while (true) {
    const LoaderParts parts{&uploads_, queue_, &statistics_, stopping, [&](double share) {
                              progress.report(share, {"Reading events", "イベントを読み込んでいます"});
                            }};
    BANSO_TRY_ASSIGN(const auto rows, open_rows(file, upload));
    UploadLoader loader(parts, upload);
    BANSO_TRY_ASSIGN(const auto end, loader.load(*rows));
    if (end == UploadLoader::End::done) return {};
    if (end == UploadLoader::End::stopped) return stopped;
    for (auto waited = 0ms; waited < pause_after_failure; waited += 200ms) {
      if (stopping()) return stopped;
      std::this_thread::sleep_for(200ms);
    }
  }
}

void BulkUploads::forget_abandoned() {
  const core::Instant before{core::now().microseconds - abandoned_after_us};
  for (const auto& upload : uploads_.of_node(node_number_, UploadState::receiving, before)) {
    std::error_code error;
    const auto file = file_of(upload);
    const auto changed = std::filesystem::last_write_time(file, error);
    if (!error && changed > std::filesystem::file_time_type::clock::now() - 24h * 7) continue;
    std::filesystem::remove(file, error);
    uploads_.remove(upload.id);
  }
}

}  // namespace banso::usage
