#include "clickhouse_cluster.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <vector>

namespace banso::platform::clickhouse::testing {
namespace {

constexpr auto start_timeout = std::chrono::seconds(60);

std::filesystem::path find_server() {
  for (const char* place : {"/usr/sbin/clickhouse-server", "/usr/bin/clickhouse-server"}) {
    if (access(place, X_OK) == 0) return place;
  }
  return {};
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

// All are held until the last is known, so that they differ.
std::vector<int> free_ports(int count) {
  std::vector<int> ports, sockets;
  for (int index = 0; index < count; ++index) {
    const int holder = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (bind(holder, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        getsockname(holder, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("no free port");
    ports.push_back(ntohs(address.sin_port));
    sockets.push_back(holder);
  }
  for (const int holder : sockets) close(holder);
  return ports;
}

bool answers(int port) {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = loopback(port);
  const bool connected = connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(probe);
  return connected;
}

[[noreturn]] void execute(const std::vector<std::string>& command, const std::filesystem::path& folder) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // never outlive the tests, even when they crash
  if (chdir(folder.c_str()) != 0) _exit(126);
  const int output = open("console", O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  std::vector<char*> arguments;
  for (const auto& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

pid_t spawn(const std::vector<std::string>& command, const std::filesystem::path& folder) {
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot start " + command.front());
  if (child == 0) execute(command, folder);
  return child;
}

}  // namespace

Cluster* Cluster::shared() {
  // In memory where that is possible: tests leave tens of thousands of small files, which a disk takes long to remove.
  static const std::unique_ptr<Cluster> cluster =
      start(access("/dev/shm", W_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path());
  return cluster.get();
}

std::unique_ptr<Cluster> Cluster::start(const std::filesystem::path& below) {
  if (find_server().empty()) return nullptr;
  return std::unique_ptr<Cluster>(new Cluster(below));
}

Cluster::Cluster(const std::filesystem::path& below) {
  std::string pattern = (below / "banso-clickhouse-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  folder_ = pattern;
  const auto ports = free_ports(3 * shards);
  std::vector<std::string> command{BANSO_SOURCE_DIR "/tools/dev/clickhouse_cluster.sh", "configure", folder_.string()};
  for (const int port : ports) command.push_back(std::to_string(port));
  for (int shard = 0; shard < shards; ++shard) http_ports_[shard] = ports[3 * shard];
  int status = 0;
  waitpid(spawn(command, folder_), &status, 0);
  if (status != 0) throw std::runtime_error("cannot configure ClickHouse; see " + (folder_ / "console").string());
  for (int shard = 0; shard < shards; ++shard) launch(shard);
  for (int shard = 0; shard < shards; ++shard) wait_until_ready(shard);
}

void Cluster::launch(int shard) {
  const auto folder = folder_ / ("shard" + std::to_string(shard + 1));
  std::filesystem::remove(folder / "data" / "status");  // the lock of a server that was killed
  servers_[shard] = spawn({find_server().string(), "--config-file=" + (folder / "config.xml").string()}, folder);
}

void Cluster::wait_until_ready(int shard) {
  const auto deadline = std::chrono::steady_clock::now() + start_timeout;
  while (!answers(http_ports_[shard])) {
    if (std::chrono::steady_clock::now() > deadline || waitpid(servers_[shard], nullptr, WNOHANG) != 0) {
      throw std::runtime_error("ClickHouse does not start; see " + folder_.string());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

Cluster::~Cluster() {
  for (int shard = 0; shard < shards; ++shard) kill(shard);  // nothing of it is to be kept
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Cluster::address(int shard) const {
  return "http://127.0.0.1:" + std::to_string(http_ports_.at(shard));
}

std::string Cluster::new_store_url() {
  return "clickhouse:" + address(0) + "," + address(1) + "?cluster=banso&database=test_" + std::to_string(++databases_);
}

void Cluster::pause(int shard) {
  ::kill(servers_.at(shard), SIGSTOP);
  waitpid(servers_.at(shard), nullptr, WUNTRACED);  // until the last of its threads stands still
}

void Cluster::resume(int shard) {
  ::kill(servers_.at(shard), SIGCONT);
}

void Cluster::kill(int shard) {
  auto& server = servers_.at(shard);
  if (server <= 0) return;
  ::kill(server, SIGKILL);
  waitpid(server, nullptr, 0);
  server = -1;
}

void Cluster::run(int shard) {
  launch(shard);
  wait_until_ready(shard);
}

}  // namespace banso::platform::clickhouse::testing
