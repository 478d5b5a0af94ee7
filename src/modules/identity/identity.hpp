// Identity: who uses Banso (users, roles, sessions) and the workspace they share (name, currency, clock).
//
// Threading: the service is shared between threads. Passwords are hashed with Argon2id and never leave this module;
// session tokens are stored as hashes only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/caller.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "platform/http/http.hpp"
#include "platform/records/records.hpp"

namespace banso::identity {

struct User {
  core::UserId id;
  std::string name;
  std::string email;  // lower case, unique
  core::Role role = core::Role::read_only;
  core::Language language = core::Language::en;
  std::string theme = "auto";  // "light", "dark" or "auto"
  std::string timezone;        // IANA name; empty = the workspace's
  bool disabled = false;
  std::optional<core::Instant> last_seen_at;

  core::Caller caller() const { return {id, name, role, language}; }
};

struct NewUser {
  std::string name;
  std::string email;
  core::Role role = core::Role::read_only;
  core::Language language = core::Language::en;
  std::string password;  // at least 10 characters
};

struct UserChange {  // absent = leave
  std::optional<std::string> name;
  std::optional<core::Role> role;
  std::optional<core::Language> language;
  std::optional<std::string> theme;
  std::optional<std::string> timezone;
  std::optional<bool> disabled;
};

struct Workspace {
  std::string name = "Banso";
  std::string reporting_currency = "JPY";
  int fiscal_year_start_month = 4;
  std::string timezone = "Asia/Tokyo";
  // Set where the data is historical: pages then speak of this day instead of today.
  std::optional<core::Day> fixed_book_day;

  // The day that pages speak of where nobody asks for another.
  core::Day book_day() const;
  // Minutes ahead of UTC at present; what cuts events into days.
  int offset_minutes() const;
};

// Minutes ahead of UTC of a time zone (IANA name) at that moment, daylight saving included; 0 where nobody knows it.
int offset_minutes_at(const std::string& timezone, core::Instant at);

struct WorkspaceChange {  // absent = leave
  std::optional<std::string> name;
  std::optional<std::string> reporting_currency;
  std::optional<int> fiscal_year_start_month;
  std::optional<std::string> timezone;
  std::optional<std::optional<core::Day>> fixed_book_day;  // present and empty = follow the calendar
};

struct LoggedIn {
  User user;
  std::string session_token;  // for the cookie; only its hash is stored
};

class Service {
 public:
  static std::shared_ptr<Service> make(std::shared_ptr<platform::records::Database> database);
  virtual ~Service() = default;

  // True until the first user exists. Setting up makes the first administrator and the workspace in one step.
  virtual bool needs_setup() = 0;
  virtual core::Result<LoggedIn> set_up(const NewUser& administrator, const Workspace& workspace) = 0;

  // After five failures within a quarter of an hour for an address or from a host, further tries are refused for a
  // while.
  virtual core::Result<LoggedIn> log_in(const std::string& email, const std::string& password,
                                        const std::string& host) = 0;
  virtual void log_out(const std::string& session_token) = 0;
  virtual std::optional<User> user_of_session(const std::string& session_token) = 0;

  virtual std::vector<User> users() = 0;  // by name
  virtual std::optional<User> find_user(core::UserId id) = 0;
  virtual std::optional<User> find_user_by_email(const std::string& email) = 0;
  // Administrators only; everybody may change their own name, language, theme, time zone and password.
  virtual core::Result<User> create_user(const core::Caller& caller, const NewUser& user) = 0;
  virtual core::Result<User> change_user(const core::Caller& caller, core::UserId id, const UserChange& change) = 0;
  virtual core::Result<> set_password(const core::Caller& caller, core::UserId id, const std::string& password,
                                      const std::optional<std::string>& current_password) = 0;

  virtual Workspace workspace() = 0;
  virtual core::Result<Workspace> change_workspace(const core::Caller& caller, const WorkspaceChange& change) = 0;
  // Told after the workspace was made or changed, on the changing thread. Added at start.
  virtual void on_workspace_changed(std::function<void(const Workspace&)> listener) = 0;
};

std::optional<core::Role> role_from(std::string_view word);  // "admin", "leader", "csm", "read_only"
std::string_view word_of(core::Role role);

// /api/session, /api/setup, /api/users, /api/workspace
platform::http::Routes routes(std::shared_ptr<Service> service);
// Reads the session cookie of a request; for the dispatcher.
std::optional<core::Caller> caller_of(Service& service, const platform::http::Request& request);

std::span<const platform::records::Migration> migrations();

}  // namespace banso::identity
