#include "postgres_cluster.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include <libpq-fe.h>

namespace banso::platform::records::testing {
namespace {

constexpr auto start_timeout = std::chrono::seconds(30);

// Debian keeps the server's programs out of the path: /usr/lib/postgresql/15/bin. The newest wins.
std::optional<std::filesystem::path> find_programs() {
  std::vector<std::filesystem::path> found;
  std::error_code none;
  for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", none)) {
    if (std::filesystem::exists(version.path() / "bin" / "initdb", none)) found.push_back(version.path() / "bin");
  }
  if (found.empty()) return std::nullopt;
  return *std::max_element(found.begin(), found.end());
}

// PostgreSQL refuses to run as root; then it runs as the user that the Debian package made.
const passwd* user_to_run_as() {
  return geteuid() == 0 ? getpwnam("postgres") : getpwuid(geteuid());
}

[[noreturn]] void become_and_execute(const std::vector<std::string>& command, const std::filesystem::path& folder) {
  const auto* user = user_to_run_as();
  if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
    _exit(126);
  prctl(PR_SET_PDEATHSIG, SIGQUIT);  // never outlive the tests, even when they crash
  if (chdir(folder.c_str()) != 0) _exit(126);
  const int output = open("log", O_WRONLY | O_CREAT | O_APPEND, 0600);
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
  if (child == 0) become_and_execute(command, folder);
  return child;
}

}  // namespace

PostgresCluster* PostgresCluster::shared() {
  static const std::unique_ptr<PostgresCluster> cluster = []() -> std::unique_ptr<PostgresCluster> {
    const auto programs = find_programs();
    if (!programs || user_to_run_as() == nullptr) return nullptr;
    return std::unique_ptr<PostgresCluster>(new PostgresCluster(*programs));
  }();
  return cluster.get();
}

PostgresCluster::PostgresCluster(std::filesystem::path programs) {
  // The socket's path must stay under 107 bytes, so the folder is directly below /tmp.
  std::string pattern = "/tmp/banso-pg-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  folder_ = pattern;
  const auto* user = user_to_run_as();
  if (chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("cannot hand over " + pattern);
  initialise(programs);
  start(programs);
}

void PostgresCluster::initialise(const std::filesystem::path& programs) {
  const pid_t child = spawn({(programs / "initdb").string(), "--pgdata", (folder_ / "data").string(), "--username",
                             "banso", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"},
                            folder_);
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) throw std::runtime_error("initdb failed; see " + (folder_ / "log").string());
}

void PostgresCluster::start(const std::filesystem::path& programs) {
  server_ = spawn(
      {(programs / "postgres").string(), "-D", (folder_ / "data").string(), "-k", folder_.string(), "-h", "", "-c",
       "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "client_min_messages=warning"},
      folder_);
  wait_until_ready();
}

void PostgresCluster::wait_until_ready() const {
  const auto deadline = std::chrono::steady_clock::now() + start_timeout;
  while (PQping(connection("postgres").c_str()) != PQPING_OK) {
    if (std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("PostgreSQL does not start; see " + (folder_ / "log").string());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

PostgresCluster::~PostgresCluster() {
  if (server_ > 0) {
    kill(server_, SIGINT);  // fast shutdown: does not wait for clients
    waitpid(server_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string PostgresCluster::connection(const std::string& database) const {
  return "host=" + folder_.string() + " user=banso dbname=" + database;
}

std::string PostgresCluster::create_database() {
  const std::string name = "test_" + std::to_string(++databases_);
  const std::unique_ptr<PGconn, decltype(&PQfinish)> administration(PQconnectdb(connection("postgres").c_str()),
                                                                    PQfinish);
  const std::unique_ptr<PGresult, decltype(&PQclear)> created(
      PQexec(administration.get(), ("CREATE DATABASE " + name).c_str()), PQclear);
  if (PQresultStatus(created.get()) != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(administration.get()));
  return "postgresql:" + connection(name);
}

}  // namespace banso::platform::records::testing
