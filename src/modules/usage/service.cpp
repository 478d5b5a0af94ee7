#include "service_impl.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "platform/log/log.hpp"
#include "store.hpp"

namespace banso::usage {
namespace {

namespace events = platform::events;
using platform::records::Session;
using namespace std::chrono_literals;

// Long enough to gather a burst into one round, short enough to stay well under a second from receipt to score.
constexpr auto gathering_time = 200ms;
// While a file pours in, following every batch would cost more than following once at the end.
constexpr auto bulk_pause = 1s;
constexpr auto longest_wait_for_bulk = 5s;
// Another node may have stored something without waking this one.
constexpr auto longest_sleep = 5s;

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
  });
  return text;
}

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  return std::make_shared<ServiceImpl>(std::move(dependencies));
}

ServiceImpl::ServiceImpl(Dependencies dependencies)
    : dependencies_(std::move(dependencies)),
      facts_(dependencies_.mart, dependencies_.events),
      catalogue_(dependencies_.records),
      sources_(dependencies_.records, dependencies_.events),
      knowledge_(std::make_shared<Knowledge>(dependencies_.records, dependencies_.events, dependencies_.accounts)),
      intake_(knowledge_, dependencies_.events),
      bulk_append_(dependencies_.events, dependencies_.accounts) {}

ServiceImpl::~ServiceImpl() {
  stop();
}

// --------------------------------------------------------------------------------------------------------- background

void ServiceImpl::start() {
  const std::lock_guard lock(working_);
  if (worker_.joinable()) return;
  stopping_ = false;
  worker_ = std::thread([this] { work(); });
}

void ServiceImpl::stop() {
  {
    const std::lock_guard lock(working_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (worker_.joinable()) worker_.join();
}

void ServiceImpl::wake() {
  {
    const std::lock_guard lock(working_);
    something_arrived_ = true;
  }
  woken_.notify_all();
}

void ServiceImpl::accounts_changed() {
  {
    const std::lock_guard lock(working_);
    accounts_changed_ = true;
  }
  woken_.notify_all();
}

void ServiceImpl::work() {
  std::unique_lock lock(working_);
  while (!stopping_) {
    woken_.wait_for(lock, longest_sleep, [&] { return stopping_ || something_arrived_ || accounts_changed_; });
    if (stopping_) return;
    woken_.wait_for(lock, gathering_time, [&] { return stopping_; });
    const auto latest_start = std::chrono::steady_clock::now() + longest_wait_for_bulk;
    while (!stopping_ && std::chrono::steady_clock::now() < std::min(last_bulk_ + bulk_pause, latest_start)) {
      woken_.wait_for(lock, gathering_time, [&] { return stopping_; });
    }
    something_arrived_ = false;
    const bool rematch = std::exchange(accounts_changed_, false);
    lock.unlock();
    try {
      if (rematch) rematch_unmatched();
      refresh();
    } catch (const std::exception& error) {
      platform::log::error(std::string("daily usage facts could not be refreshed: ") + error.what());
    }
    lock.lock();
  }
}

std::vector<core::AccountId> ServiceImpl::refresh() {
  const auto change = facts_.refresh();
  if (change.accounts.empty()) return {};
  catalogue_.ensure(facts_.types());
  tell(change);
  std::vector<core::AccountId> accounts;
  for (const auto& changed : change.accounts) accounts.push_back(changed.account);
  return accounts;
}

void ServiceImpl::rebuild_daily_facts() {
  facts_.rebuild();
  catalogue_.ensure(facts_.types());
  tell(facts_.everything());
}

void ServiceImpl::on_usage_changed(UsageListener listener) {
  const std::lock_guard lock(listening_);
  listeners_.push_back(std::move(listener));
}

void ServiceImpl::tell(const UsageChange& change) {
  std::vector<UsageListener> listeners;
  {
    const std::lock_guard lock(listening_);
    listeners = listeners_;
  }
  for (const auto& listener : listeners) listener(change);
}

// -------------------------------------------------------------------------------------------------------------- intake

core::Result<IntakeAnswer> ServiceImpl::take(const std::string& write_key, const ParsedBody& body) {
  BANSO_TRY_ASSIGN(const auto source, sources_.of_key(write_key));
  auto answer = intake_.accept(source, body, core::now());
  if (answer && answer->accepted > 0) wake();
  return answer;
}

core::Result<std::vector<core::RowOutcome>> ServiceImpl::append_events(const platform::records::Provenance& provenance,
                                                                       std::span<const EventInput> batch,
                                                                       core::BatchOptions options) {
  if (!provenance.caller.at_least(core::Role::csm)) {
    return core::Error::forbidden({"Your role does not allow importing events. Ask an administrator.",
                                   "イベントを取り込む権限がありません。管理者にご相談ください。"});
  }
  auto outcomes = bulk_append_.append(provenance, batch, options);
  if (!options.dry_run) {
    {
      const std::lock_guard lock(working_);
      last_bulk_ = std::chrono::steady_clock::now();
    }
    wake();
  }
  return outcomes;
}

void ServiceImpl::upsert_people(std::span<const PersonInput> people) {
  const auto now = core::now();
  dependencies_.records->write([&](Session& session) {
    for (const auto& person : people) {
      store::put_person(session, {{}, person.account_id, person.user, lower_case(person.email), person.name, now});
    }
  });
}

std::int64_t ServiceImpl::remove_import(core::ImportId import) {
  if (!import) return 0;  // "no import" is what comes over HTTP
  const auto removed = dependencies_.events->remove_import(import);
  if (removed > 0) wake();
  return removed;
}

std::int64_t ServiceImpl::erase_person(core::AccountId account, const std::string& user_key) {
  dependencies_.records->write([&](Session& session) { store::erase_person(session, account, user_key); });
  const auto removed = dependencies_.events->erase_person(account, user_key);
  refresh();
  facts_.forget_person(account, user_key);
  return removed;
}

std::int64_t ServiceImpl::rematch_unmatched() {
  const auto alone = intake_.correcting();
  const auto found = knowledge_->rematch_unmatched();
  if (found > 0) wake();
  return found;
}

core::Result<std::int64_t> ServiceImpl::assign_group(core::SourceId source, const std::string& group_key,
                                                     core::AccountId account, const core::Caller& caller) {
  if (!caller.at_least(core::Role::leader)) {
    return core::Error::forbidden({"Only leaders and administrators assign events to accounts.",
                                   "イベントを顧客企業に割り当てられるのは、リーダーと管理者のみです。"});
  }
  if (group_key.empty()) {
    return core::Error::invalid_field("group_key",
                                      {"Say which group to assign.", "割り当てるグループを指定してください。"});
  }
  BANSO_TRY(check_account(account));
  const auto alone = intake_.correcting();
  const auto found = knowledge_->assign_group(source, group_key, account, caller.user);
  if (found > 0) wake();
  return found;
}

// ------------------------------------------------------------------------------------------------------------ the
// facts

void ServiceImpl::read_usage_days(const UsageDayQuery& query, const UsageDayVisitor& visit) {
  facts_.read(query, catalogue_.lookup(), visit);
}

std::vector<Person> ServiceImpl::persons(const std::vector<core::AccountId>& accounts) {
  using Key = std::pair<std::int64_t, std::string>;
  std::map<Key, store::KnownPerson> known;
  for (auto& person :
       dependencies_.records->read([&](Session& session) { return store::people_of_accounts(session, accounts); })) {
    known.try_emplace(Key{person.account.value, person.person_key}, std::move(person));
  }
  std::map<Key, ContactReference> contacts;  // by e-mail
  dependencies_.accounts->each_contact(accounts, [&](const ContactReference& contact) {
    if (!contact.email.empty()) contacts.try_emplace(Key{contact.account.value, lower_case(contact.email)}, contact);
  });

  std::vector<Person> persons;
  for (auto& numbered : facts_.persons(accounts)) {
    Person person{numbered.number, numbered.account, std::move(numbered.person_key), {}, {}, {}};
    if (const auto found = known.find({person.account.value, person.user_key}); found != known.end()) {
      person.email = found->second.email;
      person.name = found->second.name;
    }
    if (person.email.empty() && person.user_key.find('@') != std::string::npos)
      person.email = lower_case(person.user_key);
    if (const auto found = contacts.find({person.account.value, person.email}); found != contacts.end()) {
      person.contact = found->second.id;
      if (!found->second.name.empty()) person.name = found->second.name;
    }
    persons.push_back(std::move(person));
  }
  return persons;
}

std::optional<core::Day> ServiceImpl::last_activity_day(core::AccountId account, core::Day as_of) {
  std::optional<core::Day> last;
  read_usage_days({{account}, std::nullopt, as_of}, [&](const UsageDays& piece) {
    for (std::size_t row = 0; row < piece.size(); ++row) {
      if (piece.known_days[row] <= as_of.days) last = core::Day{piece.days[row]};
    }
  });
  return last;
}

// -------------------------------------------------------------------------------------------------------- the
// catalogue

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
  if (changed && (change.is_active || change.ignored || change.types || change.module)) tell(facts_.everything());
  return changed;
}

core::Result<Feature> ServiceImpl::define_feature(const events::EventType& type, const FeatureChange& change,
                                                  const core::Caller& caller) {
  return catalogue_.define(type, change, caller);
}

// --------------------------------------------------------------------------------------------------- pages of an
// account

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

  std::map<std::string, Person> known;
  for (auto& person : persons({account})) known.emplace(person.user_key, std::move(person));
  const auto features = features_of_people(facts_, catalogue_, account, view);
  core::Page<PersonUsage> page;
  page.total = found.total;
  for (auto& usage : found.items) {
    PersonUsage item{std::move(usage), 0, {}};
    if (const auto who = known.find(item.usage.person_key); who != known.end()) item.who = who->second;
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

std::vector<Source> ServiceImpl::source_names() {
  return dependencies_.records->read([](Session& session) { return store::sources(session); });
}

}  // namespace banso::usage
