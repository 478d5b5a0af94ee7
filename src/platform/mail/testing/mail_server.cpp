#include "mail_server.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

namespace banso::platform::mail::testing {
namespace {

constexpr int not_available = 77;
constexpr auto patience = std::chrono::seconds(10);

int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

int run(const std::string& words) {
  const auto command = fmt::format("bash {}/tests/support/mail_server.sh {} </dev/null", BANSO_SOURCE_DIR, words);
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::vector<std::string> messages_in(const std::filesystem::path& mailbox) {
  std::vector<std::string> messages;
  for (const char* part : {"new", "cur"}) {
    std::error_code absent;
    for (const auto& file : std::filesystem::directory_iterator(mailbox / part, absent)) {
      std::ifstream stream(file.path(), std::ios::binary);
      messages.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
  }
  return messages;
}

std::vector<std::string> await(const std::filesystem::path& mailbox, std::size_t count) {
  const auto end = std::chrono::steady_clock::now() + patience;
  auto messages = messages_in(mailbox);
  while (messages.size() < count && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    messages = messages_in(mailbox);
  }
  return messages;
}

}  // namespace

std::unique_ptr<MailServer> MailServer::start() {
  std::unique_ptr<MailServer> server(new MailServer());
  char name[] = "/tmp/banso-mail-XXXXXX";
  if (::mkdtemp(name) == nullptr) throw std::runtime_error("no folder for the mail server");
  server->folder_ = name;
  server->smtp_port_ = free_port();
  server->imap_port_ = free_port();
  const int code = run(fmt::format("start {} {} {}", name, server->smtp_port_, server->imap_port_));
  if (code == not_available) return nullptr;
  if (code != 0) throw std::runtime_error("the mail server does not start");
  return server;
}

MailServer::~MailServer() {
  run("stop " + folder_.string());
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string MailServer::smtp_url() const {
  return fmt::format("smtp://127.0.0.1:{}", smtp_port_);
}
std::string MailServer::inbox_url() const {
  return fmt::format("imap://127.0.0.1:{}/INBOX", imap_port_);
}
void MailServer::stop_smtp() const {
  if (run("stop-smtp " + folder_.string()) != 0) throw std::runtime_error("the mail server does not stop");
}
void MailServer::start_smtp() const {
  if (run("start-smtp " + folder_.string()) != 0) throw std::runtime_error("the mail server does not start again");
}

std::vector<std::string> MailServer::received_by_customers() const {
  return messages_in(folder_ / "mail/all@customer.test");
}
std::vector<std::string> MailServer::received_by_vendor() const {
  return messages_in(folder_ / "mail/inbox@vendor.test");
}
std::vector<std::string> MailServer::await_customers(std::size_t count) const {
  return await(folder_ / "mail/all@customer.test", count);
}
std::vector<std::string> MailServer::await_vendor(std::size_t count) const {
  return await(folder_ / "mail/inbox@vendor.test", count);
}

}  // namespace banso::platform::mail::testing
