#include <iostream>

#include <fmt/format.h>

#include "application.hpp"
#include "commands.hpp"
#include "report.hpp"

namespace banso::app {
namespace {

std::string password_from(const UserOptions& options) {
  if (!options.password.empty()) return options.password;
  std::string line;
  std::getline(std::cin, line);
  return line;
}

}  // namespace

int add_user(const Settings& settings, const UserOptions& options) {
  Application application(settings);
  const auto role = identity::role_from(options.role);
  if (!role) {
    return report(core::Error::invalid_field("role", {"Choose admin, leader, csm or read_only.",
                                                      "admin、leader、csm、read_only のいずれかを指定してください。"}),
                  shell_language());
  }
  const identity::NewUser user{options.name, options.email, *role, core::language_from_tag(options.language),
                               password_from(options)};
  const auto created = application.identity->create_user(core::Caller::system("shell"), user);
  if (!created) return report(created.error(), shell_language());
  fmt::print("{} {} {}\n", created->id.value, created->email, identity::word_of(created->role));
  return exit_done;
}

int list_users(const Settings& settings) {
  Application application(settings);
  for (const auto& user : application.identity->users()) {
    fmt::print("{}\t{}\t{}\t{}{}\n", user.id.value, user.email, identity::word_of(user.role), user.name,
               user.disabled ? "\t(disabled)" : "");
  }
  return exit_done;
}

int set_user_password(const Settings& settings, const UserOptions& options) {
  Application application(settings);
  const auto user = application.identity->find_user_by_email(options.email);
  if (!user) {
    return report(core::Error::invalid_field(
                      "email", {"There is no user with this e-mail address. See `banso user list`.",
                                "このメールアドレスのユーザーはいません。`banso user list` で確認してください。"}),
                  shell_language());
  }
  const auto set =
      application.identity->set_password(core::Caller::system("shell"), user->id, password_from(options), {});
  if (!set) return report(set.error(), shell_language());
  return exit_done;
}

}  // namespace banso::app
