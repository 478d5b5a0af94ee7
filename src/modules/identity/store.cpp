#include "store.hpp"

namespace banso::identity::store {
namespace {

using platform::records::Row;

constexpr std::int64_t the_workspace = 1;

#define USER_COLUMNS "u.id, u.name, u.email, u.role, u.language, u.theme, u.timezone, u.disabled, u.last_seen_at_us"

User read_user(const Row& row) {
  return {row.id<core::UserId>(0),
          row.text(1),
          row.text(2),
          role_from(row.text(3)).value_or(core::Role::read_only),
          core::language_from_tag(row.text(4)),
          row.text(5),
          row.text(6),
          row.yes(7),
          row.maybe_instant(8)};
}

std::optional<StoredUser> read_stored(const std::optional<Row>& row) {
  if (!row) return std::nullopt;
  return StoredUser{read_user(*row), row->text(9)};
}

}  // namespace

std::int64_t count_users(Session& session) {
  return session.query_one("SELECT COUNT(*) FROM app_user")->integer(0);
}

std::int64_t count_active_admins(Session& session, core::UserId besides) {
  return session
      .query_one("SELECT COUNT(*) FROM app_user WHERE role = 'admin' AND disabled = 0 AND id <> :1", {besides})
      ->integer(0);
}

std::vector<User> all_users(Session& session) {
  std::vector<User> users;
  session.each("SELECT " USER_COLUMNS " FROM app_user u ORDER BY u.name, u.id", {},
               [&](const Row& row) { users.push_back(read_user(row)); });
  return users;
}

std::optional<StoredUser> find_user(Session& session, core::UserId id) {
  return read_stored(
      session.query_one("SELECT " USER_COLUMNS ", u.password_hash FROM app_user u WHERE u.id = :1", {id}));
}

std::optional<StoredUser> find_user_by_email(Session& session, const std::string& email) {
  return read_stored(
      session.query_one("SELECT " USER_COLUMNS ", u.password_hash FROM app_user u WHERE u.email = :1", {email}));
}

void insert_user(Session& session, const User& user, const std::string& password_hash) {
  session.execute(
      "INSERT INTO app_user (id, name, email, role, language, theme, timezone, password_hash, disabled, created_at_us) "
      "VALUES (:1, :2, :3, :4, :5, :6, :7, :8, 0, :9)",
      {user.id, user.name, user.email, word_of(user.role), core::language_tag(user.language), user.theme, user.timezone,
       password_hash, core::now()});
}

void update_user(Session& session, const User& user) {
  session.execute(
      "UPDATE app_user SET name = :1, role = :2, language = :3, theme = :4, timezone = :5, disabled = :6 WHERE id = :7",
      {user.name, word_of(user.role), core::language_tag(user.language), user.theme, user.timezone, user.disabled,
       user.id});
}

void update_password(Session& session, core::UserId id, const std::string& password_hash) {
  session.execute("UPDATE app_user SET password_hash = :1 WHERE id = :2", {password_hash, id});
}

void touch_user(Session& session, core::UserId id, core::Instant seen_at) {
  session.execute("UPDATE app_user SET last_seen_at_us = :1 WHERE id = :2", {seen_at, id});
}

void insert_session(Session& session, const std::string& token_hash, core::UserId user, core::Instant expires_at) {
  session.execute("INSERT INTO app_session (token_hash, user_id, created_at_us, expires_at_us) VALUES (:1, :2, :3, :4)",
                  {token_hash, user, core::now(), expires_at});
}

std::optional<User> user_of_session(Session& session, const std::string& token_hash, core::Instant now) {
  const auto row = session.query_one("SELECT " USER_COLUMNS
                                     " FROM app_session s JOIN app_user u ON u.id = s.user_id "
                                     "WHERE s.token_hash = :1 AND s.expires_at_us > :2 AND u.disabled = 0",
                                     {token_hash, now});
  if (!row) return std::nullopt;
  return read_user(*row);
}

void delete_session(Session& session, const std::string& token_hash) {
  session.execute("DELETE FROM app_session WHERE token_hash = :1", {token_hash});
}

void delete_sessions_of(Session& session, core::UserId user) {
  session.execute("DELETE FROM app_session WHERE user_id = :1", {user});
}

void delete_expired_sessions(Session& session, core::Instant now) {
  session.execute("DELETE FROM app_session WHERE expires_at_us <= :1", {now});
}

Failures login_failures(Session& session, const std::string& subject, core::Instant now) {
  const auto row = session.query_one(
      "SELECT failures, window_ends_at_us FROM login_failure WHERE subject = :1 AND window_ends_at_us > :2",
      {subject, now});
  if (!row) return {};
  return {row->integer(0), row->instant(1)};
}

void add_login_failure(Session& session, const std::string& subject, core::Instant now, core::Instant window_ends_at) {
  session.execute("DELETE FROM login_failure WHERE window_ends_at_us <= :1", {now});
  session.execute(
      "INSERT INTO login_failure (subject, failures, window_ends_at_us) VALUES (:1, 1, :2) "
      "ON CONFLICT (subject) DO UPDATE SET failures = login_failure.failures + 1",
      {subject, window_ends_at});
}

void forget_login_failures(Session& session, const std::string& subject) {
  session.execute("DELETE FROM login_failure WHERE subject = :1", {subject});
}

std::optional<Workspace> workspace(Session& session) {
  const auto row = session.query_one(
      "SELECT name, reporting_currency, fiscal_year_start_month, timezone, fixed_book_day FROM workspace WHERE id = :1",
      {the_workspace});
  if (!row) return std::nullopt;
  return Workspace{row->text(0), row->text(1), static_cast<int>(row->integer(2)), row->text(3), row->maybe_day(4)};
}

void save_workspace(Session& session, const Workspace& workspace) {
  session.execute(
      "INSERT INTO workspace (id, name, reporting_currency, fiscal_year_start_month, timezone, fixed_book_day) "
      "VALUES (:1, :2, :3, :4, :5, :6) ON CONFLICT (id) DO UPDATE SET name = :2, reporting_currency = :3, "
      "fiscal_year_start_month = :4, timezone = :5, fixed_book_day = :6",
      {the_workspace, workspace.name, workspace.reporting_currency, workspace.fiscal_year_start_month,
       workspace.timezone, workspace.fixed_book_day});
}

}  // namespace banso::identity::store
