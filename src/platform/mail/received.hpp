// Reading mail that strangers sent: bounded, and safe with any bytes. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace banso::platform::mail {

// What a mail server says of a message it could not deliver (RFC 3464).
struct DeliveryReport {
  std::string recipient;  // lower case; may be empty
  std::string action;     // "failed", "delayed", "delivered", ...
  std::string status;     // "5.1.1"
  std::string diagnostic;
  std::string original_message_id;  // "<...>" of the message it is about; may be empty
};

struct Received {
  std::string message_id;               // "<...>"; empty where it has none
  std::vector<std::string> references;  // In-Reply-To first, then References from the newest on
  std::string from_email;               // lower case
  std::string from_name;
  std::vector<std::string> to_emails;
  std::string subject;
  std::optional<core::Instant> date;
  std::string text;           // the plain reading, UTF-8; of HTML where there is nothing else
  std::string reply;          // `text` without what it quotes and without the signature
  bool is_automatic = false;  // out-of-office notes, lists, robots
  std::vector<DeliveryReport> reports;
};

// Any bytes give something: what cannot be read is left empty.
Received parse(std::string_view bytes);

// Of a reply, what its writer wrote: without quoted lines, the line that introduces them, and the signature.
std::string without_quotes(std::string_view text);

}  // namespace banso::platform::mail
