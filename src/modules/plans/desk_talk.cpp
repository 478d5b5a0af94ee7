// What is said and noted on plans: answers of the customer, comments, figures, reviews, written-up successes.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "desk.hpp"
#include "platform/json/json.hpp"

namespace banso::plans {
namespace {

using core::Error;
using core::Result;

constexpr std::size_t longest_words_bytes = 4000;
constexpr int most_years_back = 10;

EventRow event_of(const PlanRow& row, Happening happening, const Actor& by, core::Instant at, const std::string& item,
                  core::Text words) {
  EventRow event;
  event.plan = row.id;
  event.account = row.account;
  event.happening = word_of(happening);
  event.item = item;
  event.words = std::move(words);
  event.by = by;
  event.version = row.version;
  event.at = at;
  return event;
}

Result<> check_words(const std::string& words, bool is_required, const std::string& field = "words") {
  if (is_required && words.find_first_not_of(" \t\r\n") == std::string::npos) {
    return Error::invalid_field(field, {"Write something.", "内容を入力してください。"});
  }
  if (words.size() <= longest_words_bytes) return {};
  return Error::invalid_field(field, {fmt::format("At most {} bytes.", longest_words_bytes),
                                      fmt::format("{}バイト以内で入力してください。", longest_words_bytes)});
}

Error is_closed() {
  return Error::conflict({"The plan is closed.", "このプランは終了しています。"});
}
Error no_such_goal() {
  return Error::not_found({"The plan has no such goal.", "プランに該当するゴールはありません。"});
}
Error no_such_action() {
  return Error::not_found({"The plan has no such action.", "プランに該当する「やること」はありません。"});
}

}  // namespace

Result<> Desk::answer(const Actor& by, PlanId plan, const Answer& answer) {
  BANSO_TRY(check_words(answer.words, !answer.is_confirmed));
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    if (!row.is_living()) return is_closed();
    const auto file = store_.read(plan);
    const auto view = look_at(*file, today());
    if (!view.sent) {
      return Error::conflict(
          {"The plan was not sent to the customer yet.", "このプランはまだ顧客に送付されていません。"});
    }
    const auto* sent = file->sent.at(view.sent->version).find_goal(answer.goal);
    const auto* goal = view.find_goal(answer.goal);
    if (sent == nullptr || goal == nullptr) return no_such_goal();
    if (answer.is_told_us) {
      const auto contacts = contacts_of(*from_.customers, row.account);
      if (std::none_of(contacts.begin(), contacts.end(), [&](const auto& each) { return each.id == answer.contact; })) {
        return Error::invalid_field("contact_id", {"This person is not a contact of the account.",
                                                   "この人はこの顧客の担当者として登録されていません。"});
      }
    }
    const bool is_said_already = answer.is_confirmed && goal->confirmation == "confirmed" && answer.words.empty();
    if (is_said_already) return {};
    Store::add_confirmation(
        session, plan,
        {view.sent->version, answer.goal, answer.contact, answer.is_confirmed ? "confirmed" : "commented", answer.words,
         now, answer.is_told_us ? "told_us" : "portal", answer.is_told_us ? std::optional(by.name) : std::nullopt});
    const auto name = document::shown(sent->name);
    Store::add_event(
        session,
        event_of(row, answer.is_confirmed ? Happening::confirmed : Happening::commented, by, now, answer.goal,
                 answer.is_confirmed
                     ? core::Text{fmt::format("Goal confirmed: {}", name.en), fmt::format("ゴールに合意: {}", name.ja)}
                     : core::Text{fmt::format("Comment on the goal {}: {}", name.en, answer.words),
                                  fmt::format("ゴール「{}」へのコメント: {}", name.ja, answer.words)}));
    if (!answer.is_confirmed) return {};
    auto newest = file->plan;
    for (auto& each : newest.goals) {
      if (each.key != answer.goal || each.stage != document::GoalStage::proposed || goal->is_changed_since_sent)
        continue;
      each.stage = document::GoalStage::accepted;
      Store::add_version(session, row, newest, by, by.contact ? "customer" : "changed", "", now);
    }
    activate_when_confirmed(session, row, now);
    return {};
  });
}

Result<> Desk::comment(const Actor& by, PlanId plan, const std::string& item, const std::string& words,
                       bool is_internal) {
  BANSO_TRY(check_words(words, true));
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    const auto newest = Store::newest(session, row);
    const auto* goal = newest.find_goal(item);
    const auto* action = newest.find_action(item);
    if (!item.empty() && goal == nullptr && action == nullptr) {
      return Error::not_found(
          {"The plan has no such goal or action.", "プランに該当するゴールまたは「やること」はありません。"});
    }
    CommentRow comment;
    comment.item = item;
    comment.is_internal = is_internal;
    comment.words = words;
    comment.at = now;
    Store::add_comment(session, plan, comment, by);
    if (by.contact) {
      const auto name = document::shown(goal ? goal->name : action ? action->name : newest.name);
      Store::add_event(session, event_of(row, Happening::commented, by, now, item,
                                         {fmt::format("Comment on {}: {}", name.en, words),
                                          fmt::format("「{}」へのコメント: {}", name.ja, words)}));
    }
    return {};
  });
}

Result<> Desk::enter_figure(const Actor& by, PlanId plan, const std::string& goal_key, double value, core::Day day) {
  constexpr double largest = 1e15;
  if (!std::isfinite(value) || std::abs(value) > largest) {
    return Error::invalid_field("value",
                                {"This must be a number (at most 15 digits).", "数値(15桁以内)で指定してください。"});
  }
  const auto last = today();
  if (day > last || day < core::add_months(last, -12 * most_years_back)) {
    return Error::invalid_field("day", {"Give a day within the last ten years, not in the future.",
                                        "今日以前(10年以内)の日付を指定してください。"});
  }
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    if (!row.is_living()) return is_closed();
    const auto newest = Store::newest(session, row);
    const auto* goal = newest.find_goal(goal_key);
    if (goal == nullptr) return no_such_goal();
    const bool is_theirs = bool(by.contact);
    if (goal->kind == document::GoalKind::measure || (is_theirs && goal->kind == document::GoalKind::yes_no)) {
      return Error::conflict(
          {"The figure of this goal is not entered by hand.", "このゴールの数値は手入力の対象ではありません。"});
    }
    if (goal->kind == document::GoalKind::yes_no && value != 0 && value != 1) {
      return Error::invalid_field("value", {"Give 1 (yes) or 0 (no).", "1(はい)または0(いいえ)で指定してください。"});
    }
    if (goal->closed_on) {
      return Error::conflict({"The goal is closed.", "このゴールは完了しています。"});
    }
    Store::put_reading(session, plan, {goal_key, day, value, is_theirs ? "customer" : "us", by.name, now});
    return {};
  });
}

Result<> Desk::finish_action(const Actor& by, PlanId plan, const std::string& action, bool is_done) {
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    if (!row.is_living()) return is_closed();
    auto newest = Store::newest(session, row);
    for (auto& each : newest.actions) {
      if (each.key != action) continue;
      if (by.contact && (each.owner.side != document::Side::theirs || each.is_internal)) return no_such_action();
      if (each.done_on.has_value() == is_done) return {};  // it is what they wanted
      each.done_on = is_done ? std::optional(today()) : std::nullopt;
      const auto name = document::shown(each.name);
      Store::add_version(session, row, newest, by, by.contact ? "customer" : "changed", "", now);
      if (is_done) {
        Store::add_event(session, event_of(row, Happening::action_done, by, now, action,
                                           {fmt::format("Done: {}", name.en), fmt::format("完了: {}", name.ja)}));
      }
      return {};
    }
    return no_such_action();
  });
}

Result<> Desk::ask_review(const Actor&, PlanId plan, const core::Text& why) {
  BANSO_TRY(check_words(why.en, true, "why"));
  return write(plan, [&](Session& session, PlanRow& row, core::Instant now) -> Result<> {
    if (!row.is_living()) return is_closed();
    const auto file = store_.read(plan);
    for (const auto& review : file->reviews) {
      if (!review.done_at && review.why == why) return {};  // heard twice
    }
    ReviewRow review;
    review.plan = plan;
    review.account = row.account;
    review.why = why;
    review.opened = today();
    Store::add_review(session, review, now);
    return {};
  });
}

Result<> Desk::finish_review(const Actor& by, PlanId plan, std::int64_t review, const std::string& note) {
  BANSO_TRY(check_words(note, false, "note"));
  return write(plan, [&](Session& session, PlanRow&, core::Instant now) -> Result<> {
    if (Store::finish_review(session, plan, review, by, note, now)) return {};
    const auto file = store_.read(plan);
    if (std::any_of(file->reviews.begin(), file->reviews.end(), [&](const auto& each) { return each.id == review; })) {
      return Error::conflict({"Somebody has finished this review already.", "このレビューはすでに完了しています。"});
    }
    return Error::not_found({"The plan has no such review.", "プランに該当するレビューはありません。"});
  });
}

Result<> Desk::write_value(const Actor& by, PlanId plan, const std::string& goal, const std::string& story,
                           bool is_shared, const std::optional<std::vector<core::Text>>& evidence) {
  BANSO_TRY(check_words(story, is_shared, "story"));
  return write(plan, [&](Session& session, PlanRow&, core::Instant now) -> Result<> {
    const auto file = store_.read(plan);
    for (auto achievement : file->achievements) {
      if (achievement.goal != goal) continue;
      achievement.story = story;
      achievement.is_shared = is_shared;
      achievement.written_by = by.name;
      achievement.written_at = now;
      if (evidence) {
        boost::json::array list;
        for (const auto& words : *evidence) {
          list.push_back(boost::json::object{{"en", words.en}, {"ja", words.ja}});
        }
        achievement.evidence_json = platform::json::serialize(list);
      }
      Store::write_value(session, plan, achievement);
      return {};
    }
    if (file->plan.find_goal(goal) == nullptr) return no_such_goal();
    return Error::conflict({"The goal is not achieved yet: there is no success to write up.",
                            "このゴールはまだ達成されていないため、成果を記録できません。"});
  });
}

}  // namespace banso::plans
