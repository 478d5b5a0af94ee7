#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

#include "platform/metrics/metrics.hpp"

namespace banso::platform::metrics {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

// From /proc/self/statm; nothing where there is no such file.
std::optional<double> resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t total_pages = 0;
  std::int64_t resident_pages = 0;
  if (!(file >> total_pages >> resident_pages)) return std::nullopt;
  return static_cast<double>(resident_pages * sysconf(_SC_PAGESIZE));
}

std::optional<double> open_files() {
  std::error_code error;
  double count = -1;  // the listing itself holds one open
  for (std::filesystem::directory_iterator entry("/proc/self/fd", error), end; !error && entry != end;
       entry.increment(error)) {
    ++count;
  }
  return error ? std::nullopt : std::optional(count);
}

}  // namespace

void add_process_figures(Registry& registry) {
  registry.gauge("process_start_time_seconds", "Start of the process, in seconds since 1970.")
      .set(static_cast<double>(time(nullptr)));
  registry.on_scrape([](Scrape& scrape) {
    if (const auto bytes = resident_bytes()) {
      scrape.gauge("process_resident_memory_bytes", "Memory of the process that is in RAM.", *bytes);
    }
    if (const auto files = open_files()) {
      scrape.gauge("process_open_fds", "Files and sockets that the process holds open.", *files);
    }
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
      scrape.gauge("process_max_fds", "How many files and sockets it may hold open.",
                   static_cast<double>(limit.rlim_cur));
    }
    rusage used{};
    if (getrusage(RUSAGE_SELF, &used) == 0) {
      scrape.counter("process_cpu_seconds_total", "Processor time used.",
                     seconds(used.ru_utime) + seconds(used.ru_stime));
    }
  });
}

}  // namespace banso::platform::metrics
