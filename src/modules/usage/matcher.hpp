// Finds the person and the account of events: from what senders said (sender.hpp), what people assigned by hand, and
// the accounts. Keeps what it looked up in memory, bounded.
//
// The account: the group the call itself names (groupId, context.groupId); else what was assigned by hand to the
// person; else the person's last `group` call at that time (before the first one: the first); else the account of the
// contact with the person's e-mail address; else the account of its domain. A group that no account goes by waits; it
// is not guessed around.
//
// Threading: one thread at a time (Knowledge::alone()).
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "key_filter.hpp"
#include "sender.hpp"
#include "usage.hpp"

namespace banso::usage {

struct Match {
  core::AccountId account;  // none: waits
  platform::events::MatchedBy by = platform::events::MatchedBy::nothing;
  bool operator==(const Match&) const = default;
};

// Everything known of a person, gathered from all keys that lead to them.
struct PersonView {
  struct Step {
    core::Instant since;  // the first step holds before, too
    Match match;
  };
  std::vector<Step> steps;  // at least one
  std::vector<std::string> keys;
  Saying email;
  Saying name;

  const Match& at(core::Instant when) const;
};

class Matcher {
 public:
  // `is_alone`: nobody else writes to these records, so that what is in memory stays true.
  Matcher(std::shared_ptr<platform::records::Database> records, std::shared_ptr<AccountDirectory> accounts,
          bool is_alone);

  void match(std::span<platform::events::Event> events);

  // Loads what is missing, all at once.
  void load(std::span<const SenderKey> keys);
  const Sender& sender(const SenderKeyView& key);
  // For changing what is known; the caller writes it to the records, and says which persons it concerns.
  Sender& edit(const SenderKey& key);
  void forget_person(const SenderKey& person) { views_.erase(person); }
  void forget_sender(const SenderKey& key);
  void forget_groups() {
    groups_.clear();
    views_.clear();
  }
  // Accounts, domains or contacts changed.
  void forget_accounts();
  void forget_everything();
  // Keeps memory bounded; what sender(), edit() and view() returned is gone.
  void trim();

  // The key of the person that a key leads to.
  std::string resolve(const SenderKeyView& key);
  const PersonView& view(const SenderKey& person);
  Match of_group(const SenderKey& group);

  // Whether anything was matched by it lately.
  bool remembers(const SenderKey& key) const { return senders_.contains(key) || views_.contains(key); }

 private:
  template <class Value>
  using Map = std::unordered_map<SenderKey, Value, SenderKeyHash, SenderKeyEqual>;

  bool may_be_known(const SenderKeyView& key) const { return !filter_ || filter_->may_contain(SenderKeyHash{}(key)); }
  void make_filter();
  void load_groups(std::set<SenderKey> groups);
  void load_what_events_need(std::span<const platform::events::Event> events);
  PersonView make_view(const SenderKey& person);
  Match of_email(const std::string& email);

  std::shared_ptr<platform::records::Database> records_;
  std::shared_ptr<AccountDirectory> accounts_;
  const bool is_alone_;
  std::unique_ptr<KeyFilter> filter_;  // only where alone
  Map<Sender> senders_;
  Map<PersonView> views_;
  Map<Match> groups_;
  std::unordered_map<std::string, Match> emails_;
  std::unordered_map<std::string, core::AccountId> domains_;
};

}  // namespace banso::usage
