// What is known of one key that a source names people by (a userId, or "anonymous:" and an anonymousId), exactly as it
// was said. Everything else (who a person is, which account they act for) is computed from these facts and from what
// people of Banso assigned; so the order in which calls arrive plays no part, and every match can be undone.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"
#include "platform/records/records.hpp"

namespace banso::usage {

struct SenderKey {
  core::SourceId source;
  std::string key;
  auto operator<=>(const SenderKey&) const = default;
};
struct SenderKeyView {
  core::SourceId source;
  std::string_view key;
  SenderKeyView(core::SourceId of, std::string_view text) : source(of), key(text) {}
  SenderKeyView(const SenderKey& of) : source(of.source), key(of.key) {}
};
struct SenderKeyHash {
  using is_transparent = void;
  std::size_t operator()(const SenderKeyView& of) const {
    return std::hash<std::string_view>{}(of.key) ^ (static_cast<std::size_t>(of.source.value) * 0x9E3779B97F4A7C15ULL);
  }
};
struct SenderKeyEqual {
  using is_transparent = void;
  bool operator()(const SenderKeyView& a, const SenderKeyView& b) const {
    return a.source == b.source && a.key == b.key;
  }
};

// From `since` on, they act for what the sender calls `group_key`.
struct GroupStatement {
  core::Instant since;
  std::string group_key;
  bool is_saved = false;
};

// From `since` on (and before, where nothing else was said), this key and `to_key` are one person.
struct Alias {
  std::string to_key;
  core::Instant since;
};

// Something said of a person; what was said last counts.
struct Saying {
  std::string text;
  core::Instant at;
  core::Instant saved_at;
};

struct Assignment {
  core::AccountId account;  // none: belongs to nobody
  core::UserId by;
  core::Instant at;
};

// How the person is filed for display under an account.
struct FiledPerson {
  std::string email;
  std::string name;
};

struct Sender {
  std::optional<Alias> alias;
  std::vector<GroupStatement> groups;  // by time, then key
  Saying email;                        // lower case
  Saying name;
  std::optional<Assignment> assigned;
  std::vector<std::string> followers;  // keys whose alias leads here
  std::map<core::AccountId, FiledPerson> filed;
};

// The key of a person whom only a cookie knows.
std::string anonymous_key(std::string_view anonymous_id);
// The anonymousId of such a key; nothing for a userId.
std::optional<std::string> anonymous_id_of(std::string_view key);

namespace store {

using platform::records::Session;

// All of them, known or not, in a few statements.
std::vector<Sender> load_senders(Session& session, core::SourceId source, std::span<const std::string> keys);
// Every key of which anything is known, as a key, a target or a person assigned by hand.
void each_sender_key(Session& session, const std::function<void(SenderKeyView)>& visit);

// Who said that they act for it.
std::vector<SenderKey> persons_of_group(Session& session, const SenderKey& group);

void put_alias(Session& session, const SenderKey& from, const Alias& alias);
void insert_group_statement(Session& session, const SenderKey& sender, const GroupStatement& statement);
void put_sayings(Session& session, const SenderKey& sender, const Saying& email, const Saying& name);
void put_filed_person(Session& session, const SenderKey& person, core::AccountId account, const FiledPerson& filed,
                      core::Instant at);

void put_person_assignment(Session& session, const SenderKey& person, const Assignment& assignment);
void remove_person_assignment(Session& session, const SenderKey& person);
std::map<std::string, Assignment> group_assignments(Session& session, core::SourceId source,
                                                    std::span<const std::string> group_keys);
void put_group_assignment(Session& session, const SenderKey& group, const Assignment& assignment);
void remove_group_assignment(Session& session, const SenderKey& group);

}  // namespace store
}  // namespace banso::usage
