#include "gate.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "platform/mail/message.hpp"

namespace banso::outreach {
namespace {

using platform::records::Session;

constexpr int wave_days = 14;  // surveys of an account within so many days count as one
constexpr int year_days = 365;

Verdict refused(std::string reason, core::Text words) {
  return {Verdict::Kind::refuse, std::move(reason), std::move(words), {}};
}

core::Instant days_before(core::Instant at, int days) {
  return {at.microseconds - days * core::microseconds_per_day};
}

std::optional<Verdict> person_refusal(const std::optional<Recipient>& recipient) {
  if (!recipient) {
    return refused("left", {"The contact is no longer on this account.", "担当者はこの顧客に登録されていません。"});
  }
  if (recipient->has_left) {
    return refused("left", {"The contact has left the company.", "担当者は退任しています。"});
  }
  if (recipient->email.empty()) {
    return refused("no_address",
                   {"The contact has no e-mail address.", "担当者のメールアドレスが登録されていません。"});
  }
  if (const auto wire = platform::mail::wire_address(recipient->email); !wire) {
    return refused("bad_address", wire.error().message);
  }
  return std::nullopt;
}

std::optional<Verdict> will_refusal(Session& session, const Question& question, const Recipient& recipient) {
  if (const auto suppression = store::suppression_of(session, recipient.email)) {
    if (suppression->reason == "bounced") {
      return refused("bounced",
                     {"Mail to this address came back.", "このアドレス宛のメールは届かずに戻ってきています。"});
    }
    return refused("suppressed", {"The address is on the list of addresses that get no mail.",
                                  "このアドレスは配信停止リストに登録されています。"});
  }
  if (store::preference(session, recipient.email, question.purpose) == false) {
    return refused("unsubscribed", {"The recipient does not want mail of this kind.",
                                    "受信者がこの種類のメールの受信を停止しています。"});
  }
  if (question.purpose == Purpose::promotion && recipient.consent != customers::Consent::given) {
    return refused("no_consent", {"There is no consent to promotional mail on record.",
                                  "広告宣伝メールの受信への同意が記録されていません。"});
  }
  return std::nullopt;
}

std::optional<Verdict> house_refusal(const Context& context, const Question& question) {
  if (question.purpose == Purpose::promotion && !context.settings().names_sender()) {
    return refused("no_sender_identity",
                   {"The law asks promotional mail to name its sender. Fill in name, postal address and contact under "
                    "Settings › Mail.",
                    "広告宣伝メールには送信者の表示が必要です。設定›メールで名称・住所・連絡先を入力してください。"});
  }
  if (question.purpose != Purpose::service && !context.has_links()) {
    return refused("no_public_url", {"Links in mails need the address of this server (--public-url).",
                                     "メール内のリンクには、このサーバーの公開URLの設定(--public-url)が必要です。"});
  }
  return std::nullopt;
}

std::optional<Verdict> survey_refusal(const Context& context, Session& session, const Question& question,
                                      const Settings& settings) {
  const bool is_new_invitation = question.kind == survey_kind && !question.invitation && !question.mail;
  if (!is_new_invitation) return std::nullopt;
  const auto now = context.now();
  if (!store::survey_invitations(session, question.contact, days_before(now, settings.survey_gap_days)).empty()) {
    return refused("survey_cap",
                   {fmt::format("The contact was asked within the last {} days.", settings.survey_gap_days),
                    fmt::format("この担当者には過去{}日以内にアンケートを依頼しています。", settings.survey_gap_days)});
  }
  if (read_survey_body(question.body).kind != customers::SurveyKind::csat) return std::nullopt;
  const auto surveys = context.surveys_of_kind(customers::SurveyKind::csat);
  std::vector<core::Instant> waves;
  for (const auto at : store::csat_invitations(session, question.account, days_before(now, year_days), surveys)) {
    if (waves.empty() || at.microseconds - waves.back().microseconds > wave_days * core::microseconds_per_day) {
      waves.push_back(at);
    }
  }
  const bool joins_last =
      !waves.empty() && now.microseconds - waves.back().microseconds <= wave_days * core::microseconds_per_day;
  if (joins_last || static_cast<int>(waves.size()) < settings.csat_per_year) return std::nullopt;
  return refused("survey_cap",
                 {fmt::format("The account was asked for its satisfaction {} times within a year.", waves.size()),
                  fmt::format("この顧客には1年以内に満足度アンケートを{}回依頼しています。", waves.size())});
}

Composed preview(const Context& context, const Question& question, const Recipient& recipient) {
  ComposeOptions options;
  options.kind = question.kind;
  options.body = question.body;
  options.language = recipient.language;
  options.sender = question.sender;
  options.values = question.values;
  return compose(context, recipient, options);
}

std::optional<Verdict> missing_refusal(const Context& context, const std::set<std::string>& missing) {
  if (missing.empty()) return std::nullopt;
  const auto& field = *missing.begin();
  const auto label = label_of(field, *context.from.health->condition_fields());
  return refused("missing_value:" + field, {fmt::format("There is no value for \"{}\" ({}).", label.en, field),
                                            fmt::format("「{}」({})の値がありません。", label.ja, field)});
}

Verdict when(const Context& context, Session& session, const Question& question, const Recipient& recipient,
             const Settings& settings) {
  const auto now = context.now();
  const auto wanted = std::max(now, question.wanted);
  const auto calendar = recipient.country.empty() || zone_of_country(recipient.country) == "Asia/Tokyo"
                            ? context.from.surroundings.calendar()
                            : core::BusinessCalendar(core::HolidayCalendar::weekends_only);
  const auto zone = zone_of(recipient, context.from.surroundings.timezone());
  auto traffic = store::traffic(session, recipient.email, days_before(now, settings.window_days * 2), question.mail);
  // An order stands behind those that were ordered before it; when its time has come, only what was sent counts.
  auto times = traffic.sent;
  if (!question.mail) times.insert(times.end(), traffic.planned.begin(), traffic.planned.end());
  auto at = wanted;
  bool is_capped = false;
  // Working hours may move it out of a free slot's reach and the other way round; both only move it forward.
  while (true) {
    const auto slot = earliest_slot(times, at, settings.mails_per_window, settings.window_days);
    is_capped = is_capped || slot > at;
    const auto working = next_working(slot, zone, settings.hours, calendar);
    if (working == at) break;
    at = working;
  }
  if (is_capped && at.microseconds - wanted.microseconds > settings.hold_days * core::microseconds_per_day) {
    return refused("frequency_cap",
                   {fmt::format("The recipient gets at most {} mails in {} days, and there is no room "
                                "for this one in time.",
                                settings.mails_per_window, settings.window_days),
                    fmt::format("受信者への送信は{}日間に{}通までです。期間内に送信できる枠がありません。",
                                settings.window_days, settings.mails_per_window)});
  }
  if (at <= now) return {Verdict::Kind::go, {}, {}, now};
  if (is_capped) {
    return {Verdict::Kind::hold,
            "frequency_cap",
            {fmt::format("Waits: at most {} mails in {} days.", settings.mails_per_window, settings.window_days),
             fmt::format("送信頻度の上限({}日間に{}通)のため待機しています。", settings.window_days,
                         settings.mails_per_window)},
            at};
  }
  if (at == wanted)
    return {
        Verdict::Kind::hold, "not_before", {"Waits for the time asked for.", "指定された日時まで待機しています。"}, at};
  return {Verdict::Kind::hold,
          "working_hours",
          {"Waits for the recipient's working hours.", "受信者の営業時間まで待機しています。"},
          at};
}

}  // namespace

std::optional<Verdict> notice_refusal(Session& session, const std::optional<Recipient>& recipient) {
  if (auto refusal = person_refusal(recipient)) return refusal;
  const auto suppression = store::suppression_of(session, recipient->email);
  if (!suppression || suppression->reason != "bounced") return std::nullopt;
  return refused("bounced", {"Mail to this address came back.", "このアドレス宛のメールは届かずに戻ってきています。"});
}

Answer ask(const Context& context, Session& session, const Question& question) {
  Answer answer;
  answer.recipient = find_recipient(*context.from.customers, question.account, question.contact, context.today());
  const auto settings = context.settings();
  std::set<std::string> missing;
  if (answer.recipient) {
    auto composed = preview(context, question, *answer.recipient);
    answer.subject = std::move(composed.subject);
    missing = std::move(composed.missing);
  }
  auto refusal = person_refusal(answer.recipient);
  if (!refusal) refusal = will_refusal(session, question, *answer.recipient);
  if (!refusal) refusal = house_refusal(context, question);
  if (!refusal) refusal = survey_refusal(context, session, question, settings);
  if (!refusal) refusal = missing_refusal(context, missing);
  answer.verdict = refusal ? *refusal : when(context, session, question, *answer.recipient, settings);
  return answer;
}

}  // namespace banso::outreach
