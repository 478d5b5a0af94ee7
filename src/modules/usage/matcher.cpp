#include "matcher.hpp"

namespace banso::usage {
namespace {

using platform::events::MatchedBy;
using platform::records::Session;

constexpr int longest_alias_chain = 8;  // a circle of aliases must end somewhere

// Looks up once per key.
template <class Map, class LookUp>
const auto& remembered(Map& map, typename Map::key_type key, LookUp look_up) {
  auto found = map.find(key);
  if (found == map.end()) found = map.emplace(std::move(key), look_up()).first;
  return found->second;
}

}  // namespace

std::string anonymous_key(const std::string& anonymous_id) {
  return "anonymous:" + anonymous_id;
}

std::string Matcher::person_key(core::SourceId source, const std::string& user_id, const std::string& anonymous_id) {
  if (!user_id.empty()) return resolve_alias(source, user_id);
  if (!anonymous_id.empty()) return resolve_alias(source, anonymous_key(anonymous_id));
  return {};
}

std::string Matcher::resolve_alias(core::SourceId source, const std::string& key) {
  return remembered(aliases_, Key{source.value, key}, [&] {
    return records_.read([&](Session& session) {
      auto person = key;
      for (int hop = 0; hop < longest_alias_chain; ++hop) {
        const auto alias = store::alias(session, source, person);
        if (!alias) break;
        person = alias->to_key;
      }
      return person;
    });
  });
}

const std::vector<store::GroupCall>& Matcher::group_calls(core::SourceId source, const std::string& person_key) {
  return remembered(group_calls_, Key{source.value, person_key}, [&] {
    return records_.read([&](Session& session) { return store::group_calls(session, source, person_key); });
  });
}

const store::GroupCall* call_in_effect(const std::vector<store::GroupCall>& calls, core::Instant at) {
  if (calls.empty()) return nullptr;
  const store::GroupCall* last = &calls.front();
  for (const auto& call : calls) {
    if (call.since <= at) last = &call;
  }
  return last;
}

Match Matcher::match(core::SourceId source, const std::string& group_key, const std::string& person_key,
                     core::Instant at) {
  if (!group_key.empty()) return of_group(source, group_key);
  if (person_key.empty()) return {};
  if (const auto* call = call_in_effect(group_calls(source, person_key), at)) {
    auto match = of_group(source, call->group_key);
    if (match.by == MatchedBy::group_id) match.by = MatchedBy::group_call;
    return match;
  }
  return of_email(source, person_key);
}

Match Matcher::of_group(core::SourceId source, const std::string& group_key) {
  return remembered(groups_, Key{source.value, group_key}, [&] { return look_up_group(source, group_key); });
}

Match Matcher::look_up_group(core::SourceId source, const std::string& group_key) {
  const auto assigned =
      records_.read([&](Session& session) { return store::group_assignment(session, source, group_key); });
  if (assigned) return {*assigned, MatchedBy::hand};
  const auto found = accounts_.by_external_ids({&group_key, 1});
  if (found.empty()) return {};
  return {found.begin()->second, MatchedBy::group_id};
}

Match Matcher::of_email(core::SourceId source, const std::string& person_key) {
  return remembered(emails_, Key{source.value, person_key},
                    [&] { return look_up_email(email_of(source, person_key)); });
}

Match Matcher::look_up_email(const std::string& email) {
  const auto at = email.rfind('@');
  if (at == std::string::npos) return {};
  if (const auto account = accounts_.by_contact_email(email)) return {*account, MatchedBy::contact};
  if (const auto account = accounts_.by_email_domain(std::string_view(email).substr(at + 1))) {
    return {*account, MatchedBy::email_domain};
  }
  return {};
}

std::string Matcher::email_of(core::SourceId source, const std::string& person_key) {
  const auto people =
      records_.read([&](Session& session) { return store::people_of_key(session, source, person_key); });
  const store::KnownPerson* latest = nullptr;
  for (const auto& person : people) {
    if (!person.email.empty() && (!latest || person.known_at > latest->known_at)) latest = &person;
  }
  return latest ? latest->email : person_key;  // many products use the address as the user's id
}

}  // namespace banso::usage
