#include "plan.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banso::org {
namespace {

void add(Load& to, const Load& more, int sign) {
  to.accounts += sign * more.accounts;
  to.arr_minor += sign * more.arr_minor;
  to.effort += sign * more.effort;
}

// FNV-1a: a name for a plan, not a defence.
class Fingerprint {
 public:
  void add(std::int64_t number) {
    for (int byte = 0; byte < 8; ++byte) {
      hash_ ^= static_cast<std::uint64_t>(number >> (8 * byte)) & 0xff;
      hash_ *= 1099511628211ULL;
    }
  }
  std::string text() const { return fmt::format("{:016x}", hash_); }

 private:
  std::uint64_t hash_ = 14695981039346656037ULL;
};

class Planner {
 public:
  explicit Planner(const PlanInput& input) : input_(input) { plan_.rule = input.rule; }

  core::Result<Plan> make() {
    auto condition = engine::compile_condition(input_.rule.condition_json, input_.book.fields());
    if (!condition) return core::Error(std::move(condition).error());
    choose_candidates();
    collect_accounts(input_.book.run(*condition));
    auto loads = loads_of(input_.book, input_.holders, input_.weights);
    auto allocation = allocate(candidates_with(loads), accounts_, input_.rule.method, input_.last_served);
    plan_.unplaced = static_cast<std::int64_t>(allocation.unplaced.size());
    plan_.moves = std::move(allocation.moves);
    plan_.last = allocation.last;
    tell_people(loads);
    name_plan();
    return std::move(plan_);
  }

 private:
  void choose_candidates() {
    std::vector<core::UserId> wished = input_.rule.users;
    for (const auto& key : input_.rule.teams) {
      const auto team =
          std::find_if(input_.teams.begin(), input_.teams.end(), [&](const Team& each) { return each.key == key; });
      if (team == input_.teams.end()) continue;
      std::vector<core::UserId> members;
      for (const auto& member : team->members) members.push_back(member.user);
      std::sort(members.begin(), members.end());
      wished.insert(wished.end(), members.begin(), members.end());
    }
    for (const auto user : wished) {
      if (std::find(candidates_.begin(), candidates_.end(), user) != candidates_.end() || is_left_out(user)) continue;
      if (!input_.is_active(user)) {
        plan_.left_out.push_back({user, {"The user is disabled.", "無効なユーザーです。"}});
      } else if (input_.is_away(user)) {
        plan_.left_out.push_back({user, {"Away today.", "本日は不在です。"}});
      } else {
        candidates_.push_back(user);
      }
    }
  }

  bool is_left_out(core::UserId user) const {
    return std::any_of(plan_.left_out.begin(), plan_.left_out.end(),
                       [&](const LeftOut& each) { return each.user == user; });
  }

  void collect_accounts(const engine::Selection& matched) {
    for (const auto row : matched.rows()) {
      const auto account = input_.book.id(row);
      const auto held = input_.holders.find(account);
      const auto holder = held == input_.holders.end() ? core::UserId{} : held->second;
      if (!is_concerned(holder)) continue;
      const auto load = load_of_row(input_.book, row, input_.weights);
      accounts_.push_back({account, load.arr_minor, load.effort, holder});
    }
    plan_.matched = static_cast<std::int64_t>(accounts_.size());
  }

  bool is_concerned(core::UserId holder) const {
    switch (input_.rule.applies_to) {
      case AppliesTo::unassigned:
        return !holder;
      case AppliesTo::outside:
        // Who is only away today keeps what they have.
        return std::find(candidates_.begin(), candidates_.end(), holder) == candidates_.end() && !is_left_out(holder);
      case AppliesTo::all:
        return true;
    }
    return false;
  }

  Limits limits_of(core::UserId user) const {
    const auto own = input_.capacities.find(user);
    return own == input_.capacities.end() ? input_.rule.limits : Limits::tighter(own->second, input_.rule.limits);
  }

  std::vector<Candidate> candidates_with(const std::unordered_map<core::UserId, Load>& loads) const {
    std::vector<Candidate> candidates;
    for (const auto user : candidates_) {
      const auto load = loads.find(user);
      candidates.push_back({user, load == loads.end() ? Load{} : load->second, limits_of(user)});
    }
    for (const auto& item : accounts_) {
      for (auto& candidate : candidates) {
        if (candidate.user == item.holder) add(candidate.load, {1, item.arr_minor, item.effort}, -1);
      }
    }
    return candidates;
  }

  void tell_people(const std::unordered_map<core::UserId, Load>& loads) {
    std::map<core::UserId, PersonPlan> people;
    const auto person = [&](core::UserId user) -> PersonPlan& {
      const auto [place, is_new] = people.try_emplace(user);
      if (is_new) {
        const auto load = loads.find(user);
        place->second = {user, limits_of(user), load == loads.end() ? Load{} : load->second, {}, 0, 0};
        place->second.after = place->second.before;
      }
      return place->second;
    };
    for (const auto user : candidates_) person(user);
    std::unordered_map<core::AccountId, const Placeable*> items;
    for (const auto& item : accounts_) items.emplace(item.account, &item);
    for (const auto& move : plan_.moves) {
      const auto& item = *items.at(move.account);
      const Load load{1, item.arr_minor, item.effort};
      auto& taker = person(move.to);
      ++taker.gets;
      add(taker.after, load, 1);
      if (!move.from) continue;
      auto& giver = person(move.from);
      ++giver.gives;
      add(giver.after, load, -1);
    }
    for (const auto user : candidates_) {
      plan_.people.push_back(people.at(user));
      people.erase(user);
    }
    for (const auto& [user, plan] : people) plan_.people.push_back(plan);
  }

  void name_plan() {
    Fingerprint fingerprint;
    fingerprint.add(static_cast<std::int64_t>(plan_.rule.role));
    for (const auto& move : plan_.moves) {
      fingerprint.add(move.account.value);
      fingerprint.add(move.from.value);
      fingerprint.add(move.to.value);
    }
    plan_.basis = fingerprint.text();
  }

  const PlanInput& input_;
  std::vector<core::UserId> candidates_;
  std::vector<Placeable> accounts_;
  Plan plan_;
};

}  // namespace

Holders holders_now(customers::Service& customers, Store& store, AccountRole role) {
  if (role != AccountRole::csm) return store.all_holders(role);
  const auto owners = customers.owners(customers::Selection::all());
  return {owners.begin(), owners.end()};
}

Load load_of_row(const health::BookView& book, std::size_t row, const EffortWeights& weights) {
  return {1, book.arr_minor(row), weights.of(text_value(book, row, engagement_model_attribute))};
}

std::unordered_map<core::UserId, Load> loads_of(const health::BookView& book, const Holders& holders,
                                                const EffortWeights& weights) {
  std::unordered_map<core::UserId, Load> loads;
  for (std::size_t row = 0; row < book.size(); ++row) {
    const auto holder = holders.find(book.id(row));
    if (holder != holders.end()) add(loads[holder->second], load_of_row(book, row, weights), 1);
  }
  return loads;
}

core::Result<Plan> make_plan(const PlanInput& input) {
  return Planner(input).make();
}

}  // namespace banso::org
