// A message (source, message_id) as 128 bits, by a keyed hash: nobody who does not know the key can make two messages
// look like one, and by chance it does not happen (one in 10^18 for 10^10 messages).
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

namespace banso::platform::events {

struct MessageHash {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const MessageHash&) const = default;
  bool is_none() const { return high == 0 && low == 0; }  // of an event without a message id
};

class MessageHasher {
 public:
  using Key = std::array<unsigned char, 16>;
  explicit MessageHasher(const Key& key) : key_(key) {}
  static Key random_key();
  // Never none.
  MessageHash operator()(std::int64_t source_id, std::string_view message_id) const;

 private:
  Key key_;
};

}  // namespace banso::platform::events
