// The word with which a user's page asks for its messages: who it is, until when, signed. Internal to the module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace banso::in_app {

struct User {
  core::AccountId account;
  std::string id;  // as the vendor knows them
  core::Language language = core::Language::en;

  bool operator==(const User&) const = default;
};

// `key`: what new_signing_key() made. A token is good until `expires`; nothing for one that is not, or is not ours.
std::string new_signing_key();
std::string sign(const std::string& key, const User& user, core::Instant expires);
std::optional<User> verify(const std::string& key, std::string_view token, core::Instant now);

// The secret of a vendor's server: made once, shown once, kept as a hash.
std::string new_secret();
std::string hash_of(std::string_view secret);

}  // namespace banso::in_app
