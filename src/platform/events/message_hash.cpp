#include "message_hash.hpp"

#include <sodium.h>

#include <cstring>
#include <string>

namespace banso::platform::events {

MessageHasher::Key MessageHasher::random_key() {
  Key key;
  randombytes_buf(key.data(), key.size());
  return key;
}

MessageHash MessageHasher::operator()(std::int64_t source_id, std::string_view message_id) const {
  static_assert(sizeof(MessageHash) == crypto_shorthash_siphashx24_BYTES);
  static_assert(sizeof(Key) == crypto_shorthash_siphashx24_KEYBYTES);
  constexpr std::size_t usual_length = 248;
  char usual[sizeof source_id + usual_length];
  std::string unusual;
  char* input = usual;
  if (message_id.size() > usual_length) {
    unusual.resize(sizeof source_id + message_id.size());
    input = unusual.data();
  }
  std::memcpy(input, &source_id, sizeof source_id);
  std::memcpy(input + sizeof source_id, message_id.data(), message_id.size());
  MessageHash hash;
  crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(&hash), reinterpret_cast<const unsigned char*>(input),
                              sizeof source_id + message_id.size(), key_.data());
  if (hash.is_none()) hash.low = 1;
  return hash;
}

}  // namespace banso::platform::events
