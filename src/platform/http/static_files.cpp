#include "platform/http/static_files.hpp"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace banso::platform::http {
namespace {

const std::map<std::string, std::string> content_types{{".html", "text/html; charset=utf-8"},
                                                       {".js", "text/javascript; charset=utf-8"},
                                                       {".css", "text/css; charset=utf-8"},
                                                       {".json", "application/json; charset=utf-8"},
                                                       {".svg", "image/svg+xml"},
                                                       {".png", "image/png"},
                                                       {".ico", "image/x-icon"},
                                                       {".woff2", "font/woff2"},
                                                       {".woff", "font/woff"},
                                                       {".txt", "text/plain; charset=utf-8"},
                                                       {".webmanifest", "application/manifest+json"}};

// Only plain names below the folder: no "..", no hidden files, nothing absolute.
bool is_safe(const std::string& name) {
  return name.find("..") == std::string::npos && name.find("/.") == std::string::npos && !name.starts_with('.') &&
         name.find('\\') == std::string::npos && name.find('\0') == std::string::npos;
}

// The page for an address that is no file: the customers' own view has one of its own.
std::string page_of(const std::string& name) {
  return name == "portal" || name.starts_with("portal/") ? "portal.html" : "index.html";
}

}  // namespace

std::shared_ptr<const StaticFiles::File> StaticFiles::load(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  if (const auto found = cache_.find(name); found != cache_.end()) return found->second;
  const std::filesystem::path path = folder_ / name;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return nullptr;
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  auto file = std::make_shared<File>();
  const auto type = content_types.find(path.extension().string());
  file->content_type = type == content_types.end() ? "application/octet-stream" : type->second;
  file->body = content.str();
  file->etag = fmt::format("\"{:x}\"", std::hash<std::string>{}(file->body));
  cache_[name] = file;
  return file;
}

std::optional<Response> StaticFiles::find(const Request& request) const {
  std::string name = request.path.substr(std::min<std::size_t>(1, request.path.size()));
  if (!is_safe(name)) return std::nullopt;
  auto file = name.empty() ? nullptr : load(name);
  const bool looks_like_file = name.starts_with("assets/") || name.find('.', name.rfind('/') + 1) != std::string::npos;
  if (!file && looks_like_file && name.starts_with("assets/")) return std::nullopt;
  if (!file) {
    name = page_of(name);
    file = load(name);
  }
  if (!file) return std::nullopt;
  Response response;
  response.content_type = file->content_type;
  response.headers.emplace_back("ETag", file->etag);
  // Built files carry a hash of their content in their name; everything else is asked for anew each time.
  response.headers.emplace_back("Cache-Control",
                                name.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.header("if-none-match") == file->etag) {
    response.status = 304;
  } else {
    response.body = file->body;
  }
  return response;
}

}  // namespace banso::platform::http
