#include "secrets.hpp"

#include <array>
#include <stdexcept>

#include <sodium.h>

namespace banso::portal {
namespace {

constexpr int url_safe = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

void start_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready) throw std::runtime_error("libsodium cannot start");
}

std::string encode(const unsigned char* bytes, std::size_t count) {
  std::string text(sodium_base64_encoded_len(count, url_safe), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, count, url_safe);
  text.pop_back();  // the terminating zero
  return text;
}

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string new_secret() {
  start_sodium();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return encode(bytes.data(), bytes.size());
}

std::string hash_of(const std::string& secret) {
  start_sodium();
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), octets(secret), secret.size(), nullptr, 0);
  return encode(hash.data(), hash.size());
}

std::string to_base64(std::string_view bytes) {
  start_sodium();
  return encode(octets(bytes), bytes.size());
}

std::string from_base64(const std::string& text) {
  start_sodium();
  std::string bytes(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr,
                        &length, nullptr, url_safe) != 0) {
    throw std::runtime_error("a file of the portal cannot be read");
  }
  bytes.resize(length);
  return bytes;
}

}  // namespace banso::portal
