// Who asks: one of us, or somebody of a customer. Services decide what a caller may do; handlers only pass it on.
#pragma once

#include <string>

#include "core/ids.hpp"
#include "core/text.hpp"

namespace banso::core {

// Ordered: each role may do what the ones before it may.
enum class Role { read_only, csm, leader, admin };

struct Caller {
  UserId user;       // none for the system itself and for the shell
  std::string name;  // as shown in the change history
  Role role = Role::read_only;
  Language language = Language::en;

  // The operator at the shell, background jobs, the demo.
  static Caller system(std::string name) { return {UserId{}, std::move(name), Role::admin, Language::en}; }
  bool at_least(Role needed) const { return role >= needed; }
};

// Somebody of a customer, signed in to the customer's own view. What they may see hangs on `account` alone; no request
// of theirs names another one.
struct Customer {
  ContactId contact;
  AccountId account;
  std::string name;
  Language language = Language::ja;
  UserId viewed_by;  // set where one of us looks at the view as this person would: reads, never writes
};

}  // namespace banso::core
