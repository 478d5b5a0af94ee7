#include "demo_playbooks.hpp"

#include <map>
#include <set>

#include "core/day_in_words.hpp"
#include "platform/json/json.hpp"

namespace banso::app {
namespace {

namespace json = platform::json;

constexpr std::size_t most_past_runs = 4000;
constexpr std::size_t most_live_rescues = 12;
constexpr int demo_holdout_percent = 20;
constexpr int past_renewals_days = 240, renewal_lead_days = 120, watched_days = 151;
constexpr int far_days = 3650;  // for contracts without an end

const core::Caller& demo() {
  static const auto caller = core::Caller::system("Demo");
  return caller;
}

// With a holdout, so that there is something to compare with.
std::string with_holdout(const std::string& text) {
  auto body = json::parse_object(text).value();
  body["holdout_percent"] = demo_holdout_percent;
  return json::serialize(body);
}

// The mails that the playbooks send: without them no playbook is accepted.
core::Result<> publish_mails(Application& application) {
  definitions::Bodies bodies;
  for (const auto& each : playbooks::starter_playbooks()) {
    for (const auto& [name, text] : each.needs) bodies[name] = text;
  }
  BANSO_TRY(application.definitions->publish_all(demo(), bodies, {"Mails of the demo", "デモのメール"}));
  return {};
}

core::Result<> publish(Application& application) {
  BANSO_TRY(publish_mails(application));
  definitions::Bodies bodies;
  for (const auto& each : playbooks::starter_playbooks()) {
    const definitions::Name name{std::string(playbooks::playbook_kind), each.key};
    const bool is_measured = each.key == "adoption_rescue" || each.key == "renewal_120_90_60";
    // What would start by itself on the first day is left as a draft for whoever tries the demo.
    const bool starts_by_call =
        each.key == "adoption_rescue" || each.key == "champion_change" || each.key == "expansion";
    if (starts_by_call || is_measured) {
      bodies[name] = is_measured ? with_holdout(each.body) : each.body;
    } else {
      BANSO_TRY(application.definitions->put_draft(demo(), name, each.body));
    }
  }
  BANSO_TRY(application.definitions->publish_all(demo(), bodies, {"Playbooks of the demo", "デモのプレイブック"}));
  return {};
}

// Each rescue follows from a call about a risk; where the call ended well, the goal was reached then.
std::vector<playbooks::PastRun> past_rescues(Application& application, std::vector<core::AccountId>& at_risk_now) {
  std::vector<playbooks::PastRun> past;
  work::CallQuery query;
  application.work->each_call(query, [&](const work::Call& call) {
    if (call.kind != work::CallKind::risk) return;
    if (!call.closed_at) {
      if (at_risk_now.size() < most_live_rescues) at_risk_now.push_back(call.account);
      return;
    }
    if (past.size() >= most_past_runs) return;
    playbooks::PastRun run;
    run.playbook = "adoption_rescue";
    run.account = call.account;
    run.call_id = call.id.value;
    run.started_at = call.opened_at;
    run.why = {"The call to action \"" + call.title.en + "\" asks for it.",
               "アクション「" + call.title.ja + "」から開始しました。"};
    if (call.outcome == work::Outcome::success) run.goal_at = call.closed_at;
    run.seed = static_cast<std::uint64_t>(call.opened_at.microseconds) ^ static_cast<std::uint64_t>(call.account.value);
    past.push_back(std::move(run));
  });
  return past;
}

// Until when each account has a contract, as known now.
std::map<core::AccountId, core::Day> covered_until(Application& application) {
  std::map<core::AccountId, core::Day> covered;
  application.revenue->each_subscription(customers::Selection::all(), [&](const revenue::SubscriptionFact& fact) {
    if (fact.known.until != customers::KnownSpan::still) return;
    const auto until = fact.end.value_or(fact.start + far_days);
    const auto [place, is_first] = covered.emplace(fact.account, until);
    if (!is_first) place->second = std::max(place->second, until);
  });
  return covered;
}

// Contracts that fell due in the past months were prepared from 120 days before.
std::vector<playbooks::PastRun> past_renewals(Application& application) {
  std::vector<playbooks::PastRun> past;
  const auto today = application.identity->workspace().book_day();
  const int offset = application.identity->workspace().offset_minutes();
  std::set<std::pair<core::AccountId, core::Day>> seen;
  const auto covered = covered_until(application);
  // Those whose outcome is known in both arms: held-out accounts are watched for a month longer.
  const auto newest = today - (watched_days - renewal_lead_days);
  application.revenue->each_subscription(customers::Selection::all(), [&](const revenue::SubscriptionFact& fact) {
    if (past.size() >= most_past_runs || !fact.end || fact.known.until != customers::KnownSpan::still ||
        *fact.end > newest || *fact.end < today - past_renewals_days)
      return;
    if (!seen.insert({fact.account, *fact.end}).second) return;
    playbooks::PastRun run;
    run.playbook = "renewal_120_90_60";
    run.account = fact.account;
    run.started_at = {core::start_of(*fact.end - renewal_lead_days, offset).microseconds +
                      8 * 3600 * core::microseconds_per_second};
    const auto end = core::day_in_words(*fact.end);
    run.why = {"120 days before the renewal on " + end.en + ".", "更新日(" + end.ja + ")の120日前になりました。"};
    // Only a contract that goes on was renewed: for those who left, the playbook failed.
    if (covered.at(fact.account) > *fact.end) run.goal_at = core::start_of(*fact.end, offset);
    run.seed = static_cast<std::uint64_t>(fact.account.value) + static_cast<std::uint64_t>(fact.end->days);
    past.push_back(std::move(run));
  });
  return past;
}

}  // namespace

core::Result<> add_demo_playbooks(Application& application) {
  BANSO_TRY(application.health->book());
  BANSO_TRY(publish(application));
  std::vector<core::AccountId> at_risk_now;
  auto past = past_rescues(application, at_risk_now);
  for (auto& run : past_renewals(application)) past.push_back(std::move(run));
  BANSO_TRY(application.playbooks->record_history(demo(), past));
  BANSO_TRY(application.playbooks->start_runs(demo(), "adoption_rescue", at_risk_now));
  return {};
}

}  // namespace banso::app
