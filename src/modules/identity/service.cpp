#include <algorithm>
#include <array>
#include <atomic>

#include <fmt/format.h>

#include "clock.hpp"
#include "core/ascii.hpp"
#include "identity.hpp"
#include "secrets.hpp"
#include "store.hpp"

namespace banso::identity {
namespace {

using platform::records::Database;
using platform::records::Session;

constexpr std::int64_t session_lasts_microseconds = 30 * core::microseconds_per_day;
constexpr std::int64_t seen_every_microseconds = 300 * core::microseconds_per_second;
constexpr std::int64_t failure_window_microseconds = 900 * core::microseconds_per_second;
constexpr std::int64_t failures_per_address = 5;
constexpr std::int64_t failures_per_host = 30;  // an office may share one
constexpr std::size_t password_length_least = 10;
constexpr std::size_t password_length_most = 200;

constexpr std::array<std::pair<core::Role, std::string_view>, 4> role_words{{{core::Role::read_only, "read_only"},
                                                                             {core::Role::csm, "csm"},
                                                                             {core::Role::leader, "leader"},
                                                                             {core::Role::admin, "admin"}}};

bool looks_like_email(const std::string& text) {
  const std::size_t at = text.find('@');
  return at != std::string::npos && at > 0 && text.find('@', at + 1) == std::string::npos &&
         text.find('.', at) != std::string::npos && text.find_first_of(" \t\r\n<>,;") == std::string::npos &&
         text.size() <= 254 && !text.ends_with('.');
}

class Checks {
 public:
  void name(const std::string& name) {
    if (name.empty() || name.size() > 200)
      add("name", {"Enter a name of at most 200 bytes.", "名前を入力してください(200バイト以内)。"});
  }
  void email(const std::string& email) {
    if (!looks_like_email(email))
      add("email", {"Enter an e-mail address such as hanako@example.com.",
                    "hanako@example.com のような形式のメールアドレスを入力してください。"});
  }
  void password(const std::string& password) {
    if (password.size() < password_length_least || password.size() > password_length_most) {
      add("password", {fmt::format("Choose a password of at least {} characters.", password_length_least),
                       fmt::format("パスワードは{}文字以上で設定してください。", password_length_least)});
    }
  }
  void theme(const std::string& theme) {
    if (theme != "light" && theme != "dark" && theme != "auto") {
      add("theme", {"Choose light, dark or auto.", "light、dark、auto のいずれかを指定してください。"});
    }
  }
  void timezone(const std::string& timezone) {
    if (!is_timezone(timezone))
      add("timezone",
          {"Give a time zone such as Asia/Tokyo.", "Asia/Tokyo のような形式でタイムゾーンを指定してください。"});
  }
  void workspace(const Workspace& workspace) {
    if (workspace.name.empty() || workspace.name.size() > 200) {
      add("workspace_name", {"Enter your company's name.", "会社名を入力してください。"});
    }
    const auto& currency = workspace.reporting_currency;
    if (currency.size() != 3 ||
        !std::all_of(currency.begin(), currency.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
      add("reporting_currency",
          {"Give a currency code such as JPY.", "JPY のような3文字の通貨コードを指定してください。"});
    }
    if (workspace.fiscal_year_start_month < 1 || workspace.fiscal_year_start_month > 12) {
      add("fiscal_year_start_month", {"Give a month from 1 to 12.", "1〜12の月を指定してください。"});
    }
    timezone(workspace.timezone);
  }
  core::Result<> finish() const {
    if (fields_.empty()) return {};
    core::Error error = core::Error::invalid({"Some fields need attention.", "入力内容をご確認ください。"});
    error.fields = fields_;
    return error;
  }

 private:
  void add(std::string field, core::Text message) { fields_.push_back({std::move(field), std::move(message)}); }
  std::vector<core::FieldError> fields_;
};

core::Error not_an_admin() {
  return core::Error::forbidden({"Only administrators may do this.", "この操作は管理者のみ可能です。"});
}

core::Error no_such_user() {
  return core::Error::not_found({"There is no such user.", "該当するユーザーはいません。"});
}

class StoredService final : public Service {
 public:
  explicit StoredService(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  bool needs_setup() override {
    if (set_up_done_) return false;
    set_up_done_ = database_->read([](Session& session) { return store::count_users(session) > 0; });
    return !set_up_done_;
  }

  core::Result<LoggedIn> set_up(const NewUser& administrator, const Workspace& workspace) override {
    Checks checks = check(administrator);
    checks.workspace(workspace);
    BANSO_TRY(checks.finish());
    User user = make_user(administrator);
    user.role = core::Role::admin;
    const std::string hash = hash_password(administrator.password);
    auto logged_in = database_->write([&](Session& session) -> core::Result<LoggedIn> {
      if (store::count_users(session) > 0) {
        return core::Error::conflict(
            {"Banso is already set up. Log in instead.", "初期設定はすでに完了しています。ログインしてください。"});
      }
      store::insert_user(session, user, hash);
      store::save_workspace(session, workspace);
      return open_session(session, user);
    });
    if (logged_in) tell(workspace);
    return logged_in;
  }

  core::Result<LoggedIn> log_in(const std::string& email, const std::string& password,
                                const std::string& host) override {
    const std::string address_subject = "address:" + core::lower_case(email);
    const std::string host_subject = "host:" + host;
    const core::Instant now = core::now();
    const auto known = database_->read([&](Session& session) -> core::Result<std::optional<store::StoredUser>> {
      if (store::login_failures(session, address_subject, now).count >= failures_per_address ||
          store::login_failures(session, host_subject, now).count >= failures_per_host) {
        return core::Error::limited(
            {"Too many failed log-ins. Wait 15 minutes, or ask an administrator for a new password.",
             "ログインの失敗が続いたため、一時的に制限しています。15分ほど待つか、管理者にパスワードの再設定を依頼して"
             "ください。"});
      }
      return store::find_user_by_email(session, core::lower_case(email));
    });
    if (!known) return known.error();
    // An unknown address costs as much time as a known one, so that nobody can tell them apart.
    static const std::string nobody = hash_password(random_token());
    const bool matches = password_matches(password, known->has_value() ? (*known)->password_hash : nobody);
    if (!matches || !known->has_value() || (*known)->user.disabled) {
      database_->write([&](Session& session) {
        const core::Instant window_ends_at{now.microseconds + failure_window_microseconds};
        store::add_login_failure(session, address_subject, now, window_ends_at);
        store::add_login_failure(session, host_subject, now, window_ends_at);
      });
      return core::Error::unauthenticated(
          {"The e-mail address or the password is not right.", "メールアドレスまたはパスワードが正しくありません。"});
    }
    return database_->write([&](Session& session) -> core::Result<LoggedIn> {
      store::forget_login_failures(session, address_subject);
      store::delete_expired_sessions(session, now);
      return open_session(session, (*known)->user);
    });
  }

  void log_out(const std::string& session_token) override {
    database_->write([&](Session& session) { store::delete_session(session, hash_token(session_token)); });
  }

  std::optional<User> user_of_session(const std::string& session_token) override {
    if (session_token.empty() || session_token.size() > 200) return std::nullopt;
    const core::Instant now = core::now();
    auto user = database_->read(
        [&](Session& session) { return store::user_of_session(session, hash_token(session_token), now); });
    if (user &&
        (!user->last_seen_at || now.microseconds - user->last_seen_at->microseconds > seen_every_microseconds)) {
      database_->write([&](Session& session) { store::touch_user(session, user->id, now); });
    }
    return user;
  }

  std::vector<User> users() override {
    return database_->read([](Session& session) { return store::all_users(session); });
  }

  std::optional<User> find_user(core::UserId id) override {
    const auto found = database_->read([&](Session& session) { return store::find_user(session, id); });
    return found ? std::optional(found->user) : std::nullopt;
  }

  std::optional<User> find_user_by_email(const std::string& email) override {
    const auto found =
        database_->read([&](Session& session) { return store::find_user_by_email(session, core::lower_case(email)); });
    return found ? std::optional(found->user) : std::nullopt;
  }

  core::Result<User> create_user(const core::Caller& caller, const NewUser& new_user) override {
    if (!caller.at_least(core::Role::admin)) return not_an_admin();
    BANSO_TRY(check(new_user).finish());
    const User user = make_user(new_user);
    const std::string hash = hash_password(new_user.password);
    return database_->write([&](Session& session) -> core::Result<User> {
      if (store::find_user_by_email(session, user.email)) {
        return core::Error{core::ErrorCode::conflict,
                           {"There is already a user with this e-mail address.",
                            "このメールアドレスのユーザーはすでに登録されています。"},
                           {{"email", {"is in use", "すでに使われています"}}}};
      }
      store::insert_user(session, user, hash);
      return user;
    });
  }

  core::Result<User> change_user(const core::Caller& caller, core::UserId id, const UserChange& change) override {
    const bool admin = caller.at_least(core::Role::admin);
    if (!admin && (caller.user != id || change.role || change.disabled)) return not_an_admin();
    return database_->write([&](Session& session) -> core::Result<User> {
      auto found = store::find_user(session, id);
      if (!found) return no_such_user();
      User user = found->user;
      Checks checks;
      if (change.name) checks.name(user.name = *change.name);
      if (change.theme) checks.theme(user.theme = *change.theme);
      if (change.timezone && !change.timezone->empty()) checks.timezone(*change.timezone);
      if (change.timezone) user.timezone = *change.timezone;
      if (change.language) user.language = *change.language;
      if (change.role) user.role = *change.role;
      if (change.disabled) user.disabled = *change.disabled;
      BANSO_TRY(checks.finish());
      const bool still_admin = user.role == core::Role::admin && !user.disabled;
      if (!still_admin && found->user.role == core::Role::admin && store::count_active_admins(session, id) == 0) {
        return core::Error::conflict({"This is the last administrator. Make somebody else an administrator first.",
                                      "最後の管理者は変更できません。先に別のユーザーを管理者にしてください。"});
      }
      store::update_user(session, user);
      if (user.disabled) store::delete_sessions_of(session, id);
      return user;
    });
  }

  core::Result<> set_password(const core::Caller& caller, core::UserId id, const std::string& password,
                              const std::optional<std::string>& current_password) override {
    const bool own = caller.user && caller.user == id;
    if (!own && !caller.at_least(core::Role::admin)) return not_an_admin();
    Checks checks;
    checks.password(password);
    BANSO_TRY(checks.finish());
    const auto found = database_->read([&](Session& session) { return store::find_user(session, id); });
    if (!found) return no_such_user();
    if (own && !password_matches(current_password.value_or(""), found->password_hash)) {
      return core::Error::invalid_field("current_password",
                                        {"The current password is not right.", "現在のパスワードが正しくありません。"});
    }
    const std::string hash = hash_password(password);
    database_->write([&](Session& session) {
      store::update_password(session, id, hash);
      store::forget_login_failures(session, "address:" + found->user.email);
      if (!own) store::delete_sessions_of(session, id);
    });
    return {};
  }

  Workspace workspace() override {
    return database_->read([](Session& session) { return store::workspace(session); }).value_or(Workspace{});
  }

  core::Result<Workspace> change_workspace(const core::Caller& caller, const WorkspaceChange& change) override {
    if (!caller.at_least(core::Role::admin)) return not_an_admin();
    auto changed = database_->write([&](Session& session) -> core::Result<Workspace> {
      Workspace workspace = store::workspace(session).value_or(Workspace{});
      if (change.name) workspace.name = *change.name;
      if (change.reporting_currency) workspace.reporting_currency = *change.reporting_currency;
      if (change.fiscal_year_start_month) workspace.fiscal_year_start_month = *change.fiscal_year_start_month;
      if (change.timezone) workspace.timezone = *change.timezone;
      if (change.fixed_book_day) workspace.fixed_book_day = *change.fixed_book_day;
      Checks checks;
      checks.workspace(workspace);
      BANSO_TRY(checks.finish());
      store::save_workspace(session, workspace);
      return workspace;
    });
    if (changed) tell(*changed);
    return changed;
  }

  void on_workspace_changed(std::function<void(const Workspace&)> listener) override {
    workspace_listeners_.push_back(std::move(listener));
  }

 private:
  static Checks check(const NewUser& user) {
    Checks checks;
    checks.name(user.name);
    checks.email(user.email);
    checks.password(user.password);
    return checks;
  }

  static User make_user(const NewUser& from) {
    User user;
    user.id = {platform::records::new_id()};
    user.name = from.name;
    user.email = core::lower_case(from.email);
    user.role = from.role;
    user.language = from.language;
    return user;
  }

  static LoggedIn open_session(Session& session, const User& user) {
    LoggedIn logged_in{user, random_token()};
    store::insert_session(session, hash_token(logged_in.session_token), user.id,
                          {core::now().microseconds + session_lasts_microseconds});
    return logged_in;
  }

  void tell(const Workspace& workspace) const {
    for (const auto& listener : workspace_listeners_) listener(workspace);
  }

  std::shared_ptr<Database> database_;
  std::vector<std::function<void(const Workspace&)>> workspace_listeners_;
  std::atomic<bool> set_up_done_{false};
};

}  // namespace

std::shared_ptr<Service> Service::make(std::shared_ptr<Database> database) {
  return std::make_shared<StoredService>(std::move(database));
}

std::optional<core::Role> role_from(std::string_view word) {
  for (const auto& [role, name] : role_words) {
    if (name == word) return role;
  }
  return std::nullopt;
}

std::string_view word_of(core::Role role) {
  for (const auto& [candidate, name] : role_words) {
    if (candidate == role) return name;
  }
  return "read_only";
}

}  // namespace banso::identity
