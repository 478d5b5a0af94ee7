// What we set up: who is invited, what is shared, how it looks; and looking as a customer would.
#include <map>

#include <fmt/format.h>

#include "documents.hpp"
#include "house.hpp"
#include "render.hpp"

namespace banso::portal {
namespace {

namespace http = platform::http;
using core::Result;
using http::Method;
using http::Permission;
using http::Request;
using http::Response;
using platform::records::Session;

Response answer(const json::value& body, int status = 200) {
  return Response::json(json::serialize(body), status);
}

core::Error may_not() {
  return core::Error::forbidden({"Your role does not allow this.", "この操作を行う権限がありません。"});
}

core::Error no_such_account() {
  return core::Error::not_found({"There is no such account.", "指定された顧客はありません。"});
}

core::Error no_such_document() {
  return core::Error::not_found({"There is no such document.", "指定された資料はありません。"});
}

class OurHandlers {
 public:
  explicit OurHandlers(std::shared_ptr<House> house) : house_(std::move(house)) {}

  Result<Response> account(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, account_of(request));
    BANSO_TRY_ASSIGN(const auto rule, house_->rules.rule_of(account));
    const auto consent = house_->from.records->read([&](Session& session) { return store::consent(session, account); });
    const auto people = house_->from.records->read([&](Session& session) { return store::people(session, account); });
    json::array rendered;
    for (const auto& person : people) rendered.push_back(render_person(person));
    json::value sharing = nullptr;
    if (rule) {
      sharing = json::object{
          {"key", rule->key}, {"name", render(rule->sharing.name)}, {"shows", render_shows(&rule->sharing)}};
    }
    const bool is_needed = rule && rule->sharing.shown(Part::health) && rule->sharing.health_needs_consent;
    return answer(
        json::object{{"sharing", std::move(sharing)},
                     {"consent", json::object{{"is_needed", is_needed},
                                              {"given", consent && consent->is_given},
                                              {"at", consent ? json::from(consent->at) : json::value(nullptr)},
                                              {"by", consent ? consent->by : std::string()}}},
                     {"people", std::move(rendered)},
                     {"is_reachable", house_->from.outreach->can_send_links()}});
  }

  Result<Response> departments(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, account_of(request));
    BANSO_TRY_ASSIGN(const auto known_on, request.query_day("as_of"));
    const auto as_of = std::min(known_on.value_or(house_->today()), house_->today());
    const auto uses = departments_of(*house_->from.customers, *house_->from.usage, {account, as_of, known_on});
    return answer(json::object{{"as_of", json::from(as_of)}, {"items", render_departments(uses)}});
  }

  Result<Response> invite(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, account_of(request));
    BANSO_TRY_ASSIGN(const auto contact, contact_in_body(request));
    BANSO_TRY_ASSIGN(const auto person, house_->entrance.invite(request.caller, account, contact));
    return answer(render_person(person), 201);
  }

  Result<Response> resend(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, account_of(request));
    BANSO_TRY_ASSIGN(const auto id, request.path_id("contact_id"));
    const core::ContactId contact{id};
    const auto present =
        house_->from.records->read([&](Session& session) { return store::find_person(session, account, contact); });
    if (!present) return core::Error::not_found({"This contact is not invited.", "この担当者は招待されていません。"});
    BANSO_TRY_ASSIGN(const auto person, house_->entrance.invite(request.caller, account, contact));
    return answer(render_person(person));
  }

  Result<Response> change(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, account_of(request));
    BANSO_TRY_ASSIGN(const auto contact, request.path_id("contact_id"));
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto is_disabled = fields.yes_no("disabled", true);
    BANSO_TRY(fields.finish());
    BANSO_TRY_ASSIGN(const auto person,
                     house_->entrance.set_disabled(request.caller, account, core::ContactId{contact}, *is_disabled));
    return answer(render_person(person));
  }

  Result<Response> view(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, account_of(request));
    BANSO_TRY_ASSIGN(const auto contact, contact_in_body(request));
    BANSO_TRY_ASSIGN(const auto opened, house_->entrance.view(request.caller, account, contact));
    auto response = answer(json::object{{"url", "/portal/"}, {"until", json::from(opened.until)}});
    const auto seconds = (opened.until.microseconds - house_->now().microseconds) / core::microseconds_per_second;
    set_cookies(response, request, *house_, opened.token, seconds);
    return response;
  }

  Result<Response> account_audit(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto account, account_of(request));
    BANSO_TRY_ASSIGN(const auto page, request.page());
    return render_events(account, page);
  }

  Result<Response> audit(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto page, request.page());
    return render_events(std::nullopt, page);
  }

  Result<Response> add_starters(const Request& request) const {
    std::int64_t added = 0;
    for (const auto& [name, body] : starter_sharing(*house_->from.health->condition_fields())) {
      if (house_->from.definitions->get(name)) continue;
      BANSO_TRY(house_->from.definitions->put_draft(request.caller, name, body));
      ++added;
    }
    return answer(json::object{{"added", added}});
  }

  Result<Response> settings(const Request&) const { return answer(render_settings()); }

  Result<Response> change_settings(const Request& request) const {
    if (!request.caller.at_least(core::Role::admin)) return may_not();
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    BANSO_TRY_ASSIGN(const auto branding, read_branding(body));
    house_->set_branding(request.caller, branding);
    return answer(render_settings());
  }

  Result<Response> put_logo(const Request& request) const {
    if (!request.caller.at_least(core::Role::admin)) return may_not();
    BANSO_TRY_ASSIGN(const auto type, logo_type(request.body));
    house_->set_logo(request.caller, Logo{type, request.body, ""});
    return Response::no_content();
  }

  Result<Response> remove_logo(const Request& request) const {
    if (!request.caller.at_least(core::Role::admin)) return may_not();
    house_->set_logo(request.caller, std::nullopt);
    return Response::no_content();
  }

  Result<Response> documents(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto asked, request.query_integer("account"));
    const auto account = asked ? std::optional(core::AccountId{*asked}) : std::nullopt;
    const auto found = house_->from.records->read([&](Session& session) { return store::documents(session, account); });
    std::vector<core::AccountId> accounts;
    for (const auto& document : found) {
      if (document.account) accounts.push_back(document.account);
    }
    const auto names = names_of(accounts).first;
    json::array items;
    for (const auto& document : found) items.push_back(render_document(document, names));
    const auto total = items.size();
    return answer(json::object{{"items", std::move(items)}, {"total", total}});
  }

  Result<Response> add_document(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto asked, request.query_integer("account"));
    const core::AccountId account{asked.value_or(0)};
    if (!request.caller.at_least(account ? core::Role::csm : core::Role::leader)) return may_not();
    if (asked && !house_->from.customers->exists(account)) return no_such_account();
    BANSO_TRY_ASSIGN(const auto name, document_name(request.query_text("name").value_or("")));
    BANSO_TRY_ASSIGN(const auto type, document_type(name, request.body));
    const Document document{
        platform::records::new_id(), account, name, type, static_cast<std::int64_t>(request.body.size()), house_->now(),
        request.caller.name,         0};
    house_->from.records->write([&](Session& session) { store::insert(session, document, request.body); });
    house_->entrance.note(request.caller, account, {}, "shared_document", name);
    return answer(render_document(document, names_of({account}).first), 201);
  }

  Result<Response> download(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    std::string content;
    const auto document = house_->from.records->read([&](Session& session) {
      auto found = store::find_document(session, id);
      if (found) content = store::content(session, id);
      return found;
    });
    if (!document) return no_such_document();
    return attachment(*document, std::move(content));
  }

  Result<Response> remove_document(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    BANSO_TRY_ASSIGN(const auto document, house_->from.records->write([&](Session& session) -> Result<Document> {
      auto found = store::find_document(session, id);
      if (!found) return no_such_document();
      const auto needed = found->account ? core::Role::csm : core::Role::leader;
      if (!request.caller.at_least(needed)) return may_not();
      store::remove_document(session, id);
      return *found;
    }));
    house_->entrance.note(request.caller, document.account, {}, "removed_document", document.name);
    return Response::no_content();
  }

 private:
  using AccountNames = std::map<core::AccountId, std::string>;
  using ContactNames = std::map<core::ContactId, std::string>;

  Result<core::AccountId> account_of(const Request& request) const {
    BANSO_TRY_ASSIGN(const auto id, request.path_id());
    if (!house_->from.customers->exists(core::AccountId{id})) return no_such_account();
    return core::AccountId{id};
  }

  static Result<core::ContactId> contact_in_body(const Request& request) {
    BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
    json::Fields fields(body);
    const auto contact = fields.integer("contact_id", true);
    BANSO_TRY(fields.finish());
    return core::ContactId{*contact};
  }

  std::pair<AccountNames, ContactNames> names_of(const std::vector<core::AccountId>& accounts) const {
    std::pair<AccountNames, ContactNames> names;
    if (accounts.empty()) return names;
    const auto selection = customers::Selection::of(accounts);
    house_->from.customers->each_book_row(selection, [&](const auto& row) { names.first[row.id] = row.name; });
    house_->from.customers->each_contact(selection, [&](const auto& fact) { names.second[fact.contact] = fact.name; });
    return names;
  }

  json::object render_person(const Person& person) const {
    const auto card = find_contact(house_->from, person.account, person.contact);
    const auto link = house_->from.records->read(
        [&](Session& session) { return store::open_link(session, person.id, "invitation", house_->now()); });
    const auto mail = person.invitation ? house_->from.outreach->find(person.invitation) : std::nullopt;
    const auto names = card ? ContactNames() : names_of({person.account}).second;
    const auto left = names.find(person.contact);
    const auto language = !person.language.empty() ? person.language
                          : card                   ? std::string(core::language_tag(card->language))
                                                   : std::string("ja");
    return {{"contact_id", person.contact.value},
            {"name", card                  ? card->name
                     : left == names.end() ? std::string()
                                           : left->second},
            {"email", card ? card->email : std::string()},
            {"language", language},
            {"invited_at", json::from(person.invited_at)},
            {"invited_by", person.invited_by},
            {"disabled", person.is_disabled},
            {"link_until", link ? json::from(link->until) : json::value(nullptr)},
            {"mail_state", mail ? json::value(outreach::word_of(mail->state)) : json::value("")},
            {"mail_reason", nullptr},
            {"first_seen_at", json::from(person.first_seen_at)},
            {"last_seen_at", json::from(person.last_seen_at)}};
  }

  Result<Response> render_events(std::optional<core::AccountId> account, core::PageRequest page) const {
    const auto events =
        house_->from.records->read([&](Session& session) { return store::events(session, account, page); });
    std::vector<core::AccountId> accounts;
    for (const auto& event : events.items) {
      if (event.account) accounts.push_back(event.account);
    }
    const auto names = names_of(accounts);
    json::array items;
    for (const auto& event : events.items) {
      const auto of = names.first.find(event.account);
      const auto who = names.second.find(event.contact);
      items.push_back(json::object{{"at", json::from(event.at)},
                                   {"account_id", event.account.value},
                                   {"account_name", of == names.first.end() ? std::string() : of->second},
                                   {"contact_id", json::from(event.contact)},
                                   {"contact_name", who == names.second.end() ? std::string() : who->second},
                                   {"event", event.event},
                                   {"by", event.by_name},
                                   {"words", event.words}});
    }
    return answer(json::object{{"items", std::move(items)}, {"total", events.total}});
  }

  json::object render_settings() const {
    const auto branding = house_->branding();
    return {{"name", render(branding.name)},         {"accent", branding.accent},
            {"welcome", render(branding.welcome)},   {"has_logo", house_->logo().has_value()},
            {"public_url", house_->from.public_url}, {"sends_mail", house_->from.outreach->can_send_links()}};
  }

  static json::object render_document(const Document& document, const AccountNames& names) {
    const auto of = names.find(document.account);
    return {{"id", document.id},
            {"name", document.name},
            {"content_type", document.content_type},
            {"bytes", document.bytes},
            {"account_id", json::from(document.account)},
            {"account_name", of == names.end() ? json::value(nullptr) : json::value(of->second)},
            {"shared_at", json::from(document.shared_at)},
            {"shared_by", document.shared_by},
            {"downloads", document.downloads}};
  }

  std::shared_ptr<House> house_;
};

}  // namespace

http::Routes make_our_routes(std::shared_ptr<House> house) {
  const auto handlers = std::make_shared<OurHandlers>(std::move(house));
  const auto to = [&](Result<Response> (OurHandlers::*method)(const Request&) const) {
    return [handlers, method](const Request& request) { return (*handlers.*method)(request); };
  };
  return {
      {Method::get, "/api/accounts/{id}/portal", Permission::read_only, to(&OurHandlers::account)},
      {Method::get, "/api/accounts/{id}/departments", Permission::read_only, to(&OurHandlers::departments)},
      {Method::post, "/api/accounts/{id}/portal/people", Permission::csm, to(&OurHandlers::invite)},
      {Method::patch, "/api/accounts/{id}/portal/people/{contact_id}", Permission::csm, to(&OurHandlers::change)},
      {Method::post, "/api/accounts/{id}/portal/people/{contact_id}/resend", Permission::csm, to(&OurHandlers::resend)},
      {Method::post, "/api/accounts/{id}/portal/view", Permission::csm, to(&OurHandlers::view)},
      {Method::get, "/api/accounts/{id}/portal/audit", Permission::read_only, to(&OurHandlers::account_audit)},
      {Method::get, "/api/portal/audit", Permission::leader, to(&OurHandlers::audit)},
      {Method::post, "/api/portal/starters", Permission::leader, to(&OurHandlers::add_starters)},
      {Method::get, "/api/portal/settings", Permission::read_only, to(&OurHandlers::settings)},
      {Method::put, "/api/portal/settings", Permission::admin, to(&OurHandlers::change_settings)},
      {Method::put, "/api/portal/logo", Permission::admin, to(&OurHandlers::put_logo), logo_limit_bytes},
      {Method::del, "/api/portal/logo", Permission::admin, to(&OurHandlers::remove_logo)},
      {Method::get, "/api/portal/documents", Permission::read_only, to(&OurHandlers::documents)},
      {Method::post, "/api/portal/documents", Permission::csm, to(&OurHandlers::add_document), document_limit_bytes},
      {Method::get, "/api/portal/documents/{id}", Permission::read_only, to(&OurHandlers::download)},
      {Method::del, "/api/portal/documents/{id}", Permission::csm, to(&OurHandlers::remove_document)},
  };
}

}  // namespace banso::portal
