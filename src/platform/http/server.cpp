#include "platform/http/server.hpp"

#include <atomic>
#include <future>
#include <stdexcept>

#define RESTINIO_USE_BOOST_ASIO 1
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <restinio/all.hpp>

#include <fmt/format.h>

#include "platform/http/gzip.hpp"
#include "platform/log/log.hpp"

namespace banso::platform::http {
namespace {

constexpr std::size_t body_limit_bytes = 32u << 20;  // of any route; each has a narrower limit of its own
constexpr std::size_t compress_from_bytes = 2048;

struct Traits : public restinio::default_traits_t {
  using request_handler_t = std::function<restinio::request_handling_status_t(restinio::request_handle_t)>;
};

// '%41' and '+' decoding; broken escapes stay as they are.
std::string decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  const auto hex = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      decoded.push_back(static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2])));
      i += 2;
    } else {
      decoded.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return decoded;
}

std::map<std::string, std::string> parse_query(std::string_view text) {
  std::map<std::string, std::string> query;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (equals == 0) continue;
    query[decode(pair.substr(0, equals), true)] = decode(pair.substr(std::min(equals + 1, pair.size())), true);
  }
  return query;
}

Request convert(const restinio::request_handle_t& incoming) {
  Request request;
  request.path = decode(std::string_view(incoming->header().path().data(), incoming->header().path().size()), false);
  request.query = parse_query({incoming->header().query().data(), incoming->header().query().size()});
  incoming->header().for_each_field([&](const auto& field) {
    std::string name(field.name());
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    request.headers[std::move(name)] = std::string(field.value());
  });
  request.body = incoming->body();
  request.remote_address = incoming->remote_endpoint().address().to_string();
  return request;
}

template <class Builder>
void append_headers(Builder& builder, const Response& response) {
  builder.append_header(restinio::http_field::server, "Banso");
  if (!response.content_type.empty()) builder.append_header(restinio::http_field::content_type, response.content_type);
  builder.append_header("X-Content-Type-Options", "nosniff");
  builder.append_header("X-Frame-Options", "DENY");
  builder.append_header("Referrer-Policy", "same-origin");
  builder.append_header("Content-Security-Policy",
                        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src "
                        "'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'");
  bool caching_said = false;
  for (const auto& [name, value] : response.headers) {
    builder.append_header(name, value);
    caching_said = caching_said || name == "Cache-Control";
  }
  if (!caching_said) builder.append_header(restinio::http_field::cache_control, "no-store");
}

// Waits for each piece to be written, so that a long download never piles up in memory.
void send_stream(const restinio::request_handle_t& incoming, const Response& response) {
  auto builder = incoming->create_response<restinio::chunked_output_t>(
      restinio::http_status_line_t{restinio::http_status_code_t{static_cast<std::uint16_t>(response.status)}, "OK"});
  append_headers(builder, response);
  builder.flush();
  bool more = true;
  while (more) {
    std::string chunk;
    more = response.stream(chunk);
    if (chunk.empty()) continue;
    builder.append_chunk(std::move(chunk));
    auto written = std::make_shared<std::promise<bool>>();
    builder.flush([written](const auto& status) { written->set_value(!status); });
    if (!written->get_future().get()) return;  // the reader is gone
  }
  builder.done();
}

void send(const restinio::request_handle_t& incoming, Response response, bool gzip_accepted, bool head) {
  const bool compressible = response.content_type.starts_with("text/") ||
                            response.content_type.find("json") != std::string::npos ||
                            response.content_type.find("svg") != std::string::npos;
  if (response.stream && !head) return send_stream(incoming, response);
  if (gzip_accepted && compressible && response.body.size() >= compress_from_bytes) {
    response.body = gzip(response.body);
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.headers.emplace_back("Vary", "Accept-Encoding");
  }
  auto builder = incoming->create_response(
      restinio::http_status_line_t{restinio::http_status_code_t{static_cast<std::uint16_t>(response.status)}, ""});
  append_headers(builder, response);
  if (!head) builder.set_body(std::move(response.body));
  builder.done();
}

class RestinioServer final : public Server {
 public:
  RestinioServer(const ServerSettings& settings, std::shared_ptr<const Dispatcher> dispatcher)
      : dispatcher_(std::move(dispatcher)),
        waiting_limit_(settings.waiting_requests_limit),
        workers_(static_cast<std::size_t>(settings.worker_threads)) {
    auto port_known = std::make_shared<std::promise<std::uint16_t>>();
    auto port_future = port_known->get_future();
    auto server_settings = restinio::server_settings_t<Traits>{};
    server_settings.address(settings.address)
        .port(settings.port)
        .read_next_http_message_timelimit(std::chrono::seconds(75))
        .handle_request_timeout(std::chrono::minutes(30))
        .write_http_response_timelimit(std::chrono::minutes(5))
        .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                      .max_url_size(16 * 1024)
                                      .max_field_name_size(256)
                                      .max_field_value_size(16 * 1024)
                                      .max_field_count(100)
                                      .max_body_size(body_limit_bytes))
        .acceptor_post_bind_hook(
            [port_known](auto& acceptor) { port_known->set_value(acceptor.local_endpoint().port()); })
        .request_handler([this](restinio::request_handle_t incoming) { return accept(std::move(incoming)); })
        .cleanup_func([] {});
    try {
      running_ = restinio::run_async(restinio::own_io_context(), std::move(server_settings),
                                     static_cast<std::size_t>(settings.io_threads));
    } catch (const std::exception& error) {
      throw std::runtime_error(fmt::format("cannot listen on {}:{} ({}); choose another port with --port",
                                           settings.address, settings.port, error.what()));
    }
    port_ = port_future.get();
  }

  ~RestinioServer() override {
    workers_.join();
    running_.reset();
  }

  std::uint16_t port() const override { return port_; }

 private:
  restinio::request_handling_status_t accept(restinio::request_handle_t incoming) {
    if (waiting_.fetch_add(1) >= waiting_limit_) {
      --waiting_;
      send(incoming,
           problem(core::Error::unavailable({"The server is busy. Try again in a few seconds.",
                                             "混み合っています。数秒後にもう一度お試しください。"}),
                   core::Language::en),
           false, false);
      return restinio::request_accepted();
    }
    boost::asio::post(workers_, [this, incoming = std::move(incoming)] {
      work(incoming);
      --waiting_;
    });
    return restinio::request_accepted();
  }

  void work(const restinio::request_handle_t& incoming) {
    try {
      Request request = convert(incoming);
      const bool gzip_accepted = request.header("accept-encoding").find("gzip") != std::string::npos;
      const std::string method = incoming->header().method().c_str();
      send(incoming, dispatcher_->answer(method, std::move(request)), gzip_accepted, method == "HEAD");
    } catch (const std::exception& error) {
      log::warning(fmt::format("a response could not be sent: {}", error.what()));
    }
  }

  std::shared_ptr<const Dispatcher> dispatcher_;
  const int waiting_limit_;
  std::atomic<int> waiting_{0};
  boost::asio::thread_pool workers_;
  restinio::running_server_handle_t<Traits> running_;
  std::uint16_t port_ = 0;
};

}  // namespace

std::unique_ptr<Server> Server::start(const ServerSettings& settings, std::shared_ptr<const Dispatcher> dispatcher) {
  return std::make_unique<RestinioServer>(settings, std::move(dispatcher));
}

}  // namespace banso::platform::http
