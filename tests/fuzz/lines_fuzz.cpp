// Throws bytes at the reading of uploaded lines, plain or packed with gzip or zstd: any file gives lines in order, none
// longer than asked for, or a complaint, in bounded memory.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "platform/text/line_reader.hpp"

namespace text = banso::platform::text;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t longest_bytes = 300;
  constexpr std::int64_t enough_lines = 100'000;  // a few bytes can be packed gigabytes of line ends
  const int handle = memfd_create("lines", MFD_CLOEXEC);
  if (write(handle, data, size) < 0) std::abort();
  if (auto source = text::ByteSource::open("/proc/self/fd/" + std::to_string(handle))) {
    text::LineReader reader(std::move(*source), longest_bytes);
    text::LineReader::Line line;
    std::int64_t number = 0;
    while (number < enough_lines) {
      const auto found = reader.next(line);
      if (!found || !*found) break;
      if (line.number != ++number || line.text.size() > longest_bytes) std::abort();
      if (line.text.find('\n') != std::string_view::npos || (line.too_long && !line.text.empty())) std::abort();
    }
  }
  close(handle);
  return 0;
}
