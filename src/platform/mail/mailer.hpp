// Hands messages to a mail server by SMTP (libcurl). One message is one conversation, so that what became of it is
// known for each.
#pragma once

#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "message.hpp"

namespace banso::platform::mail {

struct ServerSettings {
  std::string url;  // "smtp://host:587" (STARTTLS where offered), "smtps://host:465"; empty: no mail is sent
  std::string user, password;
  bool requires_tls = false;  // refuse a server that does not offer STARTTLS
  int connect_timeout_ms = 10'000;
  int transfer_timeout_ms = 60'000;
};

enum class FailureKind {
  temporary,  // the server did not take it: try again later
  permanent,  // it never will
  unclear,    // it was handed over, and the answer is missing: it may or may not arrive
};

struct Failure {
  FailureKind kind = FailureKind::temporary;
  int reply_code = 0;               // of SMTP; 0: none came
  std::string enhanced_code;        // "5.1.1" where the server says so
  bool concerns_recipient = false;  // the server refused this very address
  core::Text message;               // for people
};

struct Receipt {
  std::string message_id;
  std::string server_reply;  // "250 2.0.0 Ok: queued as ..."
};

using Sent = tl::expected<Receipt, Failure>;

// Threading: send() may be called from any thread; calls wait for each other, as they share one connection.
class Mailer {
 public:
  static std::shared_ptr<Mailer> make(ServerSettings settings);
  virtual ~Mailer() = default;

  virtual bool is_configured() const = 0;
  // The domain that the server is told by EHLO and the like is its own matter; `message` says the rest.
  virtual Sent send(const Message& message) = 0;
};

}  // namespace banso::platform::mail
