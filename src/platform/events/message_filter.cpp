#include "message_filter.hpp"

namespace banso::platform::events {

constexpr std::size_t bits_per_message = 12;

MessageFilter::MessageFilter(std::size_t messages) : blocks_(messages * bits_per_message / 512 + 1) {}

}  // namespace banso::platform::events
