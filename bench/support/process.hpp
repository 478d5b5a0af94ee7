// A program that a benchmark starts, watches and stops.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace banso::bench {

class Process {
 public:
  // What it prints goes to the log file. Ends with its parent.
  Process(const std::vector<std::string>& command, const std::filesystem::path& log);
  ~Process();  // stops it
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // The part of its output that follows `words` up to the next white space, once it is there. Throws after `seconds`,
  // or when the program has ended.
  std::string wait_for(const std::string& words, double seconds);

  void stop();  // SIGTERM, and waits
  double resident_mib() const;
  double cpu_seconds() const;  // user and system, all threads

 private:
  std::string output() const;

  pid_t pid_ = -1;
  std::filesystem::path log_;
};

// Runs it to its end; throws with its output where it fails.
void run(const std::vector<std::string>& command, const std::filesystem::path& log);

}  // namespace banso::bench
