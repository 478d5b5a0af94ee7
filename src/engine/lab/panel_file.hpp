// A panel on disk, so that a restart need not evaluate two years of history again. The file can be thrown away at any
// time: it is for the machine that wrote it (its byte order, its build's layout), is checked by a checksum, and belongs
// to the measures that it was built with.
#pragma once

#include <filesystem>
#include <string>

#include "core/result.hpp"
#include "panel.hpp"

namespace banso::engine::lab {

// Puts the file in place of an earlier one only when it is whole. `about` is the caller's own and comes back with it.
core::Result<> write_panel(const std::filesystem::path& file, const LabPanel& panel, const std::string& about);

struct PanelFromFile {
  LabPanel panel;
  std::string about;
};
// Refused where the file is damaged, of another version, or of other measures than those of the definitions.
core::Result<PanelFromFile> read_panel(const std::filesystem::path& file, const Definitions& definitions);
// Only what the caller wrote about it; without looking at the rest.
core::Result<std::string> read_about(const std::filesystem::path& file);

}  // namespace banso::engine::lab
