#include "platform/http/connection.hpp"

#include <fmt/format.h>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include "core/ascii.hpp"
#include "platform/http/gzip.hpp"
#include "platform/http/socket_channel.hpp"
#include "platform/http/url.hpp"
#include "platform/log/log.hpp"

namespace banso::platform::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using namespace std::chrono_literals;

constexpr auto head_time = 75s;  // from the last answer, or from connecting, to the end of the next head
constexpr auto body_time = 30s;  // and more for what is long:
constexpr std::int64_t slowest_bytes_a_second = 16 << 10;
constexpr auto write_time = 5min;  // of an answer or a piece of one
constexpr auto drain_time = 5s;
constexpr std::size_t head_limit_bytes = 48 << 10;
constexpr std::size_t head_buffer_bytes = 4 << 10;
constexpr std::size_t compress_from_bytes = 2048;

bool compressible(const Response& response) {
  return response.body.size() >= compress_from_bytes &&
         (response.content_type.starts_with("text/") || response.content_type.find("json") != std::string::npos ||
          response.content_type.find("svg") != std::string::npos);
}

core::Error too_busy() {
  return core::Error::unavailable(
      {"The server is busy. Try again in a few seconds.", "混み合っています。数秒後にもう一度お試しください。"});
}

core::Error not_http() {
  return core::Error::invalid(
      {"This is not a request in HTTP that can be understood.", "HTTPのリクエストとして読み取れません。"});
}

// A line end within a value would begin another field.
std::string_view one_line(std::string_view value) {
  return value.substr(0, value.find_first_of("\r\n"));
}

// What a browser needs to know of a page; programs that send events do not read it.
void set_browser_rules(wire::fields& fields) {
  fields.set("X-Content-Type-Options", "nosniff");
  fields.set("X-Frame-Options", "DENY");
  fields.set("Referrer-Policy", "same-origin");
  fields.set("Content-Security-Policy",
             "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
             "frame-ancestors 'none'; base-uri 'self'; form-action 'self'");
}

}  // namespace

// Keeps the connection alive until the step is taken; nothing happens after it was closed.
template <class Step>
auto Connection::then(Step step) {
  return [self = shared_from_this(), step](Error error, std::size_t = 0) {
    if (!self->closed_) step(*self, error);
  };
}

Connection::Connection(asio::ip::tcp::socket socket, const Surroundings& surroundings, Ended ended)
    : socket_(std::move(socket)), surroundings_(surroundings), ended_(std::move(ended)) {
  Error ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  const auto remote = socket_.remote_endpoint(ignored);
  if (!ignored) remote_address_ = remote.address().to_string();
}

void Connection::start() {
  read_head();
}

void Connection::expire(Clock::time_point now) {
  if (now > deadline_) close();
}

void Connection::end() {
  ending_ = true;
  if (channel_) return channel_->close();
  if (waiting_for_request_) close();
}

void Connection::close() {
  if (closed_) return;
  closed_ = true;
  if (channel_) channel_->lost();
  Error ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  ended_(shared_from_this());
}

// ------------------------------------------------------------------------------------------------------------ requests

void Connection::read_head() {
  if (ending_) return close();
  buffer_.reserve(head_buffer_bytes);
  parser_.emplace();
  parser_->header_limit(head_limit_bytes);
  parser_->body_limit(boost::none);  // known once the route is
  deadline_ = Clock::now() + head_time;
  waiting_for_request_ = true;
  wire::async_read_header(socket_, buffer_, *parser_, then([](Connection& self, Error error) { self.on_head(error); }));
}

void Connection::on_head(Error error) {
  waiting_for_request_ = false;
  if (error) {
    const bool gone = error.category() != wire::make_error_code(wire::error::bad_method).category() ||
                      error == wire::error::end_of_stream || error == wire::error::partial_message;
    if (gone) return close();
    body_unread_ = true;
    keep_alive_ = false;
    head_only_ = gzip_accepted_ = false;
    plan_ = {};
    return send(problem(not_http(), core::Language::en));
  }
  take_head();
  const auto announced = parser_->content_length();
  plan_ = surroundings_.dispatcher->plan(method_, request_,
                                         announced ? std::optional<std::uint64_t>(*announced) : std::nullopt);
  lane_ = plan_.intake ? surroundings_.intake.get() : surroundings_.pages.get();
  body_unread_ = parser_->chunked() || announced.value_or(0) > 0;
  if (plan_.refusal) return refuse(std::move(*plan_.refusal));
  if (!body_unread_) return on_request();
  const std::uint64_t most = parser_->chunked() ? plan_.body_limit_bytes : *announced;
  if (!lane_->reserve(static_cast<std::int64_t>(most), reservation_)) {
    return refuse(surroundings_.dispatcher->refuse(plan_, too_busy(), request_.language));
  }
  deadline_ = Clock::now() + body_time + std::chrono::seconds(static_cast<std::int64_t>(most) / slowest_bytes_a_second);
  if (beast::iequals(parser_->get()[wire::field::expect], "100-continue")) {
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    return asio::async_write(socket_, asio::buffer(go_on), then([](Connection& self, Error failed) {
                               return failed ? self.close() : self.read_body();
                             }));
  }
  read_body();
}

void Connection::take_head() {
  const auto& head = parser_->get();
  method_ = std::string_view(head.method_string());
  head_only_ = method_ == "HEAD";
  keep_alive_ = head.keep_alive();
  chunks_understood_ = head.version() >= 11;
  request_ = {};
  Target target = parse_target(std::string_view(head.target()));
  request_.path = std::move(target.path);
  request_.query = std::move(target.query);
  request_.headers.reserve(16);
  for (const auto& field : head) {
    request_.headers.add(core::lower_case(std::string_view(field.name_string())), std::string_view(field.value()));
  }
  request_.remote_address = remote_address_;
  gzip_accepted_ = request_.header("accept-encoding").find("gzip") != std::string::npos;
}

// A body of known length goes straight to where the handler finds it.
void Connection::read_body() {
  if (parser_->chunked()) {
    parser_->body_limit(plan_.body_limit_bytes);
    return wire::async_read(socket_, buffer_, *parser_, then([](Connection& self, Error error) {
                              if (!error) self.request_.body = std::move(self.parser_->get().body());
                              self.on_body(error);
                            }));
  }
  request_.body.resize(*parser_->content_length());
  const std::size_t here = std::min(buffer_.size(), request_.body.size());
  std::memcpy(request_.body.data(), buffer_.data().data(), here);
  buffer_.consume(here);
  if (here == request_.body.size()) return on_body({});
  asio::async_read(socket_, asio::buffer(request_.body.data() + here, request_.body.size() - here),
                   then([](Connection& self, Error error) { self.on_body(error); }));
}

void Connection::on_body(Error error) {
  if (error == wire::error::body_limit) {
    return refuse(surroundings_.dispatcher->refuse(
        plan_,
        core::Error::too_large({"The body is larger than this address takes. Send less at once.",
                                "本文が上限を超えています。分割して送信してください。"}),
        request_.language));
  }
  if (error) return close();
  body_unread_ = false;
  on_request();
}

void Connection::on_request() {
  parser_.reset();
  complete_at_ = Clock::now();
  deadline_ = Clock::time_point::max();
  if (ending_) keep_alive_ = false;
  if (!lane_->post_request([self = shared_from_this()] { self->work(); })) {
    reservation_.give_back();
    send(surroundings_.dispatcher->refuse(plan_, too_busy(), request_.language));
  }
}

// What cannot be let in is answered without reading the body, which ends the connection.
void Connection::refuse(Response response) {
  if (surroundings_.figures) surroundings_.figures->observe(plan_.route, response.status, {});
  reservation_.give_back();
  if (body_unread_) keep_alive_ = false;
  send(std::move(response));
}

// On a thread of the lane.
void Connection::work() try {
  auto response = std::make_shared<Response>(surroundings_.dispatcher->answer(plan_, std::move(request_)));
  if (gzip_accepted_ && !response->stream && compressible(*response)) {
    response->body = gzip(response->body);
    response->headers.emplace_back("Content-Encoding", "gzip");
    response->headers.emplace_back("Vary", "Accept-Encoding");
  }
  if (surroundings_.figures) {
    surroundings_.figures->observe(plan_.route, response->status, Clock::now() - complete_at_);
  }
  reservation_.give_back();
  asio::post(socket_.get_executor(), [self = shared_from_this(), response] {
    if (!self->closed_) self->send(std::move(*response));
  });
} catch (const std::exception& error) {
  log::error(fmt::format("an answer could not be made: {}", error.what()));
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->close(); });
}

// ------------------------------------------------------------------------------------------------------------- answers

void Connection::make_answer(const Response& response) {
  answer_.emplace(static_cast<wire::status>(response.status), chunks_understood_ ? 11 : 10);
  auto& fields = *answer_;
  fields.set(wire::field::server, "Banso");
  if (!response.content_type.empty()) fields.set(wire::field::content_type, response.content_type);
  if (!plan_.intake) set_browser_rules(fields);
  bool caching_said = false;
  for (const auto& [name, value] : response.headers) {
    fields.insert(name, one_line(value));
    caching_said = caching_said || name == "Cache-Control";
  }
  if (!caching_said) fields.set(wire::field::cache_control, "no-store");
  fields.keep_alive(keep_alive_);
}

void Connection::send(Response response) {
  if (ending_) keep_alive_ = false;
  deadline_ = Clock::now() + write_time;
  const bool open_ended = (response.stream || response.channel) && !head_only_;
  if (open_ended && !chunks_understood_) keep_alive_ = false;
  make_answer(response);
  if (open_ended) {
    if (chunks_understood_) answer_->chunked(true);
    stream_ = std::move(response.stream);
    writer_.emplace(*answer_);
    return wire::async_write_header(socket_, *writer_,
                                    then([open = std::move(response.channel)](Connection& self, Error error) {
                                      if (error) return self.close();
                                      return self.stream_ ? self.begin_stream() : self.open_channel(open);
                                    }));
  }
  answer_->body() = std::move(response.body);
  if (response.status != 204 && response.status != 304) answer_->prepare_payload();
  writer_.emplace(*answer_);
  auto sent = then([](Connection& self, Error error) { self.on_sent(error); });
  if (head_only_) return wire::async_write_header(socket_, *writer_, std::move(sent));
  wire::async_write(socket_, *writer_, std::move(sent));
}

void Connection::on_sent(Error error) {
  writer_.reset();
  answer_.reset();
  if (error) return close();
  if (keep_alive_) return read_head();
  if (body_unread_) return drain();
  close();
}

// Closing while the other end still sends would reset the connection, and it would never see the answer.
void Connection::drain() {
  Error ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  deadline_ = std::min(deadline_, Clock::now() + drain_time);
  scratch_.resize(64 << 10);
  socket_.async_read_some(asio::buffer(scratch_), then([limit = deadline_](Connection& self, Error error) {
                            if (error || Clock::now() > limit) return self.close();
                            self.drain();
                          }));
}

// ------------------------------------------------------------------------------------------------------ long downloads

void Connection::begin_stream() {
  produce();
}

// The next piece is made once the last one is written: a long download neither piles up in memory nor, if its reader
// is slow, keeps a worker waiting.
void Connection::produce() {
  lane_->post_more([self = shared_from_this()] {
    auto piece = std::make_shared<std::string>();
    std::optional<bool> more;
    try {
      do {
        more = self->stream_(*piece);
      } while (*more && piece->empty());
    } catch (const std::exception& error) {
      log::error(fmt::format("{} failed midway: {}", self->plan_.route->pattern, error.what()));
    }
    asio::post(self->socket_.get_executor(), [self, piece, more] {
      if (self->closed_) return;
      if (!more) return self->close();  // without the end that makes it look whole
      self->piece_ = std::move(*piece);
      self->send_piece(*more);
    });
  });
}

void Connection::send_piece(bool more) {
  deadline_ = Clock::now() + write_time;
  auto sent = then([more](Connection& self, Error error) {
    if (error) return self.close();
    if (more) return self.produce();
    self.stream_ = nullptr;
    if (!self.chunks_understood_) return self.close();
    asio::async_write(self.socket_, wire::make_chunk_last(),
                      self.then([](Connection& done, Error failed) { done.on_sent(failed); }));
  });
  if (piece_.empty()) return asio::post(socket_.get_executor(), [sent = std::move(sent)] { sent({}); });
  if (!chunks_understood_) return asio::async_write(socket_, asio::buffer(piece_), std::move(sent));
  asio::async_write(socket_, wire::make_chunk(asio::const_buffer(piece_.data(), piece_.size())), std::move(sent));
}

// ------------------------------------------------------------------------------------------------- what stays open

void Connection::open_channel(OpenChannel open) {
  deadline_ = Clock::time_point::max();
  channel_ = std::make_shared<SocketChannel>(shared_from_this(), surroundings_.channel_buffer_bytes);
  watch_for_end();
  if (ending_) return close();
  open(channel_);
}

// Nobody speaks on such a connection but us: whatever arrives is its end.
void Connection::watch_for_end() {
  scratch_.resize(1);
  socket_.async_read_some(asio::buffer(scratch_), then([](Connection& self, Error) { self.close(); }));
}

void Connection::flush_channel() {
  if (closed_) return;
  const bool last = !channel_->take(piece_);
  if (piece_.empty() && !last) return;
  deadline_ = Clock::now() + write_time;
  auto sent = then([last](Connection& self, Error error) {
    if (error || last) return self.close();
    self.deadline_ = Clock::time_point::max();
    self.channel_->wrote(self.piece_.size());
    self.flush_channel();
  });
  if (piece_.empty()) return asio::async_write(socket_, wire::make_chunk_last(), std::move(sent));
  if (!chunks_understood_) return asio::async_write(socket_, asio::buffer(piece_), std::move(sent));
  asio::async_write(socket_, wire::make_chunk(asio::const_buffer(piece_.data(), piece_.size())), std::move(sent));
}

}  // namespace banso::platform::http
