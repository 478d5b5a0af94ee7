#include <regex>

#include "client.hpp"

namespace banso::platform::clickhouse {

Address::Address(std::string_view url) {
  static const std::regex form(
      R"((https?)://(?:([^:@/?#]*)(?::([^@/?#]*))?@)?([A-Za-z0-9._-]+|\[[0-9a-fA-F:]+\])(?::([0-9]{1,5}))?/?)");
  std::match_results<std::string_view::const_iterator> match;
  if (!std::regex_match(url.begin(), url.end(), match, form)) {
    // The address may hold a password: it is not repeated.
    throw std::invalid_argument("a ClickHouse address must be http://host:port or https://user:password@host:port");
  }
  const bool encrypted = match[1] == "https";
  name_ = match[4].str() + ":" + (match[5].matched ? match[5].str() : encrypted ? "8443" : "8123");
  url_ = match[1].str() + "://" + name_;
  user_ = match[2].str();
  password_ = match[3].str();
}

}  // namespace banso::platform::clickhouse
