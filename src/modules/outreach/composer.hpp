// A mail for one recipient, from a template or survey. Internal to the module.
#pragma once

#include "context.hpp"
#include "letter.hpp"
#include "merge_fields.hpp"

namespace banso::outreach {

struct Composed {
  std::string subject;
  Letter letter;
  std::set<std::string> missing;
  std::vector<std::string> links;  // by their number, where clicks are counted
  std::string sender_name;
  std::string unsubscribe_url;  // empty: no public address is set
};

struct ComposeOptions {
  std::string kind;
  std::string body;  // the definition's
  core::Language language = core::Language::ja;
  core::UserId sender;
  const std::map<std::string, core::Text>* values = nullptr;
  MailId mail;        // 0: a preview, whose links lead nowhere
  MailId invitation;  // of a reminder: the mail whose survey it is
};
Composed compose(const Context& context, const Recipient& recipient, const ComposeOptions& options);
// With sample values, where nobody was chosen.
Composed compose_sample(const Context& context, const ComposeOptions& options);

}  // namespace banso::outreach
