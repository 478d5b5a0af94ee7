#include "schedule.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace banso::engine::plans {
namespace {

using Places = std::map<std::string_view, std::size_t>;

Places places_of(const std::vector<Action>& actions) {
  Places places;
  for (std::size_t i = 0; i < actions.size(); ++i) places.emplace(actions[i].key, i);
  return places;
}

// What comes before comes first; of a circle, whatever was found first.
std::vector<std::size_t> in_order(const std::vector<Action>& actions, const Places& places) {
  std::vector<std::size_t> order;
  std::vector<bool> seen(actions.size(), false);
  const std::function<void(std::size_t)> visit = [&](std::size_t index) {
    if (seen[index]) return;
    seen[index] = true;
    for (const auto& before : actions[index].depends_on) {
      if (const auto found = places.find(before); found != places.end()) visit(found->second);
    }
    order.push_back(index);
  };
  for (std::size_t i = 0; i < actions.size(); ++i) visit(i);
  return order;
}

struct Delay {
  std::size_t action;
  int days;
};

std::vector<ActionOutlook> reckon(const std::vector<Action>& actions, core::Day today, std::optional<Delay> delay) {
  const auto places = places_of(actions);
  std::vector<ActionOutlook> outlooks(actions.size());
  for (const auto index : in_order(actions, places)) {
    const auto& action = actions[index];
    auto& outlook = outlooks[index];
    outlook.is_open = !action.done_on;
    if (!outlook.is_open) {
      outlook.expected_start = action.start;
      outlook.expected_due = action.done_on;
      continue;
    }
    std::optional<core::Day> ready;  // everything before it is done
    for (const auto& before : action.depends_on) {
      const auto found = places.find(before);
      if (found == places.end()) continue;
      if (outlooks[found->second].is_open) outlook.waits_for.push_back(before);
      ready = std::max(ready, outlooks[found->second].expected_due);
    }
    const int length_days = action.start && action.due ? *action.due - *action.start : 0;
    if (action.start || ready) outlook.expected_start = std::max(action.start, ready);
    if (action.due) {
      outlook.expected_due = *action.due;
      if (outlook.expected_start) outlook.expected_due = std::max(*action.due, *outlook.expected_start + length_days);
      outlook.expected_due = std::max(*outlook.expected_due, today);
    } else {
      outlook.expected_due = outlook.expected_start;
    }
    if (delay && delay->action == index && outlook.expected_due) {
      outlook.expected_due = *outlook.expected_due + delay->days;
    }
    outlook.is_late = action.due && *action.due < today;
    if (action.due) outlook.slip_days = std::max(0, *outlook.expected_due - *action.due);
  }
  return outlooks;
}

}  // namespace

std::vector<ActionOutlook> outlooks(const Document& document, core::Day today) {
  return reckon(document.actions, today, std::nullopt);
}

std::vector<std::string> moved_by(const Document& document, std::string_view action, int days, core::Day today) {
  const auto places = places_of(document.actions);
  const auto place = places.find(action);
  std::vector<std::string> moved;
  if (place == places.end()) return moved;
  const auto before = reckon(document.actions, today, std::nullopt);
  const auto after = reckon(document.actions, today, Delay{place->second, days});
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (i != place->second && before[i].is_open && before[i].expected_due < after[i].expected_due) {
      moved.push_back(document.actions[i].key);
    }
  }
  return moved;
}

std::optional<std::size_t> next_step(const Document& document) {
  const auto places = places_of(document.actions);
  const auto can_begin = [&](const Action& action) {
    return !action.done_on && std::all_of(action.depends_on.begin(), action.depends_on.end(), [&](const auto& before) {
      const auto found = places.find(before);
      return found == places.end() || document.actions[found->second].done_on;
    });
  };
  std::optional<std::size_t> next;
  const auto is_sooner = [&](const Action& left, const Action& right) {
    if (left.due && right.due) return *left.due < *right.due;
    return left.due.has_value() && !right.due;
  };
  for (std::size_t i = 0; i < document.actions.size(); ++i) {
    if (!can_begin(document.actions[i])) continue;
    if (!next || is_sooner(document.actions[i], document.actions[*next])) next = i;
  }
  return next;
}

std::optional<std::string> circle_in(const std::vector<Action>& actions) {
  const auto places = places_of(actions);
  enum class Mark { unseen, open, done };
  std::vector<Mark> marks(actions.size(), Mark::unseen);
  std::optional<std::string> circle;
  const std::function<void(std::size_t)> visit = [&](std::size_t index) {
    if (circle || marks[index] == Mark::done) return;
    if (marks[index] == Mark::open) {
      circle = actions[index].key;
      return;
    }
    marks[index] = Mark::open;
    for (const auto& before : actions[index].depends_on) {
      if (const auto found = places.find(before); found != places.end()) visit(found->second);
    }
    marks[index] = Mark::done;
  };
  for (std::size_t i = 0; i < actions.size(); ++i) visit(i);
  return circle;
}

}  // namespace banso::engine::plans
