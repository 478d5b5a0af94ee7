#include "follower.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "evidence.hpp"

namespace banso::signals {
namespace {

namespace firing = engine::signals;

// Transactions stay short: others write to the same database.
constexpr std::size_t changes_per_transaction = 4000;
// Another node may be faster now and then, not always.
constexpr int attempts_to_record = 5;
// Reading where so many accounts stand takes as long as reading where all do.
constexpr std::size_t accounts_read_one_by_one = 10'000;

}  // namespace

void Follower::set_rules(std::vector<LiveRule> rules) {
  const std::lock_guard lock(mutex_);
  const auto recorded = store_.rule_states();
  for (auto& rule : rules) {
    const auto state = recorded.find(rule.key);
    rule.is_new = state == recorded.end() || state->second.condition != rule.fingerprint();
    const auto before =
        std::find_if(rules_.begin(), rules_.end(), [&](const auto& each) { return each.key == rule.key; });
    if (before == rules_.end() || !before->is_loaded) continue;
    rule.standings = std::move(before->standings);
    rule.changes = before->changes;
    rule.is_behind = before->is_behind;
    rule.is_loaded = true;
  }
  for (const auto& [key, state] : recorded) {
    const bool is_there =
        std::any_of(rules.begin(), rules.end(), [&name = key](const auto& rule) { return rule.key == name; });
    if (!is_there) store_.forget(key);
  }
  rules_ = std::move(rules);
  looks_at_all_ = true;
}

void Follower::look(const health::BookViewPtr& book) {
  const std::lock_guard lock(mutex_);
  try {
    const auto changed = previous_ ? book->changed_since(*previous_) : std::nullopt;
    // A book read at start may call itself older than it is.
    const Looked looked{*book, std::max(book->computed_at(), started_at_)};
    const bool is_known = changed && !has_lost_accounts(*book, *changed);
    if (is_known && !looks_at_all_) {
      if (!changed->empty()) look_at(looked, with_outrun(*book, *changed));
    } else {
      outrun_.clear();
      look_at_all(looked);
      looks_at_all_ = false;
    }
    desk_.catch_up(*book);
    previous_ = book;
  } catch (...) {
    previous_.reset();
    for (auto& rule : rules_) rule.is_loaded = false;
    throw;
  }
}

bool Follower::has_lost_accounts(const health::BookView& book, std::span<const std::uint32_t> changed) const {
  const auto is_new = [&](std::uint32_t row) { return !previous_->find(book.id(row)); };
  const auto added = static_cast<std::size_t>(std::count_if(changed.begin(), changed.end(), is_new));
  return previous_->size() + added != book.size();
}

// Accounts that another node was faster with, besides those that changed.
std::vector<std::uint32_t> Follower::with_outrun(const health::BookView& book, std::vector<std::uint32_t> changed) {
  for (const auto account : std::exchange(outrun_, {})) {
    if (const auto row = book.find(account)) changed.push_back(static_cast<std::uint32_t>(*row));
  }
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

void Follower::prepare(LiveRule& rule, const health::BookView& book) {
  rule.compile(book.fields());
  if (rule.is_loaded && !rule.is_behind) return;
  auto recorded = store_.standings(rule.key);
  rule.standings = std::move(recorded.all);
  rule.changes = recorded.changes;
  rule.is_behind = false;
  rule.is_loaded = true;
}

void Follower::notice_others() {
  const auto recorded = store_.changes();
  for (auto& rule : rules_) {
    const auto found = recorded.find(rule.key);
    if (rule.is_loaded && found != recorded.end() && found->second != rule.changes) rule.is_behind = true;
  }
}

void Follower::look_at_all(const Looked& looked) {
  // Another node may have been the first to look at anybody.
  for (const auto& [key, state] : store_.rule_states()) {
    for (auto& rule : rules_) {
      if (rule.key == key && state.condition == rule.fingerprint()) rule.is_new = false;
    }
  }
  notice_others();
  for (auto& rule : rules_) {
    prepare(rule, looked.book);
    if (rule.fault) continue;
    look_at_rule(rule, looked);
    if (rule.is_new) store_.set_evaluated(rule.key, rule.fingerprint(), looked.known_at);
    rule.is_new = false;
  }
}

void Follower::look_at_rule(LiveRule& rule, const Looked& looked) {
  const auto& book = looked.book;
  const auto tested = test(rule, book);
  auto meant = tested.enters;
  meant &= tested.concerned;
  const auto rows = meant.rows();
  Changes changes;
  const auto take = [&](const Standing& before, std::optional<std::size_t> row) {
    const auto sight =
        row ? Sight{row, tested.concerned.test(*row), tested.enters.test(*row), tested.leaves.test(*row)} : Sight{};
    step(rule, looked, before, sight, changes);
  };
  // Both ascend by account: those who are in it, and those who meet it.
  auto next = rows.begin();
  for (const auto& standing : rule.standings) {
    for (; next != rows.end() && book.id(*next) < standing.account; ++next) take({book.id(*next), {}, 0}, *next);
    if (next != rows.end() && book.id(*next) == standing.account) {
      take(standing, *next++);
    } else if (standing.state.is_in) {
      take(standing, book.find(standing.account));
    }
  }
  for (; next != rows.end(); ++next) take({book.id(*next), {}, 0}, *next);
  record(rule, looked, std::move(changes));
}

void Follower::read_again(const health::BookView& book, std::span<const std::uint32_t> rows) {
  notice_others();
  std::vector<core::AccountId> accounts;
  for (auto& rule : rules_) {
    if (!rule.is_loaded || !rule.is_behind) continue;
    if (rows.size() > accounts_read_one_by_one) {
      prepare(rule, book);
      continue;
    }
    if (accounts.empty()) {
      for (const auto row : rows) accounts.push_back(book.id(row));
    }
    rule.put(store_.standings_of(rule.key, accounts));
  }
}

void Follower::look_at(const Looked& looked, std::span<const std::uint32_t> changed) {
  read_again(looked.book, changed);
  for (auto& rule : rules_) {
    if (rule.fault || !rule.is_loaded) continue;
    const auto tested = test(rule, looked.book, changed);
    Changes changes;
    for (std::size_t i = 0; i < changed.size(); ++i) {
      const auto account = looked.book.id(changed[i]);
      const auto* known = rule.find(account);
      if (!tested.enters.test(i) && !(known && known->state.is_in)) continue;  // most accounts are out and stay out
      step(rule, looked, known ? *known : Standing{account, {}, 0},
           {changed[i], tested.concerned.test(i), tested.enters.test(i), tested.leaves.test(i)}, changes);
    }
    record(rule, looked, std::move(changes));
  }
}

void Follower::step(const LiveRule& rule, const Looked& looked, const Standing& before, const Sight& sight,
                    Changes& into) {
  const auto today = looked.book.as_of();
  // Another node, or a clock that was set back: what is known of a later day stands.
  if (before.stay > 0 && before.state.is_in && today < before.state.since) return;
  const auto result =
      firing::step(before.state, {today, sight.concerned, sight.enters, sight.leaves, rule.is_new}, rule.body.timing);
  if (result.state == before.state) return;
  StandingChange change;
  change.day = today;
  change.has_left = result.left;
  change.closes = result.left && rule.body.closes_by_itself;
  change.before = before;
  change.after = {before.account, result.state, before.stay + (result.state.is_in && !before.state.is_in ? 1 : 0)};
  if (result.fires && sight.row) change.firing = firing_of(rule, looked, *sight.row, change.after.stay);
  into.changes.push_back(std::move(change));
  into.sights.push_back(sight);
}

FiringRow Follower::firing_of(const LiveRule& rule, const Looked& looked, std::size_t row, std::int64_t stay) const {
  auto written = write_alert(rule, looked.book, row, previous_.get());
  FiringRow fired;
  fired.id = platform::records::new_id();
  fired.rule = rule.key;
  fired.rule_version = rule.version;
  fired.account = looked.book.id(row);
  fired.stay = stay;
  fired.day = looked.book.as_of();
  fired.at = from_.surroundings.now();
  fired.title = std::move(written.title);
  fired.explanation = std::move(written.explanation);
  fired.evidence_json = platform::json::serialize(written.evidence);
  fired.value_minor = looked.book.arr_minor(row);
  return fired;
}

void Follower::record(LiveRule& rule, const Looked& looked, Changes changes) {
  for (int attempt = 0; attempt < attempts_to_record && !changes.changes.empty(); ++attempt) {
    Changes again;
    for (std::size_t begin = 0; begin < changes.changes.size(); begin += changes_per_transaction) {
      const auto size = std::min(changes_per_transaction, changes.changes.size() - begin);
      auto refused = record_part(rule, looked, std::span(changes.changes).subspan(begin, size),
                                 std::span(changes.sights).subspan(begin, size));
      std::move(refused.changes.begin(), refused.changes.end(), std::back_inserter(again.changes));
      again.sights.insert(again.sights.end(), refused.sights.begin(), refused.sights.end());
    }
    changes = std::move(again);
  }
  for (const auto& change : changes.changes) outrun_.insert(change.after.account);
}

Follower::Changes Follower::record_part(LiveRule& rule, const Looked& looked, std::span<const StandingChange> changes,
                                        std::span<const Sight> sights) {
  const auto recorded = store_.record(rule.key, changes, looked.known_at);
  rule.is_behind = rule.is_behind || recorded.changes != rule.changes + 1;
  rule.changes = recorded.changes;
  desk_.note(recorded.firings,
             std::any_of(changes.begin(), changes.end(), [](const auto& each) { return each.closes; }));
  std::vector<Standing> standings;
  for (const auto& change : changes) standings.push_back(change.after);
  Changes again;
  for (const auto& refused : recorded.refused) {
    standings[refused.change] = refused.recorded;
    if (refused.is_newer) {
      outrun_.insert(refused.recorded.account);
    } else {
      step(rule, looked, refused.recorded, sights[refused.change], again);
    }
  }
  rule.put(standings);
  return again;
}

std::vector<Follower::RuleStatus> Follower::status() const {
  const std::lock_guard lock(mutex_);
  std::vector<RuleStatus> all;
  for (const auto& rule : rules_) {
    const auto is_in = [](const Standing& standing) { return standing.state.is_in; };
    RuleStatus each{rule.key, rule.fault ? std::optional(rule.fault->message) : std::nullopt, std::nullopt};
    if (rule.is_loaded && !rule.is_new)
      each.accounts = std::count_if(rule.standings.begin(), rule.standings.end(), is_in);
    all.push_back(std::move(each));
  }
  return all;
}

}  // namespace banso::signals
