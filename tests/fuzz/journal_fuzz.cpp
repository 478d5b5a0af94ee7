// Damages the files of a journal as crashes and disks do, and opens it: what it hands out is what was written, in
// order, never anything else, and it takes new records. The first bytes of the input are the records, the rest the
// damage.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "journal.hpp"

namespace {

namespace journal = banso::platform::journal;

constexpr journal::Settings small{.segment_bytes = 4096, .limit_bytes = 1 << 20, .disk_reserve_bytes = 0};

void promise(bool kept) {
  if (!kept) std::abort();
}

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : at_(data), end_(data + size) {}
  bool is_empty() const { return at_ == end_; }
  std::uint8_t byte() { return at_ == end_ ? 0 : *at_++; }
  std::string text(std::size_t length) {
    const auto taken = std::min(length, static_cast<std::size_t>(end_ - at_));
    std::string text(reinterpret_cast<const char*>(at_), taken);
    at_ += taken;
    return text;
  }

 private:
  const std::uint8_t *at_, *end_;
};

std::filesystem::path fresh_folder() {
  static const auto folder = std::filesystem::path("/dev/shm") / ("banso-journal-fuzz-" + std::to_string(getpid()));
  std::filesystem::remove_all(folder);
  return folder;
}

std::vector<std::string> write_records(const std::filesystem::path& folder, Input& input) {
  const auto opened = journal::Journal::open(folder, small);
  opened->replay([](std::int64_t, std::string_view) { std::abort(); });
  std::vector<std::string> records;
  for (int count = input.byte() % 8; count > 0; --count) {
    records.push_back(input.text(input.byte()));
    // Some longer than what fits beside others in a segment.
    if (input.byte() % 4 == 0) records.back().append(1500, 'x');
    const auto number = opened->append(records.back());
    promise(number && *number == static_cast<std::int64_t>(records.size()));
  }
  return records;
}

// Overwrites single bytes, or cuts a file off. Whether anything differs now.
bool damage(const std::filesystem::path& folder, Input& input) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.file_size() > 0) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  bool has_changed = false;
  while (!input.is_empty() && !files.empty()) {
    const auto& file = files[input.byte() % files.size()];
    const auto size = std::filesystem::file_size(file);
    const auto at = static_cast<off_t>((input.byte() * 256ULL + input.byte()) % std::max<std::uintmax_t>(size, 1));
    const auto how = input.byte();
    if (how == 0) {
      std::filesystem::resize_file(file, static_cast<std::uintmax_t>(at));
      has_changed = true;
      continue;
    }
    const int handle = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    std::uint8_t value = 0;
    if (::pread(handle, &value, 1, at) == 1) {
      value = static_cast<std::uint8_t>(value ^ how);
      promise(::pwrite(handle, &value, 1, at) == 1);
      has_changed = true;
    }
    ::close(handle);
  }
  return has_changed;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  const auto folder = fresh_folder();
  const auto records = write_records(folder, input);
  const bool has_changed = damage(folder, input);

  std::vector<std::pair<std::int64_t, std::string>> found;
  std::int64_t next = 0;
  {
    const auto opened = journal::Journal::open(folder, small);
    opened->replay([&](std::int64_t number, std::string_view bytes) {
      promise(number >= 1 && number <= static_cast<std::int64_t>(records.size()));
      promise(found.empty() || number > found.back().first);
      promise(bytes == records[static_cast<std::size_t>(number - 1)]);
      found.emplace_back(number, bytes);
    });
    if (!has_changed) promise(found.size() == records.size());
    const auto number = opened->append("new");
    promise(number.has_value() && (found.empty() || *number > found.back().first));
    next = *number;
  }
  const auto again = journal::Journal::open(folder, small);
  std::size_t count = 0;
  again->replay([&](std::int64_t number, std::string_view bytes) {
    promise(count < found.size() ? number == found[count].first && bytes == found[count].second
                                 : number == next && bytes == "new");
    ++count;
  });
  promise(count == found.size() + 1);
  return 0;
}
