// Uploads of files of past events: received in pieces, resumable, then processed in the background.
//
//   begin ─► append (pieces, each at the offset that is there) ─► complete ─► job: rows ─► store ─► done or failed
//
// The file lies in a folder of this node until it is processed. All functions may be called from any thread.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "bulk_upload.hpp"
#include "bulk_upload_loader.hpp"
#include "platform/jobs/jobs.hpp"

namespace banso::usage {

inline constexpr std::size_t most_piece_bytes = 16 << 20;

struct NewUpload {
  std::string key;
  UploadFormat format = UploadFormat::ndjson;
  UploadCompression compression = UploadCompression::none;
  std::map<std::string, std::string> mapping;
};

struct UploadStatus {
  Upload upload;
  std::int64_t received_bytes = 0;
  bool is_new = false;
};

class BulkUploads {
 public:
  BulkUploads(std::shared_ptr<platform::records::Database> records, std::filesystem::path folder, int node_number,
              std::shared_ptr<IntakeQueue> queue, IntakeStatistics& statistics);

  // The kind of job "bulk_upload". Before jobs.start(); `jobs` must live as long as this.
  void register_jobs(platform::jobs::Jobs& jobs);

  // The one with this key, made if there is none. One that failed begins anew. A conflict where the one that is there
  // is of another format, compression or mapping.
  core::Result<UploadStatus> begin(core::SourceId source, const NewUpload& wanted);
  // Durable when it returns. A conflict where `offset` is not what was received so far: see status().
  core::Result<UploadStatus> append(core::SourceId source, const std::string& key, std::int64_t offset,
                                    std::string_view piece);
  // Nothing more comes. What is given of size and checksum (hex) must be that of the file. Safe to repeat.
  core::Result<UploadStatus> complete(core::SourceId source, const std::string& key, std::optional<std::int64_t> bytes,
                                      const std::optional<std::string>& sha256);
  core::Result<UploadStatus> status(core::SourceId source, const std::string& key);

 private:
  core::Result<Upload> find_here(core::SourceId source, const std::string& key);
  std::filesystem::path file_of(const Upload& upload) const;
  std::int64_t received_bytes(const Upload& upload) const;
  core::Result<std::string> run(platform::jobs::Progress& progress);
  std::optional<Upload> next_to_process();
  core::Result<> finish(Upload& upload, platform::jobs::Progress& progress);
  core::Result<> process(Upload& upload, platform::jobs::Progress& progress);
  void forget_abandoned();
  std::mutex& guard_of(const std::string& key);

  UploadStore uploads_;
  const std::filesystem::path folder_;
  const int node_number_;
  std::shared_ptr<IntakeQueue> queue_;
  IntakeStatistics& statistics_;
  platform::jobs::Jobs* jobs_ = nullptr;
  std::array<std::mutex, 16> guards_;  // of the files, by key
  std::mutex processing_;
};

}  // namespace banso::usage
