// Outreach: mail to customers' people that a programme sends by itself, and the surveys that go with it. The module's
// only public header.
//
//   order ──► consent, suppression, caps, missing values ──► queued | held | refused
//   queued ──► working hours of the recipient ──► sending ──► sent | failed | unclear ──► timeline
//   inbox ──► replies ──► timeline;  bounces ──► suppression;  signed links ──► unsubscribe, survey, opens, clicks
//
// A mail is ordered under a unique key and is handed over at most once: where a crash hides the server's answer it
// becomes `unclear` and waits for a person.
//
// Threading: a Service is shared by all threads. Errors: core::Result; failures of the database are exceptions. Roles:
// everyone signed in reads; csm orders and records consent; leader and above define templates and lift suppressions;
// admin changes settings.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/business_days.hpp"
#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "platform/http/http.hpp"
#include "platform/mail/inbox.hpp"
#include "platform/mail/mailer.hpp"
#include "platform/records/records.hpp"

namespace banso::outreach {

inline constexpr std::string_view template_kind = "mail_template";
inline constexpr std::string_view survey_kind = "survey";

using MailId = core::Id<struct MailTag>;

// What a mail is for: what the law asks and which preference of the recipient speaks of it.
enum class Purpose {
  service,    // about the contract and the use of what was bought
  promotion,  // news and offers: only with consent that is on record
  survey,
};
std::string_view word_of(Purpose purpose);
std::optional<Purpose> purpose_from(std::string_view word);

enum class State {
  queued,     // waits for its time; held where the time is later than now
  sending,    // being handed over
  sent,       // the mail server took it
  failed,     // it never will, or the tries are used up
  unclear,    // handed over, answer lost: a person decides
  refused,    // must not be sent
  cancelled,  // by a person or the programme that ordered it
};
std::string_view word_of(State state);
std::optional<State> state_from(std::string_view word);

struct MailOrder {
  std::string unique_key;  // the same key is the same mail, for ever; at most 200 bytes
  core::AccountId account;
  core::ContactId contact;
  std::string template_key;
  std::int64_t template_version = 0;         // 0: as published
  core::UserId sender;                       // in whose name; none: the account's owner, else the company
  std::string source;                        // "run:123:step:hello:1", "person"
  std::map<std::string, core::Text> values;  // more merge fields, as {{value.<name>}}
  std::optional<core::Instant> not_before;
};

// A survey by mail; the survey's definition holds the mail's text. Its reminders follow by themselves.
struct SurveyOrder {
  std::string unique_key;
  core::AccountId account;
  core::ContactId contact;
  std::string survey_key;
  std::int64_t survey_version = 0;  // 0: as published
  core::UserId sender;
  std::string source;
  std::optional<core::Instant> not_before;
};

// A mail that went out before Banso knew of it (the demo, a move from elsewhere).
struct PastMail {
  MailOrder order;
  core::Instant ordered_at;                     // sent in the next working hours of its recipient
  std::optional<std::int64_t> replied_after_s;  // nothing: nobody answered
};

// A mail that its reader asked for or must have: a link to log in, an invitation, a plan to confirm. No frequency cap,
// no working hours, nothing to unsubscribe from; only an address that bounced or a contact who left refuses it. Its
// words are kept no longer than until they are handed over, because they may carry a secret.
struct Notice {
  std::string unique_key;  // as of MailOrder
  core::AccountId account;
  core::ContactId contact;
  std::string source;                      // "portal:log_in"
  core::Text subject, text;                // plain; an empty line parts paragraphs
  core::Text link_words;                   // what stands on the link below the text
  std::string link;                        // "https://..."; empty: none
  std::optional<core::Instant> not_after;  // not handed over later than this
};

// A survey that waits for a contact's answer.
struct WaitingSurvey {
  core::Text question;
  std::string path;  // "/survey/..." on this server; signed for this invitation
  core::Instant sent_at, closes_at;
};

struct Ordered {
  MailId id;
  State state = State::queued;
  // Why it is held or refused: no_consent, unsubscribed, suppressed, bounced, frequency_cap, survey_cap, working_hours,
  // missing_value:<field>, no_address, bad_address, no_sender_identity, no_public_url, left, too_late. Empty: nothing
  // stands in its way.
  std::string reason;
  core::Text words;
  std::optional<core::Instant> held_until;
  bool is_new = false;  // false: the key was ordered before, and this is what became of it
};

enum class Happening { sent, failed, unclear, bounced, opened, clicked, replied, unsubscribed, answered, refused };
std::string_view word_of(Happening happening);

struct MailChange {
  MailId mail;
  core::AccountId account;
  core::ContactId contact;
  std::string source;  // of the order
  std::string unique_key;
  Happening happening = Happening::sent;
  core::Instant at;
  std::optional<double> score;  // of an answer
  core::Text words;
};
// Told after it was recorded, on a thread of this module, at least once: a listener must bear hearing it twice.
using MailListener = std::function<void(std::span<const MailChange>)>;

struct Mail {
  MailId id;
  std::string unique_key, source, template_key;
  std::int64_t template_version = 0;
  Purpose purpose = Purpose::service;
  core::AccountId account;
  core::ContactId contact;
  State state = State::queued;
  core::Instant ordered_at;
  std::optional<core::Instant> sent_at, opened_at, clicked_at, replied_at, bounced_at, answered_at;
  bool was_unsubscribed = false;
};

struct MailQuery {
  std::optional<std::string> source_prefix;  // "run:123:"
  std::optional<core::AccountId> account;
  std::optional<core::Instant> ordered_from, ordered_until;  // [from, until)
};

// A contact to whom mail may go by the roles asked for.
struct ContactChoice {
  core::ContactId contact;
  std::string name;
  customers::ContactRoles roles = 0;
};

struct Surroundings {
  std::function<core::Instant()> now = core::now;
  std::function<std::string()> timezone = [] { return std::string("Asia/Tokyo"); };  // IANA, of the workspace
  std::function<core::BusinessCalendar()> calendar = [] { return core::BusinessCalendar(); };
  std::function<std::string()> workspace_name = [] { return std::string(); };
  struct Sender {
    std::string name, email;
  };
  std::function<std::optional<Sender>(core::UserId)> sender;
  std::function<core::Day()> book_day;
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  std::shared_ptr<platform::mail::Mailer> mailer;
  std::shared_ptr<platform::mail::Inbox> inbox;  // none: replies are not read
  std::string from_address;                      // of the mails' From
  std::string public_url;  // "https://cs.example.com": where links in mails lead; no slash at the end
  std::string node;        // names this node in leases
  Surroundings surroundings;
};

class Service {
 public:
  // Registers the kinds and the timeline's part.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  virtual void on_mail_changed(MailListener listener) = 0;  // before start()
  // Sends what is due and reads the inbox, in threads.
  virtual void start() = 0;
  virtual void stop() = 0;
  // One round of each on this thread; what the threads do by themselves. Returns how many mails were handed over.
  virtual int send_due() = 0;
  virtual core::Result<> read_inbox() = 0;
  virtual void tell_left_over() = 0;

  virtual core::Result<Ordered> order(const core::Caller& caller, const MailOrder& order) = 0;
  virtual core::Result<Ordered> order_survey(const core::Caller& caller, const SurveyOrder& order) = 0;
  // For modules of the product, not for callers from outside: who may ask for one is theirs to decide.
  virtual core::Result<Ordered> send_notice(const Notice& notice) = 0;
  // Whether a mail server and a public address are set: without, no link reaches anybody.
  virtual bool can_send_links() const = 0;
  virtual std::vector<WaitingSurvey> waiting_surveys(core::AccountId account,
                                                     core::ContactId contact) = 0;  // newest first
  // Whether the order would go out, and why not; writes nothing. For dry runs.
  virtual core::Result<Ordered> would_order(const core::Caller& caller, const MailOrder& order) = 0;
  virtual core::Result<Ordered> would_order_survey(const core::Caller& caller, const SurveyOrder& order) = 0;
  // Those that are not handed over yet, of that source or below it ("run:123:"). Returns how many.
  virtual std::int64_t cancel(const core::Caller& caller, std::string_view source_prefix, const core::Text& why) = 0;
  // Writes them as sent, in the words of today's templates; nothing is sent, nobody is told, and the timelines stay as
  // they are. Keys that are known are left. Returns how many were written. admin.
  virtual core::Result<std::int64_t> record_history(const core::Caller& caller, std::span<const PastMail> mails) = 0;
  virtual std::optional<Mail> find(MailId mail) = 0;
  virtual void each_mail(const MailQuery& query, const std::function<void(const Mail&)>& visit) = 0;

  // People of the account with one of the roles (0: any) and an address, who have not left; best known first.
  virtual std::vector<ContactChoice> recipients(core::AccountId account, customers::ContactRoles roles) = 0;

  // /api/outreach/..., /survey/{token}, /unsubscribe/{token}, /m/...
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::outreach
