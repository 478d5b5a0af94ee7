#include "load_generator.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>
#include <stdexcept>

#include <fmt/format.h>

#include "base64.hpp"

namespace banso::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto retry_after = std::chrono::milliseconds(20);
constexpr auto look_every = std::chrono::milliseconds(100);
constexpr auto patience = std::chrono::seconds(60);  // without any answer: the server is dead

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(fmt::format("{}: {}", what, std::strerror(errno)));
}

// A whole request, ready to send but for the message ids.
struct PreparedRequest {
  std::string bytes;
  std::vector<std::size_t> message_ids;
};

PreparedRequest prepare(const Batch& batch, const std::string& write_key) {
  PreparedRequest request;
  request.bytes = fmt::format(
      "POST /v1/batch HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Basic {}\r\n"
      "Content-Length: {}\r\n\r\n",
      base64(write_key + ":"), batch.body.size());
  const auto head = request.bytes.size();
  request.bytes += batch.body;
  for (const auto offset : batch.message_ids) request.message_ids.push_back(head + offset);
  return request;
}

struct Answer {
  int status = 0;
  std::string_view head, body;
};

// Reads answers off a connection; they are small.
class AnswerReader {
 public:
  // True once an answer is whole.
  bool read(int socket) {
    char piece[4096];
    for (;;) {
      const auto got = ::recv(socket, piece, sizeof piece, 0);
      if (got > 0) {
        bytes_.append(piece, static_cast<std::size_t>(got));
        if (is_whole()) return true;
      } else if (got == 0) {
        throw std::runtime_error("the server closed a connection");
      } else if (errno == EAGAIN) {
        return false;
      } else if (errno != EINTR) {
        fail("recv");
      }
    }
  }

  Answer take() const {
    Answer answer;
    std::from_chars(bytes_.data() + status_at, bytes_.data() + status_at + 3, answer.status);
    answer.head = std::string_view(bytes_).substr(0, head_bytes_);
    answer.body = std::string_view(bytes_).substr(head_bytes_);
    return answer;
  }
  void clear() { bytes_.clear(); }

 private:
  static constexpr std::size_t status_at = 9;  // "HTTP/1.1 200"

  bool is_whole() {
    const auto end = bytes_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    head_bytes_ = end + 4;
    return bytes_.size() >= head_bytes_ + content_length();
  }

  std::size_t content_length() const {
    constexpr std::string_view name = "\r\ncontent-length: ";
    const auto lower = [](char left, char right) { return (left >= 'A' && left <= 'Z' ? left + 32 : left) == right; };
    const auto found = std::search(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(head_bytes_),
                                   name.begin(), name.end(), lower);
    if (found == bytes_.begin() + static_cast<std::ptrdiff_t>(head_bytes_)) return 0;
    std::size_t length = 0;
    const char* digits = bytes_.data() + (found - bytes_.begin()) + name.size();
    std::from_chars(digits, bytes_.data() + head_bytes_, length);
    return length;
  }

  std::string bytes_;
  std::size_t head_bytes_ = 0;
};

struct Connection {
  int socket = -1;
  std::vector<PreparedRequest> requests;
  std::size_t turn = 0;
  std::size_t sent_bytes = 0;
  bool is_busy = false;
  bool is_repeating = false;  // the last one was refused: the same again, with the same ids
  Clock::time_point due;      // not before
  Clock::time_point started;
  AnswerReader reader;

  PreparedRequest& request() { return requests[turn % requests.size()]; }
};

class Load {
 public:
  Load(const std::vector<Batch>& batches, const LoadSettings& settings) : settings_(settings) {
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    if (epoll_ < 0) fail("epoll_create1");
    result_.next_message = settings.first_message;
    connections_.resize(static_cast<std::size_t>(settings.connections));
    for (std::size_t i = 0; i < batches.size(); ++i) {
      connections_[i % connections_.size()].requests.push_back(prepare(batches[i], settings.write_key));
    }
    events_of_batch_ = static_cast<std::int64_t>(batches.front().message_ids.size());
    for (auto& connection : connections_) open(connection);
  }
  ~Load() {
    for (auto& connection : connections_) ::close(connection.socket);
    ::close(epoll_);
  }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  LoadResult run(const std::function<void()>& while_running) {
    const auto cpu_before = cpu_seconds();
    started_ = Clock::now();
    ends_ = started_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(settings_.seconds));
    last_answer_ = started_;
    pace();
    auto looked = started_;
    while (is_anything_left()) {
      wait();
      if (Clock::now() - last_answer_ > patience) throw std::runtime_error("no answer for a minute");
      if (while_running && Clock::now() - looked > look_every) {
        looked = Clock::now();
        while_running();
      }
    }
    result_.seconds = std::chrono::duration<double>(last_answer_ - started_).count();
    result_.cpu_seconds = cpu_seconds() - cpu_before;
    std::sort(result_.ack_us.begin(), result_.ack_us.end());
    return std::move(result_);
  }

 private:
  static double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
  }

  void open(Connection& connection) {
    connection.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection.socket < 0) fail("socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(settings_.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(connection.socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("connect");
    if (fcntl(connection.socket, F_SETFL, O_NONBLOCK) != 0) fail("fcntl");
    const int on = 1;
    setsockopt(connection.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_event interest{};
    interest.events = EPOLLIN | EPOLLOUT | EPOLLET;
    interest.data.ptr = &connection;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &interest) != 0) fail("epoll_ctl");
  }

  bool is_anything_left() const {
    if (Clock::now() < ends_) return true;
    return std::any_of(connections_.begin(), connections_.end(),
                       [](const Connection& each) { return each.is_busy || each.is_repeating; });
  }

  // With a pace, the connections take turns; each is due again after one batch of all the others.
  void pace() {
    for (std::size_t i = 0; i < connections_.size(); ++i)
      connections_[i].due = started_ + interval() * static_cast<int>(i);
  }
  Clock::duration interval() const {
    if (settings_.events_per_s <= 0) return {};
    return std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(static_cast<double>(events_of_batch_) / settings_.events_per_s));
  }

  void wait() {
    start_what_is_due();
    epoll_event ready[64];
    const int count = epoll_wait(epoll_, ready, 64, 1);
    if (count < 0 && errno != EINTR) fail("epoll_wait");
    for (int i = 0; i < count; ++i) advance(*static_cast<Connection*>(ready[i].data.ptr));
  }

  void start_what_is_due() {
    const auto now = Clock::now();
    for (auto& connection : connections_) {
      if (!connection.is_busy && connection.due <= now && (connection.is_repeating || now < ends_))
        start(connection, now);
    }
  }

  void start(Connection& connection, Clock::time_point now) {
    if (!connection.is_repeating) {
      auto& request = connection.request();
      for (const auto offset : request.message_ids)
        write_message_id(request.bytes.data() + offset, result_.next_message++);
      connection.started = settings_.events_per_s > 0 ? connection.due : now;
    }
    connection.is_busy = true;
    connection.sent_bytes = 0;
    send_more(connection);
  }

  void send_more(Connection& connection) {
    const auto& bytes = connection.request().bytes;
    while (connection.sent_bytes < bytes.size()) {
      const auto sent = ::send(connection.socket, bytes.data() + connection.sent_bytes,
                               bytes.size() - connection.sent_bytes, MSG_NOSIGNAL);
      if (sent >= 0) {
        connection.sent_bytes += static_cast<std::size_t>(sent);
      } else if (errno == EAGAIN) {
        return;
      } else if (errno != EINTR) {
        fail("send");
      }
    }
  }

  void advance(Connection& connection) {
    if (!connection.is_busy) return;
    send_more(connection);
    if (!connection.reader.read(connection.socket)) return;
    finish(connection, connection.reader.take());
    connection.reader.clear();
    const auto now = Clock::now();
    if (connection.due <= now && (connection.is_repeating || now < ends_)) start(connection, now);
  }

  void finish(Connection& connection, const Answer& answer) {
    const auto now = last_answer_ = Clock::now();
    connection.is_busy = false;
    connection.is_repeating = answer.status == 429 || answer.status == 503;
    if (connection.is_repeating) {
      ++result_.refused;
      connection.due = now + retry_after;
      return;
    }
    if (answer.status == 200) {
      result_.acknowledged += events_of_batch_;
      const auto took = std::chrono::duration_cast<std::chrono::microseconds>(now - connection.started).count();
      result_.ack_us.push_back(static_cast<std::uint32_t>(took));
    } else if (++result_.failed == 1) {
      result_.first_failure = fmt::format("{}: {}", answer.status, answer.body.substr(0, 500));
    }
    ++connection.turn;
    if (settings_.events_per_s > 0) {
      connection.due = connection.started + interval() * static_cast<int>(connections_.size());
    } else {
      connection.due = now;
    }
  }

  LoadSettings settings_;
  int epoll_ = -1;
  std::int64_t events_of_batch_ = 0;
  std::vector<Connection> connections_;
  Clock::time_point started_, ends_, last_answer_;
  LoadResult result_;
};

}  // namespace

double LoadResult::ack_ms(double share) const {
  if (ack_us.empty()) return std::nan("");
  const auto last = ack_us.size() - 1;
  const auto at = std::min(last, static_cast<std::size_t>(share * static_cast<double>(ack_us.size())));
  return ack_us[at] / 1000.0;
}

LoadResult send_load(const std::vector<Batch>& batches, const LoadSettings& settings,
                     const std::function<void()>& while_running) {
  return Load(batches, settings).run(while_running);
}

}  // namespace banso::bench
