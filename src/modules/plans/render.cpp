#include "render.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "follower.hpp"

namespace banso::plans {

namespace json = platform::json;

namespace {

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

struct RoleName {
  std::string_view word;
  core::Text name;
};

core::Text role_in_words(const document::ActionOwner& owner) {
  static const std::vector<RoleName> theirs{{"champion", {"Champion", "推進役"}},
                                            {"executive_sponsor", {"Executive sponsor", "エグゼクティブスポンサー"}},
                                            {"decision_maker", {"Decision maker", "決裁者"}},
                                            {"admin", {"Administrator", "管理者"}},
                                            {"user", {"User", "利用者"}}};
  if (owner.side == document::Side::ours) {
    const auto role = org::account_role_from(owner.role);
    return role ? org::name_of(*role) : core::Text{};
  }
  const auto found =
      std::find_if(theirs.begin(), theirs.end(), [&](const auto& each) { return each.word == owner.role; });
  return found == theirs.end() ? core::Text{} : found->name;
}

json::value render_owner(const Scene& scene, core::AccountId account) {
  const auto row = scene.book ? scene.book->find(account) : std::nullopt;
  if (!row) return nullptr;
  const auto value = scene.book->value(*row, "owner");
  const auto* owner = std::get_if<std::string>(&value);
  if (owner == nullptr || owner->empty()) return nullptr;
  std::int64_t id = 0;
  std::from_chars(owner->data(), owner->data() + owner->size(), id);
  const auto name = scene.from.surroundings.user_name({id}).value_or(scene.book->choice_name("owner", *owner).en);
  return json::object{{"id", id}, {"name", name}};
}

json::value render_arr(const Scene& scene, core::AccountId account) {
  const auto row = scene.book ? scene.book->find(account) : std::nullopt;
  if (!row) return nullptr;
  return render_money(scene.book->arr_minor(*row), scene.book->currency());
}

std::string account_name(const Scene& scene, core::AccountId account) {
  const auto row = scene.book ? scene.book->find(account) : std::nullopt;
  if (row) return scene.book->name(*row);
  std::string name;
  scene.from.customers->each_book_row(customers::Selection::of({account}),
                                      [&](const customers::BookRow& each) { name = each.name; });
  return name;
}

json::object render_reading(const ReadingRow& reading) {
  return {{"day", json::from(reading.day)},
          {"value", reading.value},
          {"by", reading.source},
          {"author", reading.author},
          {"at", json::from(reading.at)}};
}

json::object render_goal(const GoalView& view) {
  json::array readings, missing;
  for (const auto& reading : view.readings) readings.push_back(render_reading(reading));
  if (view.standing.status != document::GoalStatus::achieved) missing.push_back("achieved");
  if (view.goal.stage < document::GoalStage::delivered) missing.push_back("stage");
  if (!view.goal.closed_on) missing.push_back("closed");
  const auto& current = view.standing.current;
  return {{"key", view.goal.key},
          {"status", document::word_of(view.standing.status)},
          {"rule_status", document::word_of(view.standing.rule_status)},
          {"rule", render(view.standing.rule)},
          {"expected", json::from(view.standing.expected)},
          {"current", current ? json::value(current->value) : json::value(nullptr)},
          {"current_day", current ? json::from(current->day) : json::value(nullptr)},
          {"progress", json::from(view.standing.progress)},
          {"confirmation", view.confirmation},
          {"is_changed_since_sent", view.is_changed_since_sent},
          {"days_left", view.standing.days_left ? json::value(*view.standing.days_left) : json::value(nullptr)},
          {"counts_as_success", view.standing.is_success(view.goal)},
          {"missing_for_success", std::move(missing)},
          {"readings", std::move(readings)}};
}

json::array keys(const std::vector<std::string>& keys) {
  return json::array(keys.begin(), keys.end());
}

json::array render_actions(const PlanFile& file, const PlanView& view, core::Day today) {
  constexpr int slip_shown_days = 7;
  json::array actions;
  for (std::size_t i = 0; i < view.actions.size(); ++i) {
    const auto& outlook = view.actions[i];
    const auto& key = file.plan.actions[i].key;
    const auto moves =
        outlook.is_open ? document::moved_by(file.plan, key, slip_shown_days, today) : std::vector<std::string>();
    actions.push_back(json::object{{"key", key},
                                   {"is_open", outlook.is_open},
                                   {"is_late", outlook.is_late},
                                   {"is_blocked", outlook.is_blocked()},
                                   {"waits_for", keys(outlook.waits_for)},
                                   {"slip_days", outlook.slip_days},
                                   {"expected_start", json::from(outlook.expected_start)},
                                   {"expected_due", json::from(outlook.expected_due)},
                                   {"moves", keys(moves)}});
  }
  return actions;
}

json::value render_next_step(const Scene& scene, const PlanFile& file, const PlanView& view,
                             const std::map<core::ContactId, std::string>& contacts) {
  if (!view.next_step || !view.is_living()) return nullptr;
  const auto& action = file.plan.actions[*view.next_step];
  const auto owner = owner_in_words(action, scene.from.surroundings, contacts);
  return json::object{{"action", action.key},
                      {"name", render(action.name)},
                      {"side", action.owner.side == document::Side::ours ? "ours" : "theirs"},
                      {"owner", owner.in(scene.language)},
                      {"owner_name", render(owner)},
                      {"due", json::from(action.due)},
                      {"is_late", view.actions[*view.next_step].is_late}};
}

json::array render_confirmations(const PlanFile& file, const std::map<core::ContactId, std::string>& contacts) {
  json::array list;
  for (auto row = file.confirmations.rbegin(); row != file.confirmations.rend(); ++row) {
    const auto name = contacts.find(row->contact);
    list.push_back(json::object{{"version", row->version},
                                {"goal", row->goal},
                                {"contact_id", json::from(row->contact)},
                                {"contact_name", name == contacts.end() ? "" : name->second},
                                {"verdict", row->verdict},
                                {"words", row->words},
                                {"at", json::from(row->at)},
                                {"how", row->how},
                                {"noted_by", json::from(row->noted_by)}});
  }
  return list;
}

json::array render_comments(const PlanFile& file) {
  json::array list;
  for (const auto& row : file.comments) {
    list.push_back(json::object{{"id", row.id},
                                {"item", text_or_null(row.item)},
                                {"author", row.author},
                                {"is_customer", row.is_customer},
                                {"internal", row.is_internal},
                                {"words", row.words},
                                {"at", json::from(row.at)}});
  }
  return list;
}

json::array render_reviews(const PlanFile& file) {
  json::array list;
  for (auto row = file.reviews.rbegin(); row != file.reviews.rend(); ++row) {
    list.push_back(json::object{{"id", row->id},
                                {"why", render(row->why)},
                                {"opened", json::from(row->opened)},
                                {"done_at", json::from(row->done_at)},
                                {"done_by", json::from(row->done_by)},
                                {"note", row->note}});
  }
  return list;
}

json::array render_values(const PlanFile& file) {
  json::array list;
  for (const auto& row : file.achievements) {
    list.push_back(json::object{{"goal", row.goal},
                                {"achieved_on", json::from(row.achieved)},
                                {"story", row.story},
                                {"shared", row.is_shared},
                                {"evidence", boost::json::parse(row.evidence_json)},
                                {"written_by", json::from(row.written_by)},
                                {"written_at", json::from(row.written_at)}});
  }
  return list;
}

json::value render_sent(const PlanView& view, const std::map<core::ContactId, std::string>& contacts) {
  if (!view.sent) return nullptr;
  json::array asked;
  for (const auto contact : view.sent->asked) {
    const auto name = contacts.find(contact);
    asked.push_back(json::object{{"contact_id", contact.value}, {"name", name == contacts.end() ? "" : name->second}});
  }
  return json::object{{"version", view.sent->version},
                      {"at", json::from(view.sent->at)},
                      {"by", view.sent->by.name},
                      {"asked", std::move(asked)},
                      {"has_newer", view.has_newer_than_sent()}};
}

}  // namespace

json::object render(const core::Text& text) {
  return {{"en", text.en}, {"ja", text.ja}};
}

json::object render_money(std::int64_t amount_minor, const std::string& currency) {
  return {{"amount_minor", amount_minor}, {"currency", currency}};
}

core::Text owner_in_words(const document::Action& action, const Surroundings& around,
                          const std::map<core::ContactId, std::string>& contacts) {
  if (action.owner.user) {
    if (const auto name = around.user_name(action.owner.user)) return {*name, *name};
  }
  if (action.owner.contact) {
    if (const auto found = contacts.find(action.owner.contact); found != contacts.end()) {
      return {found->second, found->second};
    }
  }
  return role_in_words(action.owner);
}

json::object render_change(const document::Difference& difference) {
  return {{"kind", difference.kind ? json::value(document::word_of(*difference.kind)) : json::value("head")},
          {"key", difference.key},
          {"change", document::word_of(difference.what)},
          {"words", render(difference.words)}};
}

json::object render_plan(const Scene& scene, const PlanFile& file, std::int64_t offers) {
  const auto view = look_at(file, scene.today);
  const auto contacts = contact_names(*scene.from.customers, file.row.account);
  json::array goals;
  for (const auto& goal : view.goals) goals.push_back(render_goal(goal));
  json::value from_template = nullptr;
  if (!file.row.template_key.empty()) {
    from_template = json::object{{"key", file.row.template_key}, {"version", file.row.template_version}};
  }
  json::value closed = nullptr;
  if (view.closing) {
    closed = json::object{
        {"at", json::from(view.closing->at)}, {"by", view.closing->by.name}, {"why", view.closing->words.en}};
  }
  return {{"id", file.row.id.value},
          {"account_id", file.row.account.value},
          {"account_name", account_name(scene, file.row.account)},
          {"arr", render_arr(scene, file.row.account)},
          {"owner", render_owner(scene, file.row.account)},
          {"as_of", json::from(scene.today)},
          {"state", view.state},
          {"version", file.newest.version},
          {"document", boost::json::parse(document::to_json(file.plan))},
          {"template", std::move(from_template)},
          {"created_at", json::from(file.row.created_at)},
          {"changed_at", json::from(file.newest.at)},
          {"changed_by", file.newest.by.name},
          {"sent", render_sent(view, contacts)},
          {"waits_for_confirmation", view.waits_for_confirmation},
          {"closed", std::move(closed)},
          {"goals", std::move(goals)},
          {"actions", render_actions(file, view, scene.today)},
          {"next_step", render_next_step(scene, file, view, contacts)},
          {"confirmations", render_confirmations(file, contacts)},
          {"comments", render_comments(file)},
          {"reviews", render_reviews(file)},
          {"values", render_values(file)},
          {"offers", offers}};
}

json::object render_line(const Scene& scene, const PlanFile& file, const PlanView& view) {
  int open = 0, achieved = 0, behind = 0, missed = 0, confirmed = 0;
  for (const auto& goal : view.goals) {
    open += goal.is_open();
    achieved += goal.standing.status == document::GoalStatus::achieved;
    const bool is_missed = goal.is_open() && goal.standing.status == document::GoalStatus::missed;
    missed += is_missed;
    behind += goal.is_behind() && !is_missed;
    confirmed += goal.confirmation == "confirmed";
  }
  const auto row = scene.book ? scene.book->find(file.row.account) : std::nullopt;
  const auto level = row ? scene.book->value(*row, "level") : health::CellValue{};
  const auto* level_key = std::get_if<std::string>(&level);
  const bool names_contact = view.next_step && file.plan.actions[*view.next_step].owner.contact;
  const auto contacts =
      names_contact ? contact_names(*scene.from.customers, file.row.account) : std::map<core::ContactId, std::string>();
  return {{"id", file.row.id.value},
          {"account_id", file.row.account.value},
          {"account_name", account_name(scene, file.row.account)},
          {"arr", render_arr(scene, file.row.account)},
          {"owner", render_owner(scene, file.row.account)},
          {"level", level_key ? text_or_null(*level_key) : json::value(nullptr)},
          {"name", render(file.plan.name)},
          {"state", view.state},
          {"version", file.newest.version},
          {"goals", json::object{{"total", view.goals.size()},
                                 {"open", open},
                                 {"achieved", achieved},
                                 {"behind", behind},
                                 {"missed", missed}}},
          {"confirmed", confirmed},
          {"waits_for_confirmation", view.waits_for_confirmation},
          {"next_step", render_next_step(scene, file, view, contacts)},
          {"next_goal_due", json::from(view.next_goal_due(scene.today))},
          {"late_actions", view.late_actions()},
          {"reviews_due", reviews_due(file)},
          {"changed_at", json::from(file.newest.at)},
          {"value", render_money(view.delivered_minor(scene.today), scene.currency)}};
}

json::object render_version(const VersionRow& version, const document::Document* before,
                            const document::Document& after, bool is_sent) {
  json::array changes;
  if (before) {
    for (const auto& difference : document::differences(*before, after)) changes.push_back(render_change(difference));
  }
  return {{"version", version.version}, {"at", json::from(version.at)},
          {"by", version.by.name},      {"is_customer", bool(version.by.contact)},
          {"cause", version.cause},     {"why", version.why},
          {"is_sent", is_sent},         {"changes", std::move(changes)}};
}

}  // namespace banso::plans
