#include "service.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::org {
namespace {

// Changes of the book come in bursts: one look serves many.
constexpr auto gathering = std::chrono::milliseconds(150);
// Another node may have published or changed a team, unheard.
constexpr auto look_every = std::chrono::seconds(3);
// Under constant load, looking takes at most this share of the time.
constexpr int pause_factor = 4;

core::Error forbidden() {
  return core::Error::forbidden({"Your role does not allow this change. Ask a leader.",
                                 "この操作を行う権限がありません。リーダーに依頼してください。"});
}

core::Error no_absence() {
  return core::Error::not_found({"There is no such absence.", "この不在予定はありません。"});
}

class Faults {
 public:
  void add(std::string field, core::Text message) { error_.fields.push_back({std::move(field), std::move(message)}); }
  core::Result<> finish() const {
    if (error_.fields.empty()) return {};
    return error_;
  }

 private:
  core::Error error_ = core::Error::invalid({"Some fields are wrong.", "入力内容に誤りがあります。"});
};

bool is_name(const std::string& name) {
  constexpr std::size_t longest_bytes = 200;
  return name.find_first_not_of(" \t") != std::string::npos && name.size() <= longest_bytes;
}

bool is_key(const std::string& key) {
  constexpr std::size_t longest = 64;
  return !key.empty() && key.size() <= longest && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// "Enterprise East" becomes enterprise_east; a number behind it where that is taken.
std::string free_key(const std::string& name, const std::vector<Team>& teams) {
  std::string stem;
  for (const char c : name) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
      stem.push_back(lower);
    } else if (!stem.empty() && stem.back() != '_') {
      stem.push_back('_');
    }
  }
  while (stem.ends_with('_')) stem.pop_back();
  stem.resize(std::min<std::size_t>(stem.size(), 56));
  if (stem.empty()) stem = "team";
  const auto is_taken = [&](const std::string& key) {
    return std::any_of(teams.begin(), teams.end(), [&](const Team& team) { return team.key == key; });
  };
  std::string key = stem;
  for (int number = 2; is_taken(key); ++number) key = fmt::format("{}_{}", stem, number);
  return key;
}

const Team* find_team(const std::vector<Team>& teams, std::int64_t id) {
  const auto found = std::find_if(teams.begin(), teams.end(), [&](const Team& team) { return team.id == id; });
  return found == teams.end() ? nullptr : &*found;
}

bool leads_back(const std::vector<Team>& teams, const Team& team) {
  std::set<std::int64_t> way{team.id};
  for (auto id = team.parent; id != 0;) {
    if (!way.insert(id).second) return true;
    const auto* above = find_team(teams, id);
    id = above ? above->parent : 0;
  }
  return false;
}

}  // namespace

std::shared_ptr<Service> Service::make(Dependencies dependencies) {
  auto service = std::make_shared<OrgService>(std::move(dependencies));
  service->listen();
  return service;
}

OrgService::OrgService(Dependencies dependencies)
    : from(std::move(dependencies)),
      store(from.records),
      assignments(from, store),
      handovers(*from.records),
      keeper_(from, store) {}

void OrgService::listen() {
  from.definitions->register_kind(engagement_models(kind_context()));
  from.definitions->register_kind(assignment_rules(kind_context()));
  const std::weak_ptr<OrgService> self = weak_from_this();
  from.definitions->add_release_listener([self](const definitions::Release&) {
    if (const auto service = self.lock()) service->wake();
  });
  from.health->on_book_changed([self](const health::BookChange&) {
    if (const auto service = self.lock()) service->wake();
  });
}

KindContext OrgService::kind_context() {
  const std::weak_ptr<OrgService> self = weak_from_this();
  KindContext context;
  context.health = from.health;
  context.is_user = [self](core::UserId user) {
    const auto service = self.lock();
    return service && service->is_user(user);
  };
  context.is_team = [self](std::string_view key) {
    const auto service = self.lock();
    if (!service) return false;
    const auto teams = service->store.teams();
    return std::any_of(teams.begin(), teams.end(), [&](const Team& team) { return team.key == key; });
  };
  return context;
}

bool OrgService::is_user(core::UserId user) const {
  return user && from.surroundings.user_name && from.surroundings.user_name(user).has_value();
}

bool OrgService::is_active(core::UserId user) const {
  return is_user(user) && (!from.surroundings.is_active || from.surroundings.is_active(user));
}

std::string OrgService::name_of_user(core::UserId user) const {
  return from.surroundings.user_name ? from.surroundings.user_name(user).value_or("") : std::string();
}

// ---- following the book ----

void OrgService::start() {
  is_stopping_ = false;
  thread_ = std::thread([this] { follow(); });
}

void OrgService::stop() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  awake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void OrgService::wake() {
  {
    const std::lock_guard lock(mutex_);
    has_news_ = true;
  }
  awake_.notify_all();
}

void OrgService::refresh() {
  if (const auto book = from.health->evaluated_book()) keeper_.look(book);
}

void OrgService::follow() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      awake_.wait_for(lock, look_every, [this] { return has_news_ || is_stopping_; });
      if (is_stopping_) return;
      awake_.wait_for(lock, gathering, [this] { return is_stopping_; });
      if (is_stopping_) return;
      has_news_ = false;
    }
    const auto begin = std::chrono::steady_clock::now();
    try {
      refresh();
      tell_handovers();
    } catch (const std::exception& failure) {
      platform::log::error(
          fmt::format("teams and models could not be brought up to date, it is tried again: {}", failure.what()));
    }
    const auto pause = (std::chrono::steady_clock::now() - begin) * pause_factor;
    std::unique_lock lock(mutex_);
    awake_.wait_for(lock, pause, [this] { return is_stopping_; });
  }
}

// ---- who answers ----

std::vector<Responsible> OrgService::responsible(std::span<const core::AccountId> accounts, AccountRole role,
                                                 core::Day day) {
  std::vector<Responsible> answers(accounts.size());
  if (accounts.empty()) return answers;
  const Substitution substitution(store.absences_on(day), day);
  Holders holders;
  if (role != AccountRole::csm) holders = store.holders(role, accounts, day);
  std::vector<core::AccountId> without;
  for (const auto account : accounts) {
    if (!holders.contains(account)) without.push_back(account);
  }
  if (!without.empty()) {
    const auto owners = from.customers->owners(customers::Selection::of(std::move(without)));
    holders.insert(owners.begin(), owners.end());
  }
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    const auto holder = holders.find(accounts[i]);
    if (holder != holders.end()) answers[i] = substitution.responsible(holder->second);
  }
  return answers;
}

std::optional<Responsible> OrgService::responsible(core::AccountId account, AccountRole role, core::Day day) {
  const auto answers = responsible(std::span<const core::AccountId>(&account, 1), role, day);
  return answers.front().user ? std::optional(answers.front()) : std::nullopt;
}

core::UserId OrgService::stand_in(core::UserId user, core::Day day) {
  return Substitution(store.absences_on(day), day).stand_in(user);
}

std::vector<core::UserId> OrgService::team_mates(core::UserId user) {
  const auto teams = store.teams();
  std::set<std::int64_t> reached;
  std::vector<std::int64_t> led;
  for (const auto& team : teams) {
    for (const auto& member : team.members) {
      if (member.user != user) continue;
      reached.insert(team.id);
      if (member.is_lead) led.push_back(team.id);
    }
  }
  while (!led.empty()) {
    const auto above = led.back();
    led.pop_back();
    for (const auto& team : teams) {
      // What was reached as a mere member is gone through, too, once a lead stands above it.
      if (team.parent != above || std::find(led.begin(), led.end(), team.id) != led.end()) continue;
      reached.insert(team.id);
      led.push_back(team.id);
    }
  }
  std::set<core::UserId> mates{user};
  for (const auto& team : teams) {
    if (!reached.contains(team.id)) continue;
    for (const auto& member : team.members) mates.insert(member.user);
  }
  return {mates.begin(), mates.end()};
}

std::vector<std::string> OrgService::teams_of(core::UserId user) {
  std::vector<std::string> keys;
  for (const auto& team : store.teams()) {
    if (std::any_of(team.members.begin(), team.members.end(), [&](const Member& one) { return one.user == user; })) {
      keys.push_back(team.key);
    }
  }
  return keys;
}

// ---- teams, absences, capacities ----

core::Result<Team> OrgService::put_team(const core::Caller& caller, const Team& wanted) {
  if (!caller.at_least(core::Role::leader)) return forbidden();
  const auto all = store.teams();
  Team team = wanted;
  if (team.id == 0 && team.key.empty()) team.key = free_key(team.name.en, all);
  Faults faults;
  if (team.id != 0) {
    const auto* present = find_team(all, team.id);
    if (!present) return core::Error::not_found({"There is no such team.", "このチームはありません。"});
    team.key = present->key;
  }
  if (!is_key(team.key)) {
    faults.add("key", {"1 to 64 lower-case letters, digits and _.", "英小文字・数字・_ で64文字以内にしてください。"});
  }
  if (!is_name(team.name.en)) faults.add("name.en", {"Give it an English name.", "英語の名称を入力してください。"});
  if (!is_name(team.name.ja)) faults.add("name.ja", {"Give it a Japanese name.", "日本語の名称を入力してください。"});
  if (team.parent != 0) {
    const auto* parent = find_team(all, team.parent);
    if (!parent || parent->direction != team.direction) {
      faults.add("parent_id", {"Choose a team of the same direction.", "同じ区分のチームを選んでください。"});
    } else if (team.id != 0 && leads_back(all, team)) {
      faults.add("parent_id", {"A team cannot be below itself.", "自分自身の配下にはできません。"});
    }
  }
  std::set<core::UserId> members;
  for (const auto& member : team.members) {
    if (!is_user(member.user)) {
      faults.add("members", {"One of these is no user.", "存在しないユーザーが含まれています。"});
    }
    if (!members.insert(member.user).second) {
      faults.add("members", {"Everybody once.", "同じユーザーが重複しています。"});
    }
  }
  BANSO_TRY(faults.finish());
  try {
    team = store.save_team(std::move(team));
  } catch (const records::UniqueViolation&) {
    return core::Error::conflict({"There is a team with this key already.", "このキーのチームがすでにあります。"});
  }
  wake();
  return team;
}

core::Result<> OrgService::remove_team(const core::Caller& caller, std::int64_t id) {
  if (!caller.at_least(core::Role::leader)) return forbidden();
  if (!store.remove_team(id)) return core::Error::not_found({"There is no such team.", "このチームはありません。"});
  wake();
  return {};
}

core::Result<Absence> OrgService::put_absence(const core::Caller& caller, const Absence& wanted) {
  Absence absence = wanted;
  if (absence.id != 0) {
    const auto present = store.absence(absence.id);
    if (!present) return no_absence();
    absence.user = present->user;
  }
  const bool is_own = caller.at_least(core::Role::csm) && absence.user == caller.user;
  if (!is_own && !caller.at_least(core::Role::leader)) return forbidden();
  constexpr int longest_days = 3 * 366;
  constexpr std::size_t longest_note_bytes = 1000;
  Faults faults;
  if (!is_user(absence.user)) faults.add("user_id", {"There is no such user.", "このユーザーはいません。"});
  if (!(absence.from_day < absence.until_day)) {
    faults.add("until_day",
               {"The first day back comes after the first day away.", "復帰日は不在の開始日より後にしてください。"});
  } else if (absence.from_day + longest_days < absence.until_day) {
    faults.add("until_day", {"At most three years.", "3年以内にしてください。"});
  }
  if (absence.substitute && (!is_active(absence.substitute) || absence.substitute == absence.user)) {
    faults.add("substitute_id", {"Choose another person who works here.", "在籍している別の人を選んでください。"});
  }
  if (absence.note.size() > longest_note_bytes) {
    faults.add("note", {"At most 1,000 bytes.", "1,000バイト以内にしてください。"});
  }
  BANSO_TRY(faults.finish());
  return store.save_absence(std::move(absence));
}

core::Result<> OrgService::remove_absence(const core::Caller& caller, std::int64_t id) {
  const auto absence = store.absence(id);
  if (!absence) return no_absence();
  const bool is_own = caller.at_least(core::Role::csm) && absence->user == caller.user;
  if (!is_own && !caller.at_least(core::Role::leader)) return forbidden();
  store.remove_absence(id);
  return {};
}

core::Result<> OrgService::set_capacity(const core::Caller& caller, core::UserId user,
                                        std::optional<std::int64_t> accounts, std::optional<std::int64_t> arr_minor,
                                        std::optional<double> effort) {
  if (!caller.at_least(core::Role::leader)) return forbidden();
  if (!is_user(user)) return core::Error::not_found({"There is no such user.", "このユーザーはいません。"});
  store.save_capacity(user, {accounts, arr_minor, effort});
  return {};
}

platform::http::Routes OrgService::routes() {
  platform::http::Routes all;
  for (const auto make : {&team_routes, &engagement_routes, &assignment_routes, &handover_routes}) {
    auto more = make(shared_from_this());
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return all;
}

}  // namespace banso::org
