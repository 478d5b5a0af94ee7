// Fuzzes the reading of delimited text: any bytes must give rows or complaints, within bounds, and never the same line
// twice; every cell must pass through type detection.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "cell_types.hpp"
#include "platform/text/delimited.hpp"

using namespace banso::integrations;
using namespace banso::platform::text;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  constexpr Encoding encodings[]{Encoding::utf8, Encoding::cp932, Encoding::utf16_little_endian,
                                 Encoding::utf16_big_endian, Encoding::windows_1252};
  const Encoding encoding = encodings[data[0] % 5];
  const char delimiter = ",\t;|"[data[1] % 4];
  const int handle = memfd_create("table", 0);
  if (write(handle, data + 2, size - 2) < 0) std::abort();
  const std::string path = "/proc/self/fd/" + std::to_string(handle);
  auto source = ByteSource::open(path);
  if (!source) std::abort();
  RecordReader reader(std::move(*source), encoding, delimiter);
  TypeDetector types;
  Row row;
  std::int64_t previous_line = 0;
  while (true) {
    const auto found = reader.next(row);
    if (!found || !*found) break;
    if (row.line <= previous_line || row.cells.empty() || row.cells.size() > RecordReader::cells_max + 1) std::abort();
    previous_line = row.line;
    for (const std::string_view cell : row.cells) types.add(cell);
  }
  (void)types.type();
  close(handle);
  return 0;
}
