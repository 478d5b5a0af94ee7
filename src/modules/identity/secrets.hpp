// Passwords and tokens, through libsodium.
#pragma once

#include <string>

namespace banso::identity {

std::string hash_password(const std::string& password);  // Argon2id with its parameters and salt in the text
bool password_matches(const std::string& password, const std::string& hash);
std::string random_token();                        // 256 bits, URL-safe
std::string hash_token(const std::string& token);  // for look-up; tokens are random, so a plain hash is enough

}  // namespace banso::identity
