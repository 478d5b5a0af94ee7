#include "people_handlers.hpp"

#include <algorithm>

#include "people.hpp"
#include "platform/mail/message.hpp"
#include "render.hpp"

namespace banso::outreach {
namespace {

using platform::http::Response;
using platform::records::Session;

constexpr std::int64_t mails_of_a_contact = 50;

Response answer(const json::value& body) {
  return Response::json(json::serialize(body));
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char sign) {
    return sign < 128 ? static_cast<char>(std::tolower(sign)) : static_cast<char>(sign);
  });
  return text;
}

std::string_view word_of_consent(customers::Consent consent) {
  switch (consent) {
    case customers::Consent::given:
      return "given";
    case customers::Consent::withdrawn:
      return "withdrawn";
    case customers::Consent::unknown:
      break;
  }
  return "unknown";
}

// NPS: promoters less detractors; CSAT: 4 and 5 of all; CES: the mean.
json::value score_of(customers::SurveyKind kind, const SurveyCounts& counts) {
  double total = 0, good = 0, bad = 0, sum = 0;
  for (const auto& [score, answers] : counts.by_score) {
    const auto number = static_cast<double>(answers);
    total += number;
    sum += number * score;
    const bool is_nps = kind == customers::SurveyKind::nps;
    if (score >= (is_nps ? 9 : 4)) good += number;
    if (is_nps && score <= 6) bad += number;
  }
  if (total == 0) return nullptr;
  if (kind == customers::SurveyKind::ces) return sum / total;
  return 100.0 * (good - bad) / total;
}

std::string_view word_of_kind(customers::SurveyKind kind) {
  switch (kind) {
    case customers::SurveyKind::nps:
      return "nps";
    case customers::SurveyKind::ces:
      return "ces";
    default:
      return "csat";
  }
}

core::Error no_such_contact() {
  return core::Error::not_found({"There is no such contact.", "指定された担当者はいません。"});
}

}  // namespace

PeopleHandlers::Answered PeopleHandlers::suppressions(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto page, request.page());
  const bool with_lifted = request.query_text("all") == "true";
  const auto found = context_->from.records->read([&](Session& session) {
    return store::suppressions(session, lower(request.query_text("q").value_or("")), with_lifted, page);
  });
  json::array items;
  for (const auto& each : found.items) items.push_back(render_suppression(each));
  return answer(json::object{{"items", std::move(items)}, {"total", found.total}});
}

PeopleHandlers::Answered PeopleHandlers::suppress(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto address = fields.text("address", {.required = true, .max_length = 254});
  const auto note = fields.text("note", {.required = true, .max_length = 500});
  if (address && !platform::mail::wire_address(*address)) {
    fields.fail("address", platform::mail::wire_address(*address).error().message);
  }
  BANSO_TRY(fields.finish());
  const auto made = context_->from.records->write([&](Session& session) {
    return store::suppress(
        session, {0, lower(*address), "by_hand", context_->now(), request.caller.name, *note, {}, {}, "", ""});
  });
  return answer(render_suppression(made));
}

PeopleHandlers::Answered PeopleHandlers::lift(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  const auto why = fields.text("why", {.required = true, .max_length = 500});
  BANSO_TRY(fields.finish());
  const auto lifted = context_->from.records->write([&](Session& session) {
    store::lift(session, id, context_->now(), request.caller.name, *why);
    return store::suppression(session, id);
  });
  if (!lifted) return core::Error::not_found({"There is no such entry.", "指定された項目はありません。"});
  return answer(render_suppression(*lifted));
}

PeopleHandlers::Answered PeopleHandlers::consents(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto page, request.page());
  BANSO_TRY_ASSIGN(const auto contact, request.query_integer("contact"));
  const auto only = contact ? std::optional(core::ContactId{*contact}) : std::nullopt;
  const auto found = context_->from.records->read([&](Session& session) {
    return store::consents(session, lower(request.query_text("q").value_or("")), only, page);
  });
  return answer(json::object{{"items", render_consents(*context_, found.items)}, {"total", found.total}});
}

PeopleHandlers::Answered PeopleHandlers::contact_answer(core::AccountId account, core::ContactId contact) const {
  const auto person = find_recipient(*context_->from.customers, account, contact, context_->today());
  if (!person) return no_such_contact();
  const auto wishes = wishes_of(*context_, person->email);
  std::optional<Suppression> suppression;
  core::Page<ConsentEvent> history;
  std::vector<MailRecord> mails;
  context_->from.records->read([&](Session& session) {
    if (!person->email.empty()) suppression = store::suppression_of(session, person->email);
    history = store::consents(session, "", contact, {0, 100});
    MailFilter filter;
    filter.contact = contact;
    mails = store::list(session, filter, {0, mails_of_a_contact});
  });
  json::object preferences;
  for (const auto& [topic, wanted] : wishes.topics) preferences[word_of(topic)] = wanted;
  return answer(
      json::object{{"contact_id", contact.value},
                   {"address", person->email},
                   {"language", core::language_tag(person->language)},
                   {"consent", word_of_consent(person->consent)},
                   {"consent_at", json::from(person->consent_at)},
                   {"consent_proof", person->consent_proof},
                   {"preferences", std::move(preferences)},
                   {"suppression", suppression ? json::value(render_suppression(*suppression)) : json::value(nullptr)},
                   {"history", render_consents(*context_, history.items)},
                   {"mails", render_mails(*context_, mails)}});
}

PeopleHandlers::Answered PeopleHandlers::contact(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto account, request.query_integer("account"));
  if (!account) {
    return core::Error::invalid_field(
        "account", {"Say on which account, as ?account=1.", "顧客を ?account=1 の形式で指定してください。"});
  }
  return contact_answer(core::AccountId{*account}, core::ContactId{id});
}

PeopleHandlers::Answered PeopleHandlers::consent(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto id, request.path_id());
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  json::Fields fields(body);
  ConsentInput input;
  input.contact = core::ContactId{id};
  input.account = core::AccountId{fields.integer("account_id", true).value_or(0)};
  input.allowed = fields.yes_no("allowed", true).value_or(false);
  input.at = fields.instant("at");
  input.how = fields.text("how", {.required = true, .max_length = 500}).value_or("");
  input.text_shown = fields.text("text_shown", {.allow_empty = true}).value_or("");
  BANSO_TRY(fields.finish());
  BANSO_TRY(record_consent(*context_, request.caller, input));
  return contact_answer(input.account, input.contact);
}

PeopleHandlers::Answered PeopleHandlers::surveys(const Request&) const {
  const auto counts =
      context_->from.records->read([&](Session& session) { return store::survey_counts(session, context_->now()); });
  json::array items;
  for (const auto& summary : context_->from.definitions->list(std::string(survey_kind))) {
    const auto definition = context_->from.definitions->get(summary.name);
    if (!definition) continue;
    const auto survey = read_survey_body(definition->body ? *definition->body : definition->draft.value_or("{}"));
    const auto found = counts.find(summary.name.key);
    const auto count = found == counts.end() ? SurveyCounts{} : found->second;
    json::array distribution;
    for (int score = survey.first_score(); score <= survey.last_score(); ++score) {
      const auto answers = count.by_score.find(score);
      distribution.push_back(
          json::object{{"score", score}, {"answers", answers == count.by_score.end() ? 0 : answers->second}});
    }
    const auto share =
        count.invited == 0
            ? json::value(nullptr)
            : json::value(100.0 * static_cast<double>(count.answered) / static_cast<double>(count.invited));
    items.push_back(json::object{{"key", summary.name.key},
                                 {"name", render(summary.title)},
                                 {"kind", word_of_kind(survey.kind)},
                                 {"version", summary.version},
                                 {"draft", summary.has_draft},
                                 {"invited", count.invited},
                                 {"open", count.open},
                                 {"answered", count.answered},
                                 {"answer_percent", share},
                                 {"score", score_of(survey.kind, count)},
                                 {"distribution", std::move(distribution)}});
  }
  return answer(json::object{{"items", std::move(items)}});
}

PeopleHandlers::Answered PeopleHandlers::inbox(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto page, request.page());
  const auto found = context_->from.records->read(
      [&](Session& session) { return store::received(session, request.query_text("result"), page); });
  std::vector<core::AccountId> accounts;
  for (const auto& row : found.items) {
    if (row.account) accounts.push_back(row.account);
  }
  const auto names = names_of(*context_, std::move(accounts));
  json::array items;
  for (const auto& row : found.items) {
    items.push_back(
        json::object{{"id", row.id},
                     {"received_at", json::from(row.at)},
                     {"from", row.from},
                     {"subject", row.subject},
                     {"result", row.result},
                     {"account_id", json::from(row.account)},
                     {"account_name", row.account ? json::value(names.account(row.account)) : json::value(nullptr)},
                     {"mail_id", json::from(row.mail)}});
  }
  return answer(json::object{{"items", std::move(items)}, {"total", found.total}});
}

PeopleHandlers::Answered PeopleHandlers::settings(const Request&) const {
  auto body = render_settings(context_->settings());
  const bool has_inbox = context_->from.inbox && context_->from.inbox->is_configured();
  body["smtp"] = render_state(context_->from.mailer->is_configured(), context_->smtp());
  body["inbox"] = render_state(has_inbox, context_->inbox());
  body["from_address"] = context_->from.from_address;
  body["public_url"] = context_->from.public_url;
  body["waiting"] =
      context_->from.records->read([&](Session& session) { return store::waiting(session, context_->now()); });
  return answer(body);
}

PeopleHandlers::Answered PeopleHandlers::put_settings(const Request& request) const {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(request.body));
  BANSO_TRY_ASSIGN(const auto wanted, read_settings(body));
  context_->set_settings(wanted, request.caller.name);
  return settings(request);
}

}  // namespace banso::outreach
