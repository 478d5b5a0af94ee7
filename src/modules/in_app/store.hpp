// Keys, and what users did with messages. Internal to the module.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "in_app.hpp"
#include "user_token.hpp"

namespace banso::in_app {

struct Key {
  std::int64_t id = 0;
  std::string name, created_by;
  core::Instant created_at;
  std::optional<core::Day> last_used_day;
};

enum class Deed { seen, clicked, dismissed, done };

struct Counts {
  std::int64_t seen = 0, clicked = 0, dismissed = 0, done = 0;
};

struct Receipt {
  bool is_dismissed = false, is_done = false;
  std::set<std::string> items;  // ticked
};

// Threading: may be shared; each call is a transaction of its own.
class Store {
 public:
  explicit Store(std::shared_ptr<platform::records::Database> database) : database_(std::move(database)) {}

  // The same for all nodes; made at the first use.
  std::string signing_key();

  std::vector<Key> keys();
  Key add_key(const std::string& name, const std::string& secret_hash, const core::Caller& caller);
  bool remove_key(std::int64_t id);
  // Whether a server that has this secret may ask for tokens; notes the day.
  bool use_key(const std::string& secret_hash, core::Day today);

  // By message.
  std::map<std::string, Receipt> receipts(const User& user);
  // The first time counts; the same again changes nothing.
  void note(const std::string& message, const User& user, Deed deed, core::Instant at);
  void tick(const std::string& message, const User& user, const std::string& item, bool is_done, core::Instant at);
  std::map<std::string, Counts> counts();

 private:
  std::shared_ptr<platform::records::Database> database_;
};

}  // namespace banso::in_app
