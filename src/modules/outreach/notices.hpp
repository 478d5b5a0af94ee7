// Notices: mails that their reader asked for or must have. The same queue as for all mails, without the templates, and
// with words that are kept no longer than until they are handed over. Internal to the module.
#pragma once

#include "gate.hpp"

namespace banso::outreach {

inline constexpr std::string_view notice_kind = "notice";  // in place of a definition's kind

core::Result<Ordered> place_notice(const Context& context, const Notice& notice);
// Who it goes to, and whether it still may.
Answer ask_notice(const Context& context, platform::records::Session& session, const MailRecord& mail);
Composed compose_notice(const Context& context, const MailRecord& mail);

std::vector<WaitingSurvey> waiting_surveys(const Context& context, core::AccountId account, core::ContactId contact);

}  // namespace banso::outreach
