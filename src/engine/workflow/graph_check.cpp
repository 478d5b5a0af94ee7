#include "graph_check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace banso::engine::workflow {
namespace {

std::string path_of(const Step& step, std::string_view field) {
  return fmt::format("steps[{}].{}", step.key, field);
}

// What an exit is called in the body.
std::string field_of(const Exit& exit) {
  if (exit.port == "timeout") return "on_timeout";
  if (exit.port.starts_with("case:")) return fmt::format("cases[{}].next", exit.port.substr(5));
  return exit.port;
}

// Whether a run that leaves by this way has spent time, so that a loop through it ends every round with a pause.
bool takes_time(const Step& step, const std::string& port) {
  if (port == "timeout") return step.timeout_days > 0;
  switch (step.kind) {
    case StepKind::wait:
      return step.wait_for == WaitFor::days || step.wait_for == WaitFor::business_days;
    case StepKind::task:
      return step.waits;
    case StepKind::approval:
      return true;
    default:
      return false;
  }
}

void check_keys(const Playbook& playbook, std::vector<core::FieldError>& faults) {
  std::set<std::string> seen;
  for (const auto& step : playbook.steps) {
    if (seen.insert(step.key).second) continue;
    faults.push_back({path_of(step, "key"),
                      {fmt::format("The key \"{}\" is used twice. Choose another.", step.key),
                       fmt::format("キー「{}」が重複しています。別のキーにしてください。", step.key)}});
  }
}

void check_ways(const Playbook& playbook, std::vector<core::FieldError>& faults) {
  for (const auto& step : playbook.steps) {
    for (const auto& exit : exits_of(step)) {
      if (exit.to.empty() || playbook.find(exit.to)) continue;
      faults.push_back(
          {path_of(step, field_of(exit)),
           {fmt::format("There is no step \"{}\".", exit.to), fmt::format("ステップ「{}」はありません。", exit.to)}});
    }
  }
}

void check_reach(const Playbook& playbook, std::vector<core::FieldError>& faults) {
  std::vector<bool> reached(playbook.steps.size());
  std::vector<std::size_t> open{0};
  reached[0] = true;
  while (!open.empty()) {
    const auto at = open.back();
    open.pop_back();
    for (const auto& exit : exits_of(playbook.steps[at])) {
      const auto to = playbook.position(exit.to);
      if (!to || reached[*to]) continue;
      reached[*to] = true;
      open.push_back(*to);
    }
  }
  for (std::size_t i = 0; i < reached.size(); ++i) {
    if (reached[i]) continue;
    faults.push_back({path_of(playbook.steps[i], "key"),
                      {"No way leads here. Connect the step or take it out.",
                       "このステップにはどこからも到達できません。つなぐか、削除してください。"}});
  }
}

// Depth first over the ways that take no time; a step met again on the present way closes a loop.
class LoopSearch {
 public:
  explicit LoopSearch(const Playbook& playbook) : playbook_(playbook), colour_(playbook.steps.size(), white) {}

  std::vector<std::string> find() {
    for (std::size_t i = 0; i < colour_.size(); ++i) {
      if (colour_[i] == white && visit(i)) return loop_;
    }
    return {};
  }

 private:
  enum Colour { white, grey, black };

  bool visit(std::size_t at) {
    colour_[at] = grey;
    way_.push_back(at);
    for (const auto& exit : exits_of(playbook_.steps[at])) {
      const auto to = playbook_.position(exit.to);
      if (!to || takes_time(playbook_.steps[at], exit.port)) continue;
      if (colour_[*to] == grey) {
        for (auto from = std::find(way_.begin(), way_.end(), *to); from != way_.end(); ++from) {
          loop_.push_back(playbook_.steps[*from].key);
        }
        loop_.push_back(playbook_.steps[*to].key);
        return true;
      }
      if (colour_[*to] == white && visit(*to)) return true;
    }
    way_.pop_back();
    colour_[at] = black;
    return false;
  }

  const Playbook& playbook_;
  std::vector<Colour> colour_;
  std::vector<std::size_t> way_;
  std::vector<std::string> loop_;
};

void check_loops(const Playbook& playbook, std::vector<core::FieldError>& faults) {
  const auto loop = LoopSearch(playbook).find();
  if (loop.empty()) return;
  const auto way = fmt::format("{}", fmt::join(loop, " → "));
  const auto* step = playbook.find(loop[loop.size() - 2]);
  faults.push_back(
      {path_of(*step, "next"),
       {fmt::format("The steps lead in a circle without a wait: {}. Put a wait of at least a day into it.", way),
        fmt::format("待機なしでステップが循環しています({})。途中に1日以上の待機を入れてください。", way)}});
}

// How many days a run is sure to spend on a step that it leaves by this way.
int days_on(const Step& step, const std::string& port) {
  if (port == "timeout") return step.timeout_days;
  const bool waits_for_days =
      step.kind == StepKind::wait && (step.wait_for == WaitFor::days || step.wait_for == WaitFor::business_days);
  return waits_for_days ? std::max(step.days, 0) : 0;
}

// Days on the longest way through the steps, as far as they say; no more than a run may last.
class LongestWay {
 public:
  explicit LongestWay(const Playbook& playbook) : playbook_(playbook), days_(playbook.steps.size(), unknown) {}

  int find() { return std::min(from(0), playbook_.longest_days); }

 private:
  static constexpr int unknown = -1, under_way = -2;

  int from(std::size_t at) {
    if (days_[at] == under_way) return playbook_.longest_days;  // a circle
    if (days_[at] != unknown) return days_[at];
    days_[at] = under_way;
    int most = 0;
    for (const auto& exit : exits_of(playbook_.steps[at])) {
      const auto to = playbook_.position(exit.to);
      most = std::max(most, days_on(playbook_.steps[at], exit.port) + (to ? from(*to) : 0));
    }
    return days_[at] = std::min(most, playbook_.longest_days);
  }

  const Playbook& playbook_;
  std::vector<int> days_;
};

// Whoever is held out must be watched for as long as the others have to reach the goal.
void check_watching(const Playbook& playbook, std::vector<core::FieldError>& faults) {
  if (playbook.holdout_percent == 0 || playbook.goal_json.empty()) return;
  const int days = LongestWay(playbook).find();
  if (playbook.holdout_days >= days) return;
  faults.push_back(
      {"holdout_days",
       {fmt::format(
            "A run has up to {} days to reach the goal, but whoever is held out is watched for {} only: the two "
            "could not be compared. Watch them for at least {} days.",
            days, playbook.holdout_days, days),
        fmt::format(
            "実行には目標達成まで最長{}日ありますが、対照群の観察期間は{}日です。公平に比較できるよう、観察期間を{}"
            "日以上にしてください。",
            days, playbook.holdout_days, days)}});
}

}  // namespace

std::vector<core::FieldError> graph_faults(const Playbook& playbook) {
  std::vector<core::FieldError> faults;
  if (playbook.steps.empty()) return faults;
  check_keys(playbook, faults);
  check_ways(playbook, faults);
  check_reach(playbook, faults);
  check_loops(playbook, faults);
  check_watching(playbook, faults);
  return faults;
}

std::vector<std::string> sub_playbook_cycle(const std::string& key, const Playbook& playbook,
                                            const std::function<const Playbook*(const std::string&)>& other) {
  std::vector<std::string> way{key};
  std::set<std::string> seen;
  const std::function<bool(const Playbook&)> visit = [&](const Playbook& from) {
    for (const auto& step : from.steps) {
      if (step.kind != StepKind::playbook) continue;
      way.push_back(step.playbook);
      if (step.playbook == key) return true;
      const auto* next = seen.insert(step.playbook).second ? other(step.playbook) : nullptr;
      if (next && visit(*next)) return true;
      way.pop_back();
    }
    return false;
  };
  return visit(playbook) ? way : std::vector<std::string>{};
}

int sub_playbook_levels(const Playbook& playbook, const std::function<const Playbook*(const std::string&)>& other) {
  std::map<std::pair<std::string, int>, int> known;  // playbooks that many lead to are looked at once
  const std::function<int(const Playbook&, int)> depth = [&](const Playbook& from, int left) {
    int deepest = 0;
    if (left == 0) return deepest;
    for (const auto& step : from.steps) {
      if (step.kind != StepKind::playbook) continue;
      const auto found = known.find({step.playbook, left});
      const auto* next = found == known.end() ? other(step.playbook) : nullptr;
      const int below = found != known.end() ? found->second : next ? depth(*next, left - 1) : 0;
      known[{step.playbook, left}] = below;
      deepest = std::max(deepest, 1 + below);
    }
    return deepest;
  };
  return depth(playbook, most_sub_playbook_levels + 1);
}

core::Result<> as_result(std::vector<core::FieldError> faults) {
  if (faults.empty()) return {};
  core::Error error;
  error.message = {
      fmt::format("The playbook has {} fault(s). First: {}: {}", faults.size(), faults[0].field, faults[0].message.en),
      fmt::format("プレイブックに{}件の誤りがあります。最初の誤りは {} です。{}", faults.size(), faults[0].field,
                  faults[0].message.ja)};
  error.fields = std::move(faults);
  return error;
}

}  // namespace banso::engine::workflow
