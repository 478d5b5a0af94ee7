// An append-only log of records in a folder: what append() has acknowledged is on stable storage, and is handed out
// again after a crash until it is released. Stands before a slower store, so that its callers need not wait for that.
//
// Records are numbered 1, 2, 3, ... for ever, in the order in which they lie on disk. Each carries a checksum; a torn
// end, as a power cut leaves it, is cut off at opening: it was never acknowledged. A damaged record in the middle is
// passed over, and those behind it are kept.
//
// Threading: all members may be called from any thread. Callers that append at the same time share one flush.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "core/result.hpp"

namespace banso::platform::journal {

struct Settings {
  std::int64_t segment_bytes = 64 << 20;        // of one file; files whose records are all released are removed
  std::int64_t limit_bytes = 1 << 30;           // appended and not released: more is refused
  std::int64_t disk_reserve_bytes = 256 << 20;  // free space that must be left on the disk: else refused
};

class Journal {
 public:
  // Makes the folder where it is missing. Throws std::runtime_error where it cannot be used at all.
  static std::unique_ptr<Journal> open(const std::filesystem::path& folder, const Settings& settings = {});
  virtual ~Journal() = default;

  // The record's number, once it is durable. Errors (unavailable): too much waits to be released, or the disk is full
  // or failing; nothing of the record stays behind, and later calls work again when the cause is gone.
  virtual core::Result<std::int64_t> append(std::string_view record) = 0;

  // Every record that was durable when the journal was opened and is not released, in order. Call before the first
  // append.
  virtual void replay(const std::function<void(std::int64_t number, std::string_view record)>& visit) = 0;

  // All records up to this number are dealt with. Remembered on disk soon, not at once: after a crash some may be
  // handed out again.
  virtual void release(std::int64_t number) = 0;

  virtual std::int64_t last_number() const = 0;    // 0: none yet
  virtual std::int64_t waiting_bytes() const = 0;  // appended and not released
  // Found at opening: what held no whole record although records follow. Not 0: the disk lost something, tell a person.
  virtual std::int64_t damaged_bytes() const = 0;
};

}  // namespace banso::platform::journal
