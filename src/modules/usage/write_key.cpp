#include "write_key.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace banso::usage {
namespace {

void ready() {
  static const bool done = sodium_init() >= 0;
  if (!done) throw std::runtime_error("libsodium cannot be initialised");
}

}  // namespace

std::string new_write_key() {
  ready();
  std::array<unsigned char, 24> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 64> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return std::string("bw_") + text.data();
}

std::string hash_of_key(std::string_view key) {
  ready();
  std::array<unsigned char, crypto_generichash_BYTES> hash;
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size(), nullptr,
                     0);
  std::array<char, 2 * crypto_generichash_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

std::string hint_of_key(std::string_view key) {
  return std::string(key.substr(0, 7));
}

std::optional<std::string> basic_user(std::string_view authorization) {
  constexpr std::string_view scheme = "Basic ";
  if (!authorization.starts_with(scheme)) return std::nullopt;
  const auto encoded = authorization.substr(scheme.size());
  std::string decoded(encoded.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(decoded.data()), decoded.size(), encoded.data(),
                        encoded.size(), nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
    return std::nullopt;
  }
  decoded.resize(length);
  return decoded.substr(0, decoded.find(':'));
}

std::optional<std::string> decode_base64(std::string_view encoded) {
  std::string text(encoded);
  for (auto& character : text) {
    if (character == '-') character = '+';
    if (character == '_') character = '/';
    if (character == ' ') character = '+';  // a plus that was not escaped in an address
  }
  text.erase(text.find_last_not_of('=') + 1);
  std::string decoded(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(decoded.data()), decoded.size(), text.data(), text.size(),
                        nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0) {
    return std::nullopt;
  }
  decoded.resize(length);
  return decoded;
}

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view scheme = "Bearer ";
  return authorization.starts_with(scheme) ? authorization.substr(scheme.size()) : std::string_view{};
}

}  // namespace banso::usage
