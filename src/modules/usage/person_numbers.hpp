// Small numbers for persons, from memory: (account, person key) as a 64-bit keyed hash → number.
//
// Holds every person while they are fewer than about half of `most_entries` (12 bytes each); beyond that those
// not seen for long are dropped, and whoever misses one looks into the table of the mart. Two persons among ten million
// share a hash with a probability of 3 in a million.
//
// Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/ids.hpp"

namespace banso::usage {

// The same for ever: it is stored.
std::int64_t person_hash(core::AccountId account, std::string_view person_key);

class PersonNumbers {
 public:
  explicit PersonNumbers(std::size_t most_entries = 8'000'000);

  std::int32_t find(std::int64_t hash) const;  // 0: not here
  void put(std::int64_t hash, std::int32_t number);
  void remove(std::int64_t hash);
  void clear();
  // Nobody was dropped: whoever is not here is new.
  bool is_complete() const { return is_complete_; }
  // put() may drop somebody.
  bool may_drop() const { return numbers_.size() >= most_places_; }

 private:
  // Eight places share a bucket, and everybody may be in one of two buckets: so the table fills up to more than half
  // before both of somebody's buckets are full. If the table may not grow then, somebody is overwritten.
  static constexpr std::size_t bucket_size = 8;

  std::size_t first_bucket(std::int64_t hash) const { return (static_cast<std::size_t>(hash) & mask_) * bucket_size; }
  std::size_t second_bucket(std::int64_t hash) const {
    return ((static_cast<std::size_t>(hash) >> 32) & mask_) * bucket_size;
  }
  std::size_t place_of(std::int64_t hash) const;  // as many as there are places: not here
  std::size_t free_places(std::size_t bucket) const;
  bool try_put(std::int64_t hash, std::int32_t number);
  void overwrite(std::int64_t hash, std::int32_t number);
  void grow();

  std::size_t most_places_;
  std::size_t mask_ = 0;
  std::vector<std::int64_t> hashes_;
  std::vector<std::int32_t> numbers_;  // 0: free
  std::size_t next_victim_ = 0;
  bool is_complete_ = true;
};

}  // namespace banso::usage
