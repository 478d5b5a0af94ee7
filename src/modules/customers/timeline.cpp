#include "timeline.hpp"

#include "platform/versioned/difference.hpp"

namespace banso::customers {
namespace {

namespace json = boost::json;

core::Text same(const std::string& text) {
  return {text, text};
}

core::Text kind_title(InteractionKind kind) {
  switch (kind) {
    case InteractionKind::meeting:
      return {"Meeting", "打ち合わせ"};
    case InteractionKind::call:
      return {"Call", "電話"};
    case InteractionKind::mail:
      return {"Mail", "メール"};
    case InteractionKind::note:
      return {"Note", "メモ"};
  }
  return {"Note", "メモ"};
}

core::Text survey_title(SurveyKind kind, const std::string& score) {
  switch (kind) {
    case SurveyKind::nps:
      return {"NPS answer: " + score, "NPS回答: " + score};
    case SurveyKind::csat:
      return {"CSAT answer: " + score, "CSAT回答: " + score};
    case SurveyKind::ces:
      return {"CES answer: " + score, "CES回答: " + score};
    case SurveyKind::other:
      return {"Survey answer: " + score, "アンケート回答: " + score};
  }
  return same(score);
}

std::string plain(double number) {
  return json::serialize(json::value(static_cast<std::int64_t>(number)));
}

void add_interactions(Session& session, core::AccountId account, const Moment& moment,
                      const std::function<bool(std::string_view)>& wanted, std::vector<TimelineEntry>& entries) {
  auto interactions = load_in<Interaction>(session, account, moment);
  std::erase_if(interactions, [&](const Interaction& interaction) {
    return interaction.occurred_at > moment.end_of_day || !wanted(to_word(interaction.kind));
  });
  std::vector<std::int64_t> ids;
  for (const auto& interaction : interactions) {
    for (const auto contact : interaction.contacts) ids.push_back(contact.value);
  }
  const auto names = contact_names(session, std::move(ids));
  for (auto& interaction : interactions) {
    json::array people, contact_ids;
    for (const auto contact : interaction.contacts) {
      const auto name = names.find(contact.value);
      if (name != names.end()) people.emplace_back(name->second);
      contact_ids.emplace_back(contact.value);
    }
    for (const auto& name : interaction.other_participants) people.emplace_back(name);
    entries.push_back({std::string(to_word(interaction.kind)), interaction.id, interaction.occurred_at, false,
                       interaction.subject.empty() ? kind_title(interaction.kind) : same(interaction.subject),
                       std::move(interaction.body), std::move(interaction.author),
                       json::serialize(json::object{{"participants", people}, {"contact_ids", contact_ids}})});
  }
}

void add_tickets(Session& session, core::AccountId account, const Moment& moment, std::vector<TimelineEntry>& entries) {
  for (const auto& [ticket, requester] : read_tickets(session, account, moment)) {
    const auto detail = json::serialize(json::object{{"external_id", ticket.external_id},
                                                     {"status", to_word(ticket.status)},
                                                     {"priority", to_word(ticket.priority)},
                                                     {"category", ticket.category}});
    entries.push_back({"ticket",
                       ticket.id,
                       ticket.opened_at,
                       false,
                       {"Ticket opened: " + ticket.subject, "問い合わせ: " + ticket.subject},
                       "",
                       requester,
                       detail});
    if (!ticket.closed_at) continue;
    entries.push_back({"ticket",
                       ticket.id,
                       *ticket.closed_at,
                       false,
                       {"Ticket closed: " + ticket.subject, "問い合わせ完了: " + ticket.subject},
                       "",
                       requester,
                       detail});
  }
}

void add_surveys(Session& session, core::AccountId account, const Moment& moment, std::vector<TimelineEntry>& entries) {
  for (auto& [answer, contact] : read_surveys(session, account, moment)) {
    const auto score = plain(answer.score) + "/" + plain(answer.scale_max);
    entries.push_back(
        {"survey", answer.id, answer.answered_at, false, survey_title(answer.kind, score), answer.comment, contact,
         json::serialize(json::object{
             {"survey", to_word(answer.kind)}, {"score", answer.score}, {"scale_max", answer.scale_max}})});
  }
}

core::Text attendance_title(AttendanceKind kind, const std::string& what) {
  switch (kind) {
    case AttendanceKind::content:
      return {"Read or watched: " + what, "閲覧: " + what};
    case AttendanceKind::event:
      return {"Attended: " + what, "参加: " + what};
    case AttendanceKind::community:
      return {"In the community: " + what, "コミュニティ: " + what};
  }
  return {what, what};
}

void add_attendance(Session& session, core::AccountId account, const Moment& moment, int offset_minutes,
                    std::vector<TimelineEntry>& entries) {
  for (auto& [attendance, contact] : read_attendance(session, account, moment)) {
    entries.push_back({"attendance", attendance.id, core::start_of(attendance.day, offset_minutes), true,
                       attendance_title(attendance.kind, attendance.title), "", contact,
                       json::serialize(json::object{{"what", to_word(attendance.kind)}})});
  }
}

// Changes to the account itself; a change of phase is an event of its own kind.
void add_changes(Session& session, core::AccountId account, const Moment& moment,
                 const std::function<bool(std::string_view)>& wanted, const UserNames& users,
                 std::vector<TimelineEntry>& entries) {
  std::optional<std::string> before;
  for (const auto& version : records::versions_of(session, Account::entity, account.value)) {
    if (version.known_at > std::min(moment.knowledge(), moment.end_of_day)) break;
    const bool is_first = !before;
    json::array fields;
    for (const auto& change : versioned::difference(std::exchange(before, version.body), version.body)) {
      if (change.field == "phase") {
        const auto word = [](const json::value& value) {
          return value.is_string() ? std::string(value.as_string()) : std::string("–");
        };
        if (wanted("phase") && !is_first) {
          entries.push_back({"phase",
                             version.version_id,
                             version.known_at,
                             false,
                             {"Phase: " + word(change.before) + " → " + word(change.after),
                              "フェーズ: " + word(change.before) + " → " + word(change.after)},
                             version.why,
                             version.actor_name,
                             "{}"});
        }
      } else if (change.field == "owner_id") {
        const auto name = [&](const json::value& value) {
          return value.is_number() ? json::value(users.shown({value.to_number<std::int64_t>()}, "")) : value;
        };
        fields.push_back({{"field", "owner"}, {"before", name(change.before)}, {"after", name(change.after)}});
      } else if (change.field != "pending_parent" && change.field != "parent_id") {
        fields.push_back({{"field", change.field}, {"before", change.before}, {"after", change.after}});
      }
    }
    // The first version is everything there is: only that it came is news.
    if (is_first && wanted("change") && version.known_at.microseconds > 0) {
      entries.push_back({"change",
                         version.version_id,
                         version.known_at,
                         false,
                         {"Account added", "顧客企業を登録"},
                         version.why,
                         version.actor_name,
                         "{}"});
    } else if (!is_first && !fields.empty() && wanted("change")) {
      entries.push_back({"change",
                         version.version_id,
                         version.known_at,
                         false,
                         {"Account changed", "顧客情報を変更"},
                         version.why,
                         version.actor_name,
                         json::serialize(json::object{{"changes", fields}})});
    }
  }
}

}  // namespace

std::vector<TimelineEntry> read_timeline(Session& session, core::AccountId account, const Moment& moment,
                                         const std::function<bool(std::string_view)>& wanted, const UserNames& users,
                                         int offset_minutes) {
  std::vector<TimelineEntry> entries;
  add_interactions(session, account, moment, wanted, entries);
  if (wanted("ticket")) add_tickets(session, account, moment, entries);
  if (wanted("survey")) add_surveys(session, account, moment, entries);
  if (wanted("attendance")) add_attendance(session, account, moment, offset_minutes, entries);
  if (wanted("change") || wanted("phase")) add_changes(session, account, moment, wanted, users, entries);
  return entries;
}

}  // namespace banso::customers
