#include "desk.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "platform/log/log.hpp"

namespace banso::signals {
namespace {

namespace noise = engine::signals;

constexpr std::size_t calls_per_batch = 500;
constexpr int default_calls_per_person_week = 15;
// What another node recorded just now it is about to open itself.
constexpr std::int64_t left_over_after_us = 60 * core::microseconds_per_second;
constexpr std::int64_t precisions_for_us = 60 * core::microseconds_per_second;

const core::Text has_left{"The account no longer meets the condition of the signal",
                          "シグナルの条件に当てはまらなくなりました"};

core::Caller signals_caller() {
  return core::Caller::system("Signals");
}

std::string reason_of(const std::string& rule) {
  return "signal:" + rule;
}

noise::AlertSeverity severity_of(work::Severity severity) {
  return static_cast<noise::AlertSeverity>(severity);
}
static_assert(static_cast<int>(work::Severity::critical) == static_cast<int>(noise::AlertSeverity::critical));

}  // namespace

void Desk::set_rules(const std::vector<LiveRule>& rules) {
  const std::lock_guard lock(mutex_);
  bodies_.clear();
  for (const auto& rule : rules) bodies_.emplace(rule.key, rule.body);
}

void Desk::note(std::span<const std::int64_t> firings, bool has_closings) {
  const std::lock_guard lock(mutex_);
  fresh_.insert(fresh_.end(), firings.begin(), firings.end());
  has_closings_ = has_closings_ || has_closings;
}

const RuleBody* Desk::body_of(const std::string& rule) const {
  const auto found = bodies_.find(rule);
  return found == bodies_.end() ? nullptr : &found->second;
}

std::optional<int> Desk::calls_per_person_week() const {
  const auto chosen = store_.calls_per_person_week();
  return chosen ? *chosen : std::optional(default_calls_per_person_week);
}

void Desk::set_calls_per_person_week(std::optional<int> calls) {
  store_.set_calls_per_person_week(calls);
  const std::lock_guard lock(mutex_);
  held_seen_on_.reset();
}

void Desk::forget_precisions() {
  const std::lock_guard lock(mutex_);
  precisions_at_ = {};
}

double Desk::precision_of(const std::string& rule) {
  const std::lock_guard lock(mutex_);
  const auto now = core::now();
  if (now.microseconds - precisions_at_.microseconds > precisions_for_us) {
    precisions_.clear();
    const auto states = store_.rule_states();
    const auto verdicts = store_.verdicts();
    for (const auto& [key, state] : states) {
      const auto found = verdicts.find(key);
      precisions_[key] =
          noise::precision_of(found == verdicts.end() ? noise::Feedback{} : found->second, state.replay_precision);
    }
    precisions_at_ = now;
  }
  const auto found = precisions_.find(rule);
  return found == precisions_.end() ? noise::precision_of({}, std::nullopt) : found->second;
}

void Desk::catch_up(const health::BookView& book) {
  const std::lock_guard one_at_a_time(working_);
  // Closing first: an account that left and came back while nobody worked has a call to be closed under the very reason
  // that the new one is opened for.
  close_due();
  open_due(book.as_of());
  close_due();
  tell();
}

// Whose it is today and what it is worth.
void Desk::assess(std::vector<FiringRow>& firings, core::Day today) {
  std::map<org::AccountRole, std::vector<std::size_t>> by_role;
  for (std::size_t i = 0; i < firings.size(); ++i) {
    const std::lock_guard lock(mutex_);
    const auto* body = body_of(firings[i].rule);
    by_role[body ? body->call.role : org::AccountRole::csm].push_back(i);
  }
  for (const auto& [role, indices] : by_role) {
    std::vector<core::AccountId> accounts;
    for (const auto index : indices) accounts.push_back(firings[index].account);
    const auto people = from_.org->responsible(accounts, role, today);
    for (std::size_t i = 0; i < indices.size(); ++i) firings[indices[i]].person = people[i].user;
  }
  for (auto& firing : firings) {
    const double precision = precision_of(firing.rule);
    const std::lock_guard lock(mutex_);
    const auto* body = body_of(firing.rule);
    firing.expected_value = noise::expected_value(firing.value_minor, precision,
                                                  body ? severity_of(body->severity) : noise::AlertSeverity::medium);
  }
}

void Desk::open_due(core::Day today) {
  std::vector<std::int64_t> fresh;
  bool is_first = false, looks_at_held = false;
  {
    const std::lock_guard lock(mutex_);
    fresh.swap(fresh_);
    is_first = std::exchange(looks_for_left_over_, false);
    looks_at_held = !held_seen_on_ || *held_seen_on_ != today;
    held_seen_on_ = today;
  }
  auto due = store_.firings(fresh);
  std::set<std::int64_t> seen(fresh.begin(), fresh.end());
  const auto now = core::now();
  const core::Instant before{is_first ? now.microseconds + 1 : now.microseconds - left_over_after_us};
  for (auto& firing : store_.in_state(FiringState::pending, before)) {
    if (seen.insert(firing.id).second) due.push_back(std::move(firing));
  }
  if (looks_at_held) {
    for (auto& firing : store_.in_state(FiringState::held, {now.microseconds + 1})) due.push_back(std::move(firing));
  }
  std::erase_if(due, [](const FiringRow& firing) {
    return firing.state != FiringState::pending && firing.state != FiringState::held;
  });
  std::vector<std::int64_t> expired;
  std::erase_if(due, [&](const FiringRow& firing) {
    const std::lock_guard lock(mutex_);
    if (!firing.left && body_of(firing.rule)) return false;
    expired.push_back(firing.id);
    return true;
  });
  if (!expired.empty()) store_.set_expired(expired);
  if (due.empty()) return;

  assess(due, today);
  std::vector<noise::Candidate> candidates;
  for (const auto& firing : due) {
    const std::lock_guard lock(mutex_);
    candidates.push_back({firing.person.value, severity_of(body_of(firing.rule)->severity), firing.expected_value,
                          firing.at.microseconds});
  }
  const auto monday = today - core::weekday(today);
  const auto is_let_through =
      noise::within_budget(candidates, store_.opened_per_person(monday, today), calls_per_person_week());
  std::vector<FiringRow> opened, held;
  for (std::size_t i = 0; i < due.size(); ++i) (is_let_through[i] ? opened : held).push_back(std::move(due[i]));
  for (std::size_t begin = 0; begin < opened.size(); begin += calls_per_batch) {
    open(std::span(opened).subspan(begin, std::min(calls_per_batch, opened.size() - begin)), today);
  }
  std::erase_if(held, [&](const FiringRow& firing) { return firing.state == FiringState::held; });
  if (!held.empty()) store_.set_held(held);
}

work::NewCall Desk::call_of(const FiringRow& firing, const RuleBody& body) const {
  work::NewCall call;
  call.account = firing.account;
  call.kind = body.kind;
  call.severity = body.severity;
  call.reason = reason_of(firing.rule);
  call.unique_key = fmt::format("signal:{}", firing.id);
  call.title = firing.title;
  call.explanation = firing.explanation;
  call.evidence_json = firing.evidence_json;
  call.role = body.call.role;
  call.due_business_days = body.call.due_business_days;
  call.playbook = body.call.playbook;
  call.source = "signal";
  call.source_version = firing.rule_version;
  call.hours_estimate = body.call.hours_estimate;
  return call;
}

void Desk::open(std::span<const FiringRow> firings, core::Day today) {
  std::vector<work::NewCall> calls;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& firing : firings) calls.push_back(call_of(firing, *body_of(firing.rule)));
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> done;
  const auto opened = from_.work->open(signals_caller(), calls);
  if (opened) {
    for (std::size_t i = 0; i < firings.size(); ++i) done.emplace_back(firings[i].id, (*opened)[i].id.value);
  } else {
    // One that does not fit must not keep the others from being opened.
    for (std::size_t i = 0; i < firings.size(); ++i) {
      const auto alone = from_.work->open(signals_caller(), {&calls[i], 1});
      if (alone) {
        done.emplace_back(firings[i].id, alone->front().id.value);
      } else {
        platform::log::warning(fmt::format("the call of the signal {} on account {} is refused: {}", firings[i].rule,
                                           firings[i].account.value, alone.error().message.en));
        store_.set_expired({&firings[i].id, 1});
      }
    }
  }
  store_.set_assessed(firings);
  store_.set_opened(done, today);
  // Another node may have seen an account leave while its call was being opened.
  const std::lock_guard lock(mutex_);
  has_closings_ = true;
}

void Desk::close_due() {
  {
    const std::lock_guard lock(mutex_);
    if (!has_closings_) return;
  }
  const auto due = store_.closing({core::now().microseconds + 1});
  for (std::size_t begin = 0; begin < due.size(); begin += calls_per_batch) {
    const auto part = std::span(due).subspan(begin, std::min(calls_per_batch, due.size() - begin));
    std::vector<std::pair<core::AccountId, std::string>> calls;
    std::vector<std::int64_t> ids;
    for (const auto& each : part) {
      calls.emplace_back(each.account, reason_of(each.rule));
      ids.push_back(each.firing);
    }
    const auto closed = from_.work->close_open(signals_caller(), calls, work::Outcome::withdrawn, has_left);
    if (!closed) {
      platform::log::warning(fmt::format("calls of signals could not be closed: {}", closed.error().message.en));
      return;
    }
    store_.set_closed(ids);
  }
  const std::lock_guard lock(mutex_);
  has_closings_ = false;
}

void Desk::tell() {
  if (listeners_.empty()) return;
  const auto rows = store_.untold({core::now().microseconds + 1});
  if (rows.empty()) return;
  const std::vector<Firing> firings(rows.begin(), rows.end());
  for (const auto& listener : listeners_) {
    try {
      listener(firings);
    } catch (const std::exception& failure) {
      platform::log::error(fmt::format("a listener of the signals failed: {}", failure.what()));
    }
  }
  std::vector<std::int64_t> ids;
  ids.reserve(rows.size());
  for (const auto& row : rows) ids.push_back(row.id);
  store_.set_told(ids);
}

core::Result<std::int64_t> Desk::release(const core::Caller& caller, std::int64_t id) {
  if (!caller.at_least(core::Role::csm)) {
    return core::Error::forbidden({"Only CSMs and above let alerts through.", "この操作にはCSM以上の権限が必要です。"});
  }
  const std::lock_guard one_at_a_time(working_);
  const auto firing = store_.find(id);
  if (!firing) return core::Error::not_found({"There is no such alert.", "指定されたシグナルはありません。"});
  if (firing->state == FiringState::opened) return firing->call;
  {
    const std::lock_guard lock(mutex_);
    if (firing->state != FiringState::held || !body_of(firing->rule)) {
      return core::Error::conflict({"The alert is no longer held back: the account has left the condition.",
                                    "この顧客はすでに条件に当てはまらないため、保留は解除されています。"});
    }
  }
  std::vector<FiringRow> rows{*firing};
  const auto today = from_.surroundings.book_day();
  assess(rows, today);
  open(rows, today);
  const auto after = store_.find(id);
  if (!after || after->call == 0) {
    return core::Error::conflict({"The call could not be opened.", "アクションを起票できませんでした。"});
  }
  return after->call;
}

}  // namespace banso::signals
