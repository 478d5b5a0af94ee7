// Usage numbers persons over all accounts; a book wants them dense within each account. One such table an account: a
// few bytes a person, because there can be very many.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/book.hpp"

namespace banso::health {

class PersonNumbers {
 public:
  // The dense number of a person, a new one where it was not asked before; no_person for 0, which is nobody.
  std::uint32_t of(std::int32_t number);
  std::size_t size() const { return count_; }
  std::size_t memory_bytes() const { return slots_.capacity() * sizeof(Slot); }

 private:
  using Slot = std::pair<std::int32_t, std::uint32_t>;  // the person's number (0: free) and the dense one
  Slot& slot_of(std::int32_t number);
  void grow();

  std::vector<Slot> slots_;  // open addressing, a power of two
  std::uint32_t count_ = 0;
};

}  // namespace banso::health
