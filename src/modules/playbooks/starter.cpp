#include "starter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/day_in_words.hpp"
#include "kind.hpp"

namespace banso::playbooks {
namespace {

using store::Session;
using workflow::StartOn;

constexpr std::size_t enters_per_transaction = 200;

std::int64_t begun(std::span<const StartOutcome> outcomes) {
  return std::count_if(outcomes.begin(), outcomes.end(), [](const auto& outcome) { return outcome.is_new; });
}

}  // namespace

void Starter::membership_changed(std::span<const segments::MembershipChange> changes) {
  for (const auto& [key, playbook] : *context_.library.published()) {
    if (playbook.playbook->start.on != StartOn::segment) continue;
    std::vector<StartRequest> requests;
    for (const auto& change : changes) {
      // Who was in before anybody watched, or because the segment was redrawn, did not change.
      if (!change.has_entered || change.cause != segments::Cause::change) continue;
      if (change.segment != playbook.playbook->start.segment) continue;
      StartRequest request;
      request.account = change.account;
      request.start_key =
          fmt::format("segment:{}:{}:{}:{}", key, change.segment, change.account.value, change.at.microseconds);
      request.started_by = "segment";
      request.why = {fmt::format("The account entered the segment \"{}\". {}", change.segment, change.reason.en),
                     fmt::format("セグメント「{}」に入りました。{}", change.segment, change.reason.ja)};
      requests.push_back(std::move(request));
    }
    if (!requests.empty()) runner_.start(playbook, requests);
  }
}

void Starter::call_opened(std::int64_t call_id, core::AccountId account, const std::string& key,
                          const core::Text& title) {
  auto playbook = context_.library.find(key);
  // A call may come sooner after the publishing than the next look at what is published.
  if (!playbook && context_.library.refresh()) playbook = context_.library.find(key);
  if (!playbook) return;
  StartRequest request;
  request.account = account;
  request.start_key = fmt::format("call:{}", call_id);
  request.started_by = "call";
  request.call_id = call_id;
  request.why = {fmt::format("The call to action \"{}\" asks for it.", title.en),
                 fmt::format("アクション「{}」から開始しました。", title.ja)};
  runner_.start(*playbook, std::span(&request, 1));
}

void Starter::call_closed(std::int64_t call_id, const core::Text& outcome) {
  const auto runs =
      context_.from.records->read([&](Session& session) { return store::live_runs_of_call(session, call_id); });
  // What closed the call by itself may be what the playbook is for: an account that recovered has reached the goal,
  // whoever of the two hears of it first.
  runner_.look_at(runs);
  for (const auto run : runs) {
    runner_.move(run, {workflow::EventKind::stopped,
                       0,
                       "",
                       {fmt::format("The call to action was closed: {}.", outcome.en),
                        fmt::format("アクションが完了しました({})。", outcome.ja)}});
  }
}

std::int64_t Starter::schedules() {
  std::int64_t count = 0;
  const auto conditions = context_.conditions();
  if (!conditions) return 0;
  const auto clock = context_.clock();
  const auto calendar = context_.from.surroundings.calendar();
  const AccountSituation nobody(*conditions, {}, *clock, calendar, context_.now());
  for (const auto& [key, playbook] : *context_.library.published()) {
    const auto& start = playbook.playbook->start;
    if (start.on != StartOn::schedule) continue;
    const auto day = workflow::last_occurrence(start, nobody);
    // What was due before it was published is not made up for.
    if (clock->instant_of(day, start.minute_of_day) < playbook.published_at) continue;
    const auto state = context_.from.records->read(
        [&, &name = key](Session& session) { return store::occurrence(session, name, day); });
    if (state != store::Occurrence::done) count += occur(playbook, day);
  }
  return count;
}

std::int64_t Starter::occur(const Published& playbook, core::Day day) {
  const auto conditions = context_.conditions();
  const auto& start = playbook.playbook->start;
  context_.from.records->write([&](Session& session) { store::set_occurrence(session, playbook.key, day, false); });
  const auto meeting = start.condition_json.empty() ? engine::Selection(conditions->book().size(), true)
                                                    : conditions->of_all(start.condition_json);
  const auto words = core::day_in_words(day);
  std::vector<StartRequest> requests;
  for (const auto row : meeting.rows()) {
    StartRequest request;
    request.account = conditions->book().id(row);
    request.start_key = fmt::format("schedule:{}:{}:{}", playbook.key, core::to_string(day), request.account.value);
    request.started_by = "schedule";
    request.why = {fmt::format("By its schedule, on {}.", words.en),
                   fmt::format("スケジュール({})により開始しました。", words.ja)};
    requests.push_back(std::move(request));
  }
  const auto count = begun(runner_.start(playbook, requests));
  context_.from.records->write([&](Session& session) { store::set_occurrence(session, playbook.key, day, true); });
  return count;
}

std::int64_t Starter::changes(const Conditions& conditions, std::optional<std::span<const std::uint32_t>> changed) {
  std::int64_t count = 0;
  const auto& book = conditions.book();
  for (const auto& [key, playbook] : *context_.library.published()) {
    if (playbook.playbook->start.on != StartOn::change) continue;
    const auto condition = change_condition(playbook.playbook->start);
    const auto known = members_.find(key);
    if (!changed || known == members_.end()) {
      count += compare_all(playbook, condition, conditions);
      continue;
    }
    const auto holds = conditions.of_rows(condition, *changed);
    auto& members = known->second;
    std::vector<core::AccountId> come;
    for (std::size_t i = 0; i < changed->size(); ++i) {
      const auto account = book.id((*changed)[i]);
      const auto place = std::lower_bound(members.begin(), members.end(), account);
      const bool was_in = place != members.end() && *place == account;
      if (holds.test(i) == was_in) continue;
      if (was_in) {
        context_.from.records->write(
            [&, &name = key](Session& session) { store::leave_watch(session, name, account); });
        members.erase(place);
      } else {
        come.push_back(account);
        members.insert(place, account);
      }
    }
    count += enter(playbook, come, conditions);
  }
  return count;
}

// Against what is recorded, so that a change while nobody looked counts as well. At the first look, or where the
// playbook now waits for something else, whoever is so already did not change.
std::int64_t Starter::compare_all(const Published& playbook, const std::string& condition,
                                  const Conditions& conditions) {
  std::vector<core::AccountId> members;
  for (const auto row : conditions.of_all(condition).rows()) members.push_back(conditions.book().id(row));
  const auto [recorded, watched] = context_.from.records->read([&](Session& session) {
    return std::pair(store::watch_members(session, playbook.key), store::watched_condition(session, playbook.key));
  });
  std::int64_t count = 0;
  if (watched != condition) {
    context_.from.records->write([&](Session& session) {
      store::clear_watch(session, playbook.key);
      for (const auto account : members) store::enter_watch(session, playbook.key, account);
      store::set_watched_condition(session, playbook.key, condition);
    });
  } else {
    std::vector<core::AccountId> gone, come;
    std::set_difference(recorded.begin(), recorded.end(), members.begin(), members.end(), std::back_inserter(gone));
    std::set_difference(members.begin(), members.end(), recorded.begin(), recorded.end(), std::back_inserter(come));
    if (!gone.empty()) {
      context_.from.records->write([&](Session& session) {
        for (const auto account : gone) store::leave_watch(session, playbook.key, account);
      });
    }
    count += enter(playbook, come, conditions);
  }
  members_[playbook.key] = std::move(members);
  return count;
}

std::int64_t Starter::enter(const Published& playbook, std::span<const core::AccountId> accounts,
                            const Conditions& conditions) {
  const auto& start = playbook.playbook->start;
  const auto* field = conditions.book().fields().find(start.field);
  const core::Text label = field ? field->label : core::Text{start.field, start.field};
  std::int64_t count = 0;
  for (std::size_t begin = 0; begin < accounts.size(); begin += enters_per_transaction) {
    const auto part = accounts.subspan(begin, std::min(enters_per_transaction, accounts.size() - begin));
    // The membership and the run in one transaction: of two nodes that see the change, one begins the run.
    const auto runs = context_.from.records->write([&](Session& session) {
      std::vector<RunId> made;
      for (const auto account : part) {
        if (!store::enter_watch(session, playbook.key, account)) continue;
        StartRequest request;
        request.account = account;
        request.start_key = fmt::format("change:{}:{}:{}", playbook.key, account.value, platform::records::new_id());
        request.started_by = "change";
        request.why = {fmt::format("{} became {}.", label.en, start.to),
                       fmt::format("{}が「{}」になりました。", label.ja, start.to)};
        const auto outcome = runner_.start_in(session, playbook, request, conditions);
        if (outcome.is_new) made.push_back(outcome.run);
      }
      return made;
    });
    context_.tell(runs);
    count += static_cast<std::int64_t>(runs.size());
  }
  if (count > 0) context_.wake_effects();
  return count;
}

}  // namespace banso::playbooks
