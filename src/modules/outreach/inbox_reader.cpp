#include "inbox_reader.hpp"

#include <sodium.h>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::outreach {
namespace {

using platform::mail::Received;
using platform::records::Session;

constexpr int messages_a_round = 200;
constexpr std::size_t longest_subject = 300;

// Names a message for ever: its Message-ID, else its bytes.
std::string key_of(const Received& mail, const std::string& bytes) {
  unsigned char octets[16];
  const std::string& name = mail.message_id.empty() ? bytes : mail.message_id;
  crypto_generichash(octets, sizeof octets, reinterpret_cast<const unsigned char*>(name.data()), name.size(), nullptr,
                     0);
  std::string key = mail.message_id.empty() ? "bytes:" : "id:";
  for (const auto octet : octets) key += fmt::format("{:02x}", octet);
  return key;
}

bool is_final_failure(const platform::mail::DeliveryReport& report) {
  return report.action == "failed" && report.status.starts_with("5");
}

// 5.0.0 is what servers say that know no better, mostly of a mailbox that is not there.
bool is_dead_address(const platform::mail::DeliveryReport& report) {
  return report.status.starts_with("5.1.") || report.status == "5.0.0" || report.status == "5.2.1";
}

}  // namespace

core::Result<> InboxReader::read() {
  auto& inbox = context_.from.inbox;
  if (!inbox || !inbox->is_configured()) return {};
  const std::string mailbox = "inbox";
  const auto place =
      context_.from.records->read([&](Session& session) { return store::inbox_place(session, mailbox); });
  const auto read = inbox->read(place, messages_a_round, [&](std::int64_t uid, const std::string& bytes) {
    if (bytes.empty())
      platform::log::warning(fmt::format("message {} of the inbox is too large and was passed by", uid));
    if (!bytes.empty()) take(bytes);
  });
  context_.note_inbox(read ? std::optional<core::Text>() : read.error().message);
  if (!read) return read.error();
  context_.from.records->write([&](Session& session) { store::set_inbox_place(session, mailbox, *read); });
  return {};
}

void InboxReader::take(const std::string& bytes) {
  const auto mail = platform::mail::parse(bytes);
  ReceivedRow row;
  row.key = key_of(mail, bytes);
  row.at = context_.now();
  row.from = mail.from_email.substr(0, longest_subject);
  row.subject = mail.subject.substr(0, longest_subject);
  while (!row.subject.empty() && (static_cast<unsigned char>(row.subject.back()) & 0xc0) == 0x80)
    row.subject.pop_back();
  if (context_.from.records->read([&](Session& session) { return store::is_received(session, row.key); })) return;
  if (!mail.reports.empty()) {
    take_reports(mail, row);
  } else {
    take_reply(mail, row);
  }
}

void InboxReader::take_reports(const Received& mail, ReceivedRow& row) {
  row.result = "bounce";
  context_.from.records->write([&](Session& session) {
    for (const auto& report : mail.reports) {
      const auto id = context_.tokens().mail_of(report.original_message_id);
      const auto ours = id ? store::find(session, MailId{*id}) : std::nullopt;
      // A report about a mail that was never ours could take any address off: anybody can write one.
      if (!ours || !is_final_failure(report)) continue;
      row.mail = ours->id;
      row.account = ours->account;
      const core::Text words{fmt::format("Returned: {} {}", report.status, report.diagnostic),
                             fmt::format("不達: {} {}", report.status, report.diagnostic)};
      if (!store::mark_first(session, ours->id, "bounced_at_us", row.at)) continue;
      store::add_event(session, ours->id, row.at, "bounced", words);
      store::add_untold(session, ours->id, Happening::bounced, row.at, words);
      if (is_dead_address(report)) {
        store::suppress(session, {0, ours->address, "bounced", row.at, "", words.en, ours->id, {}, "", ""});
      }
    }
    store::add_received(session, row);
  });
}

std::optional<MailRecord> InboxReader::answered_mail(const Received& mail) const {
  for (const auto& reference : mail.references) {
    const auto id = context_.tokens().mail_of(reference);
    if (!id) continue;
    auto found = context_.from.records->read([&](Session& session) { return store::find(session, MailId{*id}); });
    if (found) return found;
  }
  return std::nullopt;
}

std::optional<MailRecord> InboxReader::newest_mail_to(const std::string& address) const {
  MailFilter filter;
  filter.search = address;
  filter.state = std::string(word_of(State::sent));
  const auto mails = context_.from.records->read([&](Session& session) {
    return store::list(session, filter, {0, 50});
  });
  for (const auto& mail : mails) {
    if (mail.address == address) return mail;
  }
  return std::nullopt;
}

bool InboxReader::put_on_timeline(const Received& mail, const ReceivedRow& row, core::ContactId contact) {
  customers::InteractionInput input;
  input.account_id = row.account;
  input.external_id = "reply:" + row.key;
  input.kind = customers::InteractionKind::mail;
  input.occurred_at = mail.date.value_or(row.at) > row.at ? row.at : mail.date.value_or(row.at);
  input.subject = mail.subject;
  input.body = mail.reply.empty() ? mail.text : mail.reply;
  if (contact) input.contact_ids = std::vector<core::ContactId>{contact};
  input.author = mail.from_name.empty() ? mail.from_email : mail.from_name;
  const auto outcomes = context_.from.customers->upsert_interactions(
      platform::records::Provenance::by(core::Caller::system("inbox")), std::span(&input, 1));
  return outcomes && outcomes->front().result != core::RowResult::rejected;
}

void InboxReader::take_reply(const Received& mail, ReceivedRow& row) {
  auto answered = answered_mail(mail);
  core::ContactId contact;
  const auto people = context_.from.customers->contacts_by_email(mail.from_email);
  if (answered) {
    row.account = answered->account;
    for (const auto& [account, person] : people) {
      if (account == row.account) contact = person;
    }
    if (!contact && mail.from_email == answered->address) contact = answered->contact;
  } else if (!people.empty()) {
    // On several accounts: where we wrote to last.
    const auto newest = people.size() > 1 ? newest_mail_to(mail.from_email) : std::nullopt;
    row.account = people.front().first;
    contact = people.front().second;
    for (const auto& [account, person] : people) {
      if (newest && account == newest->account) std::tie(row.account, contact) = std::pair(account, person);
    }
  }
  row.result = mail.is_automatic ? "automatic" : row.account ? "reply" : "unmatched";
  if (row.result == "reply" && !put_on_timeline(mail, row, contact)) row.result = "unmatched";
  if (answered) row.mail = answered->id;
  context_.from.records->write([&](Session& session) {
    store::add_received(session, row);
    if (!answered) return;
    const auto event = row.result == "reply" ? "replied" : "automatic_reply";
    store::add_event(session, answered->id, row.at, event, {row.subject, row.subject});
    if (row.result == "reply" && store::mark_first(session, answered->id, "replied_at_us", row.at)) {
      store::add_untold(session, answered->id, Happening::replied, row.at);
    }
    // Who answers a mail has got it.
    if (answered->state == State::unclear) {
      answered->state = State::sent;
      answered->sent_at = answered->ordered_at;
      answered->reason.clear();
      answered->words = {"Its recipient answered it.", "受信者から返信がありました。"};
      if (store::move(session, *answered, State::unclear)) {
        store::add_untold(session, answered->id, Happening::sent, row.at, answered->words);
      }
    }
  });
}

}  // namespace banso::outreach
