// Reads a mailbox by IMAP (libcurl), newest knowledge by UID. Messages stay where they are.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/result.hpp"

namespace banso::platform::mail {

struct InboxSettings {
  std::string url;  // "imaps://host/INBOX", "imap://host:143/INBOX"; empty: no inbox is read
  std::string user, password;
  bool requires_tls = false;
  int connect_timeout_ms = 10'000;
  int transfer_timeout_ms = 60'000;
};

struct InboxPlace {
  std::int64_t uid_validity = 0;  // another one: the mailbox was made anew, and UIDs begin again
  std::int64_t last_uid = 0;      // seen already
};

inline constexpr std::size_t most_message_bytes = 10u << 20;

// Threading: one caller at a time.
class Inbox {
 public:
  static std::shared_ptr<Inbox> make(InboxSettings settings);
  virtual ~Inbox() = default;

  virtual bool is_configured() const = 0;
  // Visits messages after `place`, oldest first, at most `most`; returns the place after the last one visited. A
  // message over most_message_bytes is passed by with empty bytes. Where `visit` throws, the place is not moved.
  virtual core::Result<InboxPlace> read(const InboxPlace& place, int most,
                                        const std::function<void(std::int64_t uid, std::string bytes)>& visit) = 0;
};

}  // namespace banso::platform::mail
