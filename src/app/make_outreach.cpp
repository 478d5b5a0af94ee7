#include "make_outreach.hpp"

#include <fstream>

#include <fmt/format.h>

#include "operator_error.hpp"
#include "platform/mail/message.hpp"

namespace banso::app {
namespace {

// The first line of a file that only the operator can read; empty where none is named.
std::string password_from(const std::filesystem::path& file) {
  if (file.empty()) return {};
  std::ifstream stream(file);
  std::string password;
  if (!std::getline(stream, password)) {
    throw OperatorError(core::Error::invalid({fmt::format("The password file {} cannot be read.", file.string()),
                                              fmt::format("パスワードファイル {} を読み取れません。", file.string())}));
  }
  return password;
}

void check_mail_settings(const Settings& settings) {
  if (settings.smtp_url.empty() && settings.mail_from.empty()) return;
  if (!platform::mail::wire_address(settings.mail_from)) {
    throw OperatorError(core::Error::invalid({"--mail-from must be the e-mail address that mails come from.",
                                              "--mail-from には送信元のメールアドレスを指定してください。"}));
  }
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

}  // namespace

std::shared_ptr<platform::mail::Mailer> make_mailer(const Settings& settings) {
  check_mail_settings(settings);
  platform::mail::ServerSettings server;
  server.url = settings.smtp_url;
  server.user = settings.smtp_user;
  server.password = password_from(settings.smtp_password_file);
  server.requires_tls = settings.mail_requires_tls;
  return platform::mail::Mailer::make(std::move(server));
}

std::shared_ptr<outreach::Service> make_outreach(const Application& application) {
  const auto& settings = application.settings;
  platform::mail::InboxSettings inbox;
  inbox.url = settings.inbox_url;
  inbox.user = settings.inbox_user;
  inbox.password = password_from(settings.inbox_password_file);
  inbox.requires_tls = settings.mail_requires_tls;
  outreach::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.customers = application.customers;
  dependencies.definitions = application.definitions;
  dependencies.health = application.health;
  dependencies.mailer = application.mailer;
  dependencies.inbox = platform::mail::Inbox::make(std::move(inbox));
  dependencies.from_address = settings.mail_from;
  dependencies.public_url = without_slash(settings.public_url);
  dependencies.node = fmt::format("node{}", settings.node_number);
  auto& around = dependencies.surroundings;
  around.timezone = [identity = application.identity] { return identity->workspace().timezone; };
  around.calendar = [&application] { return application.renewals->calendar(); };
  around.workspace_name = [identity = application.identity] { return identity->workspace().name; };
  around.sender = [identity = application.identity](core::UserId id) -> std::optional<outreach::Surroundings::Sender> {
    const auto user = identity->find_user(id);
    if (!user) return std::nullopt;
    return outreach::Surroundings::Sender{user->name, user->email};
  };
  around.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  return outreach::Service::make(std::move(dependencies));
}

}  // namespace banso::app
