// Taking apart the target of a request: "/api/accounts?name=%E4%BC%9A".
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace banso::platform::http {

struct Target {
  std::string path;                          // decoded
  std::map<std::string, std::string> query;  // decoded; the last of a repeated key wins
};

Target parse_target(std::string_view target);

}  // namespace banso::platform::http
