// The rows of an uploaded file as calls of Segment's API, one after the other: memory does not depend on its size.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "bulk_upload.hpp"

namespace banso::usage {

struct UploadRow {
  std::int64_t number = 0;                  // see RefusedRow
  std::string call;                         // a JSON text
  std::optional<core::FieldError> problem;  // instead: why there is no call
};

class UploadRows {
 public:
  virtual ~UploadRows() = default;
  // False after the last row. An error: the file cannot be read on (damaged, cut off, a zip bomb). The same file gives
  // the same rows each time. `wanted` false: only the number is asked for.
  virtual core::Result<bool> next(UploadRow& row, bool wanted) = 0;
  virtual double progress() const = 0;  // 0..1
};

core::Result<std::unique_ptr<UploadRows>> open_rows(const std::filesystem::path& file, const Upload& upload);

}  // namespace banso::usage
