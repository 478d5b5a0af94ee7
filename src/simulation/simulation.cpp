#include "simulation.hpp"

#include "attendance.hpp"
#include "course.hpp"
#include "interactions.hpp"
#include "people.hpp"
#include "surveys.hpp"
#include "tickets.hpp"
#include "usage.hpp"

namespace banso::simulation {
namespace {

using core::Result;

const char* size_band(int employees) {
  return employees < 10     ? "1-9"
         : employees < 50   ? "10-49"
         : employees < 250  ? "50-249"
         : employees < 1000 ? "250-999"
                            : "1000+";
}

Account make_account(const Profile& profile, const Course& course) {
  Account account{};
  account.external_id = profile.external_id;
  account.name = profile.company.name;
  account.reading = profile.company.reading;
  account.domain = profile.company.domain;
  if (profile.parent_index) account.parent_external_id = account_external_id(*profile.parent_index);
  account.phases = course.phases;
  account.industry = profile.company.industry;
  account.employee_count = profile.employee_count;
  account.size_band = size_band(profile.employee_count);
  account.country = profile.country;
  account.region = profile.region;
  account.language = profile.language;
  account.utc_offset_minutes = profile.utc_offset_minutes;
  account.plan = course.plan;
  account.owner = profile.owner;
  account.customer_since = profile.start;
  account.contract_channel = profile.contract_channel;
  account.security_review_done = profile.security_review_done;
  account.went_live_on = course.went_live_on;
  account.site_count = profile.site_count;
  return account;
}

Truth make_truth(const Options& options, const Profile& profile, const Course& course) {
  Truth truth{profile.archetype, profile.fit, profile.turning_day, {}, course.cancelled_on.has_value()};
  for (const RenewalDecision& decision : course.decisions) {
    if (decision.decided_on >= first_day_of(options)) truth.decisions.push_back(decision);
  }
  return truth;
}

}  // namespace

Result<Simulation> Simulation::create(const Options& options) {
  if (options.account_count < 1 || options.account_count > 1'000'000) {
    return core::Error::invalid_field("accounts", {"The number of accounts must lie between 1 and 1,000,000.",
                                                   "顧客数は1以上1,000,000以下で指定してください。"});
  }
  if (options.month_count < 3 || options.month_count > 120) {
    return core::Error::invalid_field(
        "months", {"The number of months must lie between 3 and 120.", "月数は3以上120以下で指定してください。"});
  }
  if (options.until < core::day_from(1995, 1, 1) || options.until > core::day_from(2099, 12, 31)) {
    return core::Error::invalid_field("until", {"The last day must lie between 1995-01-01 and 2099-12-31.",
                                                "終了日は1995-01-01から2099-12-31の間で指定してください。"});
  }
  return Simulation(options);
}

core::Day Simulation::first_day() const {
  return first_day_of(options_);
}

AccountHistory Simulation::account(int index) const {
  const Profile profile = make_profile(options_, index);
  const Course course = run_course(options_, profile);
  People people = make_people(options_, profile, course);
  AccountHistory history{};
  history.account = make_account(profile, course);
  history.usage = make_usage(options_, profile, course, people);
  history.tickets = make_tickets(options_, profile, course, people);
  history.interactions = make_interactions(options_, profile, course, people);
  history.survey_answers = make_survey_answers(options_, profile, course, people);
  history.attendances = make_attendances(options_, profile, course, people);
  history.subscriptions = course.subscriptions;
  history.persons = std::move(people.persons);
  history.contacts = std::move(people.contacts);
  history.truth = make_truth(options_, profile, course);
  return history;
}

}  // namespace banso::simulation
