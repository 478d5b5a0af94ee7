#include "demo_renewals.hpp"

#include <algorithm>
#include <array>

#include "simulation/simulation.hpp"

namespace banso::app {
namespace {

using renewals::Category;

constexpr int judged_ahead_days = 200;
constexpr int judged_back_days = 365;
constexpr std::size_t one_in_untouched = 4;  // some renewals nobody has looked at yet
constexpr int days_ago_first = 20, days_ago_second = 3;

// What one person writes about one renewal; the money follows from what is due.
struct Judgement {
  Category category;
  int forecast_percent;  // of the amount due; 0: none given
  core::Text next_step;
  int next_step_in_days;
  const char* reason;
};

const std::array<Judgement, 8>& judgements() {
  static const std::array<Judgement, 8> all{{
      {Category::commit, 100, {"Send the quote", "見積書を送付"}, 5, nullptr},
      {Category::best_case, 110, {"Propose more seats at the review", "定例会で席数追加を提案"}, 9, nullptr},
      {Category::at_risk, 70, {"Meet the new sponsor", "新しい決裁者と面談"}, 4, "lack_of_sponsorship"},
      {Category::commit, 105, {"Confirm the price rise in writing", "値上げの合意を書面で確認"}, 12, nullptr},
      {Category::at_risk, 60, {"Training for the second site", "第2拠点向けの活用研修"}, -2, "lack_of_adoption"},
      {Category::best_case, 0, {"Ask the renewal question", "更新の意向を確認"}, 7, nullptr},
      {Category::lost, 0, {"Exit interview", "解約理由のヒアリング"}, 6, "competitor"},
      {Category::commit, 0, {"", ""}, 0, nullptr},
  }};
  return all;
}

const std::array<const char*, 5> reasons_of_loss{"lack_of_adoption", "loss_of_budget", "competitor",
                                                 "corporate_decision", "product_gaps"};

core::Instant noon_of(core::Day day) {
  return {core::start_of(day).microseconds + 3 * 3'600 * core::microseconds_per_second};  // in Tokyo
}

std::optional<core::Caller> person(Application& application, std::size_t number) {
  const auto& owners = simulation::vendor().owners;
  const auto user = application.identity->find_user_by_email(owners[number % owners.size()].email);
  return user ? std::optional(user->caller()) : std::nullopt;
}

core::Result<> judge(Application& application, const renewals::Due& due, std::size_t number, core::Day today,
                     core::Language language) {
  const auto& judgement = judgements()[number % judgements().size()];
  const auto caller = person(application, number);
  if (!caller) return {};
  // First a category alone; lately the rest, and for some another judgement.
  renewals::Change first;
  first.category = number % 3 == 0 ? Category::best_case : judgement.category;
  BANSO_TRY(application.renewals->change(*caller, {&due.key, 1}, first, "", noon_of(today - days_ago_first)));
  renewals::Change second;
  second.category = judgement.category;
  if (judgement.forecast_percent > 0) second.forecast_minor = due.amount_minor * judgement.forecast_percent / 100;
  if (!judgement.next_step.en.empty()) {
    second.next_step = judgement.next_step.in(language);
    second.next_step_day = today + judgement.next_step_in_days;
  }
  if (judgement.reason) second.reasons = std::vector<std::string>{judgement.reason};
  static const core::Text why{"After the call", "面談を踏まえて"};
  BANSO_TRY(
      application.renewals->change(*caller, {&due.key, 1}, second, why.in(language), noon_of(today - days_ago_second)));
  return {};
}

}  // namespace

core::Result<> add_demo_renewals(Application& application, core::Language language) {
  application.renewals->start();  // its reasons
  const auto today = application.identity->workspace().book_day();
  BANSO_TRY_ASSIGN(const auto all,
                   application.renewals->due_between(today - judged_back_days, today + judged_ahead_days));
  std::size_t number = 0, lost = 0;
  for (const auto& due : all) {
    if (due.outcome == renewals::Outcome::churned || due.outcome == renewals::Outcome::renewed_down) {
      const auto caller = person(application, lost);
      if (!caller || lost % 5 == 4) {  // of some nobody knows why
        ++lost;
        continue;
      }
      renewals::Change change;
      change.outcome = due.outcome;
      change.reasons = std::vector<std::string>{
          due.outcome == renewals::Outcome::churned ? reasons_of_loss[lost % reasons_of_loss.size()] : "fewer_people"};
      ++lost;
      BANSO_TRY(application.renewals->change(*caller, {&due.key, 1}, change, "",
                                             noon_of(std::min(due.key.due + 5, today - 1))));
    } else if (due.outcome == renewals::Outcome::open && ++number % one_in_untouched != 0) {
      BANSO_TRY(judge(application, due, number, today, language));
    }
  }
  return {};
}

}  // namespace banso::app
