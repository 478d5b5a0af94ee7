#include "matcher.hpp"

#include <algorithm>
#include <deque>

#include "core/ascii.hpp"

namespace banso::usage {
namespace {

using platform::events::Event;
using platform::events::MatchedBy;
using platform::records::Session;

constexpr std::size_t most_senders = 200'000;
constexpr std::size_t most_groups = 200'000;
constexpr std::size_t most_emails = 100'000;
constexpr std::size_t most_keys_of_person = 10'000;
constexpr int longest_alias_chain = 64;
constexpr std::size_t smallest_filter = 1'000'000;

const Sender nobody{};

// The raw key of an event, without making a string where it is a userId.
std::string_view sender_key(const Event& event, std::string& buffer) {
  if (!event.user_id.empty()) return event.user_id;
  if (event.anonymous_id.empty()) return {};
  buffer = anonymous_key(event.anonymous_id);
  return buffer;
}

template <class Map>
void bound(Map& map, std::size_t most) {
  if (map.size() > most) map.clear();
}

}  // namespace

const Match& PersonView::at(core::Instant when) const {
  const auto* last = &steps.front();
  for (const auto& step : steps) {
    if (step.since <= when) last = &step;
  }
  return last->match;
}

Matcher::Matcher(std::shared_ptr<platform::records::Database> records, std::shared_ptr<AccountDirectory> accounts,
                 bool is_alone)
    : records_(std::move(records)), accounts_(std::move(accounts)), is_alone_(is_alone) {}

// ------------------------------------------------------------------------------------------------------ what is known

void Matcher::make_filter() {
  std::vector<std::size_t> hashes;
  records_->read([&](Session& session) {
    store::each_sender_key(session, [&](SenderKeyView key) { hashes.push_back(SenderKeyHash{}(key)); });
  });
  filter_ = std::make_unique<KeyFilter>(std::max(smallest_filter, 2 * hashes.size()));
  for (const auto hash : hashes) filter_->add(hash);
}

void Matcher::load(std::span<const SenderKey> keys) {
  if (is_alone_ && (!filter_ || filter_->is_full())) make_filter();
  std::map<core::SourceId, std::vector<std::string>> missing;
  std::set<SenderKey> asked;
  for (const auto& key : keys) {
    if (may_be_known(key) && !senders_.contains(key) && asked.insert(key).second) {
      missing[key.source].push_back(key.key);
    }
  }
  if (missing.empty()) return;
  records_->read([&](Session& session) {
    for (auto& [source, texts] : missing) {
      auto loaded = store::load_senders(session, source, texts);
      for (std::size_t index = 0; index < texts.size(); ++index) {
        senders_.insert_or_assign(SenderKey{source, std::move(texts[index])}, std::move(loaded[index]));
      }
    }
  });
}

const Sender& Matcher::sender(const SenderKeyView& key) {
  if (is_alone_ && !filter_) make_filter();
  if (const auto found = senders_.find(key); found != senders_.end()) return found->second;
  if (!may_be_known(key)) return nobody;
  const SenderKey wanted{key.source, std::string(key.key)};
  load({&wanted, 1});
  return senders_.at(wanted);
}

Sender& Matcher::edit(const SenderKey& key) {
  load({&key, 1});
  if (filter_ && !may_be_known(key)) filter_->add(SenderKeyHash{}(key));
  return senders_[key];
}

void Matcher::forget_sender(const SenderKey& key) {
  // Another node may have made it known.
  if (filter_) filter_->add(SenderKeyHash{}(key));
  senders_.erase(key);
  views_.erase(key);
}

void Matcher::forget_accounts() {
  forget_groups();
  emails_.clear();
  domains_.clear();
}

void Matcher::forget_everything() {
  senders_.clear();
  forget_accounts();
}

void Matcher::trim() {
  bound(senders_, most_senders);
  bound(views_, most_senders);
  bound(groups_, most_groups);
  bound(emails_, most_emails);
  bound(domains_, most_emails);
}

std::string Matcher::resolve(const SenderKeyView& key) {
  const auto* said = &sender(key).alias;
  if (!*said) return std::string(key.key);
  std::vector<std::string> chain{std::string(key.key)};
  while (*said && chain.size() < longest_alias_chain) {
    const auto next = (*said)->to_key;
    if (const auto seen = std::ranges::find(chain, next); seen != chain.end()) {
      return *std::min_element(seen, chain.end());  // a circle: all of it is one person, by the smallest of its keys
    }
    chain.push_back(next);
    said = &sender({key.source, next}).alias;
  }
  return chain.back();
}

// -------------------------------------------------------------------------------------------------------- the account

void Matcher::load_groups(std::set<SenderKey> groups) {
  std::erase_if(groups, [&](const SenderKey& group) { return groups_.contains(group); });
  if (groups.empty()) return;
  std::map<core::SourceId, std::vector<std::string>> by_source;
  std::vector<std::string> names;
  for (const auto& group : groups) {
    by_source[group.source].push_back(group.key);
    names.push_back(group.key);
  }
  const auto accounts = accounts_->by_external_ids(names);
  for (const auto& group : groups) {
    const auto account = accounts.find(group.key);
    groups_[group] = account == accounts.end() ? Match{} : Match{account->second, MatchedBy::group_id};
  }
  records_->read([&](Session& session) {
    for (const auto& [source, keys] : by_source) {
      for (const auto& [key, assignment] : store::group_assignments(session, source, keys)) {
        groups_[{source, key}] = {assignment.account, MatchedBy::hand};
      }
    }
  });
}

Match Matcher::of_group(const SenderKey& group) {
  auto found = groups_.find(group);
  if (found == groups_.end()) {
    load_groups({group});
    found = groups_.find(group);
  }
  return found->second;
}

Match Matcher::of_email(const std::string& email) {
  const auto at = email.rfind('@');
  if (at == std::string::npos) return {};
  if (const auto known = emails_.find(email); known != emails_.end()) return known->second;
  Match match;
  if (const auto account = accounts_->by_contact_email(email)) {
    match = {*account, MatchedBy::contact};
  } else {
    const auto domain = email.substr(at + 1);
    auto known = domains_.find(domain);
    if (known == domains_.end()) {
      known = domains_.emplace(domain, accounts_->by_email_domain(domain).value_or(core::AccountId{})).first;
    }
    if (known->second) match = {known->second, MatchedBy::email_domain};
  }
  emails_.emplace(email, match);
  return match;
}

const PersonView& Matcher::view(const SenderKey& person) {
  const auto found = views_.find(person);
  if (found != views_.end()) return found->second;
  return views_.emplace(person, make_view(person)).first->second;
}

PersonView Matcher::make_view(const SenderKey& person) {
  PersonView view;
  std::vector<GroupStatement> groups;
  std::optional<Assignment> assigned;
  const auto later = [](const Saying& a, const Saying& b) {
    return !a.text.empty() && (b.text.empty() || a.at > b.at || (a.at == b.at && a.text > b.text));
  };
  std::set<std::string> seen{person.key};
  std::deque<std::string> open{person.key};
  while (!open.empty()) {
    const auto key = std::move(open.front());
    open.pop_front();
    const auto& of = sender({person.source, key});
    groups.insert(groups.end(), of.groups.begin(), of.groups.end());
    if (later(of.email, view.email)) view.email = of.email;
    if (later(of.name, view.name)) view.name = of.name;
    if (of.assigned &&
        (!assigned || std::pair(of.assigned->at, of.assigned->account) > std::pair(assigned->at, assigned->account))) {
      assigned = of.assigned;
    }
    std::vector<SenderKey> next;
    for (const auto& follower : of.followers) {
      if (seen.size() < most_keys_of_person && seen.insert(follower).second) next.push_back({person.source, follower});
    }
    view.keys.push_back(key);
    load(next);
    for (auto& follower : next) open.push_back(std::move(follower.key));
  }
  if (assigned) {
    view.steps.push_back({{}, {assigned->account, MatchedBy::hand}});
    return view;
  }
  std::ranges::sort(groups, [](const GroupStatement& a, const GroupStatement& b) {
    return std::pair(a.since, std::string_view(a.group_key)) < std::pair(b.since, std::string_view(b.group_key));
  });
  for (const auto& statement : groups) {
    auto match = of_group({person.source, statement.group_key});
    if (match.by == MatchedBy::group_id) match.by = MatchedBy::group_call;
    if (!view.steps.empty() && view.steps.back().since == statement.since) {
      view.steps.back().match = match;
    } else if (view.steps.empty() || view.steps.back().match != match) {
      view.steps.push_back({statement.since, match});
    }
  }
  if (view.steps.empty()) {
    // Many products use the address as the user's id.
    view.steps.push_back({{}, of_email(view.email.text.empty() ? core::lower_case(person.key) : view.email.text)});
  }
  return view;
}

// ---------------------------------------------------------------------------------------------------- many at a time

void Matcher::load_what_events_need(std::span<const Event> events) {
  std::vector<SenderKey> keys;
  std::set<SenderKey> groups;
  std::string buffer;
  const auto want = [&](core::SourceId source, std::string_view key) {
    const SenderKeyView view(source, key);
    if (may_be_known(view) && !senders_.contains(view)) keys.push_back({source, std::string(key)});
  };
  for (const auto& event : events) {
    if (const auto key = sender_key(event, buffer); !key.empty()) want(event.source, key);
    if (!event.group_key.empty() && !groups_.contains(SenderKeyView(event.source, event.group_key))) {
      groups.insert({event.source, event.group_key});
    }
  }
  load_groups(std::move(groups));
  load(keys);
  // Where they lead to, and from where those persons are reached.
  std::vector<SenderKey> next;
  for (const auto& key : keys) {
    const auto& known = sender(key);
    if (known.alias) next.push_back({key.source, known.alias->to_key});
    if (known.followers.size() < most_keys_of_person) {
      for (const auto& follower : known.followers) next.push_back({key.source, follower});
    }
  }
  load(next);
}

void Matcher::match(std::span<Event> events) {
  if (is_alone_ && (!filter_ || filter_->is_full())) make_filter();
  load_what_events_need(events);
  std::string buffer;
  for (auto& event : events) {
    const auto key = sender_key(event, buffer);
    if (key.empty()) {
      event.person_key.clear();
    } else if (const auto& known = sender({event.source, key}); !known.alias) {
      event.person_key = key;
    } else {
      event.person_key = resolve({event.source, key});
    }
    Match match;
    if (!event.group_key.empty()) {
      const auto found = groups_.find(SenderKeyView(event.source, event.group_key));
      match = found != groups_.end() ? found->second : of_group({event.source, event.group_key});
    } else if (!event.person_key.empty()) {
      const auto found = views_.find(SenderKeyView(event.source, event.person_key));
      match = (found != views_.end() ? found->second : view({event.source, event.person_key})).at(event.occurred_at);
    }
    event.account = match.account;
    event.matched_by = match.by;
  }
}

}  // namespace banso::usage
