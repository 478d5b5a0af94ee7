// The built web UI, from a folder. Every address that is not a file answers index.html, because the UI has addresses of
// its own; those below /portal answer portal.html, the customers' own view. Files are read once and kept, with a gzip
// form where it pays.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "platform/http/http.hpp"

namespace banso::platform::http {

class StaticFiles {
 public:
  explicit StaticFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Nothing if the folder has no index.html (the UI was not built).
  std::optional<Response> find(const Request& request) const;

 private:
  struct File {
    std::string content_type;
    std::string body;
    std::string etag;
  };

  std::shared_ptr<const File> load(const std::string& name) const;

  std::filesystem::path folder_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const File>> cache_;
};

}  // namespace banso::platform::http
