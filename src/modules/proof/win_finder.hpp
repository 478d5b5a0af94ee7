// Wins that outcomes show: risks that were averted, renewals after a risk, contracts that grew. Internal to the module.
#pragma once

#include <map>
#include <vector>

#include "win_store.hpp"

namespace banso::proof {

// Looks back as far as the rules say, from the book day. What it finds has a key made of the outcome, so finding it
// twice is no harm.
std::vector<NewWin> find_wins(const Dependencies& from, const WinRules& rules);

// Names and owners of accounts as they are now.
struct AccountNote {
  std::string name;
  core::UserId owner;
};
std::map<core::AccountId, AccountNote> notes_of(customers::Service& customers, std::vector<core::AccountId> accounts);

}  // namespace banso::proof
