#include "knowledge.hpp"

#include <algorithm>
#include <limits>

namespace banso::usage {
namespace {

using platform::events::EventKind;
using platform::events::MatchedBy;
using platform::events::Rematch;
using platform::records::Session;

constexpr core::Instant far_future{std::numeric_limits<std::int64_t>::max()};
constexpr std::int64_t unmatched_page = 1000;

// The earliest alias of a key is the one that counts: what was done before the first log-in belongs to who logged in
// first. (Ties are cut by the key, so that arrival plays no part.)
bool comes_first(const store::Alias& a, const store::Alias& b) {
  return a.since != b.since ? a.since < b.since : a.to_key < b.to_key;
}

bool matches_somewhere(Matcher& matcher, core::SourceId source, const std::string& person_key) {
  if (person_key.empty()) return false;
  const auto& calls = matcher.group_calls(source, person_key);
  if (calls.empty()) return static_cast<bool>(matcher.of_email(source, person_key).account);
  return std::ranges::any_of(calls, [&](const store::GroupCall& call) {
    return static_cast<bool>(matcher.of_group(source, call.group_key).account);
  });
}

}  // namespace

bool Knowledge::teaches(const Call& call) {
  return !platform::events::is_usage(call.kind) || !call.email.empty();
}

void Knowledge::learn(core::SourceId source, const Call& call, core::Instant occurred_at) {
  if (call.kind == EventKind::alias) {
    learn_alias(source, call.previous_id, call.user_id, occurred_at);
    learn_alias(source, anonymous_key(call.previous_id), call.user_id, occurred_at);
  }
  if (call.kind == EventKind::identify && !call.user_id.empty() && !call.anonymous_id.empty()) {
    learn_alias(source, anonymous_key(call.anonymous_id), call.user_id, occurred_at);
  }
  if (call.kind == EventKind::group) learn_group(source, call, occurred_at);
  if (!call.email.empty() || !call.person_name.empty()) learn_person(source, call, occurred_at);
}

void Knowledge::learn_person(core::SourceId source, const Call& call, core::Instant occurred_at) {
  auto looked_up = matcher();
  const auto person_key = looked_up.person_key(source, call.user_id, call.anonymous_id);
  const auto account =
      looked_up.match(source, call.kind == EventKind::group ? "" : call.group_id, person_key, occurred_at).account;
  const bool email_changed = records_->write([&](Session& session) {
    store::KnownPerson known{source, account, person_key, {}, {}, {}};
    bool newest = true;
    std::string email_before;
    for (const auto& person : store::people_of_key(session, source, person_key)) {
      email_before = person.email;
      if (person.account != account) continue;
      known = person;
      newest = person.known_at <= occurred_at;
    }
    if (!call.email.empty() && (newest || known.email.empty())) known.email = call.email;
    if (!call.person_name.empty() && (newest || known.name.empty())) known.name = call.person_name;
    if (newest) known.known_at = occurred_at;
    store::put_person(session, known);
    return known.email != email_before;
  });
  if (email_changed) rematch_person(source, person_key);
}

void Knowledge::learn_group(core::SourceId source, const Call& call, core::Instant occurred_at) {
  auto looked_up = matcher();
  const auto person_key = looked_up.person_key(source, call.user_id, call.anonymous_id);
  const auto* before = call_in_effect(looked_up.group_calls(source, person_key), occurred_at);
  const bool news = !before || before->group_key != call.group_id;
  records_->write([&](Session& session) {
    store::insert_group_call(session, source, person_key, {occurred_at, call.group_id});
  });
  if (news) rematch_person(source, person_key);
}

void Knowledge::learn_alias(core::SourceId source, const std::string& from_key, const std::string& to_key,
                            core::Instant since) {
  if (from_key == to_key) return;
  const bool news = records_->write([&](Session& session) {
    const store::Alias said{to_key, since};
    const auto known = store::alias(session, source, from_key);
    if (known && !comes_first(said, *known)) return false;
    store::put_alias(session, source, from_key, said);
    return !known || known->to_key != to_key;
  });
  if (!news) return;
  const auto person_key = matcher().resolve_alias(source, from_key);
  if (person_key == from_key) return;  // a circle
  records_->write([&](Session& session) {
    store::move_group_calls(session, source, from_key, person_key);
    store::move_people(session, source, from_key, person_key);
  });

  Rematch of_sender;  // rows that came with this very key
  of_sender.source = source;
  if (const std::string prefix = anonymous_key(""); from_key.starts_with(prefix)) {
    of_sender.user_id = "";
    of_sender.anonymous_id = from_key.substr(prefix.size());
  } else {
    of_sender.user_id = from_key;
  }
  of_sender.to_person_key = person_key;
  events_->rematch(of_sender);
  Rematch of_person;  // rows that were resolved to it
  of_person.source = source;
  of_person.person_key = from_key;
  of_person.to_person_key = person_key;
  events_->rematch(of_person);
  rematch_person(source, person_key);
}

// Matches anew the events of a person that name no group themselves, each stretch between two group calls on its own.
std::int64_t Knowledge::rematch_person(core::SourceId source, const std::string& person_key) {
  if (person_key.empty()) return 0;
  auto looked_up = matcher();
  const auto calls = looked_up.group_calls(source, person_key);
  std::int64_t found = 0;
  for (std::size_t index = 0; index < std::max<std::size_t>(calls.size(), 1); ++index) {
    const auto at = calls.empty() ? far_future : calls[index].since;
    const auto match = looked_up.match(source, "", person_key, at);
    Rematch rematch;
    rematch.source = source;
    rematch.person_key = person_key;
    rematch.group_key = "";
    rematch.matched_by = {MatchedBy::nothing, MatchedBy::group_call, MatchedBy::contact, MatchedBy::email_domain,
                          MatchedBy::hand};
    if (index > 0) rematch.occurred_from = at;
    if (index + 1 < calls.size()) rematch.occurred_before = calls[index + 1].since;
    rematch.to_account = match.account;
    rematch.to_matched_by = match.by;
    const auto changed = events_->rematch(rematch);
    if (match.account) found += changed;
  }
  place_person(source, person_key);
  return found;
}

// Files what is known of a person under the account they were found to belong to.
void Knowledge::place_person(core::SourceId source, const std::string& person_key) {
  const auto account = matcher().match(source, "", person_key, far_future).account;
  if (!account) return;
  records_->write([&](Session& session) {
    for (auto person : store::people_of_key(session, source, person_key)) {
      if (person.account) continue;
      person.account = account;
      store::put_person(session, person);
      store::remove_person(session, source, core::AccountId{}, person_key);
    }
  });
}

std::int64_t Knowledge::rematch_group(core::SourceId source, const std::string& group_key) {
  const auto match = matcher().of_group(source, group_key);
  if (!match.account) return 0;
  Rematch rematch;
  rematch.source = source;
  rematch.group_key = group_key;
  rematch.to_account = match.account;
  rematch.to_matched_by = match.by;
  return events_->rematch(rematch);
}

std::int64_t Knowledge::rematch_unmatched() {
  std::vector<platform::events::Unmatched> waiting;
  for (core::PageRequest page{0, unmatched_page};; page.offset += unmatched_page) {
    auto items = events_->unmatched(page).items;
    if (items.empty()) break;
    waiting.insert(waiting.end(), items.begin(), items.end());
  }
  // Most of them still match nothing: that is found out without touching the events.
  auto looked_up = matcher();
  std::int64_t found = 0;
  for (const auto& item : waiting) {
    if (!item.group_key.empty()) {
      if (looked_up.of_group(item.source, item.group_key).account) found += rematch_group(item.source, item.group_key);
    } else if (matches_somewhere(looked_up, item.source, item.person_key)) {
      found += rematch_person(item.source, item.person_key);
    }
  }
  return found;
}

std::int64_t Knowledge::assign_group(core::SourceId source, const std::string& group_key, core::AccountId account,
                                     core::UserId by) {
  records_->write([&](Session& session) { store::put_group_assignment(session, source, group_key, account, by); });
  return rematch_group(source, group_key) + rematch_unmatched();
}

}  // namespace banso::usage
