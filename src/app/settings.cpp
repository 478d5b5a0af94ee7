#include "settings.hpp"

#include <initializer_list>

namespace banso::app {

std::string Settings::effective_records_url() const {
  return records_url.empty() ? "sqlite:" + (data_folder / "records.db").string() : records_url;
}

std::filesystem::path Settings::effective_web_folder() const {
  if (!web_folder.empty()) return web_folder;
  std::error_code error;
  const auto binary = std::filesystem::read_symlink("/proc/self/exe", error);
  // An installed binary has the UI in ../share; one in a build folder below the tree finds web/dist upwards.
  for (auto folder = binary.parent_path(); folder != folder.root_path(); folder = folder.parent_path()) {
    for (const char* candidate : {"share/banso/web", "web/dist"}) {
      if (std::filesystem::exists(folder / candidate / "index.html", error)) return folder / candidate;
    }
  }
  return "web/dist";
}

}  // namespace banso::app
