// The tables of identity. Every call belongs to the transaction of the session it is given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity.hpp"

namespace banso::identity::store {

using platform::records::Session;

struct StoredUser {
  User user;
  std::string password_hash;
};

std::int64_t count_users(Session& session);
std::int64_t count_active_admins(Session& session, core::UserId besides);
std::vector<User> all_users(Session& session);
std::optional<StoredUser> find_user(Session& session, core::UserId id);
std::optional<StoredUser> find_user_by_email(Session& session, const std::string& email);
void insert_user(Session& session, const User& user, const std::string& password_hash);
void update_user(Session& session, const User& user);
void update_password(Session& session, core::UserId id, const std::string& password_hash);
void touch_user(Session& session, core::UserId id, core::Instant seen_at);

void insert_session(Session& session, const std::string& token_hash, core::UserId user, core::Instant expires_at);
std::optional<User> user_of_session(Session& session, const std::string& token_hash, core::Instant now);
void delete_session(Session& session, const std::string& token_hash);
void delete_sessions_of(Session& session, core::UserId user);
void delete_expired_sessions(Session& session, core::Instant now);

struct Failures {
  std::int64_t count = 0;
  core::Instant window_ends_at;
};
Failures login_failures(Session& session, const std::string& subject, core::Instant now);
void add_login_failure(Session& session, const std::string& subject, core::Instant now, core::Instant window_ends_at);
void forget_login_failures(Session& session, const std::string& subject);

std::optional<Workspace> workspace(Session& session);
void save_workspace(Session& session, const Workspace& workspace);

}  // namespace banso::identity::store
