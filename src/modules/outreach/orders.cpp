#include "orders.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "notices.hpp"
#include "platform/json/json.hpp"
#include "platform/records/turn.hpp"

namespace banso::outreach {
namespace {

namespace json = platform::json;
using core::Result;
using platform::records::Session;

constexpr std::size_t longest_key_bytes = 200;
constexpr std::size_t most_values_bytes = 20'000;

Result<> check(const AnyOrder& order) {
  if (order.unique_key.empty() || order.unique_key.size() > longest_key_bytes) {
    return core::Error::invalid_field("unique_key",
                                      {fmt::format("Give a key of up to {} bytes.", longest_key_bytes),
                                       fmt::format("{}バイト以内のキーを指定してください。", longest_key_bytes)});
  }
  if (order.source.size() > longest_key_bytes || values_to_json(order.values).size() > most_values_bytes) {
    return core::Error::invalid({"The order is too large.", "送信依頼の内容が大きすぎます。"});
  }
  return {};
}

Question question_of(const Context& context, const AnyOrder& order, const Context::Body& body) {
  Question question;
  question.kind = order.kind;
  question.definition = order.definition;
  question.body = body.text;
  question.purpose = read_mail_body(order.kind, body.text).purpose;
  question.account = order.account;
  question.contact = order.contact;
  question.sender = order.sender;
  question.values = &order.values;
  question.ordered = context.now();
  question.wanted = order.not_before.value_or(question.ordered);
  return question;
}

Ordered outcome(const MailRecord& mail, bool is_new, core::Instant now) {
  Ordered ordered{mail.id, mail.state, mail.reason, mail.words, std::nullopt, is_new};
  if (mail.state == State::queued && mail.next_at > now) ordered.held_until = mail.next_at;
  return ordered;
}

MailRecord record_of(const core::Caller& caller, const AnyOrder& order, const Question& question, std::int64_t version,
                     const Answer& answer) {
  MailRecord mail;
  mail.id = MailId{platform::records::new_id()};
  mail.unique_key = order.unique_key;
  mail.kind = order.kind;
  mail.definition = order.definition;
  mail.version = version;
  mail.purpose = question.purpose;
  mail.account = order.account;
  mail.contact = order.contact;
  mail.address = answer.recipient ? answer.recipient->email : std::string();
  mail.language = answer.recipient ? answer.recipient->language : core::Language::ja;
  mail.sender = order.sender;
  mail.source = order.source;
  mail.values_json = values_to_json(order.values);
  mail.ordered_by = caller.name;
  mail.state = answer.verdict.kind == Verdict::Kind::refuse ? State::refused : State::queued;
  mail.reason = answer.verdict.reason;
  mail.words = answer.verdict.words;
  mail.ordered_at = question.ordered;
  mail.next_at = mail.state == State::queued ? answer.verdict.at : question.ordered;
  mail.subject =
      answer.recipient ? answer.subject : read_mail_body(order.kind, question.body).subject.in(mail.language);
  return mail;
}

core::Error no_such_mail() {
  return core::Error::not_found({"There is no such mail.", "指定されたメールはありません。"});
}

core::Error too_late() {
  return core::Error::conflict(
      {"The mail is no longer in a state in which this can be done. Look at it again.",
       "このメールはすでに状態が変わっているため、操作できません。最新の状態をご確認ください。"});
}

core::Error may_not() {
  return core::Error::forbidden({"Your role does not allow this.", "この操作を行う権限がありません。"});
}

Result<MailRecord> change_state(const Context& context, MailId id, std::initializer_list<State> from,
                                const std::function<void(Session&, MailRecord&)>& change) {
  return context.from.records->write([&](Session& session) -> Result<MailRecord> {
    auto mail = store::find(session, id);
    if (!mail) return no_such_mail();
    const auto before = mail->state;
    if (std::find(from.begin(), from.end(), before) == from.end()) return too_late();
    change(session, *mail);
    if (!store::move(session, *mail, before)) return too_late();
    return *mail;
  });
}

}  // namespace

AnyOrder any_order(const MailOrder& order) {
  return {order.unique_key,   std::string(template_kind),
          order.template_key, order.template_version,
          order.account,      order.contact,
          order.sender,       order.source,
          order.values,       order.not_before};
}

AnyOrder any_order(const SurveyOrder& order) {
  return {order.unique_key,
          std::string(survey_kind),
          order.survey_key,
          order.survey_version,
          order.account,
          order.contact,
          order.sender,
          order.source,
          {},
          order.not_before};
}

std::string values_to_json(const std::map<std::string, core::Text>& values) {
  json::object object;
  for (const auto& [name, text] : values) object[name] = json::object{{"en", text.en}, {"ja", text.ja}};
  return json::serialize(object);
}

std::map<std::string, core::Text> values_from_json(const std::string& text) {
  std::map<std::string, core::Text> values;
  const auto object = json::parse_object(text);
  if (!object) return values;
  for (const auto& [name, value] : *object) {
    if (!value.is_object()) continue;
    const auto get = [&texts = value.get_object()](std::string_view language) {
      const auto* part = texts.if_contains(language);
      return part && part->is_string() ? std::string(part->get_string()) : std::string();
    };
    values[std::string(name)] = {get("en"), get("ja")};
  }
  return values;
}

Result<Ordered> place_order(const Context& context, const core::Caller& caller, const AnyOrder& order) {
  if (!caller.at_least(core::Role::csm)) return may_not();
  BANSO_TRY(check(order));
  const auto present = context.from.records->read(
      [&](Session& session) { return store::find(session, std::string_view(order.unique_key)); });
  if (present) return outcome(*present, false, context.now());
  BANSO_TRY_ASSIGN(const auto body, context.body(order.kind, order.definition, order.version));
  const auto question = question_of(context, order, body);
  try {
    return context.from.records->write([&](Session& session) -> Result<Ordered> {
      // Two nodes that ask about the same account in the same moment would both find its cap free.
      if (order.kind == survey_kind) platform::records::take_turn(session, order.account.value);
      if (const auto faster = store::find(session, std::string_view(order.unique_key))) {
        return outcome(*faster, false, context.now());
      }
      const auto answer = ask(context, session, question);
      const auto mail = record_of(caller, order, question, body.version, answer);
      store::insert(session, mail);
      const bool is_held = mail.state == State::queued && mail.next_at > question.ordered;
      const auto event = mail.state == State::refused ? "refused" : is_held ? "held" : "ordered";
      store::add_event(session, mail.id, question.ordered, event, mail.words, caller.name);
      return outcome(mail, true, question.ordered);
    });
  } catch (const platform::records::UniqueViolation&) {
    // Another node took the same order in the same moment.
    const auto theirs = context.from.records->read(
        [&](Session& session) { return store::find(session, std::string_view(order.unique_key)); });
    if (!theirs) throw;
    return outcome(*theirs, false, context.now());
  }
}

Result<Ordered> try_order(const Context& context, const AnyOrder& order) {
  BANSO_TRY(check(order));
  BANSO_TRY_ASSIGN(const auto body, context.body(order.kind, order.definition, order.version));
  const auto question = question_of(context, order, body);
  return context.from.records->read([&](Session& session) -> Result<Ordered> {
    const auto answer = ask(context, session, question);
    Ordered ordered{{}, State::queued, answer.verdict.reason, answer.verdict.words, std::nullopt, false};
    if (answer.verdict.kind == Verdict::Kind::refuse) ordered.state = State::refused;
    if (answer.verdict.kind == Verdict::Kind::hold) ordered.held_until = answer.verdict.at;
    return ordered;
  });
}

std::int64_t cancel_orders(const Context& context, const core::Caller& caller, std::string_view source_prefix,
                           const core::Text& why) {
  if (source_prefix.empty()) return 0;
  return context.from.records->write([&](Session& session) {
    MailFilter filter;
    filter.state = std::string(word_of(State::queued));
    filter.source_prefix = std::string(source_prefix);
    std::vector<MailRecord> waiting;
    store::each(session, filter, [&](const MailRecord& mail) { waiting.push_back(mail); });
    std::int64_t cancelled = 0;
    for (auto& mail : waiting) {
      mail.state = State::cancelled;
      mail.reason = "cancelled";
      mail.words = why;
      if (!store::move(session, mail, State::queued)) continue;
      store::add_event(session, mail.id, context.now(), "cancelled", why, caller.name);
      ++cancelled;
    }
    return cancelled;
  });
}

Result<MailRecord> cancel_mail(const Context& context, const core::Caller& caller, MailId id) {
  if (!caller.at_least(core::Role::csm)) return may_not();
  return change_state(context, id, {State::queued}, [&](Session& session, MailRecord& mail) {
    mail.state = State::cancelled;
    mail.reason = "cancelled";
    mail.words = {"Cancelled by " + caller.name + ".", caller.name + "が取り消しました。"};
    store::add_event(session, mail.id, context.now(), "cancelled", mail.words, caller.name);
  });
}

Result<MailRecord> resolve_mail(const Context& context, const core::Caller& caller, MailId id, std::string_view as) {
  if (!caller.at_least(core::Role::csm)) return may_not();
  const bool again = as == "send_again";
  const auto allowed = again ? std::initializer_list<State>{State::unclear, State::failed}
                             : std::initializer_list<State>{State::unclear};
  const auto asked = context.from.records->read([&](Session& session) { return store::find(session, id); });
  if (again && asked && asked->kind == notice_kind) {
    return core::Error::conflict(
        {"The words of this mail are no longer kept, because they may carry a secret. Have a "
         "new one sent where it came from.",
         "このメールの本文は安全のため保存していません。送信元の画面から改めて送信してください。"});
  }
  return change_state(context, id, allowed, [&](Session& session, MailRecord& mail) {
    const auto now = context.now();
    mail.reason = "resolved";
    if (again) {
      mail.state = State::queued;
      mail.next_at = now;
      mail.attempts = 0;
      mail.first_failed_at.reset();
      mail.words = {"To be sent again, as " + caller.name + " decided.", caller.name + "の判断で再送します。"};
    } else {
      mail.state = as == "sent" ? State::sent : State::failed;
      if (mail.state == State::sent) mail.sent_at = now;
      mail.words = {"As " + caller.name + " found out.", caller.name + "が確認しました。"};
      store::add_untold(session, mail.id, mail.state == State::sent ? Happening::sent : Happening::failed, now,
                        mail.words);
    }
    store::add_event(session, mail.id, now, "resolved_" + std::string(as), mail.words, caller.name);
  });
}

}  // namespace banso::outreach
