// What people want: consent, preferences, one-click unsubscribing; and their answers. Internal to the module.
#pragma once

#include "context.hpp"
#include "recipient.hpp"

namespace banso::outreach {

struct ConsentInput {
  core::AccountId account;
  core::ContactId contact;
  bool allowed = false;
  std::optional<core::Instant> at;
  std::string how, text_shown;
};
core::Result<> record_consent(const Context& context, const core::Caller& caller, const ConsentInput& input);

// What the holder of a mail's link wants of the topics.
struct Wishes {
  std::map<Purpose, bool> topics;
  bool operator==(const Wishes&) const = default;
};
Wishes wishes_of(const Context& context, const std::string& address);
// Records what differs; what is no longer wanted counts as an unsubscription from that mail.
void set_wishes(const Context& context, const MailRecord& mail, const Wishes& wishes, std::string_view how);
void unsubscribe(const Context& context, const MailRecord& mail, std::string_view how);

enum class AnswerOutcome { taken, closed, unknown };
// The newest answer counts, while the survey is open.
AnswerOutcome take_answer(const Context& context, MailId mail, int score, const std::string& comment);

}  // namespace banso::outreach
