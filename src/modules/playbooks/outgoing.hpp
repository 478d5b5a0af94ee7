// HTTP calls to addresses that people wrote down. Internal to the module.
//
// The address is checked where it counts: when the socket is opened, after names were resolved. Private, loopback and
// other special networks are refused unless the operator allows them; redirects are not followed; answers are bounded.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text.hpp"

namespace banso::playbooks {

struct OutgoingCall {
  std::string url;
  std::string body;  // JSON
  std::vector<std::pair<std::string, std::string>> headers;
  int timeout_ms = 20'000;
  bool allows_private_addresses = false;
};

struct OutgoingAnswer {
  enum class Kind { accepted, temporary, refused };
  Kind kind = Kind::temporary;
  int status = 0;  // 0: no answer
  core::Text words;
};

// Blocks. Threading: may be called from any thread.
OutgoingAnswer post_json(const OutgoingCall& call);

// Whether an address (as of inet_ntop) is one of the open internet.
bool is_public_address(std::string_view address);

}  // namespace banso::playbooks
