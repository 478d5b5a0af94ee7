// A MIME entity taken apart: headers by name, content type, and its parts. Internal.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace banso::platform::mail {

struct ContentType {
  std::string type = "text/plain";                // lower case
  std::map<std::string, std::string> parameters;  // names in lower case
};

struct Part {
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, values unfolded, as they came
  ContentType content;
  std::string_view body;  // still encoded; of the bytes that were given

  std::string header(std::string_view name) const;  // the first; empty if absent
  std::string decoded() const;                      // the transfer encoding taken off
  std::string text() const;                         // decoded, as UTF-8 with "\n"
  bool is_attachment() const;
};

Part read_part(std::string_view bytes);
ContentType read_content_type(std::string_view value);

// Every leaf below the part in order, and the part itself where it has none; bounded in depth and number. Messages
// within (message/rfc822) are leaves.
void each_leaf(const Part& part, const std::function<void(const Part& leaf, std::string_view parent_type)>& visit);

}  // namespace banso::platform::mail
