#include "knowledge.hpp"

#include <algorithm>
#include <limits>

namespace banso::usage {
namespace {

using platform::events::EventKind;
using platform::events::Rematch;
using platform::records::Session;

constexpr core::Instant far_future{std::numeric_limits<std::int64_t>::max()};
// What only says again what is known is kept in memory, and written down once a day: a log-in must cost nothing.
constexpr std::int64_t said_again_after_us = core::microseconds_per_day;
constexpr std::size_t most_keys_corrected = 1'000;

// The earliest alias of a key is the one that counts: what was done before the first log-in belongs to who logged in
// first. (Ties are cut by the key, so that arrival plays no part.)
bool comes_first(const Alias& a, const Alias& b) {
  return a.since != b.since ? a.since < b.since : a.to_key < b.to_key;
}

bool comes_before(const GroupStatement& a, const GroupStatement& b) {
  return std::pair(a.since, std::string_view(a.group_key)) < std::pair(b.since, std::string_view(b.group_key));
}

std::string sender_key(const platform::events::Event& event) {
  return event.user_id.empty() ? anonymous_key(event.anonymous_id) : event.user_id;
}

// Whether the text itself changed.
bool hear(Saying& known, const std::string& text, core::Instant at, bool& is_worth_writing) {
  if (text.empty()) return false;
  const bool is_first = known.text.empty();
  if (!is_first && (at < known.at || (at == known.at && text <= known.text))) return false;
  const bool changes = is_first || text != known.text;
  known.text = text;
  known.at = at;
  if (changes || at.microseconds - known.saved_at.microseconds > said_again_after_us) {
    known.saved_at = at;
    is_worth_writing = true;
  }
  return changes;
}

}  // namespace

// What a batch of lessons adds, to be written in one transaction.
struct Knowledge::News {
  std::map<SenderKey, Alias> aliases;
  std::vector<std::pair<SenderKey, GroupStatement>> groups;
  std::set<SenderKey> sayings;
  std::map<std::pair<SenderKey, core::AccountId>, FiledPerson> filed;
  CorrectionSet corrections;

  bool empty() const { return aliases.empty() && groups.empty() && sayings.empty() && filed.empty(); }
};

bool Knowledge::learn(std::span<const Told> told) {
  matcher_.trim();
  std::vector<SenderKey> keys;
  for (const auto& [event, lesson] : told) {
    keys.push_back({event->source, sender_key(*event)});
    if (!event->user_id.empty() && !event->anonymous_id.empty()) {
      keys.push_back({event->source, anonymous_key(event->anonymous_id)});
    }
    if (!lesson->previous_id.empty()) {
      keys.push_back({event->source, lesson->previous_id});
      keys.push_back({event->source, anonymous_key(lesson->previous_id)});
    }
  }
  matcher_.load(keys);
  News news;
  try {
    for (const auto& [event, lesson] : told) {
      const SenderKey sender{event->source, sender_key(*event)};
      if (event->kind == EventKind::alias) {
        learn_alias(news, {event->source, lesson->previous_id}, event->user_id, event->occurred_at);
        learn_alias(news, {event->source, anonymous_key(lesson->previous_id)}, event->user_id, event->occurred_at);
      }
      if (event->kind == EventKind::identify && !event->user_id.empty() && !event->anonymous_id.empty()) {
        learn_alias(news, {event->source, anonymous_key(event->anonymous_id)}, event->user_id, event->occurred_at);
      }
      if (event->kind == EventKind::group) learn_group(news, sender, event->group_key, event->occurred_at);
      learn_sayings(news, sender, *lesson, event->occurred_at);
    }
    file(news, told);
    if (!news.empty()) write(news);
  } catch (...) {
    matcher_.forget_everything();  // it holds what was not written
    throw;
  }
  return !news.corrections.empty();
}

void Knowledge::learn_alias(News& news, const SenderKey& from, const std::string& to_key, core::Instant since) {
  if (from.key == to_key) return;
  const Alias said{to_key, since};
  const auto& known = matcher_.sender(from).alias;
  if (known && !comes_first(said, *known)) return;
  const auto person_before = matcher_.resolve(from);
  const bool leads_elsewhere = !known || known->to_key != to_key;
  if (leads_elsewhere) {
    if (known) std::erase(matcher_.edit({from.source, known->to_key}).followers, from.key);
    matcher_.edit({from.source, to_key}).followers.push_back(from.key);
  }
  matcher_.edit(from).alias = said;
  news.aliases[from] = said;
  if (!leads_elsewhere) return;
  // Two persons changed: who it was, and who it is now.
  const auto person = matcher_.resolve(from);
  for (const auto& key : {person_before, person}) {
    matcher_.forget_person({from.source, key});
    news.corrections.insert({Subject::person, {from.source, key}});
  }
  news.corrections.insert({Subject::key, from});
}

void Knowledge::learn_group(News& news, const SenderKey& sender, const std::string& group_key, core::Instant since) {
  auto& groups = matcher_.edit(sender).groups;
  GroupStatement said{since, group_key, false};
  const auto place = std::ranges::lower_bound(groups, said, comes_before);
  if (place != groups.end() && place->since == since && place->group_key == group_key) return;
  const auto* before = place == groups.begin() ? nullptr : &*(place - 1);
  const bool says_again = before && before->group_key == group_key;
  // (What is said again matters only if something else turns out to have been said in between.)
  said.is_saved = !says_again || since.microseconds - before->since.microseconds > said_again_after_us;
  if (said.is_saved) news.groups.emplace_back(sender, said);
  const auto inserted = groups.insert(place, said);
  if (says_again) return;
  for (auto after = inserted + 1; after != groups.end() && !after->is_saved; ++after) {
    after->is_saved = true;
    news.groups.emplace_back(sender, *after);
  }
  const SenderKey person{sender.source, matcher_.resolve(sender)};
  matcher_.forget_person(person);
  news.corrections.insert({Subject::person, person});
}

void Knowledge::learn_sayings(News& news, const SenderKey& sender, const Lesson& lesson, core::Instant at) {
  if (lesson.email.empty() && lesson.person_name.empty()) return;
  auto& known = matcher_.edit(sender);
  bool is_worth_writing = false;
  const bool email_changed = hear(known.email, lesson.email, at, is_worth_writing);
  const bool name_changed = hear(known.name, lesson.person_name, at, is_worth_writing);
  if (is_worth_writing) news.sayings.insert(sender);
  if (!email_changed && !name_changed) return;
  const SenderKey person{sender.source, matcher_.resolve(sender)};
  matcher_.forget_person(person);
  if (email_changed) news.corrections.insert({Subject::person, person});
}

// Files what is known of the persons under the accounts they act for, for display.
void Knowledge::file(News& news, std::span<const Told> told) {
  for (const auto& [event, lesson] : told) {
    const SenderKey person{event->source, matcher_.resolve({event->source, sender_key(*event)})};
    const auto& view = matcher_.view(person);
    if (view.email.text.empty() && view.name.text.empty()) continue;
    const auto match =
        event->group_key.empty() ? view.at(event->occurred_at) : matcher_.of_group({event->source, event->group_key});
    auto& filed = matcher_.edit(person).filed;
    if (match.account) filed.try_emplace(match.account);
    for (auto& [account, known] : filed) {
      if (known.email == view.email.text && known.name == view.name.text) continue;
      known = {view.email.text, view.name.text};
      news.filed[{person, account}] = known;
    }
  }
}

void Knowledge::write(const News& news) {
  records_->write([&](Session& session) {
    for (const auto& [from, alias] : news.aliases) store::put_alias(session, from, alias);
    for (const auto& [sender, statement] : news.groups) store::insert_group_statement(session, sender, statement);
    for (const auto& key : news.sayings) {
      const auto& sender = matcher_.sender(key);
      store::put_sayings(session, key, sender.email, sender.name);
    }
    const auto now = core::now();
    for (const auto& [place, filed] : news.filed) {
      store::put_filed_person(session, place.first, place.second, filed, now);
    }
    store::insert_corrections(session, news.corrections, node_);
  });
}

// ------------------------------------------------------------------------------------------------------------ by hand

void Knowledge::write_assignment(const CorrectionSet& corrections, const std::function<void(Session&)>& work) {
  records_->write([&](Session& session) {
    work(session);
    store::insert_corrections(session, corrections, node_);
  });
}

CorrectionSet Knowledge::assign_group(const SenderKey& group, core::AccountId account, core::UserId by) {
  const CorrectionSet corrections{{Subject::group, group}};
  write_assignment(corrections, [&](Session& session) {
    store::put_group_assignment(session, group, {account, by, core::now()});
  });
  matcher_.forget_groups();
  return corrections;
}

CorrectionSet Knowledge::undo_group(const SenderKey& group, core::UserId by) {
  const bool by_hand = records_->read([&](Session& session) {
    return !store::group_assignments(session, group.source, {&group.key, 1}).empty();
  });
  if (!by_hand) return assign_group(group, {}, by);
  const CorrectionSet corrections{{Subject::group, group}};
  write_assignment(corrections, [&](Session& session) { store::remove_group_assignment(session, group); });
  matcher_.forget_groups();
  return corrections;
}

CorrectionSet Knowledge::assign_person(const SenderKey& person, core::AccountId account, core::UserId by) {
  const CorrectionSet corrections{{Subject::person, person}};
  const Assignment assignment{account, by, core::now()};
  auto& known = matcher_.edit(person);
  write_assignment(corrections, [&](Session& session) { store::put_person_assignment(session, person, assignment); });
  known.assigned = assignment;
  matcher_.forget_person({person.source, matcher_.resolve(person)});
  return corrections;
}

CorrectionSet Knowledge::undo_person(const SenderKey& person, core::UserId by) {
  CorrectionSet corrections{{Subject::person, person}};
  std::vector<SenderKey> assigned;
  for (const auto& key : matcher_.view(person).keys) {
    if (matcher_.sender({person.source, key}).assigned) assigned.push_back({person.source, key});
  }
  if (assigned.empty()) return assign_person(person, {}, by);
  write_assignment(corrections, [&](Session& session) {
    for (const auto& key : assigned) store::remove_person_assignment(session, key);
  });
  for (const auto& key : assigned) matcher_.edit(key).assigned.reset();
  matcher_.forget_person(person);
  return corrections;
}

// -------------------------------------------------------------------------------------------------------- corrections

std::vector<Rematch> Knowledge::rematches_of(const CorrectionSet& corrections) {
  matcher_.trim();
  std::vector<Rematch> all;
  std::set<SenderKey> persons;
  for (const auto& [subject, of] : corrections) {
    if (subject == Subject::key) {
      add_rematches_of_key(all, of);
      persons.insert({of.source, matcher_.resolve(of)});
    } else if (subject == Subject::person) {
      persons.insert({of.source, matcher_.resolve(of)});
    } else {
      Rematch rematch;
      rematch.source = of.source;
      rematch.group_key = of.key;
      const auto match = matcher_.of_group(of);
      rematch.to_account = match.account;
      rematch.to_matched_by = match.by;
      all.push_back(std::move(rematch));
      // Those who act for it by a group call of theirs name no group with each event.
      for (auto& person : records_->read([&](Session& session) { return store::persons_of_group(session, of); })) {
        persons.insert({of.source, matcher_.resolve(person)});
      }
    }
  }
  for (const auto& person : persons) add_rematches_of_person(all, person);
  return all;
}

// The rows that came with this key, or with one that leads to it, belong to the person it leads to now.
void Knowledge::add_rematches_of_key(std::vector<Rematch>& all, const SenderKey& key) {
  const auto person = matcher_.resolve(key);
  const auto add_raw = [&](const std::string& raw) {
    Rematch rematch;
    rematch.source = key.source;
    const auto anonymous_id = anonymous_id_of(raw);
    rematch.user_id = anonymous_id ? "" : raw;
    if (anonymous_id) rematch.anonymous_id = anonymous_id;
    rematch.to_person_key = person;
    all.push_back(std::move(rematch));
  };
  std::vector<std::string> keys{key.key};
  std::set<std::string> seen{key.key};
  for (std::size_t index = 0; index < keys.size() && keys.size() < most_keys_corrected; ++index) {
    for (const auto& follower : matcher_.sender({key.source, keys[index]}).followers) {
      if (seen.insert(follower).second) keys.push_back(follower);
    }
  }
  for (const auto& raw : keys) add_raw(raw);
  if (person == key.key) return;
  Rematch resolved;
  resolved.source = key.source;
  resolved.person_key = key.key;
  resolved.to_person_key = person;
  all.push_back(std::move(resolved));
}

// The events of a person that name no group themselves, each stretch between two group calls on its own.
void Knowledge::add_rematches_of_person(std::vector<Rematch>& all, const SenderKey& person) {
  if (person.key.empty()) return;
  const auto& steps = matcher_.view(person).steps;
  for (std::size_t index = 0; index < steps.size(); ++index) {
    Rematch rematch;
    rematch.source = person.source;
    rematch.person_key = person.key;
    rematch.group_key = "";
    if (index > 0) rematch.occurred_from = steps[index].since;
    if (index + 1 < steps.size()) rematch.occurred_before = steps[index + 1].since;
    rematch.to_account = steps[index].match.account;
    rematch.to_matched_by = steps[index].match.by;
    all.push_back(std::move(rematch));
  }
}

CorrectionSet Knowledge::corrections_of(std::span<const platform::events::Unmatched> waiting) {
  std::vector<SenderKey> keys;
  for (const auto& item : waiting) {
    if (item.group_key.empty()) keys.push_back({item.source, item.person_key});
  }
  matcher_.load(keys);
  CorrectionSet found;
  for (const auto& item : waiting) {
    if (!item.group_key.empty()) {
      const SenderKey group{item.source, item.group_key};
      if (matcher_.of_group(group).account) found.insert({Subject::group, group});
    } else if (!item.person_key.empty()) {
      const SenderKey person{item.source, item.person_key};
      const auto& steps = matcher_.view(person).steps;
      if (std::ranges::any_of(steps, [](const PersonView::Step& step) { return bool(step.match.account); })) {
        found.insert({Subject::person, person});
      }
    }
  }
  return found;
}

}  // namespace banso::usage
