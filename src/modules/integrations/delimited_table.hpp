// Delimited text as a table: the first record gives the headings, the others must fit them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "platform/text/delimited.hpp"
#include "table.hpp"

namespace banso::integrations {

core::Result<std::unique_ptr<Table>> open_delimited(const std::filesystem::path& path, const FileShape& shape);

// Whether the first record names the columns: it holds no value (number, day, e-mail), or a heading that we know.
core::Result<bool> detect_header(const std::filesystem::path& path, Encoding encoding, char delimiter);
bool looks_like_header(const std::vector<std::string_view>& cells);

}  // namespace banso::integrations
