// Base64 of a short text, for basic authentication.
#pragma once

#include <boost/beast/core/detail/base64.hpp>

#include <string>

namespace banso::bench {

inline std::string base64(const std::string& text) {
  namespace coding = boost::beast::detail::base64;
  std::string coded(coding::encoded_size(text.size()), '\0');
  coded.resize(coding::encode(coded.data(), text.data(), text.size()));
  return coded;
}

}  // namespace banso::bench
