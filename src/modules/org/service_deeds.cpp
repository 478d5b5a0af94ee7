// What the service does with accounts: workload, roles, assignment, handover.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "service.hpp"

namespace banso::org {
namespace {

namespace json = platform::json;

constexpr std::size_t accounts_at_once = 1000;
constexpr std::size_t most_handed_over = 1000;
constexpr std::size_t most_items = 50;
constexpr std::size_t longest_note_bytes = 4000;
constexpr std::string_view job_kind = "assign";
const std::vector<std::string> model_kinds{std::string(engagement_model_kind)};

core::Error forbidden() {
  return core::Error::forbidden({"Your role does not allow this change. Ask a leader.",
                                 "この操作を行う権限がありません。リーダーに依頼してください。"});
}

core::Error no_user(const char* field) {
  return core::Error::invalid_field(field, {"Choose a person who works here.", "在籍している人を選んでください。"});
}

core::Error no_handover() {
  return core::Error::not_found({"There is no such handover.", "この引き継ぎはありません。"});
}

std::vector<core::AccountId> distinct(std::span<const core::AccountId> accounts) {
  std::vector<core::AccountId> ids(accounts.begin(), accounts.end());
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// Spells of the owner, out of the account's own history: the newest first.
std::vector<RoleSpell> csm_spells(customers::Service& customers, core::AccountId account) {
  std::vector<RoleSpell> spells;
  customers.each_account(customers::Selection::of({account}), [&](const customers::AccountFact& fact) {
    const std::optional<core::Day> until =
        fact.known.until == customers::KnownSpan::still ? std::nullopt : std::optional(fact.known.until);
    if (!spells.empty() && spells.back().user == fact.owner && spells.back().until == fact.known.from) {
      spells.back().until = until;
    } else {
      spells.push_back({AccountRole::csm, fact.owner, fact.known.from, until});
    }
  });
  std::erase_if(spells, [](const RoleSpell& spell) { return !spell.user; });
  std::reverse(spells.begin(), spells.end());
  return spells;
}

}  // namespace

std::vector<EngagementModel> OrgService::published_models() {
  std::vector<EngagementModel> models;
  for (const auto& [name, body] : from.definitions->published(model_kinds).bodies) {
    models.push_back(read_model(name.key, body));
  }
  std::sort(models.begin(), models.end(), [](const auto& a, const auto& b) {
    return std::pair(a.rank, std::string_view(a.key)) < std::pair(b.rank, std::string_view(b.key));
  });
  return models;
}

core::Result<std::int64_t> OrgService::propose_engagement_models(const core::Caller& caller) {
  if (!caller.at_least(core::Role::leader)) return forbidden();
  BANSO_TRY_ASSIGN(const auto book, from.health->book());
  std::int64_t drafts = 0;
  for (const auto& [key, body] : suggest_models(*book)) {
    BANSO_TRY_ASSIGN(const auto definition,
                     from.definitions->put_draft(caller, {std::string(engagement_model_kind), key}, body));
    if (definition.summary.has_draft) ++drafts;
  }
  return drafts;
}

// ---- workload ----

core::Result<Workload> OrgService::workload() {
  BANSO_TRY_ASSIGN(auto book, from.health->book());
  Workload workload;
  workload.models = published_models();
  const EffortWeights weights(workload.models);
  const auto today = from.surroundings.book_day();
  const auto absences = store.absences_on(today);
  const Substitution substitution(absences, today);
  const auto holders = holders_now(*from.customers, store, AccountRole::csm);
  const auto capacities = store.capacities();
  std::map<core::UserId, PersonLoad> people;
  std::map<core::UserId, std::map<std::string, PersonLoad::Part>> parts;
  for (const auto& team : store.teams()) {
    for (const auto& member : team.members) people[member.user].teams.push_back(team.key);
  }
  for (const auto& [user, limits] : capacities) people[user].limits = limits;
  for (std::size_t row = 0; row < book->size(); ++row) {
    const auto model = text_value(*book, row, engagement_model_attribute);
    const Load load{1, book->arr_minor(row), weights.of(model)};
    const auto holder = holders.find(book->id(row));
    auto& sum = holder == holders.end() ? workload.unassigned : people[holder->second].load;
    sum = {sum.accounts + 1, sum.arr_minor + load.arr_minor, sum.effort + load.effort};
    if (holder == holders.end()) continue;
    auto& part = parts[holder->second][model];
    ++part.accounts;
    part.effort += load.effort;
  }
  for (auto& [user, person] : people) {
    if (!is_user(user)) continue;
    person.user = user;
    for (auto& [model, part] : parts[user]) {
      part.model = model;
      person.by_model.push_back(part);
    }
    for (const auto& absence : absences) {
      if (absence.user == user) person.absence = absence;
      if (absence.user != user && substitution.stand_in(absence.user) == user) {
        person.answers_for.push_back(absence.user);
      }
    }
    workload.people.push_back(std::move(person));
  }
  workload.book = std::move(book);
  return workload;
}

// ---- roles ----

core::Result<> OrgService::set_role(const core::Caller& caller, std::span<const core::AccountId> accounts,
                                    AccountRole role, core::UserId user, const std::string& why,
                                    std::optional<core::Day> since) {
  if (!caller.at_least(core::Role::csm)) return forbidden();
  if (user && !is_active(user)) return no_user("user_id");
  const auto ids = distinct(accounts);
  if (role == AccountRole::csm) {
    auto provenance = customers::Provenance::by(caller, why);
    if (since) provenance.known_at = core::start_of(*since, from.surroundings.utc_offset_minutes());
    std::vector<Move> moves;
    moves.reserve(ids.size());
    for (const auto account : ids) moves.push_back({account, {}, user});
    for (std::size_t begin = 0; begin < moves.size(); begin += accounts_at_once) {
      const auto count = std::min(accounts_at_once, moves.size() - begin);
      BANSO_TRY(set_owners(*from.customers, provenance, {moves.data() + begin, count}));
    }
    return {};
  }
  std::vector<RoleChange> changes;
  for (const auto account : from.customers->existing(ids)) {
    changes.push_back({account, role, user, since.value_or(from.surroundings.book_day()), why, caller.name, 0});
  }
  store.database().write([&](records::Session& session) { Store::write_roles(session, changes); });
  return {};
}

core::Result<AccountPeople> OrgService::people_of(core::AccountId account) {
  if (!from.customers->exists(account)) {
    return core::Error::not_found({"There is no such account.", "この顧客企業はありません。"});
  }
  constexpr std::size_t most_history = 200;
  const auto today = from.surroundings.book_day();
  const Substitution substitution(store.absences_on(today), today);
  AccountPeople people;
  people.history = csm_spells(*from.customers, account);
  const auto others = store.spells(account);
  people.history.insert(people.history.end(), others.begin(), others.end());
  std::stable_sort(people.history.begin(), people.history.end(),
                   [](const RoleSpell& a, const RoleSpell& b) { return b.since < a.since; });
  for (std::size_t i = 0; i < account_role_count; ++i) {
    RoleLine line;
    line.role = static_cast<AccountRole>(i);
    for (const auto& spell : people.history) {
      if (spell.role != line.role || spell.until) continue;
      line.user = spell.user;
      line.since = spell.since;
    }
    const auto acting = line.user ? substitution.stand_in(line.user) : line.user;
    if (acting != line.user) line.stood_in_by = acting;
    people.roles.push_back(line);
  }
  people.history.resize(std::min(people.history.size(), most_history));
  if (const auto book = from.health->evaluated_book()) {
    if (const auto row = book->find(account)) {
      people.team = text_value(*book, *row, team_attribute);
      people.model = text_value(*book, *row, engagement_model_attribute);
    }
  }
  return people;
}

// ---- assignment ----

core::Result<AssignmentRule> OrgService::rule_of(const std::optional<std::string>& key,
                                                 const std::optional<std::string>& body) {
  if (body) {
    BANSO_TRY_ASSIGN(const auto checked, check_rule(kind_context(), *body, {}));
    return read_rule(key.value_or(""), checked);
  }
  if (!key) {
    return core::Error::invalid_field("key", {"Name a rule, or give one.", "ルールを指定してください。"});
  }
  BANSO_TRY_ASSIGN(const auto definition, from.definitions->get({std::string(assignment_rule_kind), *key}));
  if (!definition.body) {
    return core::Error::not_found({"There is no published rule of that key.", "公開済みのルールがありません。"});
  }
  return read_rule(*key, *definition.body);
}

core::Result<Plan> OrgService::plan(const AssignmentRule& rule) {
  BANSO_TRY_ASSIGN(const auto book, from.health->book());
  const auto models = published_models();
  const EffortWeights weights(models);
  const auto holders = holders_now(*from.customers, store, rule.role);
  const auto teams = store.teams();
  const auto capacities = store.capacities();
  const auto today = from.surroundings.book_day();
  const Substitution substitution(store.absences_on(today), today);
  return make_plan({*book, rule, holders, weights, teams, capacities,
                    [&](core::UserId user) { return substitution.is_away(user); },
                    [&](core::UserId user) { return is_active(user); }, assignments.last_served(rule.key)});
}

core::Result<Assignment> OrgService::start_assignment(const core::Caller& caller, const AssignmentRule& rule,
                                                      const std::string& basis, const std::string& why) {
  if (!caller.at_least(core::Role::leader)) return forbidden();
  BANSO_TRY_ASSIGN(const auto made, plan(rule));
  if (made.basis != basis) {
    return core::Error::conflict({"The accounts have changed since the preview. Look at it again.",
                                  "プレビューの後に顧客の状況が変わりました。もう一度確認してください。"});
  }
  auto assignment = assignments.keep(caller, made, why);
  if (jobs_) {
    assignment.job = jobs_->submit(job_kind, json::serialize(json::object{{"assignment", assignment.id}}), caller);
    assignments.set_job(assignment.id, *assignment.job);
  }
  return assignment;
}

void OrgService::register_jobs(platform::jobs::Jobs& jobs) {
  jobs_ = &jobs;
  const std::weak_ptr<OrgService> self = weak_from_this();
  jobs.handle(std::string(job_kind), [self](platform::jobs::Progress& progress) -> core::Result<std::string> {
    const auto service = self.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    return service->run_assignment(progress);
  });
}

core::Result<std::string> OrgService::run_assignment(platform::jobs::Progress& progress) {
  BANSO_TRY_ASSIGN(const auto payload, json::parse_object(progress.job().payload));
  json::Fields fields(payload);
  const auto id = fields.integer("assignment", true);
  BANSO_TRY(fields.finish());
  const auto assignment = assignments.find(*id);
  if (!assignment) return core::Error::not_found({"There is no such assignment.", "この割り当てはありません。"});
  const core::Caller caller{assignment->actor, assignment->actor_name, core::Role::leader, core::Language::en};
  const auto done = assignments.carry_out(*id, caller, [&](std::int64_t so_far, std::int64_t all) {
    progress.report(all > 0 ? static_cast<double>(so_far) / static_cast<double>(all) : 1,
                    {fmt::format("{} of {} accounts", so_far, all), fmt::format("{}社中{}社", all, so_far)});
    return !progress.cancelled();
  });
  if (!done) {
    assignments.fail(*id);
    return done.error();
  }
  return json::serialize(json::object{{"assignment", *id}, {"moved", assignment->moving}});
}

// ---- handovers ----

core::Result<Handover> OrgService::begin_handover(const core::Caller& caller, const NewHandover& wanted) {
  if (!caller.at_least(core::Role::csm)) return forbidden();
  if (!is_user(wanted.from)) return no_user("from_user_id");
  if (!is_active(wanted.to) || wanted.to == wanted.from) return no_user("to_user_id");
  NewHandover handover = wanted;
  handover.accounts = from.customers->existing(distinct(wanted.accounts));
  std::sort(handover.accounts.begin(), handover.accounts.end());
  if (handover.accounts.empty() || handover.accounts.size() > most_handed_over) {
    return core::Error::invalid_field(
        "accounts", {"Choose between 1 and 1,000 accounts.", "顧客を1社以上、1,000社以内で選んでください。"});
  }
  if (handover.items.size() > most_items ||
      std::any_of(handover.items.begin(), handover.items.end(), [](const core::Text& item) {
        return item.en.empty() || item.ja.empty() || item.en.size() > 500 || item.ja.size() > 500;
      })) {
    return core::Error::invalid_field("items", {"At most 50 items of up to 500 bytes, in both languages.",
                                                "項目は50個まで、各500バイト以内で、両言語で入力してください。"});
  }
  if (handover.note.size() > longest_note_bytes) {
    return core::Error::invalid_field("note", {"At most 4,000 bytes.", "4,000バイト以内にしてください。"});
  }
  const auto id = handovers.begin(handover, caller, from.surroundings.now());
  if (handover.moves_now) BANSO_TRY(move_accounts(caller, *handovers.find(id)));
  tell_handovers();
  return handovers.find(id)->handover;
}

// Only accounts that the giver still has: what somebody else took meanwhile is theirs.
core::Result<> OrgService::move_accounts(const core::Caller& caller, const HandoverDetails& details) {
  const auto& handover = details.handover;
  std::vector<core::AccountId> accounts;
  if (handover.role == AccountRole::csm) {
    for (const auto& [account, owner] : from.customers->owners(customers::Selection::of(handover.accounts))) {
      if (owner == handover.from) accounts.push_back(account);
    }
  } else {
    const auto today = from.surroundings.book_day();
    for (const auto& [account, holder] : store.holders(handover.role, handover.accounts, today)) {
      if (holder == handover.from) accounts.push_back(account);
    }
  }
  const auto why = fmt::format("{} {} → {}", core::Text{"Handover", "引き継ぎ"}.in(caller.language),
                               name_of_user(handover.from), name_of_user(handover.to));
  BANSO_TRY(set_role(caller, accounts, handover.role, handover.to, why, std::nullopt));
  handovers.set_moved(handover.id, caller, from.surroundings.now());
  return {};
}

core::Result<Handover> OrgService::complete_handover(const core::Caller& caller, std::int64_t id) {
  if (!caller.at_least(core::Role::csm)) return forbidden();
  const auto details = handovers.find(id);
  if (!details) return no_handover();
  if (details->handover.state == HandoverState::completed) return details->handover;
  if (details->handover.state != HandoverState::open) {
    return core::Error::conflict({"This handover was cancelled.", "この引き継ぎは中止されています。"});
  }
  const auto open = std::count_if(details->items.begin(), details->items.end(),
                                  [](const HandoverItem& item) { return !item.done_at.has_value(); });
  if (open > 0) {
    return core::Error::conflict({fmt::format("{} items of the checklist are still open.", open),
                                  fmt::format("チェックリストに未完了の項目が{}件あります。", open)});
  }
  // Accounts first: a crash in between leaves an open handover, which can be completed again.
  if (!details->has_moved) BANSO_TRY(move_accounts(caller, *details));
  handovers.close(id, HandoverState::completed, caller, from.surroundings.now());
  tell_handovers();
  return handovers.find(id)->handover;
}

core::Result<> OrgService::bring_in_handover(const core::Caller& caller, const NewHandover& handover,
                                             core::Instant begun, core::Instant completed) {
  if (!caller.at_least(core::Role::admin)) return forbidden();
  if (!is_user(handover.from)) return no_user("from_user_id");
  if (!is_user(handover.to)) return no_user("to_user_id");
  const auto id = handovers.begin(handover, caller, begun);
  const auto items = handovers.find(id)->items;
  const auto step = (completed.microseconds - begun.microseconds) / static_cast<std::int64_t>(items.size() + 1);
  auto at = begun;
  for (const auto& item : items) {
    at.microseconds += step;
    handovers.tick(id, item.id, true, caller, at);
  }
  handovers.set_moved(id, caller, completed);
  handovers.close(id, HandoverState::completed, caller, completed);
  handovers.mark_told(id, HandoverState::completed);
  return {};
}

core::Result<> OrgService::cancel_handover(const core::Caller& caller, std::int64_t id) {
  if (!caller.at_least(core::Role::csm)) return forbidden();
  const auto details = handovers.find(id);
  if (!details) return no_handover();
  if (details->handover.state == HandoverState::completed) {
    return core::Error::conflict({"This handover is completed.", "この引き継ぎは完了しています。"});
  }
  handovers.close(id, HandoverState::cancelled, caller, from.surroundings.now());
  tell_handovers();
  return {};
}

void OrgService::tell_handovers() {
  for (const auto id : handovers.untold()) {
    const auto details = handovers.find(id);
    for (const auto& listener : handover_listeners_) {
      try {
        listener(details->handover);
      } catch (const std::exception& failure) {
        platform::log::error(fmt::format("a listener of handovers failed: {}", failure.what()));
      }
    }
    handovers.mark_told(id, details->handover.state);
  }
}

}  // namespace banso::org
