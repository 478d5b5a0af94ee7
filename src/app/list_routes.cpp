#include <fmt/format.h>

#include "application.hpp"
#include "commands.hpp"
#include "platform/json/json.hpp"

namespace banso::app {
namespace {

const char* word_of(platform::http::Method method) {
  switch (method) {
    case platform::http::Method::get:
      return "GET";
    case platform::http::Method::post:
      return "POST";
    case platform::http::Method::put:
      return "PUT";
    case platform::http::Method::patch:
      return "PATCH";
    case platform::http::Method::del:
      return "DELETE";
  }
  return "";
}

const char* word_of(platform::http::Permission permission) {
  switch (permission) {
    case platform::http::Permission::anyone:
      return "anyone";
    case platform::http::Permission::write_key:
      return "write_key";
    case platform::http::Permission::customer:
      return "customer";
    case platform::http::Permission::read_only:
      return "read_only";
    case platform::http::Permission::csm:
      return "csm";
    case platform::http::Permission::leader:
      return "leader";
    case platform::http::Permission::admin:
      return "admin";
  }
  return "";
}

// The table needs an installation to be made from; an empty one that is thrown away will do.
class ThrowAwayFolder {
 public:
  ThrowAwayFolder()
      : path_(std::filesystem::temp_directory_path() / fmt::format("banso-routes-{}", platform::records::new_id())) {}
  ~ThrowAwayFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

int list_routes(bool json) {
  const ThrowAwayFolder folder;
  Settings settings;
  settings.data_folder = folder.path();
  Application application(settings);
  platform::json::array rows;
  for (const auto& route : application.routes()) {
    if (json) {
      rows.push_back(platform::json::object{
          {"method", word_of(route.method)}, {"path", route.pattern}, {"permission", word_of(route.permission)}});
    } else {
      fmt::print("{:<7}{:<60}{}\n", word_of(route.method), route.pattern, word_of(route.permission));
    }
  }
  if (json) fmt::print("{}\n", platform::json::serialize(rows));
  return exit_done;
}

}  // namespace banso::app
