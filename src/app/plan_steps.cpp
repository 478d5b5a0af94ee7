#include "make_plans.hpp"

namespace banso::app {
namespace {

using playbooks::MadePlan;

core::Error stopping() {
  return core::Error::unavailable({"The server is stopping.", "サーバーを停止しています。"});
}

core::Result<MadePlan> make_plan(plans::Service& plans, const core::Caller& caller, core::AccountId account,
                                 const std::string& template_key) {
  if (const auto living = plans.living_plan(account)) return MadePlan{living->value, false};
  const auto made = plans.create(caller, {account, template_key, std::nullopt});
  if (made) return MadePlan{made->value, true};
  // Somebody made one in the meantime.
  if (const auto living = plans.living_plan(account)) return MadePlan{living->value, false};
  return made.error();
}

core::Result<std::optional<std::int64_t>> send_plan(plans::Service& plans, const core::Caller& caller,
                                                    core::AccountId account) {
  const auto living = plans.living_plan(account);
  if (!living) return std::optional<std::int64_t>();
  BANSO_TRY(plans.send(caller, *living, {}));
  return std::optional<std::int64_t>(living->value);
}

}  // namespace

// Weakly: plans outlive playbooks by nothing but this.
void connect_plans_to_playbooks(const Application& application) {
  const std::weak_ptr plans = application.plans;
  playbooks::PlanSteps steps;
  steps.make = [plans](const core::Caller& caller, core::AccountId account,
                       const std::string& template_key) -> core::Result<MadePlan> {
    const auto service = plans.lock();
    if (!service) return stopping();
    return make_plan(*service, caller, account, template_key);
  };
  steps.send = [plans](const core::Caller& caller,
                       core::AccountId account) -> core::Result<std::optional<std::int64_t>> {
    const auto service = plans.lock();
    if (!service) return stopping();
    return send_plan(*service, caller, account);
  };
  application.playbooks->set_plans(std::move(steps));
}

}  // namespace banso::app
