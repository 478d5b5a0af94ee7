// The words of the mails that lead to the portal. Pure. Internal to the module.
#pragma once

#include "portal.hpp"

namespace banso::portal {

struct Words {
  core::Text subject, text, link;
};
Words invitation_words(const core::Text& vendor, const std::string& name);
Words log_in_words(const core::Text& vendor, const std::string& name);
Words plan_words(const core::Text& vendor, const std::string& name);

}  // namespace banso::portal
