// Why a parent's score is what it is: its children in words.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "explanation_words.hpp"

namespace banso::engine {

namespace {

using core::Text;

std::string percent(double share) {
  return fmt::format("{}%", short_number(share * 100));
}

bool is_rolled_up(const ScorecardColumn& column, std::size_t account) {
  return !column.children.empty() && !column.children[account].empty();
}

std::string name_of(core::AccountId account, const AccountNames& names) {
  return names ? names(account) : fmt::format("#{}", account.value);
}

}  // namespace

std::vector<ChildReason> child_reasons(const ScorecardColumn& column, std::size_t account, const AccountNames& names) {
  std::vector<ChildReason> reasons;
  if (!is_rolled_up(column, account)) return reasons;
  for (const auto& child : column.children[account]) {
    ChildReason reason{child, child.share * (child.score.value() - middle_points), {}};
    const Text moved = effect(reason.pull);
    const auto name = name_of(child.account, names);
    const auto score = short_number(child.score.value()), share = percent(child.share);
    reason.sentence = {fmt::format("{} has {} points and {} of the ARR, {}.", name, score, share, moved.en),
                       fmt::format("{}は{}点(ARRの{})で、{}。", name, score, share, moved.ja)};
    reasons.push_back(std::move(reason));
  }
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.pull) > std::abs(b.pull); });
  return reasons;
}

ChildReason children_as_one(const std::vector<ChildReason>& children) {
  ChildReason all;
  double weighted = 0;
  for (const auto& each : children) {
    all.child.share += each.child.share;
    all.child.arr_minor += each.child.arr_minor;
    all.child.contribution += each.child.contribution;
    all.pull += each.pull;
    weighted += each.child.share * each.child.score.value();
  }
  all.child.score = Points::from(weighted / all.child.share);
  const Text moved = effect(all.pull);
  const auto score = short_number(all.child.score.value()), share = percent(all.child.share);
  const bool is_one = children.size() == 1;
  all.sentence = {
      fmt::format("{} child account{} with {} of the ARR {} {} points{}, {}.", children.size(), is_one ? "" : "s",
                  share, is_one ? "has" : "have", score, is_one ? "" : " on average", moved.en),
      fmt::format("配下の{}社(ARRの{})は{}{}点で、{}。", children.size(), share, is_one ? "" : "平均", score,
                  moved.ja)};
  return all;
}

Text roll_up_note(const ScorecardColumn& column, std::size_t account) {
  if (!is_rolled_up(column, account)) return {};
  double own_share = 1;
  for (const auto& child : column.children[account]) own_share -= child.share;
  const auto children = column.children[account].size();
  const auto score = short_number(column.scores[account].value());
  const auto own_score = short_number(column.own_scores[account].value());
  const auto share = percent(std::max(0.0, own_share));
  const bool has_own = column.own_levels[account] != no_level;
  const Text own = has_own ? Text{fmt::format("By its own measures it has {} points ({} of the ARR)", own_score, share),
                                  fmt::format("この顧客自身は{}点(ARRの{})", own_score, share)}
                           : Text{"It has no score of its own", "この顧客自身のスコアはなく"};
  return {fmt::format("The score is that of this account and {} child account{}, weighted by ARR. {}; with its "
                      "children {}.",
                      children, children == 1 ? "" : "s", own.en, score),
          fmt::format("スコアは、この顧客と配下の{}社のスコアをARRで加重平均した値です。{}、配下を含めると{}点です。",
                      children, own.ja, score)};
}

std::vector<ChildChange> child_changes(const ScorecardColumn& then, std::size_t account_then,
                                       const ScorecardColumn& now, std::size_t account_now, const AccountNames& names) {
  std::map<core::AccountId, ChildChange> by_child;
  if (is_rolled_up(then, account_then)) {
    for (const auto& child : then.children[account_then]) {
      auto& change = by_child[child.account];
      change.then = child.score;
      change.change = change.change - child.contribution;
    }
  }
  if (is_rolled_up(now, account_now)) {
    for (const auto& child : now.children[account_now]) {
      auto& change = by_child[child.account];
      change.now = child.score;
      change.change += child.contribution;
    }
  }
  std::vector<ChildChange> changes;
  for (auto& [child, change] : by_child) {
    change.child = child;
    const Text moved = change_effect(change.change);
    const auto name = name_of(child, names);
    if (!change.then) {
      const auto score = short_number(change.now->value());
      change.sentence = {fmt::format("{} now counts with {} points and {}.", name, score, moved.en),
                         fmt::format("{}({}点)が加わり、{}。", name, score, moved.ja)};
    } else if (!change.now) {
      change.sentence = {fmt::format("{} no longer counts, which {}.", name, moved.en),
                         fmt::format("{}が集計から外れ、{}。", name, moved.ja)};
    } else if (*change.then == *change.now) {
      change.sentence = {
          fmt::format("{} stayed at {} points; its share of the ARR {}.", name, short_number(change.now->value()),
                      moved.en),
          fmt::format("{}は{}点のまま、ARRの割合が変わり、{}。", name, short_number(change.now->value()), moved.ja)};
    } else {
      const auto before = short_number(change.then->value()), after = short_number(change.now->value());
      change.sentence = {fmt::format("{} went from {} to {} points and {}.", name, before, after, moved.en),
                         fmt::format("{}が{}点から{}点になり、{}。", name, before, after, moved.ja)};
    }
    changes.push_back(std::move(change));
  }
  std::stable_sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) {
    return std::abs(a.change.ten_thousandths) > std::abs(b.change.ten_thousandths);
  });
  return changes;
}

}  // namespace banso::engine
