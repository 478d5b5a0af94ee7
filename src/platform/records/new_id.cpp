#include <atomic>

#include "platform/records/change_follower.hpp"
#include "platform/records/node_registry.hpp"

namespace banso::platform::records {
namespace {

// 49 bits that grow with time (milliseconds since 2024, times 256), then 4 bits for the node: 53 in all.
constexpr std::int64_t epoch_milliseconds = 1'704'067'200'000;
constexpr int sequence_bits = 8;
constexpr int node_bits = 4;
static_assert(most_nodes == 1 << node_bits);

std::atomic<std::int64_t> last_counter{0};
std::atomic<std::int64_t> node{0};

}  // namespace

std::int64_t new_id() {
  const std::int64_t milliseconds = core::now().microseconds / 1000 - epoch_milliseconds;
  const std::int64_t by_clock = milliseconds << sequence_bits;
  std::int64_t last = last_counter.load(std::memory_order_relaxed);
  std::int64_t next = 0;
  do {
    // More than 256 ids in a millisecond borrow from the future; a clock set back keeps counting upwards.
    next = std::max(last + 1, by_clock);
  } while (!last_counter.compare_exchange_weak(last, next, std::memory_order_relaxed));
  return (next << node_bits) | node.load(std::memory_order_relaxed);
}

void set_node_number(int node_number) {
  node.store(node_number & ((1 << node_bits) - 1));
}

std::int64_t first_id_at(core::Instant at) {
  return (at.microseconds / 1000 - epoch_milliseconds) << (sequence_bits + node_bits);
}

}  // namespace banso::platform::records
