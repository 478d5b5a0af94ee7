// Who a mail goes to, as the records say now. Internal to the module.
#pragma once

#include "outreach.hpp"

namespace banso::outreach {

struct Recipient {
  core::AccountId account;
  core::ContactId contact;
  std::string account_name, plan, country, timezone;  // timezone: attribute "timezone" of the account; may be empty
  core::UserId owner;
  std::string owner_name;                      // as the record says
  std::string name, title, department, email;  // email: lower case; may be empty
  core::Language language = core::Language::ja;
  bool has_left = false;
  customers::Consent consent = customers::Consent::unknown;
  std::optional<core::Instant> consent_at;
  std::string consent_proof;
};

// Nothing where there is no such contact on the account.
std::optional<Recipient> find_recipient(customers::Service& customers, core::AccountId account, core::ContactId contact,
                                        core::Day today);
std::vector<ContactChoice> find_recipients(customers::Service& customers, core::AccountId account,
                                           customers::ContactRoles roles, core::Day today);
// The zone of the recipient's clock: the account's, its country's, else the workspace's.
std::string zone_of(const Recipient& recipient, const std::string& workspace_zone);

}  // namespace banso::outreach
