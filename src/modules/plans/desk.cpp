// Making plans, changing them, and their states.
#include "desk.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace banso::plans {
namespace {

using core::Error;
using core::Result;
using document::Document;

const core::Text default_name{"Success plan", "サクセスプラン"};

EventRow event_of(const PlanRow& row, std::string_view happening, const Actor& by, core::Instant at) {
  EventRow event;
  event.plan = row.id;
  event.account = row.account;
  event.happening = happening;
  event.by = by;
  event.version = row.version;
  event.at = at;
  return event;
}

Error is_closed() {
  return Error::conflict(
      {"The plan is closed. Reopen it to change it.", "このプランは終了しています。変更するには再開してください。"});
}

Error has_living(PlanId plan) {
  auto error =
      Error::conflict({"The account has a plan already. Change that one, or close it first.",
                       "この顧客にはすでに進行中のプランがあります。そのプランを変更するか、先に終了してください。"});
  const auto id = std::to_string(plan.value);
  error.fields.push_back({"plan_id", {id, id}});
  return error;
}

Error changed_meanwhile() {
  return Error::conflict({"Somebody has changed the plan meanwhile. Look at it again.",
                          "ほかの人がプランを変更しました。最新の内容を確認してください。"});
}

}  // namespace

std::vector<Contact> contacts_of(customers::Service& customers, core::AccountId account) {
  std::vector<Contact> contacts;
  customers.each_contact(customers::Selection::of({account}), [&](const customers::ContactFact& fact) {
    if (fact.known.until == customers::KnownSpan::still && !fact.left_day) {
      contacts.push_back({fact.contact, fact.name, fact.roles});
    }
  });
  return contacts;
}

std::map<core::ContactId, std::string> contact_names(customers::Service& customers, core::AccountId account) {
  std::map<core::ContactId, std::string> names;
  customers.each_contact(customers::Selection::of({account}),
                         [&](const customers::ContactFact& fact) { names[fact.contact] = fact.name; });
  return names;
}

Error no_such_plan() {
  return Error::not_found({"There is no such plan.", "指定されたプランはありません。"});
}

Result<> Desk::write(PlanId plan, const Work& work) {
  BANSO_TRY(store_.database().write([&](Session& session) -> Result<> {
    const auto now = from_.surroundings.now();
    auto row = Store::lock(session, plan, now);
    if (!row) return no_such_plan();
    return work(session, *row, now);
  }));
  written_(plan);
  return {};
}

Result<PlanId> Desk::create(const Actor& by, const NewPlan& wanted, bool is_blank) {
  if (!from_.customers->exists(wanted.account)) {
    return Error::invalid_field("account_id", {"There is no such account.", "指定された顧客はありません。"});
  }
  if (const auto living = store_.living_plan(wanted.account)) return has_living(*living);
  std::optional<CompiledTemplate> chosen;
  if (!is_blank) {
    const auto book = from_.health->evaluated_book();
    for (auto& each : published_templates(*from_.definitions, *from_.health->condition_fields())) {
      const bool is_chosen =
          wanted.template_key.empty() ? book && fits(each, *book, wanted.account) : each.key == wanted.template_key;
      if (!is_chosen) continue;
      chosen = std::move(each);
      break;
    }
    if (!chosen && !wanted.template_key.empty()) {
      return Error::invalid_field(
          "template", {"There is no such published template.", "指定された公開済みのテンプレートはありません。"});
    }
  }
  Document document;
  if (chosen) document = document::taken_on(chosen->plan_template, today());
  if (wanted.name && !(wanted.name->en.empty() && wanted.name->ja.empty())) document.name = *wanted.name;
  if (document.name.en.empty() && document.name.ja.empty()) document.name = default_name;
  BANSO_TRY_ASSIGN(document, document::document_from_json(document::to_json(document)));
  const auto now = from_.surroundings.now();
  PlanRow row;
  row.id = {platform::records::new_id()};
  row.account = wanted.account;
  row.state = "draft";
  row.template_day = today();
  if (chosen) {
    row.template_key = chosen->key;
    row.template_version = row.offered_version = chosen->version;
  }
  row.created_at = row.touched_at = now;
  try {
    store_.database().write([&](Session& session) {
      Store::add(session, row, {1, document::to_json(document), now, by, "created", ""});
    });
  } catch (const platform::records::UniqueViolation&) {  // somebody was faster
    return has_living(store_.living_plan(wanted.account).value_or(PlanId{}));
  }
  written_(row.id);
  return row.id;
}

// Only what this change brings in: somebody who left meanwhile does not stop other changes.
Result<> Desk::check_people_and_measures(const Document& before, const Document& after, core::AccountId account) {
  std::set<core::ContactId> known_contacts;
  std::set<core::UserId> known_users;
  std::set<std::string> known_measures;
  for (const auto& goal : before.goals) {
    known_contacts.insert(goal.theirs);
    known_users.insert(goal.ours);
    known_measures.insert(goal.measure);
  }
  for (const auto& action : before.actions) {
    known_contacts.insert(action.owner.contact);
    known_users.insert(action.owner.user);
  }
  const auto contacts = contacts_of(*from_.customers, account);
  Error error;
  const auto check_contact = [&](core::ContactId contact, const std::string& field) {
    if (!contact || known_contacts.contains(contact)) return;
    if (std::any_of(contacts.begin(), contacts.end(), [&](const auto& each) { return each.id == contact; })) return;
    error.fields.push_back(
        {field,
         {"This person is not a contact of the account.", "この人はこの顧客の担当者として登録されていません。"}});
  };
  const auto check_user = [&](core::UserId user, const std::string& field) {
    if (!user || known_users.contains(user) || from_.surroundings.user_name(user)) return;
    error.fields.push_back({field, {"There is no such user.", "指定されたユーザーはいません。"}});
  };
  const auto fields = from_.health->condition_fields();
  for (std::size_t i = 0; i < after.goals.size(); ++i) {
    const auto& goal = after.goals[i];
    check_contact(goal.theirs, fmt::format("goals[{}].theirs", i));
    check_user(goal.ours, fmt::format("goals[{}].ours", i));
    const bool is_new_measure = goal.kind == document::GoalKind::measure && !known_measures.contains(goal.measure);
    if (is_new_measure && fields->find("measure." + goal.measure) == nullptr) {
      error.fields.push_back({fmt::format("goals[{}].measure", i),
                              {"There is no such published measure.", "指定された公開済みの指標はありません。"}});
    }
  }
  for (std::size_t i = 0; i < after.actions.size(); ++i) {
    check_contact(after.actions[i].owner.contact, fmt::format("actions[{}].owner.contact", i));
    check_user(after.actions[i].owner.user, fmt::format("actions[{}].owner.user", i));
  }
  if (error.fields.empty()) return {};
  error.message = error.fields.front().message;
  return error;
}

Result<> Desk::change(const Actor& by, PlanId plan, std::int64_t base_version,
                      std::span<const document::Operation> operations, const std::string& why) {
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    if (!row.is_living()) return is_closed();
    const auto base = Store::document_of(session, plan, base_version);
    if (!base) {
      return Error::invalid_field("base_version",
                                  {"The plan has no such version.", "プランに該当するバージョンはありません。"});
    }
    const auto newest = Store::newest(session, row);
    BANSO_TRY_ASSIGN(const auto after, document::apply(*base, newest, operations));
    BANSO_TRY(check_people_and_measures(newest, after, row.account));
    if (document::to_json(after) != document::to_json(newest)) {
      Store::add_version(session, row, after, by, "changed", why, now);
    }
    return {};
  });
}

Result<> Desk::restore(const Actor& by, PlanId plan, std::int64_t version, std::int64_t base_version) {
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    if (!row.is_living()) return is_closed();
    const auto wanted = Store::document_of(session, plan, version);
    if (!wanted) return Error::not_found({"The plan has no such version.", "指定されたバージョンはありません。"});
    if (base_version != row.version) return changed_meanwhile();
    if (document::to_json(*wanted) != document::to_json(Store::newest(session, row))) {
      Store::add_version(session, row, *wanted, by, "restored", fmt::format("{}", version), now);
    }
    return {};
  });
}

Result<> Desk::send(const Actor& by, PlanId plan, std::vector<core::ContactId> to) {
  constexpr std::size_t most_asked = 50;
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    if (!row.is_living()) return is_closed();
    const auto contacts = contacts_of(*from_.customers, row.account);
    if (to.empty()) {
      constexpr auto deciding = static_cast<customers::ContactRoles>(customers::ContactRole::champion) |
                                static_cast<customers::ContactRoles>(customers::ContactRole::decision_maker) |
                                static_cast<customers::ContactRoles>(customers::ContactRole::executive_sponsor);
      for (const auto& contact : contacts) {
        if (contact.roles & deciding) to.push_back(contact.id);
      }
    }
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
    Error error;
    if (to.empty()) {
      error.fields.push_back({"contact_ids",
                              {"Nobody can be asked: choose contacts, or give somebody the role of champion, decision "
                               "maker or executive sponsor.",
                               "確認を依頼できる担当者がいません。担当者を選ぶか、推進役・決裁者・"
                               "エグゼクティブスポンサーの役割を設定してください。"}});
    }
    for (const auto contact : to) {
      if (std::any_of(contacts.begin(), contacts.end(), [&](const auto& each) { return each.id == contact; })) continue;
      error.fields.push_back(
          {"contact_ids",
           {"This person is not a contact of the account.", "この人はこの顧客の担当者として登録されていません。"}});
    }
    if (to.size() > most_asked) {
      error.fields.push_back({"contact_ids", {"Ask at most 50 people.", "確認の依頼は50人以内にしてください。"}});
    }
    const auto newest = Store::newest(session, row);
    if (newest.goals.empty()) {
      error.fields.push_back({"goals", {"The plan has no goal yet.", "プランにゴールがありません。"}});
    }
    for (std::size_t i = 0; i < newest.goals.size(); ++i) {
      if (!newest.goals[i].criterion.en.empty() || !newest.goals[i].criterion.ja.empty()) continue;
      error.fields.push_back({fmt::format("goals[{}].criterion", i),
                              {"Say by what the customer will see that the goal is reached.",
                               "何をもって達成とするか(達成基準)を入力してください。"}});
    }
    if (!error.fields.empty()) {
      error.message = error.fields.front().message;
      return error;
    }
    auto event = event_of(row, word_of(Happening::sent), by, now);
    const auto name = document::shown(newest.name);
    event.words = {fmt::format("Please confirm the goals of \"{}\".", name.en),
                   fmt::format("「{}」のゴールのご確認をお願いします。", name.ja)};
    event.asked = std::move(to);
    Store::add_event(session, event);
    if (row.state == "draft") Store::set_state(session, row, "sent");
    return {};
  });
}

Result<> Desk::close(const Actor& by, PlanId plan, const std::string& why) {
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    if (!row.is_living()) return {};  // it is what they wanted
    auto event = event_of(row, word_of(Happening::closed), by, now);
    event.words = {why, why};
    Store::add_event(session, event);
    Store::set_state(session, row, "closed");
    return {};
  });
}

Result<> Desk::reopen(const Actor& by, PlanId plan) {
  std::optional<core::AccountId> account;
  try {
    return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
      account = row.account;
      if (row.is_living()) return {};
      bool is_sent = false, is_active = false;
      for (const auto& event : Store::events(session, plan)) {
        is_sent = is_sent || event.happening == word_of(Happening::sent);
        is_active = is_active || event.happening == word_of(Happening::activated);
      }
      Store::set_state(session, row, is_active ? "active" : is_sent ? "sent" : "draft");
      constexpr bool is_told = true;  // nobody listens for it
      Store::add_event(session, event_of(row, "reopened", by, now), is_told);
      return {};
    });
  } catch (const platform::records::UniqueViolation&) {
    return has_living(store_.living_plan(account.value()).value_or(PlanId{}));
  }
}

// Once every open goal that was sent has been confirmed by somebody.
void Desk::activate_when_confirmed(Session& session, PlanRow& row, core::Instant now) {
  if (row.state != "sent") return;
  const auto file = store_.read(row.id);
  if (!file || look_at(*file, today()).waits_for_confirmation) return;
  Store::set_state(session, row, "active");
  auto event = event_of(row, word_of(Happening::activated), {}, now);
  event.words = {"Every goal of the plan is confirmed.", "プランのすべてのゴールに合意が得られました。"};
  Store::add_event(session, event);
}

Desk::Offers Desk::offers(const PlanFile& file) {
  Offers offers;
  if (file.row.template_key.empty()) return offers;
  offers.from_version = offers.to_version = file.row.template_version;
  const definitions::Name name{std::string(template_kind), file.row.template_key};
  const auto taken = from_.definitions->version(name, file.row.template_version);
  for (const auto& each : published_templates(*from_.definitions, *from_.health->condition_fields())) {
    if (each.key != file.row.template_key || each.version <= file.row.offered_version) continue;
    if (!taken || !taken->body) continue;
    const auto old_template = document::template_from_json(*taken->body);
    if (!old_template) continue;
    offers.to_version = each.version;
    offers.items = document::improvements(document::taken_on(*old_template, file.row.template_day),
                                          document::taken_on(each.plan_template, file.row.template_day), file.plan);
  }
  return offers;
}

Result<> Desk::take_offers(const Actor& by, PlanId plan, std::int64_t to_version,
                           const std::vector<std::pair<document::ItemKind, std::string>>& take) {
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    if (!row.is_living()) return is_closed();
    const auto file = store_.read(plan);
    const auto offered = offers(*file);
    if (offered.to_version != to_version) return changed_meanwhile();
    std::vector<document::Improvement> chosen;
    for (std::size_t i = 0; i < take.size(); ++i) {
      const auto found = std::find_if(offered.items.begin(), offered.items.end(), [&](const auto& each) {
        return each.kind == take[i].first && each.key == take[i].second;
      });
      if (found == offered.items.end()) {
        return Error::invalid_field(fmt::format("take[{}]", i),
                                    {"This is not offered.", "この項目は提案されていません。"});
      }
      chosen.push_back(*found);
    }
    if (!chosen.empty()) {
      BANSO_TRY_ASSIGN(const auto after, document::with_improvements(file->plan, chosen));
      Store::add_version(session, row, after, by, "template", "", now);
    }
    // What was not taken stays as the plan has it: measured from the newer template on.
    Store::set_template(session, plan, to_version, to_version);
    return {};
  });
}

}  // namespace banso::plans
