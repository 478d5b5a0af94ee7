// A client of ClickHouse's HTTP interface. Connections are kept and used again; requests to several servers run at the
// same time on the calling thread. Works with every version since 18.16.
//
// Threading: all functions may be called from any thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace banso::platform::clickhouse {

// What ClickHouse or the way to it refused. The message names the server and never holds a password.
class Error : public std::runtime_error {
 public:
  // No answer: cannot connect, connection lost, silent for too long. The request may have been carried out or not.
  static constexpr int unreachable = 0;

  Error(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  int code() const { return code_; }  // ClickHouse's error code, or `unreachable`

 private:
  int code_;
};

// "http://host:8123", "https://user:password@host:8443". std::invalid_argument for anything else.
class Address {
 public:
  explicit Address(std::string_view url);

  const std::string& url() const { return url_; }    // without user and password
  const std::string& name() const { return name_; }  // "host:8123", for messages
  const std::string& user() const { return user_; }
  const std::string& password() const { return password_; }
  bool operator==(const Address&) const = default;

 private:
  std::string url_, name_, user_, password_;
};

// A list of values to compare with, for lists too long for a statement: "... WHERE id IN wanted".
struct ExternalTable {
  std::string name;
  std::string structure;  // "id Int64"
  std::string rows;       // RowBinary
};

struct Request {
  std::vector<Address> to;  // replicas of each other: the next is tried where one gives no answer
  std::string sql;
  std::string rows;  // of an INSERT ... FORMAT RowBinary
  std::vector<ExternalTable> tables;
  std::vector<std::pair<std::string, std::string>> settings;  // ClickHouse's
  int silence_timeout_ms = 0;                                 // 0: that of Limits
};

struct Limits {
  int connect_timeout_ms = 1000;
  // Nothing sent and nothing received for this long: given up. A server at work on a query is silent, too (18.16 shows
  // no progress while it holds an answer back), so this bounds the time of a query.
  int silence_timeout_ms = 10'000;
};

class Client {
 public:
  explicit Client(const Limits& limits = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Runs all at the same time and waits for all of them. Answers in the order of the requests. Throws the first failure
  // (Error) after the last request has ended.
  std::vector<std::string> run(std::span<const Request> requests);
  std::string run(const Request& request);

  // The answer piece by piece as it arrives. The server sends none of it before the query has succeeded.
  void stream(const Request& request, const std::function<void(std::string_view)>& visit);

 private:
  struct Connections;  // a curl handle that keeps connections, used by one thread at a time
  class Loan;

  Limits limits_;
  std::mutex idle_mutex_;
  std::vector<std::unique_ptr<Connections>> idle_;
};

}  // namespace banso::platform::clickhouse
