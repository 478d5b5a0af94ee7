// Opens gzip bodies, never more than asked for: a few bytes can claim to be gigabytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace banso::usage {

// Nothing if it is not gzip, is cut off, or is longer than limit_bytes when opened.
std::optional<std::string> inflate_gzip(std::string_view packed, std::size_t limit_bytes);

}  // namespace banso::usage
