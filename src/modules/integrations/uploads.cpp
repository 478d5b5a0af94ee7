// Files on their way in: parts are written to their places in one file below the data folder.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "service.hpp"

namespace banso::integrations {
namespace {

constexpr std::int64_t forgotten_after_days = 2;

core::Error no_such_upload() {
  return core::Error::not_found({"There is no such upload.", "そのアップロードはありません。"});
}

// Writes all of `bytes` at that place; a full disk is an error that the sender must hear.
void write_at(const std::filesystem::path& file, std::int64_t offset, std::string_view bytes) {
  const int handle = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (handle < 0) throw std::runtime_error(fmt::format("cannot open {}: {}", file.string(), std::strerror(errno)));
  while (!bytes.empty()) {
    const ssize_t written = pwrite(handle, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const int reason = errno;
      close(handle);
      throw std::runtime_error(fmt::format("cannot write {}: {}", file.string(), std::strerror(reason)));
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
  close(handle);
}

}  // namespace

core::Result<store::Upload> ServiceImpl::create_upload(const core::Caller& caller, const std::string& name,
                                                       std::int64_t size_bytes) {
  if (!caller.at_least(core::Role::csm)) {
    return core::Error::forbidden(
        {"Importing needs the role CSM or higher.", "取り込みには CSM 以上の権限が必要です。"});
  }
  if (size_bytes <= 0) return core::Error::invalid_field("size_bytes", {"The file is empty.", "ファイルが空です。"});
  if (size_bytes > upload_bytes_max) {
    return core::Error::too_large(
        {fmt::format("Files up to {} GiB can be uploaded. Compress it with gzip, or cut it in parts.",
                     upload_bytes_max >> 30),
         fmt::format("アップロードできるファイルは {} GiB までです。gzip で圧縮するか、分割してください。",
                     upload_bytes_max >> 30)});
  }
  forget_old_uploads();
  const store::Upload upload{platform::records::new_id(), name, size_bytes, caller.user, core::now()};
  dependencies_.records->write([&](auto& session) { store::insert_upload(session, upload); });
  return upload;
}

core::Result<> ServiceImpl::put_part(const core::Caller& caller, std::int64_t upload_id, std::int64_t part,
                                     std::string_view bytes) {
  const auto upload =
      dependencies_.records->read([&](auto& session) { return store::find_upload(session, upload_id); });
  if (!upload || upload->owner != caller.user) return no_such_upload();
  const std::int64_t parts = (upload->size_bytes + upload_part_bytes - 1) / upload_part_bytes;
  if (part < 0 || part >= parts) {
    return core::Error::invalid_field("part", {fmt::format("Parts are numbered 0 to {}.", parts - 1),
                                               fmt::format("パート番号は 0 から {} までです。", parts - 1)});
  }
  const std::int64_t expected = part + 1 < parts ? upload_part_bytes : upload->size_bytes - part * upload_part_bytes;
  if (static_cast<std::int64_t>(bytes.size()) != expected) {
    return core::Error::invalid(
        {fmt::format("Part {} must have {} bytes, not {}.", part, expected, bytes.size()),
         fmt::format("パート {} は {} バイトのはずですが、{} バイト届きました。", part, expected, bytes.size())});
  }
  write_at(upload_file(upload_id), part * upload_part_bytes, bytes);
  dependencies_.records->write([&](auto& session) { store::add_part(session, upload_id, part); });
  return {};
}

std::filesystem::path ServiceImpl::upload_file(std::int64_t upload_id) const {
  return dependencies_.data_folder / "uploads" / std::to_string(upload_id);
}

bool ServiceImpl::is_uploaded(const std::filesystem::path& file) const {
  return file.parent_path() == dependencies_.data_folder / "uploads";
}

// A customer list does not stay on the disk longer than it is needed.
void ServiceImpl::forget_file(const ImportRecord& record) {
  std::error_code ignored;
  if (is_uploaded(record.file)) std::filesystem::remove(record.file, ignored);
}

void ServiceImpl::forget_old_uploads() {
  const core::Instant before{core::now().microseconds - forgotten_after_days * core::microseconds_per_day};
  const auto old = dependencies_.records->read([&](auto& session) { return store::uploads_before(session, before); });
  for (const store::Upload& upload : old) {
    std::error_code ignored;
    std::filesystem::remove(upload_file(upload.id), ignored);
    dependencies_.records->write([&](auto& session) { store::delete_upload(session, upload.id); });
  }
}

}  // namespace banso::integrations
