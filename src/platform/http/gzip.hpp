// gzip through zlib.
#pragma once

#include <string>
#include <string_view>

namespace banso::platform::http {

std::string gzip(std::string_view plain);

}  // namespace banso::platform::http
