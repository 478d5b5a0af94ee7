#include "book_map.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "render.hpp"

namespace banso::journeys {
namespace {

namespace journey_engine = engine::journeys;
namespace json = platform::json;

constexpr int feelings_days = 180;

struct StageTotal {
  std::int64_t accounts = 0, arr_minor = 0, stuck = 0, stuck_arr_minor = 0, regressing = 0;
  std::array<std::int64_t, 3> by_basis{};
  std::vector<int> days;

  void add(const Position& position, std::int64_t account_arr_minor) {
    ++accounts;
    arr_minor += account_arr_minor;
    if (position.pace.is_stuck()) {
      ++stuck;
      stuck_arr_minor += account_arr_minor;
    }
    if (position.standing.is_regressing) ++regressing;
    ++by_basis[static_cast<std::size_t>(position.standing.basis)];
    days.push_back(position.pace.days_in_stage);
  }
};

json::value median(std::vector<int> days) {
  if (days.empty()) return nullptr;
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
  std::nth_element(days.begin(), middle, days.end());
  return *middle;
}

json::object render_total(const StageTotal& total, const std::string& currency) {
  return {{"accounts", total.accounts},
          {"arr", render_money(total.arr_minor, currency)},
          {"stuck", total.stuck},
          {"stuck_arr", render_money(total.stuck_arr_minor, currency)},
          {"regressing", total.regressing},
          {"assumed", total.by_basis[0]},
          {"proven", total.by_basis[1]},
          {"confirmed", total.by_basis[2]},
          {"median_days", median(total.days)}};
}

json::object render_feelings(const std::vector<Feeling>& feelings, const std::string& stage) {
  std::int64_t count = 0, sum = 0;
  for (const auto& feeling : feelings) {
    if (feeling.stage != stage) continue;
    ++count;
    sum += feeling.feeling;
  }
  return {{"count", count},
          {"average", count > 0 ? json::value(static_cast<double>(sum) / static_cast<double>(count)) : nullptr}};
}

}  // namespace

json::array render_book_map(const health::BookView& book, Follower& follower, Store& store) {
  const auto set = follower.journeys();
  json::array journeys;
  if (!set) return journeys;
  std::map<std::string, std::vector<StageTotal>> totals;
  for (const auto& journey : set->journeys) totals[journey.key].resize(journey.map.stages.size() + 1);
  follower.each_position(
      [&](core::AccountId account, const Position& position) {
        const auto row = book.find(account);
        if (row) totals[position.journey->key][position.standing.current].add(position, book.arr_minor(*row));
      },
      book.as_of());
  for (const auto& journey : set->journeys) {
    const auto feelings = store.feelings_of(journey.key, book.as_of() - feelings_days);
    auto rendered = render_map(journey);
    StageTotal whole;
    auto& stages = rendered["stages"].as_array();
    const auto& of_stages = totals[journey.key];
    for (std::size_t stage = 0; stage < of_stages.size(); ++stage) {
      const auto& total = of_stages[stage];
      whole.accounts += total.accounts;
      whole.arr_minor += total.arr_minor;
      whole.stuck += total.stuck;
      whole.stuck_arr_minor += total.stuck_arr_minor;
      whole.regressing += total.regressing;
      if (stage == stages.size()) break;
      auto& object = stages[stage].as_object();
      object["total"] = render_total(total, book.currency());
      object["feelings"] = render_feelings(feelings, journey.map.stages[stage].key);
    }
    rendered["arrived"] = render_total(of_stages.back(), book.currency());
    rendered["total"] = render_total(whole, book.currency());
    journeys.push_back(std::move(rendered));
  }
  return journeys;
}

json::object render_lines(const health::BookView& book, Follower& follower, const LineFilter& filter,
                          core::PageRequest page) {
  struct Line {
    std::int64_t arr_minor;
    std::size_t row;
    Position position;
  };
  const auto set = follower.journeys();  // keeps what positions point to
  std::vector<Line> lines;
  follower.each_position(
      [&](core::AccountId account, const Position& position) {
        if (position.journey->key != filter.journey) return;
        if (filter.stage && *filter.stage != stage_key(position.journey->map, position.standing.current)) return;
        if (filter.only_stuck && !position.pace.is_stuck()) return;
        if (filter.only_regressing && !position.standing.is_regressing) return;
        if (const auto row = book.find(account)) lines.push_back({book.arr_minor(*row), *row, position});
      },
      book.as_of());
  std::sort(lines.begin(), lines.end(), [](const Line& left, const Line& right) {
    return std::pair(-left.arr_minor, left.row) < std::pair(-right.arr_minor, right.row);
  });
  json::array items;
  const auto end = std::min(lines.size(), static_cast<std::size_t>(page.offset + page.limit));
  for (auto i = static_cast<std::size_t>(page.offset); i < end; ++i) {
    items.push_back(render_line(book, lines[i].row, lines[i].position));
  }
  return {{"items", std::move(items)}, {"total", lines.size()}};
}

core::Result<json::object> preview(const health::BookView& book, const CompiledJourney& draft) {
  std::vector<std::uint32_t> rows;
  for (const auto row : book.run(draft.whose).rows()) rows.push_back(row);
  std::vector<engine::Selection> holds;
  for (const auto& milestone : draft.milestones) {
    holds.push_back(milestone ? book.run(*milestone, rows) : engine::Selection(rows.size()));
  }
  std::vector<std::int64_t> accounts(draft.map.stages.size() + 1, 0), arr_minor(accounts.size(), 0);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<bool> bits;
    bits.reserve(holds.size());
    for (const auto& each : holds) bits.push_back(each.test(i));
    const auto stage = *journey_engine::advance(draft.map, {}, bits, book.as_of()).progress.stage;
    ++accounts[stage];
    arr_minor[stage] += book.arr_minor(rows[i]);
  }
  json::array stages;
  for (std::size_t stage = 0; stage < accounts.size(); ++stage) {
    stages.push_back(json::object{{"stage", stage_key(draft.map, stage)},
                                  {"accounts", accounts[stage]},
                                  {"arr", render_money(arr_minor[stage], book.currency())}});
  }
  json::array milestones;
  const auto places = journey_engine::milestones_of(draft.map);
  for (const auto& place : places) {
    milestones.push_back(json::object{
        {"key", place.milestone->key},
        {"holds", place.milestone->is_provable() ? json::value(holds[place.index].count()) : json::value(nullptr)}});
  }
  return json::object{{"as_of", json::from(book.as_of())},
                      {"accounts", rows.size()},
                      {"of", book.size()},
                      {"stages", std::move(stages)},
                      {"milestones", std::move(milestones)}};
}

}  // namespace banso::journeys
