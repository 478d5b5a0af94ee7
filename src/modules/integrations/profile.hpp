// What a file turns out to be: its shape, its columns and what they hold, its first rows. Shown before anything is
// imported.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cell_types.hpp"
#include "core/result.hpp"
#include "table.hpp"

namespace banso::integrations {

struct ColumnProfile {
  std::string heading;
  CellType type = CellType::text;
  std::int64_t blank = 0;
  std::vector<std::string> samples;  // up to five different ones
  std::vector<std::string> choices;  // all values, where they are few and repeat; empty otherwise
  std::string currency;              // of its money, as the symbols say
  std::optional<DateOrder> date_order;
  bool ambiguous_dates = false;  // holds days like 1/2/2024
};

struct FileProfile {
  FileShape shape;
  std::vector<ColumnProfile> columns;
  std::vector<std::vector<std::string>> preview;  // the first rows
  std::int64_t rows_looked_at = 0;
  bool complete = false;  // all rows of the file were looked at

  std::vector<std::string> headings() const;
  std::vector<CellType> types() const;
  // What the columns say together; nothing if they say nothing or contradict each other.
  std::optional<DateOrder> date_order() const;
};

// Looks at the first rows, at most this many.
inline constexpr std::int64_t profiled_rows_max = 50'000;

core::Result<FileProfile> profile_file(const std::filesystem::path& path, std::string_view name,
                                       const ReadOptions& options, std::int64_t rows_max = profiled_rows_max);

}  // namespace banso::integrations
