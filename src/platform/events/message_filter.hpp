// Remembers 64-bit hashes of message ids, so that a new message costs one look into memory instead of a search on disk.
// "Not seen" is certain; "seen" must be confirmed by the stored rows (hashes can collide, rows can have been removed).
// Open addressing in one array: 8 bytes a slot, at most three quarters full.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace banso::platform::events {

// Never 0, which marks a row without a message id.
std::int64_t message_hash(std::int64_t source_id, std::string_view message_id);

class MessageFilter {
 public:
  MessageFilter();
  // False if that hash was inserted before.
  bool insert(std::int64_t hash);
  void reserve(std::size_t count);
  std::size_t size() const { return size_; }

 private:
  bool place(std::int64_t hash);
  void grow(std::size_t slots);

  std::vector<std::int64_t> slots_;  // 0: free
  std::size_t size_ = 0;
};

}  // namespace banso::platform::events
