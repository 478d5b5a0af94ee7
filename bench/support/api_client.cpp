#include "api_client.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <stdexcept>

#include <fmt/format.h>

#include "base64.hpp"

namespace banso::bench {

namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;

struct ApiClient::Connection {
  boost::asio::io_context context;
  beast::tcp_stream stream{context};
  beast::flat_buffer buffer;
};

ApiClient::ApiClient(std::uint16_t port) : connection_(std::make_unique<Connection>()) {
  connection_->stream.connect({boost::asio::ip::address_v4::loopback(), port});
}

ApiClient::~ApiClient() = default;

json::value ApiClient::post(const std::string& path, const json::value& body) {
  return request("POST", path, json::serialize(body));
}

json::value ApiClient::put(const std::string& path, const json::value& body) {
  return request("PUT", path, json::serialize(body));
}
json::value ApiClient::patch(const std::string& path, const json::value& body) {
  return request("PATCH", path, json::serialize(body));
}

json::value ApiClient::send_event(const std::string& path, const std::string& write_key, const json::value& body) {
  return request("POST", path, json::serialize(body), "Basic " + base64(write_key + ":"));
}

json::value ApiClient::request(const std::string& method, const std::string& path, const std::string& body,
                               const std::string& authorization) {
  http::request<http::string_body> request(http::string_to_verb(method), path, 11);
  request.set(http::field::host, "127.0.0.1");
  if (!body.empty()) request.set(http::field::content_type, "application/json");
  if (!authorization.empty()) request.set(http::field::authorization, authorization);
  std::string cookies;
  for (const auto& [name, value] : cookies_) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
  if (!cookies.empty()) request.set(http::field::cookie, cookies);
  if (const auto token = cookies_.find("banso_csrf"); token != cookies_.end())
    request.set("x-csrf-token", token->second);
  request.body() = body;
  request.prepare_payload();
  http::write(connection_->stream, request);

  http::response_parser<http::string_body> parser;
  parser.body_limit(256ULL << 20);
  http::read(connection_->stream, connection_->buffer, parser);
  const auto& answer = parser.get();
  const auto [first, last] = answer.equal_range(http::field::set_cookie);
  for (auto header = first; header != last; ++header) {
    const std::string text(header->value());
    const auto equals = text.find('=');
    cookies_[text.substr(0, equals)] = text.substr(equals + 1, text.find(';') - equals - 1);
  }
  if (answer.result_int() / 100 != 2) {
    throw std::runtime_error(fmt::format("{} {} answered {}: {}", method, path, answer.result_int(), answer.body()));
  }
  return answer.body().starts_with('{') ? json::parse(answer.body()) : json::value();
}

}  // namespace banso::bench
