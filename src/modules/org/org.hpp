// Org: who looks after whom. Teams in two directions at once (by size of customer, by function), roles on accounts with
// their history, absences and substitutes, engagement models given by rules, assignment with a preview, and handovers.
// The module's only public header.
//
//   book changes ──► engagement model (first rule that holds) and team (of the CSM) of each account ──► managed
//   attributes of customers, written only where they differ ──► conditions, columns, history
//
// The CSM of an account is its owner in customers and nothing else; the other roles are kept here. Days are the
// workspace's; periods are half open: `until` is the first day that no longer counts.
//
// Threading: a Service is shared by all threads; listeners are added before start(). Errors: core::Result; failures of
// the database are exceptions. Roles: everyone signed in reads; csm sets roles on accounts, notes the own absence and
// hands over; leader keeps teams, absences, capacities and assigns.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/caller.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "modules/customers/customers.hpp"
#include "modules/definitions/definitions.hpp"
#include "modules/health/health.hpp"
#include "platform/http/http.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/records/records.hpp"

namespace banso::org {

inline constexpr std::string_view engagement_model_kind = "engagement_model";
inline constexpr std::string_view assignment_rule_kind = "assignment_rule";

// The managed attributes of accounts: key of the engagement model, key of the team. Fields of conditions and columns of
// the book are "attribute.<key>".
inline constexpr std::string_view engagement_model_attribute = "engagement_model";
inline constexpr std::string_view team_attribute = "team";

// ---------------------------------------------------------------------------------------------- teams and roles

enum class AccountRole { csm, onboarding, support, renewal_sales, marketing, product };
inline constexpr std::size_t account_role_count = 6;
std::string_view word_of(AccountRole role);  // "renewal_sales", as in the API
std::optional<AccountRole> account_role_from(std::string_view word);
core::Text name_of(AccountRole role);

enum class Direction { size, function };  // enterprise, SMB, ... ; onboarding, tech-touch, ...

struct Member {
  core::UserId user;
  bool is_lead = false;
};

struct Team {
  std::int64_t id = 0;
  std::string key;  // [a-z0-9_], never changes: the value of the attribute `team`
  core::Text name;
  Direction direction = Direction::size;
  std::int64_t parent = 0;  // a team of the same direction; 0: none
  std::vector<Member> members;
};

// Who answers for a role. Where `user` stands in today, `stands_in_for` is who is away.
struct Responsible {
  core::UserId user;
  core::UserId stands_in_for;
  bool operator==(const Responsible&) const = default;
};

struct Absence {
  std::int64_t id = 0;
  core::UserId user;
  core::Day from_day, until_day;  // until_day: the first day back
  core::UserId substitute;        // none: nobody stands in
  std::string note;
};

// ---------------------------------------------------------------------------------------------- handovers

enum class HandoverState { open, completed, cancelled };

struct NewHandover {
  core::UserId from, to;
  AccountRole role = AccountRole::csm;
  std::vector<core::AccountId> accounts;  // at most 1,000
  std::string note;
  std::optional<core::Day> due_day;
  bool moves_now = false;         // the accounts change hands at once; else when the handover is completed
  std::vector<core::Text> items;  // of the checklist; empty: the usual ones
};

struct Handover {
  std::int64_t id = 0;
  core::UserId from, to;
  AccountRole role = AccountRole::csm;
  HandoverState state = HandoverState::open;
  std::vector<core::AccountId> accounts;
  std::string note;
  std::optional<core::Day> due_day;
};
// Told after the commit when a handover was begun (open), completed or cancelled, at least once; a listener must bear
// hearing the same again.
using HandoverListener = std::function<void(const Handover&)>;

// ---------------------------------------------------------------------------------------------- the service

struct Surroundings {
  std::function<core::Day()> book_day;
  std::function<std::string()> reporting_currency = [] { return std::string("JPY"); };
  std::function<std::optional<std::string>(core::UserId)> user_name;  // nothing: no such user
  std::function<bool(core::UserId)> is_active;                        // absent: all are
  std::function<int()> utc_offset_minutes = [] { return 540; };
  std::function<core::Instant()> now = [] { return core::now(); };
};

struct Dependencies {
  std::shared_ptr<platform::records::Database> records;
  std::shared_ptr<customers::Service> customers;
  std::shared_ptr<definitions::Service> definitions;
  std::shared_ptr<health::Service> health;
  Surroundings surroundings;
};

class Service {
 public:
  // Registers the kinds and listens to releases, to the book and to changes of accounts.
  static std::shared_ptr<Service> make(Dependencies dependencies);
  virtual ~Service() = default;

  // The kind of job "assign"; before jobs.start(). `jobs` must live until stop().
  virtual void register_jobs(platform::jobs::Jobs& jobs) = 0;
  virtual void on_handover(HandoverListener listener) = 0;  // before start()
  virtual void start() = 0;                                 // follows the book in a thread; before health's start()
  virtual void stop() = 0;
  // Brings the managed attributes up to date now, on this thread; what the thread does by itself.
  virtual void refresh() = 0;

  // Who answers for the account in that role on that day. Where nobody has the role, the CSM does; who is away is stood
  // in for (along chains; where a chain leads nowhere or back to itself, whoever is away stays responsible).
  virtual std::optional<Responsible> responsible(core::AccountId, AccountRole, core::Day) = 0;
  // The same for many, in their order, with a handful of statements; no user: nobody.
  virtual std::vector<Responsible> responsible(std::span<const core::AccountId>, AccountRole, core::Day) = 0;
  // Who stands in for the user on that day; the user where nobody does.
  virtual core::UserId stand_in(core::UserId, core::Day) = 0;

  virtual std::vector<Team> teams() = 0;
  // Members of all teams the user is in, the user included; for a lead those of the teams below, too. Ascending.
  virtual std::vector<core::UserId> team_mates(core::UserId) = 0;
  // The keys of the teams that the user is in, those by size first.
  virtual std::vector<std::string> teams_of(core::UserId) = 0;

  // -- changes, for other modules, the demo and the routes
  virtual core::Result<Team> put_team(const core::Caller&, const Team&) = 0;  // id 0: new; with its members
  virtual core::Result<> remove_team(const core::Caller&, std::int64_t id) = 0;
  // No user: nobody has the role any more. `since`: nothing = today; earlier days are for history brought in.
  virtual core::Result<> set_role(const core::Caller&, std::span<const core::AccountId>, AccountRole, core::UserId,
                                  const std::string& why, std::optional<core::Day> since = std::nullopt) = 0;
  virtual core::Result<Absence> put_absence(const core::Caller&, const Absence&) = 0;  // id 0: new
  virtual core::Result<> remove_absence(const core::Caller&, std::int64_t id) = 0;
  // What somebody can carry; nothing: no limit. Effort in points, 100 being one person's full workload.
  virtual core::Result<> set_capacity(const core::Caller&, core::UserId, std::optional<std::int64_t> accounts,
                                      std::optional<std::int64_t> arr_minor, std::optional<double> effort) = 0;
  virtual core::Result<Handover> begin_handover(const core::Caller&, const NewHandover&) = 0;
  virtual core::Result<Handover> complete_handover(const core::Caller&, std::int64_t id) = 0;
  // History brought in: a handover begun and completed then, with its whole checklist done; nobody is told of it. The
  // roles themselves are set with set_role(). Administrators only.
  virtual core::Result<> bring_in_handover(const core::Caller&, const NewHandover&, core::Instant begun,
                                           core::Instant completed) = 0;
  // Leaves starter engagement models, chosen by the data that there is, as drafts. How many.
  virtual core::Result<std::int64_t> propose_engagement_models(const core::Caller&) = 0;

  // /api/teams..., /api/workload..., /api/absences..., /api/engagement-models..., /api/assignments...,
  // /api/handovers..., /api/accounts/{id}/roles...
  virtual platform::http::Routes routes() = 0;
};

std::span<const platform::records::Migration> migrations();

}  // namespace banso::org
