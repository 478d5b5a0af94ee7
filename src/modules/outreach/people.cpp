#include "people.hpp"

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::outreach {
namespace {

using core::Result;
using platform::records::Session;

const auto recipient_themselves = core::Caller::system("recipient");

// The contact's record says so, too: there other modules and exports look.
Result<> write_contact_consent(const Context& context, const core::Caller& caller, const ConsentInput& input,
                               const std::string& proof) {
  customers::ContactInput row;
  row.id = input.contact;
  row.account_id = input.account;
  row.consent = input.allowed ? customers::Consent::given : customers::Consent::withdrawn;
  row.consent_at = input.at.value_or(context.now());
  row.consent_proof = proof;
  BANSO_TRY_ASSIGN(const auto outcomes, context.from.customers->upsert_contacts(
                                            platform::records::Provenance::by(caller), std::span(&row, 1)));
  if (outcomes.front().result != core::RowResult::rejected) return {};
  const auto& errors = outcomes.front().errors;
  return errors.empty() ? core::Error::invalid({"The consent cannot be kept.", "同意を記録できません。"})
                        : core::Error{core::ErrorCode::invalid, errors.front().message, errors};
}

}  // namespace

Result<> record_consent(const Context& context, const core::Caller& caller, const ConsentInput& input) {
  if (!caller.at_least(core::Role::csm)) {
    return core::Error::forbidden({"Your role does not allow this.", "この操作を行う権限がありません。"});
  }
  const auto now = context.now();
  if (input.at && *input.at > now) {
    return core::Error::invalid_field(
        "at", {"Consent cannot have been given in the future.", "未来の日時は指定できません。"});
  }
  const auto recipient = find_recipient(*context.from.customers, input.account, input.contact, context.today());
  if (!recipient) return core::Error::not_found({"There is no such contact.", "指定された担当者はいません。"});
  const auto proof = input.text_shown.empty() ? input.how : fmt::format("{} / {}", input.how, input.text_shown);
  BANSO_TRY(write_contact_consent(context, caller, input, proof));
  context.from.records->write([&](Session& session) {
    if (!recipient->email.empty())
      store::set_preference(session, recipient->email, Purpose::promotion, input.allowed, now);
    store::add_consent(session, {0, input.contact, input.account, recipient->email, Purpose::promotion, input.allowed,
                                 input.at.value_or(now), now, caller.name, input.how, input.text_shown});
  });
  return {};
}

Wishes wishes_of(const Context& context, const std::string& address) {
  return context.from.records->read([&](Session& session) {
    Wishes wishes;
    for (const auto topic : {Purpose::service, Purpose::promotion, Purpose::survey}) {
      wishes.topics[topic] = store::preference(session, address, topic).value_or(true);
    }
    return wishes;
  });
}

void set_wishes(const Context& context, const MailRecord& mail, const Wishes& wishes, std::string_view how) {
  const auto before = wishes_of(context, mail.address);
  if (before == wishes) return;
  const auto now = context.now();
  context.from.records->write([&](Session& session) {
    bool leaves = false;
    for (const auto& [topic, wanted] : wishes.topics) {
      if (before.topics.at(topic) == wanted) continue;
      leaves = leaves || !wanted;
      store::set_preference(session, mail.address, topic, wanted, now);
      store::add_consent(session, {0, mail.contact, mail.account, mail.address, topic, wanted, now, now, "",
                                   std::string(how), fmt::format("mail {}", mail.id.value)});
    }
    if (!leaves) return;
    store::mark_first(session, mail.id, "unsubscribed_at_us", now);
    store::add_event(session, mail.id, now, "unsubscribed", {});
    store::add_untold(session, mail.id, Happening::unsubscribed, now);
  });
  // Consent is given by what the company records, not by ticking a box behind a link in a mail; it is withdrawn here.
  const bool withdraws = before.topics.at(Purpose::promotion) && !wishes.topics.at(Purpose::promotion);
  if (!withdraws) return;
  const ConsentInput input{mail.account, mail.contact, false, now, std::string(how), {}};
  if (const auto written = write_contact_consent(context, recipient_themselves, input, std::string(how)); !written) {
    platform::log::warning(fmt::format("the withdrawal of mail {} is not on the contact", mail.id.value));
  }
}

void unsubscribe(const Context& context, const MailRecord& mail, std::string_view how) {
  auto wishes = wishes_of(context, mail.address);
  wishes.topics[mail.purpose] = false;
  set_wishes(context, mail, wishes, how);
}

AnswerOutcome take_answer(const Context& context, MailId id, int score, const std::string& comment) {
  const auto now = context.now();
  const auto known = context.from.records->read([&](Session& session) { return store::invitation(session, id); });
  if (!known) return AnswerOutcome::unknown;
  if (known->closes_at <= now) return AnswerOutcome::closed;
  const auto body = context.body(survey_kind, known->survey, known->version);
  if (!body) return AnswerOutcome::unknown;
  const auto survey = read_survey_body(body->text);
  customers::SurveyAnswerInput input;
  input.account_id = known->account;
  input.external_id = fmt::format("survey:{}", id.value);
  input.kind = survey.kind;
  input.score = score;
  input.scale_max = survey.last_score();
  input.comment = comment;
  input.answered_at = now;
  if (const auto person = find_recipient(*context.from.customers, known->account, known->contact, context.today())) {
    input.contact = person->email;
  }
  const auto outcomes = context.from.customers->upsert_survey_answers(
      platform::records::Provenance::by(recipient_themselves), std::span(&input, 1));
  if (!outcomes || outcomes->front().result == core::RowResult::rejected) return AnswerOutcome::unknown;
  context.from.records->write([&](Session& session) {
    auto answered = *known;
    answered.answered_at = now;
    answered.score = score;
    answered.comment = comment;
    store::set_answer(session, answered);
    store::mark_first(session, id, "answered_at_us", now);
    store::add_event(session, id, now, "answered", {fmt::format("Score {}", score), fmt::format("評価 {}", score)});
    store::add_untold(session, id, Happening::answered, now, {}, score);
  });
  return AnswerOutcome::taken;
}

}  // namespace banso::outreach
