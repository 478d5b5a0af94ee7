// Reads the inbox: replies go to the timeline of whom they came from, delivery reports suppress addresses. Internal.
#pragma once

#include "context.hpp"
#include "platform/mail/received.hpp"

namespace banso::outreach {

// Threading: read() one caller at a time.
class InboxReader {
 public:
  explicit InboxReader(Context& context) : context_(context) {}

  // All that is new. The same message twice leaves one trace.
  core::Result<> read();
  // One message; for tests and the demo, too.
  void take(const std::string& bytes);

 private:
  void take_reports(const platform::mail::Received& mail, ReceivedRow& row);
  void take_reply(const platform::mail::Received& mail, ReceivedRow& row);
  std::optional<MailRecord> answered_mail(const platform::mail::Received& mail) const;
  std::optional<MailRecord> newest_mail_to(const std::string& address) const;
  bool put_on_timeline(const platform::mail::Received& mail, const ReceivedRow& row, core::ContactId contact);

  Context& context_;
};

}  // namespace banso::outreach
