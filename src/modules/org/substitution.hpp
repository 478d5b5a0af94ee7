// Who stands in for whom. Pure. Internal to the module.
#pragma once

#include <span>
#include <unordered_map>

#include "org.hpp"

namespace banso::org {

// The absences of one day, as a map of who is away to who stands in.
class Substitution {
 public:
  // Of the absences those that hold on `day` count; where a person has several, the one that began last.
  Substitution(std::span<const Absence> absences, core::Day day);

  bool is_away(core::UserId user) const { return substitutes_.contains(user); }
  // Follows substitutes who are away themselves. Where that ends with somebody who is away without a substitute, or
  // where it began, the user: somebody who knows the account is better than nobody.
  core::UserId stand_in(core::UserId user) const;
  Responsible responsible(core::UserId user) const;

 private:
  std::unordered_map<core::UserId, core::UserId> substitutes_;  // no user: nobody stands in
};

}  // namespace banso::org
