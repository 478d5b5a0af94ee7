#include "make_plans.hpp"

namespace banso::app {

plans::Dependencies plans_dependencies(const Application& application) {
  plans::Dependencies dependencies;
  dependencies.records = application.records;
  dependencies.customers = application.customers;
  dependencies.revenue = application.revenue;
  dependencies.definitions = application.definitions;
  dependencies.health = application.health;
  dependencies.journeys = application.journeys;
  dependencies.org = application.org;
  dependencies.work = application.work;
  auto& around = dependencies.surroundings;
  around.book_day = [identity = application.identity] { return identity->workspace().book_day(); };
  around.reporting_currency = [identity = application.identity] { return identity->workspace().reporting_currency; };
  around.user_name = [users = application.user_directory](core::UserId id) { return users->name_of(id); };
  return dependencies;
}

std::shared_ptr<plans::Service> make_plans(const Application& application) {
  return plans::Service::make(plans_dependencies(application));
}

// Weakly: plans outlive proof by nothing but this.
plans::RecordWin wins_of(const Application& application) {
  return [proof = std::weak_ptr(application.proof)](const core::Caller& caller,
                                                    const plans::AchievedGoal& goal) -> core::Result<> {
    const auto service = proof.lock();
    if (!service) return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
    proof::NewWin win;
    win.unique_key = goal.unique_key;
    win.account = goal.account;
    win.day = goal.day;
    win.kind = proof::WinKind::goal;
    win.title = goal.title;
    win.story = goal.story;
    win.value_minor = goal.value_minor;
    win.people = goal.people;
    win.evidence_json = goal.evidence_json;
    BANSO_TRY(service->record(caller, {&win, 1}));
    return {};
  };
}

void connect_goals_to_wins(const Application& application) {
  application.plans->set_record_win(wins_of(application));
}

}  // namespace banso::app
