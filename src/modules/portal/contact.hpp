// A contact as the portal needs to know it. Internal to the module.
#pragma once

#include "portal.hpp"

namespace banso::portal {

struct ContactCard {
  std::string name, email;  // email: lower case; may be empty
  core::Language language = core::Language::ja;
};

// Who is on the account today. Nothing: there is no such contact, or they have left.
std::optional<ContactCard> find_contact(const Dependencies& from, core::AccountId account, core::ContactId contact);
std::string account_name(const Dependencies& from, core::AccountId account);

}  // namespace banso::portal
