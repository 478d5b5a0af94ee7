#include "mail_handlers.hpp"

#include <fmt/format.h>

#include "gate.hpp"
#include "orders.hpp"
#include "render.hpp"
#include "sending.hpp"
#include "starters.hpp"

namespace banso::outreach {
namespace {

using core::Result;
using platform::http::Request;
using platform::http::Response;
using platform::records::Session;

Response answer(const json::value& body) {
  return Response::json(json::serialize(body));
}

// The body that is being edited, for whom.
struct PreviewInput {
  std::string kind, body;
  core::AccountId account;
  core::ContactId contact;
  std::optional<core::Language> language;
};

Result<PreviewInput> read_preview(const Context& context, const Request& request) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  PreviewInput input;
  input.kind = fields.choice("kind", {"mail_template", "survey"}, true).value_or("");
  const auto* definition = fields.child("body");
  if (!definition && fields.ok())
    fields.fail("body", {"Give the template's body.", "テンプレートの内容を指定してください。"});
  input.account = core::AccountId{fields.integer("account_id").value_or(0)};
  input.contact = core::ContactId{fields.integer("contact_id").value_or(0)};
  if (const auto language = fields.choice("language", {"ja", "en"}))
    input.language = core::language_from_tag(*language);
  BANSO_TRY(fields.finish());
  const auto checked = check_body(input.kind, json::serialize(*definition), *context.from.health->condition_fields());
  if (!checked) {
    auto error = checked.error();
    for (auto& field : error.fields) field.field = field.field.empty() ? "body" : "body." + field.field;
    return error;
  }
  input.body = *checked;
  return input;
}

struct Previewed {
  Composed composed;
  core::Language language = core::Language::ja;
  std::optional<Recipient> recipient;
};

Result<Previewed> make_preview(const Context& context, const Request& request, const PreviewInput& input) {
  Previewed made;
  ComposeOptions options;
  options.kind = input.kind;
  options.body = input.body;
  options.sender = request.caller.user;
  if (!input.account && !input.contact) {
    made.language = options.language = input.language.value_or(request.language);
    made.composed = compose_sample(context, options);
    made.composed.sender_name = request.caller.name;
    return made;
  }
  made.recipient = find_recipient(*context.from.customers, input.account, input.contact, context.today());
  if (!made.recipient) {
    return core::Error::invalid_field(
        "contact_id", {"There is no such contact on the account.", "この顧客に指定された担当者はいません。"});
  }
  made.language = options.language = input.language.value_or(made.recipient->language);
  made.composed = compose(context, *made.recipient, options);
  return made;
}

json::value obstacle_of(Context& context, const PreviewInput& input, core::UserId sender) {
  const auto now = context.now();
  const Question question{input.kind,
                          "",
                          input.body,
                          read_mail_body(input.kind, input.body).purpose,
                          input.account,
                          input.contact,
                          sender,
                          nullptr,
                          {},
                          {},
                          now,
                          now};
  const auto verdict =
      context.from.records->read([&](Session& session) { return ask(context, session, question).verdict; });
  if (verdict.kind == Verdict::Kind::go) return nullptr;
  return json::object{{"reason", verdict.reason}, {"words", render(verdict.words)}};
}

Result<MailFilter> read_filter(const Context& context, const Request& request) {
  MailFilter filter;
  filter.state = request.query_text("state");
  filter.reason = request.query_text("reason");
  filter.definition = request.query_text("template");
  filter.source_prefix = request.query_text("source");
  filter.purpose = request.query_text("purpose");
  BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
  BANSO_TRY_ASSIGN(const auto contact, request.query_integer("contact"));
  if (account) filter.account = core::AccountId{*account};
  if (contact) filter.contact = core::ContactId{*contact};
  filter.search = request.query_text("q");
  if (!filter.search) return filter;
  constexpr std::size_t most_named = 200;
  const auto wanted = customers::search_key(*filter.search);
  if (const auto book = context.from.health->evaluated_book()) {
    for (std::size_t row = 0; row < book->size() && filter.named_accounts.size() < most_named; ++row) {
      if (customers::search_key(book->name(row)).find(wanted) != std::string::npos) {
        filter.named_accounts.push_back(book->id(row));
      }
    }
  }
  return filter;
}

core::Error no_such_mail() {
  return core::Error::not_found({"There is no such mail.", "指定されたメールはありません。"});
}

}  // namespace

MailHandlers::Answered MailHandlers::fields(const Request&) const {
  json::array items;
  for (const auto& field : merge_fields(*context_->from.health->condition_fields())) {
    items.push_back(json::object{{"field", field.field},
                                 {"label", render(field.label)},
                                 {"group", field.group},
                                 {"sample", render(field.sample)}});
  }
  return answer(json::object{{"items", std::move(items)}});
}

MailHandlers::Answered MailHandlers::preview(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto input, read_preview(*context_, request));
  BANSO_TRY_ASSIGN(const auto made, make_preview(*context_, request, input));
  const auto catalogue = context_->from.health->condition_fields();
  json::array missing;
  for (const auto& field : made.composed.missing) {
    missing.push_back(json::object{{"field", field}, {"label", render(label_of(field, *catalogue))}});
  }
  return answer(json::object{
      {"language", core::language_tag(made.language)},
      {"to", made.recipient ? json::value(made.recipient->email) : json::value(nullptr)},
      {"subject", made.composed.subject},
      {"html", made.composed.letter.html},
      {"text", made.composed.letter.text},
      {"missing", std::move(missing)},
      {"obstacle", made.recipient ? obstacle_of(*context_, input, request.caller.user) : json::value(nullptr)}});
}

MailHandlers::Answered MailHandlers::test(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto input, read_preview(*context_, request));
  BANSO_TRY_ASSIGN(const auto made, make_preview(*context_, request, input));
  const auto self = context_->sender(request.caller.user);
  if (!self)
    return core::Error::conflict(
        {"Your user has no e-mail address.", "あなたのユーザーにメールアドレスがありません。"});
  const auto sent = send_test(*context_, self->email, made.composed, made.language);
  if (!sent) return core::Error::unavailable(sent.error().message);
  return answer(json::object{{"sent_to", self->email}});
}

MailHandlers::Answered MailHandlers::add_starters(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto added, add_starter_drafts(*context_->from.definitions, request.caller));
  return answer(json::object{{"added", added}});
}

MailHandlers::Answered MailHandlers::templates(const Request& request) const {
  const auto only = request.query_text("kind");
  const auto counts =
      context_->from.records->read([](Session& session) { return store::counts_by_definition(session); });
  json::array items;
  for (const auto kind : {template_kind, survey_kind}) {
    if (only && *only != kind) continue;
    for (const auto& summary : context_->from.definitions->list(std::string(kind))) {
      if (summary.retired && !summary.has_draft) continue;
      const auto definition = context_->from.definitions->get(summary.name);
      const auto text = !definition        ? std::optional<std::string>()
                        : definition->body ? definition->body
                                           : definition->draft;
      const auto found = counts.find({std::string(kind), summary.name.key});
      const auto count = found == counts.end() ? Counts{} : found->second;
      json::array users;
      for (const auto& name : summary.used_by) users.push_back(json::object{{"kind", name.kind}, {"key", name.key}});
      items.push_back(json::object{{"kind", kind},
                                   {"key", summary.name.key},
                                   {"name", render(summary.title)},
                                   {"purpose", word_of(read_mail_body(kind, text.value_or("{}")).purpose)},
                                   {"version", summary.version},
                                   {"draft", summary.has_draft},
                                   {"sent", count.sent},
                                   {"queued", count.queued},
                                   {"refused", count.refused},
                                   {"bounced", count.bounced},
                                   {"opened", count.opened},
                                   {"clicked", count.clicked},
                                   {"replied", count.replied},
                                   {"unsubscribed", count.unsubscribed},
                                   {"used_by", std::move(users)}});
    }
  }
  const auto total = items.size();
  return answer(json::object{{"items", std::move(items)}, {"total", total}});
}

MailHandlers::Answered MailHandlers::list(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto filter, read_filter(*context_, request));
  BANSO_TRY_ASSIGN(const auto page, request.page());
  std::vector<MailRecord> mails;
  std::map<std::string, std::int64_t> by_state;
  context_->from.records->read([&](Session& session) {
    mails = store::list(session, filter, page);
    by_state = store::counts_by_state(session, filter);
  });
  json::object counts;
  std::int64_t total = 0;
  for (const auto& [state, count] : by_state) {
    counts[state] = count;
    if (!filter.state || *filter.state == state) total += count;
  }
  return answer(
      json::object{{"items", render_mails(*context_, mails)}, {"total", total}, {"counts", std::move(counts)}});
}

MailHandlers::Answered MailHandlers::order(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  AnyOrder order;
  const auto template_key = fields.text("template");
  const auto survey_key = fields.text("survey");
  if (template_key.has_value() == survey_key.has_value()) {
    fields.fail("template",
                {"Name a template or a survey.", "テンプレートまたはアンケートのどちらかを指定してください。"});
  }
  order.kind = std::string(survey_key ? survey_kind : template_kind);
  order.definition = survey_key ? *survey_key : template_key.value_or("");
  order.account = core::AccountId{fields.integer("account_id", true).value_or(0)};
  order.contact = core::ContactId{fields.integer("contact_id", true).value_or(0)};
  const auto key = fields.text("unique_key", {.max_length = 190});
  order.unique_key = "person:" + key.value_or(std::to_string(platform::records::new_id()));
  order.not_before = fields.instant("not_before");
  order.sender = request.caller.user;
  order.source = "person";
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto ordered, place_order(*context_, request.caller, order));
  wake_();
  return answer(render_ordered(ordered));
}

MailHandlers::Answered MailHandlers::detail(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  std::optional<MailRecord> mail;
  std::vector<MailEvent> events;
  context_->from.records->read([&](Session& session) {
    mail = store::find(session, MailId{id});
    if (mail) events = store::events(session, mail->id);
  });
  if (!mail) return no_such_mail();
  auto item = render_mails(*context_, std::span(&*mail, 1)).front().as_object();
  json::array history;
  for (const auto& event : events) {
    history.push_back(json::object{
        {"at", json::from(event.at)}, {"event", event.event}, {"words", render(event.words)}, {"by", event.by}});
  }
  item["html"] = mail->html;
  item["text"] = mail->text;
  item["message_id"] = mail->message_id;
  item["history"] = std::move(history);
  return answer(item);
}

MailHandlers::Answered MailHandlers::cancel(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto mail, cancel_mail(*context_, request.caller, MailId{id}));
  return answer(render_mails(*context_, std::span(&mail, 1)).front());
}

MailHandlers::Answered MailHandlers::resolve(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto as = fields.choice("as", {"sent", "send_again", "failed"}, true);
  BANSO_TRY(fields.finish());
  BANSO_TRY_ASSIGN(const auto mail, resolve_mail(*context_, request.caller, MailId{id}, *as));
  wake_();
  return answer(render_mails(*context_, std::span(&mail, 1)).front());
}

}  // namespace banso::outreach
