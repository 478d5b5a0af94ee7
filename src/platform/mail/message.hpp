// A mail message and its bytes as RFC 5322 and MIME want them. Pure: no I/O.
//
// Nothing a caller passes in can start a header line of its own: text with line breaks or control characters is
// refused where it must be exact (addresses, header names) and flattened where it is prose (subjects, names).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace banso::platform::mail {

struct Address {
  std::string name;   // as shown; may be empty
  std::string email;  // "taro@example.co.jp"
  bool operator==(const Address&) const = default;
};

// The address as it goes over the wire: the domain in lower case, an internationalised domain as Punycode (IDNA 2008).
// A local part outside of ASCII needs a server with SMTPUTF8, which few have: refused, saying so.
core::Result<std::string> wire_address(std::string_view email);

struct Message {
  Address from;
  std::vector<Address> to;
  std::optional<Address> reply_to;
  std::string envelope_from;  // where bounces go; empty: from
  std::string subject;
  std::string text;        // always there: the plain reading
  std::string html;        // empty: text alone
  std::string message_id;  // "<...@...>"; empty: one is made
  std::string in_reply_to;
  core::Language language = core::Language::ja;
  std::optional<core::Instant> date;  // nothing: now
  // More headers, by name: "List-Unsubscribe". Values are ASCII; long ones are folded at blanks.
  std::vector<std::pair<std::string, std::string>> headers;
};

struct Rendered {
  std::string bytes;  // CRLF line ends, no line over 998 octets, prose below 78
  std::string message_id;
  std::string envelope_from;
  std::vector<std::string> envelope_to;
};
core::Result<Rendered> render(const Message& message);

// "<random@domain>" of that address's domain.
std::string new_message_id(std::string_view from_email);

}  // namespace banso::platform::mail
