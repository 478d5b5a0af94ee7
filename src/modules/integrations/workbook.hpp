// Excel workbooks (.xlsx), read by liborcus. Bounded in size, not streamed: a workbook is a zip of XML with its texts
// in a table of their own.
#pragma once

#include <filesystem>
#include <memory>

#include "core/result.hpp"
#include "table.hpp"

namespace banso::integrations {

inline constexpr std::int64_t workbook_bytes_max = 64ll << 20;          // of the file
inline constexpr std::int64_t workbook_unpacked_bytes_max = 1ll << 30;  // of what is packed in it

// Fills in the sheets to choose from, the one chosen, and whether it has a header.
core::Result<> complete_workbook(const std::filesystem::path& path, const ReadOptions& options, FileShape& shape);
core::Result<std::unique_ptr<Table>> open_workbook(const std::filesystem::path& path, const FileShape& shape);

}  // namespace banso::integrations
