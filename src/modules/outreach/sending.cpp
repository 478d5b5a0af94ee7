#include "sending.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "notices.hpp"
#include "orders.hpp"
#include "platform/log/log.hpp"

namespace banso::outreach {
namespace {

using platform::mail::Failure;
using platform::mail::FailureKind;
using platform::records::Session;

constexpr std::int64_t minute_us = 60 * core::microseconds_per_second;
constexpr std::int64_t lease_us = 10 * minute_us;  // longer than a conversation with the server may take
constexpr std::int64_t longest_pause_us = 60 * minute_us;
constexpr std::int64_t give_up_after_us = 3 * core::microseconds_per_day;
constexpr int timeline_batch = 200;

core::Instant after(core::Instant at, std::int64_t microseconds) {
  return {at.microseconds + microseconds};
}

// 1, 2, 4, ... minutes, at most an hour.
std::int64_t pause_us(std::int64_t attempts) {
  const auto doublings = std::clamp<std::int64_t>(attempts - 1, 0, 6);
  return std::min(minute_us << doublings, longest_pause_us);
}

// Whether the server says that there is no such mailbox, rather than that it dislikes this mail.
bool is_dead_address(const Failure& failure) {
  if (!failure.concerns_recipient || failure.kind != FailureKind::permanent) return false;
  const auto& code = failure.enhanced_code;
  if (code.empty()) return failure.reply_code == 550 || failure.reply_code == 551 || failure.reply_code == 553;
  return code.starts_with("5.1.") || code == "5.2.1";
}

}  // namespace

Sending::Sending(Context& context)
    : context_(context), process_(fmt::format("{}/{}", context.from.node, platform::records::new_id())) {}

void Sending::recover() {
  context_.from.records->write([&](Session& session) {
    const auto now = context_.now();
    for (const auto id : store::abandoned(session, context_.from.node, process_, now)) {
      auto mail = store::find(session, id);
      if (!mail) continue;
      mail->state = State::unclear;
      mail->reason = "interrupted";
      mail->words = {"The server stopped while the mail was being handed over: it may have been sent or not.",
                     "送信処理中にサーバーが停止しました。送信されたかどうか分かりません。"};
      if (!store::move(session, *mail, State::sending)) continue;
      store::add_event(session, id, now, "unclear", mail->words);
      store::add_untold(session, id, Happening::unclear, now, mail->words);
    }
  });
}

int Sending::send_due() {
  recover();
  int handed_over = 0;
  while (!is_stopping_) {
    const auto step = send_next();
    if (step == Step::handed_over) ++handed_over;
    if (step == Step::none_due || step == Step::server_down) break;
  }
  complete_timelines();
  return handed_over;
}

// A reminder of what is answered, or of an invitation that went nowhere.
bool Sending::is_outdated(Session& session, const MailRecord& mail) const {
  if (!mail.is_reminder()) return false;
  const auto invitation = store::invitation(session, mail.invitation);
  return !invitation || invitation->answered_at || invitation->closes_at <= context_.now();
}

bool Sending::hold_or_refuse(Session& session, MailRecord& mail, const Verdict& verdict) {
  if (verdict.kind == Verdict::Kind::go) return false;
  const auto now = context_.now();
  const bool is_news = mail.reason != verdict.reason;
  mail.reason = verdict.reason;
  mail.words = verdict.words;
  if (verdict.kind == Verdict::Kind::hold) {
    mail.next_at = verdict.at;
  } else {
    mail.state = State::refused;
  }
  if (!store::move(session, mail, State::queued)) return true;
  if (verdict.kind == Verdict::Kind::refuse) {
    store::add_event(session, mail.id, now, "refused", verdict.words);
    store::add_untold(session, mail.id, Happening::refused, now, verdict.words);
  } else if (is_news) {
    store::add_event(session, mail.id, now, "held", verdict.words);
  }
  return true;
}

Sending::Step Sending::send_next() {
  std::optional<MailRecord> mail;
  std::optional<Recipient> recipient;
  Composed composed;
  const auto values_of = [](const MailRecord& record) { return values_from_json(record.values_json); };
  const auto step = context_.from.records->write([&](Session& session) {
    const auto now = context_.now();
    mail = store::next_due(session, now);
    if (!mail) return Step::none_due;
    if (mail->kind == notice_kind) return prepare_notice(session, *mail, recipient, composed);
    if (is_outdated(session, *mail)) {
      mail->state = State::cancelled;
      mail->reason = "answered";
      mail->words = {"The survey is answered or closed.", "アンケートは回答済み、または受付終了です。"};
      store::move(session, *mail, State::queued);
      return Step::set_aside;
    }
    const auto body = context_.body(mail->kind, mail->definition, mail->version);
    if (!body) {
      hold_or_refuse(session, *mail, {Verdict::Kind::refuse, "no_template", body.error().message, now});
      return Step::set_aside;
    }
    const auto values = values_of(*mail);
    const Question question{mail->kind,    mail->definition, body->text,   mail->purpose,
                            mail->account, mail->contact,    mail->sender, &values,
                            mail->id,      mail->invitation, now,          mail->ordered_at};
    auto answer = ask(context_, session, question);
    if (hold_or_refuse(session, *mail, answer.verdict)) return Step::set_aside;
    recipient = std::move(answer.recipient);
    mail->address = recipient->email;
    mail->language = recipient->language;
    ComposeOptions options{mail->kind, body->text, mail->language, mail->sender, &values, mail->id, mail->invitation};
    composed = compose(context_, *recipient, options);
    store::set_links(session, mail->id, composed.links);
    return store::claim(session, mail->id, process_, after(now, lease_us)) ? Step::handed_over : Step::set_aside;
  });
  if (step != Step::handed_over) return step;
  const auto message = message_of(*mail, *recipient, composed);
  mail->message_id = message.message_id;
  mail->subject = composed.subject;
  if (mail->kind != notice_kind) {
    mail->text = composed.letter.text;
    mail->html = composed.letter.html;
  }
  return record(*mail, context_.from.mailer->send(message));
}

Sending::Step Sending::prepare_notice(Session& session, MailRecord& mail, std::optional<Recipient>& recipient,
                                      Composed& composed) {
  auto answer = ask_notice(context_, session, mail);
  if (hold_or_refuse(session, mail, answer.verdict)) return Step::set_aside;
  recipient = std::move(answer.recipient);
  mail.address = recipient->email;
  mail.language = recipient->language;
  composed = compose_notice(context_, mail);
  const auto until = after(context_.now(), lease_us);
  return store::claim(session, mail.id, process_, until) ? Step::handed_over : Step::set_aside;
}

platform::mail::Message Sending::message_of(const MailRecord& mail, const Recipient& recipient,
                                            const Composed& composed) const {
  platform::mail::Message message;
  message.from = {composed.sender_name, context_.from.from_address};
  message.to = {{recipient.name, recipient.email}};
  message.subject = composed.subject;
  message.text = composed.letter.text;
  message.html = composed.letter.html;
  message.language = mail.language;
  message.date = context_.now();
  const auto domain = platform::mail::new_message_id(context_.from.from_address);
  message.message_id =
      fmt::format("<{}{}", context_.tokens().message_name(mail.id.value), domain.substr(domain.find('@')));
  if (!composed.unsubscribe_url.empty()) {
    message.headers = {{"List-Unsubscribe", "<" + composed.unsubscribe_url + ">"},
                       {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"}};
  }
  // Asks other programmes not to answer by themselves.
  message.headers.emplace_back("Auto-Submitted", "auto-generated");
  return message;
}

void Sending::open_survey(Session& session, const MailRecord& mail) {
  const auto body = context_.body(mail.kind, mail.definition, mail.version);
  if (!body) return;
  const auto survey = read_survey_body(body->text);
  const auto sent = *mail.sent_at;
  store::add_invitation(session, {mail.id,
                                  mail.definition,
                                  mail.version,
                                  mail.account,
                                  mail.contact,
                                  sent,
                                  after(sent, survey.open_days * core::microseconds_per_day),
                                  {},
                                  {},
                                  {}});
  int number = 0;
  for (const int day : survey.reminder_days) {
    auto reminder = mail;
    reminder.id = MailId{platform::records::new_id()};
    reminder.unique_key = fmt::format("reminder:{}:{}", mail.id.value, ++number);
    reminder.invitation = mail.id;
    reminder.state = State::queued;
    reminder.reason = "not_before";
    reminder.words = {fmt::format("Reminder {} days after the invitation, where there is no answer.", day),
                      fmt::format("未回答の場合、招待の{}日後に送るリマインダーです。", day)};
    reminder.ordered_at = sent;
    reminder.next_at = after(sent, day * core::microseconds_per_day);
    if (!store::find(session, std::string_view(reminder.unique_key))) store::insert(session, reminder);
  }
}

void Sending::record_success(Session& session, MailRecord& mail) {
  const auto now = context_.now();
  mail.state = State::sent;
  mail.reason.clear();
  mail.words = {};
  mail.sent_at = now;
  if (!store::move(session, mail, State::sending)) return;
  store::add_event(session, mail.id, now, "sent", {});
  store::add_untold(session, mail.id, Happening::sent, now);
  if (mail.kind == survey_kind && !mail.is_reminder()) open_survey(session, mail);
}

void Sending::record_failure(Session& session, MailRecord& mail, const Failure& failure) {
  const auto now = context_.now();
  mail.words = failure.message;
  mail.reason = failure.kind == FailureKind::permanent ? "refused_by_server" : "server_error";
  ++mail.attempts;
  if (!mail.first_failed_at) mail.first_failed_at = now;
  const bool gives_up = now.microseconds - mail.first_failed_at->microseconds > give_up_after_us;
  if (failure.kind == FailureKind::unclear) {
    mail.state = State::unclear;
    mail.reason = "answer_lost";
  } else if (failure.kind == FailureKind::permanent || gives_up) {
    mail.state = State::failed;
  } else {
    mail.state = State::queued;
    mail.next_at = after(now, pause_us(mail.attempts));
  }
  if (is_dead_address(failure)) mail.bounced_at = now;
  if (!store::move(session, mail, State::sending)) return;
  store::add_event(session, mail.id, now, mail.state == State::queued ? "retry" : word_of(mail.state), failure.message);
  if (mail.bounced_at) {
    store::suppress(session, {0, mail.address, "bounced", now, "", failure.message.en, mail.id, {}, "", ""});
    store::add_untold(session, mail.id, Happening::bounced, now, failure.message);
  }
  if (mail.state == State::failed) store::add_untold(session, mail.id, Happening::failed, now, failure.message);
  if (mail.state == State::unclear) store::add_untold(session, mail.id, Happening::unclear, now, failure.message);
}

Sending::Step Sending::record(MailRecord& mail, const platform::mail::Sent& sent) {
  context_.from.records->write(
      [&](Session& session) { sent ? record_success(session, mail) : record_failure(session, mail, sent.error()); });
  const bool is_down = !sent && sent.error().kind == FailureKind::temporary && !sent.error().concerns_recipient &&
                       sent.error().reply_code < 400;
  context_.note_smtp(sent || sent.error().kind == FailureKind::permanent ? std::optional<core::Text>()
                                                                         : sent.error().message);
  return is_down ? Step::server_down : Step::handed_over;
}

void Sending::complete_timelines() {
  const auto missing =
      context_.from.records->read([](Session& session) { return store::without_timeline(session, timeline_batch); });
  for (const auto& mail : missing) {
    customers::InteractionInput input;
    input.account_id = mail.account;
    input.external_id = fmt::format("mail:{}", mail.id.value);
    input.kind = customers::InteractionKind::mail;
    input.occurred_at = mail.sent_at.value_or(mail.ordered_at);
    input.subject = mail.subject;
    input.body = mail.text;
    input.contact_ids = std::vector<core::ContactId>{mail.contact};
    const auto sender = context_.user_name(mail.sender);
    const auto writer = core::Caller::system(sender.empty() ? "Banso" : sender);
    input.author = writer.name;
    const auto outcomes =
        context_.from.customers->upsert_interactions(platform::records::Provenance::by(writer), std::span(&input, 1));
    const bool is_there = outcomes && !outcomes->empty() && outcomes->front().result != core::RowResult::rejected;
    // An account that is gone has no timeline: looked at once, not for ever.
    if (!is_there) platform::log::warning(fmt::format("mail {} could not be put on a timeline", mail.id.value));
    context_.from.records->write([&](Session& session) { store::set_on_timeline(session, mail.id); });
  }
}

platform::mail::Sent send_test(const Context& context, const std::string& to, const Composed& composed,
                               core::Language language) {
  platform::mail::Message message;
  message.from = {composed.sender_name, context.from.from_address};
  message.to = {{"", to}};
  message.subject = (language == core::Language::ja ? "【テスト】" : "[Test] ") + composed.subject;
  message.text = composed.letter.text;
  message.html = composed.letter.html;
  message.language = language;
  message.date = context.now();
  return context.from.mailer->send(message);
}

}  // namespace banso::outreach
