// Words that nobody can guess, and how they are kept. Internal to the module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace banso::portal {

std::string new_secret();                        // 256 bits, URL-safe
std::string hash_of(const std::string& secret);  // secrets are random, so a plain hash is enough
std::string to_base64(std::string_view bytes);
std::string from_base64(const std::string& text);  // of what to_base64() wrote; else throws

}  // namespace banso::portal
