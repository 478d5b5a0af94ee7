#include "notices.hpp"

#include <fmt/format.h>

#include "orders.hpp"
#include "platform/json/json.hpp"

namespace banso::outreach {
namespace {

using core::Result;
using platform::records::Session;

constexpr std::size_t longest_key_bytes = 200;
constexpr std::size_t longest_words_bytes = 8000;

std::map<std::string, core::Text> words_of(const Notice& notice) {
  std::map<std::string, core::Text> words{{"subject", notice.subject}, {"text", notice.text}};
  if (!notice.link.empty()) {
    words["link"] = {notice.link, notice.link};
    words["link_words"] = notice.link_words;
  }
  return words;
}

Result<> check(const Notice& notice) {
  const bool is_small = values_to_json(words_of(notice)).size() <= longest_words_bytes;
  if (!notice.unique_key.empty() && notice.unique_key.size() <= longest_key_bytes && is_small) return {};
  return core::Error::invalid(
      {"The notice has no key, or is too large.", "お知らせのキーがないか、内容が長すぎます。"});
}

Ordered outcome(const MailRecord& mail, bool is_new) {
  return {mail.id, mail.state, mail.reason, mail.words, std::nullopt, is_new};
}

MailRecord record_of(const Context& context, const Notice& notice) {
  MailRecord mail;
  mail.id = MailId{platform::records::new_id()};
  mail.unique_key = notice.unique_key;
  mail.kind = std::string(notice_kind);
  mail.account = notice.account;
  mail.contact = notice.contact;
  mail.source = notice.source;
  mail.values_json = values_to_json(words_of(notice));
  mail.not_after = notice.not_after;
  mail.ordered_at = mail.next_at = context.now();
  return mail;
}

// Plain words as Markdown in which nothing is markup; an empty line parts paragraphs.
std::string as_markdown(const std::string& words) {
  std::string markdown;
  std::size_t begin = 0;
  while (begin <= words.size()) {
    const auto end = std::min(words.find('\n', begin), words.size());
    markdown += escape_markdown(words.substr(begin, end - begin)) + '\n';
    begin = end + 1;
  }
  return markdown;
}

}  // namespace

Result<Ordered> place_notice(const Context& context, const Notice& notice) {
  BANSO_TRY(check(notice));
  return context.from.records->write([&](Session& session) -> Result<Ordered> {
    if (const auto present = store::find(session, std::string_view(notice.unique_key))) return outcome(*present, false);
    auto mail = record_of(context, notice);
    const auto answer = ask_notice(context, session, mail);
    const bool is_refused = answer.verdict.kind == Verdict::Kind::refuse;
    if (answer.recipient) {
      mail.address = answer.recipient->email;
      mail.language = answer.recipient->language;
    }
    mail.subject = notice.subject.in(mail.language);
    mail.state = is_refused ? State::refused : State::queued;
    mail.reason = answer.verdict.reason;
    mail.words = answer.verdict.words;
    if (is_refused) mail.values_json = "{}";
    store::insert(session, mail);
    store::set_on_timeline(session, mail.id);  // whoever orders notices tells of them where they belong
    store::add_event(session, mail.id, mail.ordered_at, is_refused ? "refused" : "ordered", mail.words);
    return outcome(mail, true);
  });
}

Answer ask_notice(const Context& context, Session& session, const MailRecord& mail) {
  Answer answer;
  answer.recipient = find_recipient(*context.from.customers, mail.account, mail.contact, context.today());
  const auto now = context.now();
  answer.verdict = {Verdict::Kind::go, {}, {}, now};
  if (const auto refusal = notice_refusal(session, answer.recipient)) {
    answer.verdict = *refusal;
  } else if (mail.not_after && *mail.not_after < now) {
    answer.verdict = {
        Verdict::Kind::refuse, "too_late", {"It could not be sent in time.", "期限までに送信できませんでした。"}, now};
  }
  return answer;
}

Composed compose_notice(const Context& context, const MailRecord& mail) {
  auto words = values_from_json(mail.values_json);
  const auto settings = context.settings();
  Composed composed;
  composed.sender_name = settings.sender_name.in(mail.language);
  if (composed.sender_name.empty()) composed.sender_name = context.from.surroundings.workspace_name();
  composed.subject = one_line(words["subject"].in(mail.language));
  LetterOptions letter;
  letter.language = mail.language;
  letter.title = composed.subject;
  letter.footer.sender_name = composed.sender_name;
  letter.footer.sender_address = settings.sender_address.in(mail.language);
  letter.footer.sender_contact = settings.sender_contact;
  auto markdown = as_markdown(words["text"].in(mail.language));
  if (const auto link = words.find("link"); link != words.end()) {
    markdown += fmt::format("\n[{}](<{}>)\n", escape_markdown(words["link_words"].in(mail.language)), link->second.en);
  }
  composed.letter = make_letter(markdown, letter);
  return composed;
}

std::vector<WaitingSurvey> waiting_surveys(const Context& context, core::AccountId account, core::ContactId contact) {
  const auto open = context.from.records->read(
      [&](Session& session) { return store::waiting_invitations(session, account, contact, context.now()); });
  std::vector<WaitingSurvey> waiting;
  for (const auto& invitation : open) {
    const auto body = context.body(survey_kind, invitation.survey, invitation.version);
    if (!body) continue;
    waiting.push_back({read_survey_body(body->text).question,
                       "/survey/" + context.tokens().sign(TokenUse::survey, {invitation.mail.value, 0}),
                       invitation.sent_at, invitation.closes_at});
  }
  return waiting;
}

}  // namespace banso::outreach
