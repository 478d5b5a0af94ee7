// Comments, followers and notices.
#include <fmt/format.h>

#include "statements.hpp"
#include "store.hpp"

namespace banso::work {
namespace {

using records::Session;
using records::Values;

std::string list_of(std::span<const core::UserId> users) {
  json::array list;
  for (const auto user : users) list.emplace_back(user.value);
  return json::serialize(list);
}

std::vector<core::UserId> users_in(const std::string& list) {
  std::vector<core::UserId> users;
  const auto parsed = json::parse(list);
  if (!parsed || !parsed->is_array()) return users;
  for (const auto& user : parsed->get_array()) users.push_back({user.to_number<std::int64_t>()});
  return users;
}

}  // namespace

void Store::add_comment(Session& session, const Comment& comment) {
  session.execute(
      "INSERT INTO work_comment (id, call_id, author_id, at_us, body, mentions) VALUES (:1, :2, :3, :4, :5, :6)",
      {comment.id, comment.call, comment.author, comment.at, comment.body, list_of(comment.mentions)});
}

void Store::add_notices(Session& session, std::span<const Notice> notices) {
  Values values;
  for (const auto& notice : notices) {
    for (const auto& value : std::initializer_list<records::Value>{notice.id, notice.user, notice.at, notice.event,
                                                                   notice.call, notice.task, notice.account, notice.by,
                                                                   notice.text.en, notice.text.ja}) {
      values.push_back(value);
    }
  }
  insert_rows(session, "work_notice",
              "id, user_id, at_us, event, call_id, task_id, account_id, actor_id, text_en, text_ja", 10, values);
}

void Store::follow(Session& session, CallId call, core::UserId user, core::Instant at) {
  if (!user) return;
  session.execute(
      "INSERT INTO work_follower (call_id, user_id, since_us) VALUES (:1, :2, :3) ON CONFLICT (call_id, user_id) DO "
      "NOTHING",
      {call, user, at});
}

void Store::set_follows(CallId call, core::UserId user, bool follows, core::Instant at) {
  database_->write([&](Session& session) {
    if (follows) {
      follow(session, call, user, at);
    } else {
      session.execute("DELETE FROM work_follower WHERE call_id = :1 AND user_id = :2", {call, user});
    }
  });
}

std::vector<core::UserId> Store::followers(Session& session, CallId call) {
  std::vector<core::UserId> users;
  for (const auto& row :
       session.query("SELECT user_id FROM work_follower WHERE call_id = :1 ORDER BY since_us, user_id", {call})) {
    users.push_back(row.id<core::UserId>(0));
  }
  return users;
}

std::vector<core::UserId> Store::followers(CallId call) {
  return database_->read([&](Session& session) { return followers(session, call); });
}

std::vector<Comment> Store::comments(CallId call) {
  constexpr std::int64_t most_comments = 500;
  return database_->read([&](Session& session) {
    std::vector<Comment> comments;
    for (const auto& row : session.query("SELECT id, call_id, author_id, at_us, body, mentions FROM work_comment WHERE "
                                         "call_id = :1 ORDER BY at_us, "
                                         "id LIMIT :2",
                                         {call, most_comments})) {
      comments.push_back({row.integer(0), row.id<CallId>(1), row.id<core::UserId>(2), row.instant(3), row.text(4),
                          users_in(row.text(5))});
    }
    return comments;
  });
}

std::vector<Notice> Store::notices(core::UserId user, bool unread_only, std::int64_t offset, std::int64_t limit) {
  return database_->read([&](Session& session) {
    std::vector<Notice> notices;
    for (const auto& row : session.query(
             fmt::format("SELECT id, user_id, at_us, event, call_id, task_id, account_id, actor_id, text_en, text_ja, "
                         "read_at_us FROM work_notice WHERE user_id = :1{} ORDER BY id DESC LIMIT :2 OFFSET :3",
                         unread_only ? " AND read_at_us IS NULL" : ""),
             {user, limit, offset})) {
      notices.push_back({row.integer(0),
                         row.id<core::UserId>(1),
                         row.instant(2),
                         row.text(3),
                         row.id<CallId>(4),
                         row.id<TaskId>(5),
                         row.id<core::AccountId>(6),
                         row.id<core::UserId>(7),
                         {row.text(8), row.text(9)},
                         row.maybe_instant(10)});
    }
    return notices;
  });
}

std::int64_t Store::count_notices(core::UserId user, bool unread_only) {
  return database_->read([&](Session& session) {
    return session
        .query_one(fmt::format("SELECT COUNT(*) FROM work_notice WHERE user_id = :1{}",
                               unread_only ? " AND read_at_us IS NULL" : ""),
                   {user})
        ->integer(0);
  });
}

void Store::mark_read(core::UserId user, const std::optional<std::vector<std::int64_t>>& ids, core::Instant at) {
  database_->write([&](Session& session) {
    if (!ids) {
      session.execute("UPDATE work_notice SET read_at_us = :1 WHERE user_id = :2 AND read_at_us IS NULL", {at, user});
      return;
    }
    for (const auto id : *ids) {
      session.execute("UPDATE work_notice SET read_at_us = :1 WHERE id = :2 AND user_id = :3 AND read_at_us IS NULL",
                      {at, id, user});
    }
  });
}

}  // namespace banso::work
