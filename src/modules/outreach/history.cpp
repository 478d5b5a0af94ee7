#include "history.hpp"

#include <algorithm>

#include "composer.hpp"
#include "orders.hpp"
#include "store.hpp"
#include "working_hours.hpp"

namespace banso::outreach {
namespace {

using platform::records::Session;

constexpr std::size_t mails_per_transaction = 200;

// When it went out: as if it had waited for the recipient's working hours.
core::Instant sent_at(const Context& context, const PastMail& past, const Recipient& recipient) {
  const auto zone = zone_of(recipient, context.from.surroundings.timezone());
  return next_working(past.ordered_at, zone, context.settings().hours, context.from.surroundings.calendar());
}

// With the words that the template has today: what it said then nobody keeps.
std::optional<MailRecord> record_of(const Context& context, const core::Caller& caller, const PastMail& past) {
  const auto& order = past.order;
  const std::string kind(template_kind);
  const auto body = context.body(kind, order.template_key, order.template_version);
  const auto recipient = find_recipient(*context.from.customers, order.account, order.contact, context.today());
  if (!body || !recipient || recipient->email.empty()) return std::nullopt;
  MailRecord mail;
  mail.id = MailId{platform::records::new_id()};
  const ComposeOptions options{kind, body->text, recipient->language, order.sender, &order.values, mail.id, {}};
  const auto composed = compose(context, *recipient, options);
  if (!composed.missing.empty()) return std::nullopt;
  mail.unique_key = order.unique_key;
  mail.kind = kind;
  mail.definition = order.template_key;
  mail.version = body->version;
  mail.purpose = read_mail_body(kind, body->text).purpose;
  mail.account = order.account;
  mail.contact = order.contact;
  mail.address = recipient->email;
  mail.language = recipient->language;
  mail.sender = order.sender;
  mail.source = order.source;
  mail.values_json = values_to_json(order.values);
  mail.ordered_by = caller.name;
  mail.ordered_at = mail.next_at = past.ordered_at;
  mail.sent_at = sent_at(context, past, *recipient);
  mail.subject = composed.subject;
  mail.text = composed.letter.text;
  mail.html = composed.letter.html;
  if (*mail.sent_at > context.now()) return std::nullopt;
  return mail;
}

void write_reply(const Context& context, Session& session, const MailRecord& mail, std::int64_t after_s) {
  const core::Instant at{mail.sent_at->microseconds + after_s * core::microseconds_per_second};
  if (at > context.now()) return;
  store::mark_first(session, mail.id, "replied_at_us", at);
  store::add_event(session, mail.id, at, "replied", {"Re: " + mail.subject, "Re: " + mail.subject});
}

bool write(const Context& context, const core::Caller& caller, Session& session, const PastMail& past) {
  if (store::find(session, std::string_view(past.order.unique_key))) return false;
  auto mail = record_of(context, caller, past);
  if (!mail) return false;
  store::insert(session, *mail);
  mail->state = State::sent;
  store::move(session, *mail, State::queued);
  // An account's conversations come from where they were kept; writing them twice would change its score.
  store::set_on_timeline(session, mail->id);
  store::add_event(session, mail->id, mail->ordered_at, "ordered", {}, caller.name);
  store::add_event(session, mail->id, *mail->sent_at, "sent", {});
  if (past.replied_after_s) write_reply(context, session, *mail, *past.replied_after_s);
  return true;
}

}  // namespace

std::int64_t write_history(const Context& context, const core::Caller& caller, std::span<const PastMail> mails) {
  std::int64_t count = 0;
  for (std::size_t begin = 0; begin < mails.size(); begin += mails_per_transaction) {
    const auto part = mails.subspan(begin, std::min(mails_per_transaction, mails.size() - begin));
    count += context.from.records->write([&](Session& session) {
      return std::count_if(part.begin(), part.end(),
                           [&](const PastMail& past) { return write(context, caller, session, past); });
    });
  }
  return count;
}

}  // namespace banso::outreach
