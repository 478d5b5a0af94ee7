// CRC-32C (Castagnoli), by the processor's own instruction where there is one.
#pragma once

#include <cstdint>
#include <string_view>

namespace banso::platform::journal {

// Continues a checksum over more bytes; begin with 0.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

// The same for machines without that instruction.
std::uint32_t crc32c_by_table(std::string_view bytes, std::uint32_t before = 0);

}  // namespace banso::platform::journal
