#include "watcher.hpp"

#include <algorithm>
#include <map>

namespace banso::playbooks {
namespace {

using store::LiveRun;
using store::Session;

// Above this, reading all live runs is cheaper than asking for each account's.
constexpr std::size_t most_asked_one_by_one = 500;

struct Group {
  std::vector<RunId> runs;
  std::vector<std::uint32_t> rows;
};

void add_holding(const std::string& condition, const Group& group, const Conditions& conditions,
                 std::vector<RunId>& found) {
  if (condition.empty() || group.rows.empty()) return;
  const auto holds = conditions.of_rows(condition, group.rows);
  for (std::size_t i = 0; i < group.runs.size(); ++i) {
    if (holds.test(i)) found.push_back(group.runs[i]);
  }
}

}  // namespace

std::vector<RunId> Watcher::test(std::span<const LiveRun> runs, const Conditions& conditions) {
  using Version = std::pair<std::string, std::int64_t>;
  std::map<Version, Group> by_version;
  std::map<std::pair<Version, std::string>, Group> by_step;  // those that wait for a condition
  for (const auto& run : runs) {
    const auto row = conditions.book().find(run.account);
    if (!row) continue;
    const auto add = [&](Group& group) {
      group.runs.push_back(run.id);
      group.rows.push_back(static_cast<std::uint32_t>(*row));
    };
    add(by_version[{run.playbook, run.version}]);
    if (run.waits_for_condition) add(by_step[{{run.playbook, run.version}, run.step}]);
  }
  std::vector<RunId> found;
  for (const auto& [version, group] : by_version) {
    const auto playbook = context_.library.version(version.first, version.second);
    if (!playbook) continue;
    add_holding(playbook->goal_json, group, conditions, found);
    add_holding(playbook->exit_json, group, conditions, found);
  }
  for (const auto& [place, group] : by_step) {
    const auto playbook = context_.library.version(place.first.first, place.first.second);
    const auto* step = playbook ? playbook->find(place.second) : nullptr;
    if (step) add_holding(step->condition_json, group, conditions, found);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<RunId> Watcher::find_all(const Conditions& conditions) {
  std::vector<LiveRun> runs;
  context_.from.records->read(
      [&](Session& session) { store::each_live_run(session, [&](const LiveRun& run) { runs.push_back(run); }); });
  return test(runs, conditions);
}

std::int64_t Watcher::look() {
  const auto conditions = context_.conditions();
  if (!conditions) return 0;
  const auto book = context_.from.health->evaluated_book();
  if (previous_ == book) return 0;
  try {
    const auto changed = previous_ && book ? book->changed_since(*previous_) : std::nullopt;
    std::int64_t count = 0;
    if (changed && changed->size() <= most_asked_one_by_one) {
      std::vector<core::AccountId> accounts;
      for (const auto row : *changed) accounts.push_back(book->id(row));
      const auto runs =
          context_.from.records->read([&](Session& session) { return store::live_runs_of(session, accounts); });
      count += runner_.look_at(test(runs, *conditions));
    } else {
      count += runner_.look_at(find_all(*conditions));
    }
    const bool same_book = &conditions->book() == book.get();
    count += starter_.changes(
        *conditions, changed && same_book ? std::optional<std::span<const std::uint32_t>>(*changed) : std::nullopt);
    previous_ = same_book ? book : nullptr;  // the book moved on meanwhile: the next look compares everything
    return count;
  } catch (...) {
    previous_.reset();
    throw;
  }
}

}  // namespace banso::playbooks
