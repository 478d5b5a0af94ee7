#include "person_numbers.hpp"

#include <sodium.h>

#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace banso::usage {
namespace {

constexpr std::size_t first_buckets = 128;

}  // namespace

std::int64_t person_hash(core::AccountId account, std::string_view person_key) {
  // The account is the key of the hash: the same user id in two accounts is two persons.
  std::array<unsigned char, crypto_shorthash_KEYBYTES> key{'b', 'a', 'n', 's', 'o'};
  std::memcpy(key.data() + 8, &account.value, sizeof account.value);
  std::int64_t hash = 0;
  static_assert(sizeof hash == crypto_shorthash_BYTES);
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash), reinterpret_cast<const unsigned char*>(person_key.data()),
                   person_key.size(), key.data());
  return hash;
}

PersonNumbers::PersonNumbers(std::size_t most_entries) : most_places_(std::bit_ceil(most_entries)) {
  clear();
}

void PersonNumbers::clear() {
  mask_ = first_buckets - 1;
  hashes_.assign(first_buckets * bucket_size, 0);
  numbers_.assign(first_buckets * bucket_size, 0);
  is_complete_ = true;
}

std::int32_t PersonNumbers::find(std::int64_t hash) const {
  const auto begin = bucket_of(hash);
  for (auto place = begin; place < begin + bucket_size; ++place) {
    if (numbers_[place] != 0 && hashes_[place] == hash) return numbers_[place];
  }
  return 0;
}

bool PersonNumbers::try_put(std::int64_t hash, std::int32_t number) {
  const auto begin = bucket_of(hash);
  for (auto place = begin; place < begin + bucket_size; ++place) {
    if (numbers_[place] != 0 && hashes_[place] != hash) continue;
    hashes_[place] = hash;
    numbers_[place] = number;
    return true;
  }
  return false;
}

void PersonNumbers::put(std::int64_t hash, std::int32_t number) {
  while (!try_put(hash, number)) {
    if (numbers_.size() < most_places_) {
      grow();
      continue;
    }
    is_complete_ = false;
    const auto victim = bucket_of(hash) + next_victim_++ % bucket_size;
    hashes_[victim] = hash;
    numbers_[victim] = number;
    return;
  }
}

// Every bucket falls apart into two.
void PersonNumbers::grow() {
  const auto hashes = std::exchange(hashes_, std::vector<std::int64_t>(hashes_.size() * 2));
  const auto numbers = std::exchange(numbers_, std::vector<std::int32_t>(numbers_.size() * 2));
  mask_ = mask_ * 2 + 1;
  for (std::size_t place = 0; place < numbers.size(); ++place) {
    if (numbers[place] != 0) try_put(hashes[place], numbers[place]);
  }
}

void PersonNumbers::remove(std::int64_t hash) {
  const auto begin = bucket_of(hash);
  for (auto place = begin; place < begin + bucket_size; ++place) {
    if (hashes_[place] == hash) numbers_[place] = 0;
  }
}

}  // namespace banso::usage
