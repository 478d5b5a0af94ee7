// One connection of a client: reads requests, hands them to the workers, writes the answers.
//
//   head ─► plan (route, limits, refusal before the body is read) ─► body ─► lane: dispatcher ─► answer ─► next head
//
// Everything runs on the thread of the connection's loop, but for work on the lanes, which takes no part of the
// connection with it but the request. Time limits are kept by the loop, which asks expire() once a second: cheaper than
// a timer for each read and write.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>

#include "platform/http/dispatcher.hpp"
#include "platform/http/lane.hpp"
#include "platform/http/request_figures.hpp"

namespace banso::platform::http {

class SocketChannel;

// What all connections of a server share.
struct Surroundings {
  std::shared_ptr<const Dispatcher> dispatcher;
  std::shared_ptr<Lane> pages;
  std::shared_ptr<Lane> intake;
  std::shared_ptr<RequestFigures> figures;  // may be none
  std::size_t channel_buffer_bytes = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Clock = std::chrono::steady_clock;
  using Ended = std::function<void(const std::shared_ptr<Connection>&)>;

  Connection(boost::asio::ip::tcp::socket socket, const Surroundings& surroundings, Ended ended);

  void start();
  void expire(Clock::time_point now);  // closes the connection if it is over its time
  void end();                          // closes it once what is under way was answered

 private:
  friend class SocketChannel;
  using Error = boost::system::error_code;
  using Answer = boost::beast::http::response<boost::beast::http::string_body>;
  using AnswerWriter = boost::beast::http::response_serializer<boost::beast::http::string_body>;

  void read_head();
  void on_head(Error error);
  void take_head();
  void read_body();
  void on_body(Error error);
  void on_request();
  void refuse(Response response);
  void work();

  void send(Response response);
  void make_answer(const Response& response);
  void on_sent(Error error);
  void drain();
  void close();

  void begin_stream();
  void produce();
  void send_piece(bool more);

  void open_channel(OpenChannel open);
  void watch_for_end();
  void flush_channel();

  template <class Step>
  auto then(Step step);

  boost::asio::ip::tcp::socket socket_;
  const Surroundings& surroundings_;
  const Ended ended_;
  std::string remote_address_;
  Clock::time_point deadline_ = Clock::time_point::max();
  bool ending_ = false;
  bool closed_ = false;
  bool waiting_for_request_ = false;

  // The request being read or worked on.
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  Request request_;
  Plan plan_;
  Lane* lane_ = nullptr;
  Lane::Reservation reservation_;
  Clock::time_point complete_at_;
  std::string method_;
  bool head_only_ = false;
  bool gzip_accepted_ = false;
  bool keep_alive_ = false;
  bool chunks_understood_ = true;  // false for HTTP/1.0
  bool body_unread_ = false;

  // The answer being written.
  std::optional<Answer> answer_;
  std::optional<AnswerWriter> writer_;
  BodyStream stream_;
  std::string piece_;
  std::shared_ptr<SocketChannel> channel_;
  std::string scratch_;
};

}  // namespace banso::platform::http
