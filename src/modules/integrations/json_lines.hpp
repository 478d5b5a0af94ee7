// JSON lines: one object per line. Its keys are the columns.
#pragma once

#include <filesystem>
#include <memory>

#include "core/result.hpp"
#include "table.hpp"

namespace banso::integrations {

// Columns are the keys of the objects in order of first appearance in the whole file; a key of an object inside an
// object is "outer.inner" (Segment's "context.groupId"), but "properties" and "traits" and all lists stay JSON text.
core::Result<std::unique_ptr<Table>> open_json_lines(const std::filesystem::path& path);

}  // namespace banso::integrations
