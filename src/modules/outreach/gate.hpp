// Whether a mail may go, and when. Internal to the module.
#pragma once

#include "composer.hpp"

namespace banso::outreach {

struct Verdict {
  enum class Kind { go, hold, refuse };
  Kind kind = Kind::go;
  std::string reason;
  core::Text words;
  core::Instant at;  // when it may go; not before now
};

struct Question {
  std::string kind, definition, body;
  Purpose purpose = Purpose::service;
  core::AccountId account;
  core::ContactId contact;
  core::UserId sender;
  const std::map<std::string, core::Text>* values = nullptr;
  MailId mail;           // 0: not ordered yet
  MailId invitation;     // of a reminder
  core::Instant wanted;  // not before
  core::Instant ordered;
};

// Who it goes to and what is said of it; the recipient is absent where there is none.
struct Answer {
  Verdict verdict;
  std::optional<Recipient> recipient;
  std::string subject;  // as the recipient would read it; empty without a recipient
};
// Only what stands in the way of a mail that its reader must have.
std::optional<Verdict> notice_refusal(platform::records::Session& session, const std::optional<Recipient>& recipient);
// Asks everything: for an order, and again when its time has come.
Answer ask(const Context& context, platform::records::Session& session, const Question& question);

}  // namespace banso::outreach
