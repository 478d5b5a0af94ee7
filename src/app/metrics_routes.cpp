#include "metrics_routes.hpp"

#include <string_view>

namespace banso::app {
namespace {

namespace http = platform::http;

// Takes as long for a token that is nearly right as for one that is not.
bool same_secret(std::string_view given, std::string_view expected) {
  unsigned difference = given.size() == expected.size() ? 0 : 1;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const char other = i < given.size() ? given[i] : '\0';
    difference |= static_cast<unsigned char>(other ^ expected[i]);
  }
  return difference == 0;
}

bool from_this_machine(const http::Request& request) {
  const std::string& address = request.remote_address;
  const bool loopback = address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
  for (const char* sign_of_proxy : {"x-forwarded-for", "forwarded", "x-real-ip", "via"}) {
    if (request.headers.find(sign_of_proxy) != nullptr) return false;
  }
  return loopback;
}

core::Result<> check(const http::Request& request, const std::string& token) {
  if (token.empty()) {
    if (from_this_machine(request)) return {};
    return core::Error::forbidden(
        {"Figures are given to this machine only. Start the server with --metrics-token to "
         "read them from elsewhere.",
         "メトリクスはこのサーバー上からのみ取得できます。他のマシンから取得するには、"
         "--metrics-token を指定して起動してください。"});
  }
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view given = request.header("authorization");
  if (given.starts_with(scheme) && same_secret(given.substr(scheme.size()), token)) return {};
  return core::Error::unauthenticated(
      {"Send the metrics token: \"Authorization: Bearer <token>\".",
       "メトリクス用トークンを「Authorization: Bearer <トークン>」で送信してください。"});
}

}  // namespace

http::Routes metrics_routes(std::shared_ptr<platform::metrics::Registry> registry, std::string token) {
  return {{http::Method::get, "/metrics", http::Permission::anyone,
           [registry = std::move(registry),
            token = std::move(token)](const http::Request& request) -> core::Result<http::Response> {
             BANSO_TRY(check(request, token));
             return http::Response::text(registry->text(), platform::metrics::Registry::content_type);
           }}};
}

}  // namespace banso::app
