#include "list.hpp"

#include <algorithm>
#include <unordered_set>

namespace banso::plans {
namespace {

namespace json = platform::json;

struct Line {
  PlanFilePtr file;
  PlanView view;
};

bool has_owner(const Scene& scene, core::AccountId account, core::UserId owner) {
  const auto row = scene.book ? scene.book->find(account) : std::nullopt;
  if (!row) return false;
  const auto value = scene.book->value(*row, "owner");
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr && *text == std::to_string(owner.value);
}

bool has_words(const Scene& scene, const PlanFile& file, const std::string& key) {
  if (key.empty()) return true;
  const auto row = scene.book ? scene.book->find(file.row.account) : std::nullopt;
  const auto has = [&](const std::string& text) { return customers::search_key(text).find(key) != std::string::npos; };
  return (row && has(scene.book->name(*row))) || has(file.plan.name.en) || has(file.plan.name.ja);
}

bool has_status(const PlanView& view, document::GoalStatus status) {
  return std::any_of(view.goals.begin(), view.goals.end(),
                     [&](const auto& each) { return !each.goal.closed_on && each.standing.status == status; });
}

bool is_wanted(const Scene& scene, const ListFilter& filter, const Line& line) {
  const auto& view = line.view;
  const bool is_state =
      filter.state == "all" || (filter.state == "living" ? view.is_living() : view.state == filter.state);
  return is_state && (!filter.owner || has_owner(scene, line.file->row.account, filter.owner)) &&
         (!filter.no_next_step || (view.is_living() && !view.next_step)) && (!filter.is_late || view.is_late()) &&
         (!filter.is_unconfirmed || view.waits_for_confirmation) &&
         (!filter.status || has_status(view, *filter.status)) && has_words(scene, *line.file, filter.search_key);
}

// Late ones first, then those without a next step, then by the day of what is next.
void sort(std::vector<Line>& lines) {
  const auto next_day = [](const Line& line) {
    const core::Day last{INT32_MAX};
    if (!line.view.next_step) return last;
    return line.file->plan.actions[*line.view.next_step].due.value_or(last);
  };
  const auto urgency = [&](const Line& line) {
    const bool is_stalled = line.view.is_living() && !line.view.next_step;
    const bool is_closed = !line.view.is_living();
    return std::make_tuple(is_closed, !line.view.is_late(), !is_stalled, next_day(line), line.file->row.id);
  };
  std::sort(lines.begin(), lines.end(),
            [&](const Line& left, const Line& right) { return urgency(left) < urgency(right); });
}

std::int64_t arr_of(const Scene& scene, core::AccountId account) {
  const auto row = scene.book ? scene.book->find(account) : std::nullopt;
  return row ? scene.book->arr_minor(*row) : 0;
}

json::object render_sums(const Scene& scene, const std::vector<Line>& lines, const std::vector<PlanFilePtr>& files,
                         const ListFilter& filter) {
  std::int64_t arr = 0, open = 0, behind = 0, achieved = 0, stalled = 0, late = 0, unconfirmed = 0, value = 0;
  std::unordered_set<core::AccountId> counted;
  for (const auto& [file, view] : lines) {
    if (counted.insert(file->row.account).second) arr += arr_of(scene, file->row.account);
    for (const auto& goal : view.goals) {
      open += goal.is_open();
      behind += goal.is_behind();
      achieved += goal.standing.status == document::GoalStatus::achieved;
    }
    stalled += view.is_living() && !view.next_step;
    late += view.is_late();
    unconfirmed += view.waits_for_confirmation;
    value += view.delivered_minor(scene.today);
  }
  std::unordered_set<core::AccountId> with_plan;
  for (const auto& file : files) {
    if (file->row.is_living()) with_plan.insert(file->row.account);
  }
  std::int64_t without = 0, without_arr = 0;
  for (std::size_t row = 0; scene.book && row < scene.book->size(); ++row) {
    const auto account = scene.book->id(row);
    if (with_plan.contains(account) || (filter.owner && !has_owner(scene, account, filter.owner))) continue;
    ++without;
    without_arr += scene.book->arr_minor(row);
  }
  return {{"plans", lines.size()},
          {"arr", render_money(arr, scene.currency)},
          {"goals_open", open},
          {"goals_behind", behind},
          {"goals_achieved", achieved},
          {"no_next_step", stalled},
          {"late", late},
          {"unconfirmed", unconfirmed},
          {"value", render_money(value, scene.currency)},
          {"without_plan", without},
          {"without_plan_arr", render_money(without_arr, scene.currency)}};
}

}  // namespace

json::object render_list(const Scene& scene, const std::vector<PlanFilePtr>& files, const ListFilter& filter,
                         const core::PageRequest& page) {
  std::vector<Line> lines;
  for (const auto& file : files) {
    Line line{file, look_at(*file, scene.today)};
    if (is_wanted(scene, filter, line)) lines.push_back(std::move(line));
  }
  sort(lines);
  json::array items;
  const auto total = static_cast<std::int64_t>(lines.size());
  for (auto i = page.offset; i < std::min(page.offset + page.limit, total); ++i) {
    const auto& line = lines[static_cast<std::size_t>(i)];
    items.push_back(render_line(scene, *line.file, line.view));
  }
  return {{"as_of", json::from(scene.today)},
          {"items", std::move(items)},
          {"total", total},
          {"sums", render_sums(scene, lines, files, filter)}};
}

}  // namespace banso::plans
