// Writing plans.
#include "platform/json/json.hpp"
#include "store.hpp"

namespace banso::plans {

using platform::records::new_id;

void Store::add(Session& session, const PlanRow& row, const VersionRow& first) {
  session.execute(
      "INSERT INTO plan (id, account_id, state, version, template_key, template_version, template_day, "
      "offered_version, "
      "stage_seen, created_at_us, touched_at_us, revision) VALUES (:1, :2, :3, 0, :4, :5, :6, :7, :8, :9, :10, 1)",
      {row.id, row.account, row.state, row.template_key, row.template_version, row.template_day, row.offered_version,
       row.stage_seen, row.created_at, row.touched_at});
  if (row.is_living()) make_living(session, row);
  auto kept = row;
  kept.version = 0;
  add_version(session, kept, document::document_from_json(first.body).value(), first.by, first.cause, first.why,
              first.at);
}

void Store::add_version(Session& session, PlanRow& row, const document::Document& document, const Actor& by,
                        const std::string& cause, const std::string& why, core::Instant at) {
  ++row.version;
  session.execute(
      "INSERT INTO plan_version (plan_id, version, body, at_us, user_id, contact_id, actor_name, cause, why) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9)",
      {row.id, row.version, document::to_json(document), at, by.user,
       by.contact ? std::optional(by.contact) : std::nullopt, by.name, cause, why});
  session.execute("UPDATE plan SET version = :1 WHERE id = :2", {row.version, row.id});
}

void Store::make_living(Session& session, const PlanRow& row) {
  session.execute("INSERT INTO plan_living (account_id, plan_id) VALUES (:1, :2)", {row.account, row.id});
}

void Store::set_state(Session& session, PlanRow& row, const std::string& state) {
  if (row.is_living() && state == "closed") {
    session.execute("DELETE FROM plan_living WHERE account_id = :1 AND plan_id = :2", {row.account, row.id});
  } else if (!row.is_living() && state != "closed") {
    make_living(session, row);
  }
  row.state = state;
  session.execute("UPDATE plan SET state = :1 WHERE id = :2", {state, row.id});
}

void Store::set_template(Session& session, PlanId plan, std::int64_t version, std::int64_t offered) {
  session.execute("UPDATE plan SET template_version = :1, offered_version = :2 WHERE id = :3",
                  {version, offered, plan});
}

void Store::set_stage_seen(Session& session, PlanId plan, const std::string& stage) {
  session.execute("UPDATE plan SET stage_seen = :1 WHERE id = :2", {stage, plan});
}

void Store::add_event(Session& session, const EventRow& event, bool is_told) {
  boost::json::array asked;
  for (const auto contact : event.asked) asked.push_back(contact.value);
  session.execute(
      "INSERT INTO plan_event (id, plan_id, account_id, happening, item, words_en, words_ja, user_id, contact_id, "
      "actor_name, asked, version, at_us, untold_since_us) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13, :14)",
      {new_id(), event.plan, event.account, event.happening, event.item, event.words.en, event.words.ja, event.by.user,
       event.by.contact ? std::optional(event.by.contact) : std::nullopt, event.by.name,
       platform::json::serialize(asked), event.version, event.at, is_told ? std::nullopt : std::optional(event.at)});
}

void Store::put_reading(Session& session, PlanId plan, const ReadingRow& reading) {
  session.execute(
      "INSERT INTO plan_reading (plan_id, goal, on_day, source, value, author, at_us) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7) ON CONFLICT (plan_id, goal, on_day, source) "
      "DO UPDATE SET value = excluded.value, author = excluded.author, at_us = excluded.at_us",
      {plan, reading.goal, reading.day, reading.source, reading.value, reading.author, reading.at});
}

void Store::add_confirmation(Session& session, PlanId plan, const ConfirmationRow& row) {
  session.execute(
      "INSERT INTO plan_confirmation (id, plan_id, version, goal, contact_id, verdict, words, at_us, how, noted_by) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10)",
      {new_id(), plan, row.version, row.goal, row.contact, row.verdict, row.words, row.at, row.how, row.noted_by});
}

void Store::add_comment(Session& session, PlanId plan, const CommentRow& row, const Actor& by) {
  session.execute(
      "INSERT INTO plan_comment (id, plan_id, item, author, user_id, contact_id, is_internal, words, at_us) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9)",
      {new_id(), plan, row.item, by.name, by.user, by.contact ? std::optional(by.contact) : std::nullopt,
       row.is_internal, row.words, row.at});
}

std::int64_t Store::add_review(Session& session, const ReviewRow& review, core::Instant at) {
  const auto id = new_id();
  session.execute(
      "INSERT INTO plan_review (id, plan_id, account_id, why_en, why_ja, opened_day, at_us, note) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, '')",
      {id, review.plan, review.account, review.why.en, review.why.ja, review.opened, at});
  return id;
}

bool Store::finish_review(Session& session, PlanId plan, std::int64_t review, const Actor& by, const std::string& note,
                          core::Instant at) {
  return session.execute(
             "UPDATE plan_review SET done_at_us = :1, done_by = :2, note = :3 "
             "WHERE id = :4 AND plan_id = :5 AND done_at_us IS NULL",
             {at, by.name, note, review, plan}) == 1;
}

bool Store::add_achievement(Session& session, const AchievementRow& row) {
  return session.execute(
             "INSERT INTO plan_achievement (plan_id, goal, account_id, achieved_day, at_us, win_at_us, story, "
             "evidence, "
             "is_shared, written_by, written_at_us) VALUES (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11) "
             "ON CONFLICT (plan_id, goal) DO NOTHING",
             {row.plan, row.goal, row.account, row.achieved, row.at, row.win_at, row.story, row.evidence_json,
              row.is_shared, row.written_by, row.written_at}) == 1;
}

bool Store::write_value(Session& session, PlanId plan, const AchievementRow& row) {
  return session.execute(
             "UPDATE plan_achievement SET story = :1, evidence = :2, is_shared = :3, written_by = :4, "
             "written_at_us = :5 WHERE plan_id = :6 AND goal = :7",
             {row.story, row.evidence_json, row.is_shared, row.written_by, row.written_at, plan, row.goal}) == 1;
}

void Store::mark_told(std::int64_t event) {
  database_->write([&](Session& session) {
    session.execute("UPDATE plan_event SET untold_since_us = NULL WHERE id = :1", {event});
  });
}

void Store::mark_called(std::int64_t review, core::Instant at) {
  database_->write([&](Session& session) {
    session.execute("UPDATE plan_review SET called_at_us = :1 WHERE id = :2", {at, review});
  });
}

void Store::mark_win(PlanId plan, const std::string& goal, core::Instant at) {
  database_->write([&](Session& session) {
    session.execute("UPDATE plan_achievement SET win_at_us = :1 WHERE plan_id = :2 AND goal = :3 AND win_at_us IS NULL",
                    {at, plan, goal});
  });
}

}  // namespace banso::plans
