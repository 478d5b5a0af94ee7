// The service's part that reads: daily facts, persons, the catalogue, pages of an account.
#include <algorithm>
#include <map>
#include <span>
#include <utility>

#include "core/ascii.hpp"
#include "service_impl.hpp"
#include "store.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
using platform::records::Session;

}  // namespace

void ServiceImpl::read_usage_days(const UsageDayQuery& query, const UsageDayVisitor& visit) {
  facts_.read(query, catalogue_.lookup(), visit);
}

std::vector<UsageOutline> ServiceImpl::usage_outline(const std::vector<core::AccountId>& accounts, core::Day before) {
  return facts_.outline(accounts, before, catalogue_.lookup());
}

std::vector<Person> ServiceImpl::persons(const std::vector<core::AccountId>& accounts) {
  std::vector<Person> persons;
  for (auto& numbered : facts_.persons(accounts)) {
    persons.push_back({numbered.number, numbered.account, std::move(numbered.person_key), {}, {}, {}});
  }
  describe(accounts, persons);
  return persons;
}

// Puts in what is known of them, beside their keys.
void ServiceImpl::describe(const std::vector<core::AccountId>& accounts, std::span<Person> persons) {
  using Key = std::pair<std::int64_t, std::string>;
  std::map<Key, store::KnownPerson> known;
  for (auto& person :
       dependencies_.records->read([&](Session& session) { return store::people_of_accounts(session, accounts); })) {
    known.try_emplace(Key{person.account.value, person.person_key}, std::move(person));
  }
  std::map<Key, ContactReference> contacts;  // by e-mail
  dependencies_.accounts->each_contact(accounts, [&](const ContactReference& contact) {
    if (!contact.email.empty())
      contacts.try_emplace(Key{contact.account.value, core::lower_case(contact.email)}, contact);
  });
  for (auto& person : persons) {
    if (const auto found = known.find({person.account.value, person.user_key}); found != known.end()) {
      person.email = found->second.email;
      person.name = found->second.name;
    }
    if (person.email.empty() && person.user_key.find('@') != std::string::npos)
      person.email = core::lower_case(person.user_key);
    if (const auto found = contacts.find({person.account.value, person.email}); found != contacts.end()) {
      person.contact = found->second.id;
      if (!found->second.name.empty()) person.name = found->second.name;
    }
  }
}

std::optional<core::Day> ServiceImpl::last_activity_day(core::AccountId account, core::Day as_of) {
  return facts_.last_day(account, as_of, catalogue_.lookup());
}

// ------------------------------------------------------------------------------------------------------ the catalogue

std::vector<Feature> ServiceImpl::features() {
  auto volumes = dependencies_.events->type_volumes();
  std::erase_if(volumes, [](const events::TypeVolume& volume) { return !events::is_usage(volume.type.kind); });
  std::vector<events::EventType> types;
  for (const auto& volume : volumes) types.push_back(volume.type);
  catalogue_.ensure(types);

  auto all = catalogue_.features();
  std::map<events::EventType, Feature*> by_type;
  for (auto& feature : all) {
    for (const auto& type : feature.types) by_type[type] = &feature;
  }
  for (const auto& volume : volumes) {
    const auto found = by_type.find(volume.type);
    if (found == by_type.end()) continue;
    auto& feature = *found->second;
    feature.events += volume.events;
    feature.first_at = std::min(feature.first_at.value_or(volume.first_at), volume.first_at);
    feature.last_at = std::max(feature.last_at.value_or(volume.last_at), volume.last_at);
  }
  return all;
}

core::Result<Feature> ServiceImpl::change_feature(FeatureId id, const FeatureChange& change,
                                                  const core::Caller& caller) {
  auto changed = catalogue_.change(id, change, caller);
  // A name changes no figure; the rest does, on every account.
  if (changed && (change.is_active || change.ignored || change.types || change.separated_types || change.module))
    tell(facts_.everything());
  return changed;
}

core::Result<Feature> ServiceImpl::define_feature(const events::EventType& type, const FeatureChange& change,
                                                  const core::Caller& caller) {
  return catalogue_.define(type, change, caller);
}

// ------------------------------------------------------------------------------------------------ pages of an account

View ServiceImpl::view(std::optional<core::Day> as_of) const {
  const auto today = core::day_of(core::now(), dependencies_.events->day_offset_minutes());
  const auto book_day = dependencies_.book_day ? dependencies_.book_day() : today;
  // On the book day everything recorded so far counts as known; an earlier day sees what was known at its end.
  if (!as_of || *as_of >= book_day) return {as_of.value_or(book_day), std::nullopt};
  return {*as_of, *as_of};
}

std::optional<core::Instant> ServiceImpl::known_until(const View& view) const {
  if (!view.known_day) return std::nullopt;
  return core::Instant{core::start_of(*view.known_day + 1, dependencies_.events->day_offset_minutes()).microseconds -
                       1};
}

core::Result<> ServiceImpl::check_account(core::AccountId account) const {
  if (dependencies_.accounts->exists(account)) return {};
  return core::Error::not_found({"There is no such account.", "この顧客企業は見つかりません。"});
}

AccountUsage ServiceImpl::usage_of(core::AccountId account, core::Day from, core::Day to, const View& view) {
  return account_usage(facts_, catalogue_, account, from, to, view);
}

std::optional<std::int64_t> ServiceImpl::seats_of(core::AccountId account, core::Day day) const {
  return dependencies_.seats ? dependencies_.seats(account, day) : std::nullopt;
}

core::Page<PersonUsage> ServiceImpl::people_of(core::AccountId account, const View& view, core::PageRequest request) {
  events::PeopleQuery query;
  query.account = account;
  query.window_from = view.day - (window_days - 1);
  query.window_to = view.day;
  query.known_until = known_until(view);
  query.page = request;
  for (const auto& feature : catalogue_.features()) {
    if (feature.ignored) query.ignored.insert(query.ignored.end(), feature.types.begin(), feature.types.end());
  }
  auto found = dependencies_.events->people(query);

  // Who they are does not wait for the daily facts, which follow the store: only their number does.
  std::map<std::string, std::int32_t> numbers;
  for (auto& person : facts_.persons({account})) numbers.emplace(std::move(person.person_key), person.number);
  std::vector<Person> who;
  for (const auto& usage : found.items) {
    const auto numbered = numbers.find(usage.person_key);
    who.push_back({numbered == numbers.end() ? 0 : numbered->second, account, usage.person_key, {}, {}, {}});
  }
  describe({account}, who);
  const auto features = features_of_people(facts_, catalogue_, account, view);
  core::Page<PersonUsage> page;
  page.total = found.total;
  for (std::size_t index = 0; index < found.items.size(); ++index) {
    PersonUsage item{std::move(found.items[index]), 0, std::move(who[index])};
    if (const auto used = features.find(item.who.number); used != features.end()) item.features_28d = used->second;
    page.items.push_back(std::move(item));
  }
  return page;
}

core::Page<events::StoredEvent> ServiceImpl::events_of(core::AccountId account, const EventFilter& filter,
                                                       const View& view, core::PageRequest page) {
  events::TimelineQuery query;
  query.account = account;
  query.person_key = filter.user_key;
  query.from = filter.from;
  query.to = std::min(filter.to.value_or(view.day), view.day);
  query.known_until = known_until(view);
  query.page = page;
  if (filter.feature) {
    for (const auto& feature : catalogue_.features()) {
      if (feature.id == *filter.feature) query.types = feature.types;
    }
    if (query.types.empty()) return {};
  }
  return dependencies_.events->timeline(query);
}

}  // namespace banso::usage
