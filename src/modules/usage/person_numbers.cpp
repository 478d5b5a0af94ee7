#include "person_numbers.hpp"

#include <sodium.h>

#include <algorithm>
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

std::size_t PersonNumbers::place_of(std::int64_t hash) const {
  for (const auto bucket : {first_bucket(hash), second_bucket(hash)}) {
    for (auto place = bucket; place < bucket + bucket_size; ++place) {
      if (numbers_[place] != 0 && hashes_[place] == hash) return place;
    }
  }
  return numbers_.size();
}

std::int32_t PersonNumbers::find(std::int64_t hash) const {
  const auto place = place_of(hash);
  return place < numbers_.size() ? numbers_[place] : 0;
}

std::size_t PersonNumbers::free_places(std::size_t bucket) const {
  const auto begin = numbers_.begin() + static_cast<std::ptrdiff_t>(bucket);
  return static_cast<std::size_t>(std::count(begin, begin + bucket_size, 0));
}

// Into the emptier one of its buckets.
bool PersonNumbers::try_put(std::int64_t hash, std::int32_t number) {
  const auto first = first_bucket(hash), second = second_bucket(hash);
  const auto bucket = free_places(second) > free_places(first) ? second : first;
  for (auto place = bucket; place < bucket + bucket_size; ++place) {
    if (numbers_[place] != 0) continue;
    hashes_[place] = hash;
    numbers_[place] = number;
    return true;
  }
  return false;
}

void PersonNumbers::overwrite(std::int64_t hash, std::int32_t number) {
  is_complete_ = false;
  const auto victim = first_bucket(hash) + next_victim_++ % bucket_size;
  hashes_[victim] = hash;
  numbers_[victim] = number;
}

void PersonNumbers::put(std::int64_t hash, std::int32_t number) {
  if (const auto place = place_of(hash); place < numbers_.size()) {
    numbers_[place] = number;
    return;
  }
  while (!try_put(hash, number)) {
    if (numbers_.size() >= most_places_) return overwrite(hash, number);
    grow();
  }
}

void PersonNumbers::grow() {
  const auto hashes = std::exchange(hashes_, std::vector<std::int64_t>(hashes_.size() * 2));
  const auto numbers = std::exchange(numbers_, std::vector<std::int32_t>(numbers_.size() * 2));
  mask_ = mask_ * 2 + 1;
  for (std::size_t place = 0; place < numbers.size(); ++place) {
    if (numbers[place] != 0 && !try_put(hashes[place], numbers[place])) overwrite(hashes[place], numbers[place]);
  }
}

void PersonNumbers::remove(std::int64_t hash) {
  if (const auto place = place_of(hash); place < numbers_.size()) numbers_[place] = 0;
}

}  // namespace banso::usage
