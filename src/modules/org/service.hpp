// The service behind the face: checks what callers may do, and runs the thread that follows the book. Internal.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "assignments.hpp"
#include "attribute_keeper.hpp"
#include "handovers.hpp"
#include "plan.hpp"
#include "substitution.hpp"

namespace banso::org {

struct PersonLoad {
  core::UserId user;
  std::vector<std::string> teams;
  Load load;
  Limits limits;
  std::optional<Absence> absence;  // today
  struct Part {
    std::string model;  // key; empty: none
    std::int64_t accounts = 0;
    double effort = 0;
  };
  std::vector<Part> by_model;
  std::vector<core::UserId> answers_for;
};
struct Workload {
  health::BookViewPtr book;
  std::vector<EngagementModel> models;
  std::vector<PersonLoad> people;  // members of teams, owners of accounts, and who has a capacity
  Load unassigned;
};

struct RoleLine {
  AccountRole role = AccountRole::csm;
  core::UserId user;  // none: nobody
  std::optional<core::Day> since;
  core::UserId stood_in_by;
};
struct AccountPeople {
  std::vector<RoleLine> roles;
  std::vector<RoleSpell> history;  // ended ones and present ones, newest first
  std::string team, model;         // keys
};

class OrgService final : public Service, public std::enable_shared_from_this<OrgService> {
 public:
  explicit OrgService(Dependencies dependencies);
  ~OrgService() override { stop(); }
  void listen();

  void register_jobs(platform::jobs::Jobs& jobs) override;
  void on_handover(HandoverListener listener) override { handover_listeners_.push_back(std::move(listener)); }
  void start() override;
  void stop() override;
  void refresh() override;

  std::optional<Responsible> responsible(core::AccountId, AccountRole, core::Day) override;
  std::vector<Responsible> responsible(std::span<const core::AccountId>, AccountRole, core::Day) override;
  core::UserId stand_in(core::UserId, core::Day) override;
  std::vector<Team> teams() override { return store.teams(); }
  std::vector<core::UserId> team_mates(core::UserId) override;
  std::vector<std::string> teams_of(core::UserId) override;

  core::Result<Team> put_team(const core::Caller&, const Team&) override;
  core::Result<> remove_team(const core::Caller&, std::int64_t id) override;
  core::Result<> set_role(const core::Caller&, std::span<const core::AccountId>, AccountRole, core::UserId,
                          const std::string& why, std::optional<core::Day> since) override;
  core::Result<Absence> put_absence(const core::Caller&, const Absence&) override;
  core::Result<> remove_absence(const core::Caller&, std::int64_t id) override;
  core::Result<> set_capacity(const core::Caller&, core::UserId, std::optional<std::int64_t> accounts,
                              std::optional<std::int64_t> arr_minor, std::optional<double> effort) override;
  core::Result<Handover> begin_handover(const core::Caller&, const NewHandover&) override;
  core::Result<Handover> complete_handover(const core::Caller&, std::int64_t id) override;
  core::Result<> bring_in_handover(const core::Caller&, const NewHandover&, core::Instant begun,
                                   core::Instant completed) override;
  core::Result<std::int64_t> propose_engagement_models(const core::Caller&) override;
  platform::http::Routes routes() override;

  // -- what the routes show beyond the face
  core::Result<> cancel_handover(const core::Caller&, std::int64_t id);
  core::Result<Workload> workload();
  core::Result<AccountPeople> people_of(core::AccountId);
  core::Result<Plan> plan(const AssignmentRule& rule);
  core::Result<AssignmentRule> rule_of(const std::optional<std::string>& key, const std::optional<std::string>& body);
  core::Result<Assignment> start_assignment(const core::Caller&, const AssignmentRule&, const std::string& basis,
                                            const std::string& why);
  std::vector<EngagementModel> published_models();
  KindContext kind_context();
  bool is_user(core::UserId user) const;
  bool is_active(core::UserId user) const;
  std::string name_of_user(core::UserId user) const;

  const Dependencies from;
  Store store;
  Assignments assignments;
  Handovers handovers;

 private:
  void follow();
  void wake();
  void tell_handovers();
  core::Result<> move_accounts(const core::Caller&, const HandoverDetails&);
  core::Result<std::string> run_assignment(platform::jobs::Progress& progress);

  AttributeKeeper keeper_;
  std::vector<HandoverListener> handover_listeners_;
  platform::jobs::Jobs* jobs_ = nullptr;

  std::mutex mutex_;  // what follows
  std::condition_variable awake_;
  bool has_news_ = true;
  bool is_stopping_ = false;
  std::thread thread_;
};

// What the routes of the other files are made of.
platform::http::Routes team_routes(const std::shared_ptr<OrgService>& service);
platform::http::Routes engagement_routes(const std::shared_ptr<OrgService>& service);
platform::http::Routes assignment_routes(const std::shared_ptr<OrgService>& service);
platform::http::Routes handover_routes(const std::shared_ptr<OrgService>& service);

}  // namespace banso::org
