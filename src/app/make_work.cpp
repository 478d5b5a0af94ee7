#include "make_work.hpp"

namespace banso::app {
namespace {

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::vector<work::Person> people_of(identity::Service& identity) {
  const std::string usual_timezone = identity.workspace().timezone;
  std::vector<work::Person> people;
  for (auto& user : identity.users()) {
    if (user.timezone.empty()) user.timezone = usual_timezone;
    people.push_back({user.id, std::move(user.name), std::move(user.email), user.role, user.language,
                      std::move(user.timezone), user.disabled});
  }
  return people;
}

// What the mail server says, as the sender of digests wants to hear it: only what surely was not taken is sent again.
core::Result<> send_digest(platform::mail::Mailer& mailer, const std::string& from, const std::string& sender_name,
                           const work::DigestMail& digest) {
  platform::mail::Message message;
  message.from = {sender_name, from};
  message.to = {{digest.to_name, digest.to_address}};
  message.subject = digest.subject;
  message.text = digest.text;
  message.html = digest.html;
  message.language = digest.language;
  message.headers = {{"Auto-Submitted", "auto-generated"}};
  const auto sent = mailer.send(message);
  if (sent) return {};
  const auto& failure = sent.error();
  if (failure.kind == platform::mail::FailureKind::temporary) return core::Error::unavailable(failure.message);
  return core::Error::invalid(failure.message);
}

}  // namespace

std::shared_ptr<work::Service> make_work(const Application& application) {
  work::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.customers = application.customers;
  dependencies.health = application.health;
  dependencies.org = application.org;
  auto& around = dependencies.surroundings;
  around.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  around.reporting_currency = [identity = application.identity] { return identity->workspace().reporting_currency; };
  around.utc_offset_minutes = [identity = application.identity] { return identity->workspace().offset_minutes(); };
  around.people = [identity = application.identity] { return people_of(*identity); };
  around.calendar = [&application] { return application.renewals->calendar(); };
  around.offset_minutes_at = identity::offset_minutes_at;
  around.public_url = [url = without_slash(application.settings.public_url)] { return url; };
  if (application.mailer && application.mailer->is_configured()) {
    around.send_digest = [mailer = application.mailer, from = application.settings.mail_from,
                          identity = application.identity](const work::DigestMail& digest) {
      return send_digest(*mailer, from, identity->workspace().name, digest);
    };
  }
  return work::Service::make(std::move(dependencies));
}

}  // namespace banso::app
