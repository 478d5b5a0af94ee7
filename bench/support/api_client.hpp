// Banso's API as a signed-in administrator: one request at a time over one kept connection.
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace banso::bench {

class ApiClient {
 public:
  explicit ApiClient(std::uint16_t port);
  ~ApiClient();

  // The body of the answer. Throws std::runtime_error with the answer where it is not 2xx.
  boost::json::value get(const std::string& path) { return request("GET", path, ""); }
  boost::json::value post(const std::string& path, const boost::json::value& body);
  boost::json::value put(const std::string& path, const boost::json::value& body);
  boost::json::value patch(const std::string& path, const boost::json::value& body);

  // Sends with a write key instead of the log-in.
  boost::json::value send_event(const std::string& path, const std::string& write_key, const boost::json::value& body);

 private:
  boost::json::value request(const std::string& method, const std::string& path, const std::string& body,
                             const std::string& authorization = {});

  struct Connection;
  std::unique_ptr<Connection> connection_;
  std::map<std::string, std::string> cookies_;
};

}  // namespace banso::bench
