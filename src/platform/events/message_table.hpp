// A set of message hashes in memory: open addressing in one array, 16 bytes a slot, at most three quarters full.
#pragma once

#include <cstddef>
#include <vector>

#include "message_hash.hpp"

namespace banso::platform::events {

class MessageTable {
 public:
  MessageTable();
  explicit MessageTable(std::size_t hashes);  // takes so many without growing
  bool insert(MessageHash hash);              // false: was there
  bool contains(MessageHash hash) const;
  void prefetch(MessageHash hash) const { __builtin_prefetch(&slots_[hash.low & (slots_.size() - 1)]); }
  std::size_t size() const { return size_; }
  std::vector<MessageHash> sorted() const;

 private:
  std::size_t place_of(MessageHash hash) const;  // where it is, or the free slot where it belongs
  void grow();

  std::vector<MessageHash> slots_;
  std::size_t size_ = 0;
};

}  // namespace banso::platform::events
