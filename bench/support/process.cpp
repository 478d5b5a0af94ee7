#include "process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

namespace banso::bench {
namespace {

pid_t start(const std::vector<std::string>& command, const std::filesystem::path& log) {
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::ofstream(log, std::ios::trunc).close();  // so that nobody reads what an earlier run printed
  const auto pid = fork();
  if (pid < 0) throw std::runtime_error("fork failed");
  if (pid > 0) return pid;
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int out = ::open(log.c_str(), O_WRONLY | O_APPEND, 0600);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

std::string text_of(const std::filesystem::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

Process::Process(const std::vector<std::string>& command, const std::filesystem::path& log)
    : pid_(start(command, log)), log_(log) {}

Process::~Process() {
  stop();
}

std::string Process::output() const {
  return text_of(log_);
}

std::string Process::wait_for(const std::string& words, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end) {
    const auto text = output();
    if (const auto found = text.find(words); found != std::string::npos) {
      const auto from = found + words.size();
      const auto to = text.find_first_of(" \r\n", from);
      if (to != std::string::npos) return text.substr(from, to - from);
    }
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  throw std::runtime_error(fmt::format("a program did not say \"{}\":\n{}", words, output()));
}

void Process::stop() {
  if (pid_ < 0) return;
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

double Process::resident_mib() const {
  std::ifstream status(fmt::format("/proc/{}/status", pid_));
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) / 1024;
  }
  return 0;
}

double Process::cpu_seconds() const {
  // The name in brackets may contain blanks; utime and stime are the 12th and 13th field after it.
  auto line = text_of(fmt::format("/proc/{}/stat", pid_));
  std::istringstream fields(line.substr(line.rfind(')') + 1));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

void run(const std::vector<std::string>& command, const std::filesystem::path& log) {
  int status = 0;
  waitpid(start(command, log), &status, 0);
  if (status != 0) throw std::runtime_error(fmt::format("{} failed:\n{}", command.front(), text_of(log)));
}

}  // namespace banso::bench
