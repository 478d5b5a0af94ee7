// The first passes over all accounts: what evaluations of chunks need to know of the whole book.
#include "whole_book.hpp"

#include <algorithm>
#include <set>

#include "evaluate.hpp"
#include "plan.hpp"

namespace banso::engine {

namespace {

constexpr int months_per_year = 12;

// Measures among peers as they are before they are ranked, with what they are made of; no scorecards.
Definitions underlying_definitions(const Definitions& definitions) {
  Definitions underlying;
  underlying.version = definitions.version;
  std::set<std::string> taken;
  const auto take = [&](auto&& self, const MeasureDefinition& measure) -> void {
    if (!taken.insert(measure.key).second) return;
    underlying.measures.push_back(measure);
    underlying.measures.back().percentile_among.clear();
    for (const auto& key : operands_of(measure)) self(self, definitions.measures[*definitions.measure_index(key)]);
  };
  for (const auto& measure : definitions.measures) {
    if (measure.is_percentile()) take(take, measure);
  }
  return underlying;
}

std::int64_t arr_on(const Book& book, std::size_t account, Day day) {
  std::int64_t mrr_minor = 0;
  for (const auto& row : book.subscriptions().of(account)) {
    if (row.start > day) break;
    if (row.known.at(day) && row.active_on(day)) mrr_minor += row.mrr_minor;
  }
  return mrr_minor * months_per_year;
}

std::span<const FamilyLink> links_of(std::span<const FamilyLink> links, core::AccountId child) {
  const auto [first, last] = std::equal_range(links.begin(), links.end(), FamilyLink{child, {}, {}},
                                              [](const auto& a, const auto& b) { return a.child < b.child; });
  return {first, last};
}

}  // namespace

PeerDistributions collect_peers(const Book& book, const Definitions& definitions, std::span<const Day> days,
                                const ParallelFor& parallel_for) {
  PeerDistributions peers(days);
  const auto underlying = underlying_definitions(definitions);
  const auto history = evaluate_history(book, underlying, days, parallel_for);
  const Plan plan = make_plan(book, definitions);
  for (const auto& measure : plan.measures) {
    if (!measure.definition->is_percentile() || measure.gives_code) continue;
    const auto index = *underlying.measure_index(measure.definition->key);
    const bool is_among_all = measure.definition->percentile_among == among_book;
    for (std::size_t day = 0; day < days.size(); ++day) {
      const auto& column = history[day].measures[index];
      for (std::size_t account = 0; account < book.size(); ++account) {
        if (!is_number(column.states[account])) continue;
        const auto group = is_among_all ? PeerDistributions::whole_book : peer_group(measure, account, days[day]);
        if (group) peers.add(measure.definition->key, *group, day, column.values[account]);
      }
    }
  }
  return peers;
}

FamilyScores collect_families(const Book& book, std::span<const Assessments> own, std::span<const FamilyLink> links) {
  std::vector<core::AccountId> parents;
  for (const auto& link : links) parents.push_back(link.parent);
  std::sort(parents.begin(), parents.end());
  std::vector<Day> days;
  for (const auto& day : own) days.push_back(day.as_of);
  FamilyScores families(days);
  for (std::size_t account = 0; account < book.size(); ++account) {
    const auto id = book.account_ids()[account];
    const auto upwards = links_of(links, id);
    if (upwards.empty() && !std::binary_search(parents.begin(), parents.end(), id)) continue;
    for (std::size_t day = 0; day < days.size(); ++day) {
      if (book.known_from()[account] > days[day]) continue;
      FamilyMember member{id, {}, arr_on(book, account, days[day])};
      for (const auto& link : upwards) {
        if (link.known.at(days[day])) member.parent = link.parent;
      }
      if (const auto scorecard = own[day].own_scorecards[account]; scorecard != no_scorecard) {
        const auto& column = own[day].scorecards[static_cast<std::size_t>(scorecard)];
        const bool rolls_up = !column.own_scores.empty();
        member.score = (rolls_up ? column.own_scores : column.scores)[account];
        member.has_score = (rolls_up ? column.own_levels : column.machine_levels)[account] != no_level;
      }
      families.at(day).add(member);
    }
  }
  return families;
}

}  // namespace banso::engine
