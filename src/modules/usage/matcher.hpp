// Finds the person and the account of an event. Remembers what it looked up: make one per batch, and a new one after
// anything was learned.
//
// The account: the group the call itself names (groupId, context.groupId), else the person's last `group` call at that
// time, else the account of the contact with the person's e-mail address, else the account of its domain. A group that
// no account goes by waits; it is not guessed around.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store.hpp"

namespace banso::usage {

struct Match {
  core::AccountId account;  // none: waits
  platform::events::MatchedBy by = platform::events::MatchedBy::nothing;
};

// The key of a person whom only a cookie knows.
std::string anonymous_key(const std::string& anonymous_id);

class Matcher {
 public:
  Matcher(platform::records::Database& records, AccountDirectory& accounts) : records_(records), accounts_(accounts) {}

  // Empty where neither id is given.
  std::string person_key(core::SourceId source, const std::string& user_id, const std::string& anonymous_id);
  std::string resolve_alias(core::SourceId source, const std::string& key);

  Match match(core::SourceId source, const std::string& group_key, const std::string& person_key, core::Instant at);
  Match of_group(core::SourceId source, const std::string& group_key);
  // Of a person for whom no call names a group.
  Match of_email(core::SourceId source, const std::string& person_key);
  const std::vector<store::GroupCall>& group_calls(core::SourceId source, const std::string& person_key);

 private:
  using Key = std::pair<std::int64_t, std::string>;

  Match look_up_group(core::SourceId source, const std::string& group_key);
  Match look_up_email(const std::string& email);
  std::string email_of(core::SourceId source, const std::string& person_key);

  platform::records::Database& records_;
  AccountDirectory& accounts_;
  std::map<Key, std::string> aliases_;
  std::map<Key, Match> groups_;
  std::map<Key, Match> emails_;  // by person
  std::map<Key, std::vector<store::GroupCall>> group_calls_;
};

// The call in effect at a time: the last one not after it, or the first one for what happened before.
const store::GroupCall* call_in_effect(const std::vector<store::GroupCall>& calls, core::Instant at);

}  // namespace banso::usage
