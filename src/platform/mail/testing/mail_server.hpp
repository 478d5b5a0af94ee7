// A real mail server on the loopback for the length of a test: see tests/support/mail_server.sh.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace banso::platform::mail::testing {

class MailServer {
 public:
  // Null, saying why on standard error, where Exim and Dovecot are not installed or the test does not run as root.
  static std::unique_ptr<MailServer> start();
  ~MailServer();

  std::string smtp_url() const;
  std::string inbox_url() const;  // user inbox@vendor.test, password "secret"
  void stop_smtp() const;
  void start_smtp() const;

  // The messages that customers got, or the vendor's inbox; in no particular order.
  std::vector<std::string> received_by_customers() const;
  std::vector<std::string> received_by_vendor() const;
  // Waits until that many lie there, at most ten seconds; returns all.
  std::vector<std::string> await_customers(std::size_t count) const;
  std::vector<std::string> await_vendor(std::size_t count) const;

 private:
  MailServer() = default;

  std::filesystem::path folder_;
  int smtp_port_ = 0;
  int imap_port_ = 0;
};

}  // namespace banso::platform::mail::testing
