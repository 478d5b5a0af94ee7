// Names of users for the other modules, which do not know identity. Asked for every row of long lists, so it is kept in
// memory and read anew when it is older than a second.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "modules/identity/identity.hpp"

namespace banso::app {

class UserDirectory {
 public:
  explicit UserDirectory(std::shared_ptr<identity::Service> identity) : identity_(std::move(identity)) {}

  std::optional<std::string> name_of(core::UserId id);
  bool is_active(core::UserId id);                                   // there, and not disabled
  std::optional<core::UserId> find(std::string_view email_or_name);  // e-mail first; names must be unique

 private:
  struct Names {
    core::Instant read_at;
    std::map<core::UserId, std::string> by_id;
    std::set<core::UserId> active;
    std::map<std::string, core::UserId> by_word;  // e-mail and name; none() where two share a name
  };

  std::shared_ptr<const Names> names();

  std::shared_ptr<identity::Service> identity_;
  std::mutex mutex_;
  std::shared_ptr<const Names> names_;
};

}  // namespace banso::app
