// Write keys: 24 random bytes that a source proves itself with. Kept as a hash; random enough that a fast hash will do.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace banso::usage {

std::string new_write_key();                    // "bw_" and 32 characters
std::string hash_of_key(std::string_view key);  // hex
std::string hint_of_key(std::string_view key);  // enough to tell keys apart in a list
// The user of "Basic <base64>"; nothing if the header is something else.
std::optional<std::string> basic_user(std::string_view authorization);
// Either alphabet, with padding or without; nothing if it is something else.
std::optional<std::string> decode_base64(std::string_view encoded);
// The token of "Bearer <token>"; empty if the header is something else.
std::string_view bearer_token(std::string_view authorization);

}  // namespace banso::usage
