#include "home.hpp"

#include <algorithm>

namespace banso::health {
namespace {

constexpr double noticeable_move = 1.0;  // points; less is noise
constexpr int late_after_days = 3;       // a source without new facts for longer than this is called late

using Rows = std::vector<const AccountRow*>;

json::array top(const BookTable& table, Rows rows, std::size_t count) {
  json::array items;
  for (std::size_t i = 0; i < std::min(rows.size(), count); ++i) items.push_back(render_row(table, *rows[i], {}));
  return items;
}

Rows movers(const Rows& all, int direction) {
  Rows found;
  for (const auto* row : all) {
    if (row->scored.change().value_or(0) * direction >= noticeable_move) found.push_back(row);
  }
  std::stable_sort(found.begin(), found.end(), [&](const AccountRow* a, const AccountRow* b) {
    return *a->scored.change() * direction > *b->scored.change() * direction;
  });
  return found;
}

Rows renewals(const Rows& all, core::Day as_of) {
  Rows found;
  for (const auto* row : all) {
    if (row->renewal_day && *row->renewal_day >= as_of && *row->renewal_day <= as_of + renewal_horizon_days)
      found.push_back(row);
  }
  std::stable_sort(found.begin(), found.end(), [](const AccountRow* a, const AccountRow* b) {
    return *a->renewal_day != *b->renewal_day ? *a->renewal_day < *b->renewal_day : a->arr_minor > b->arr_minor;
  });
  return found;
}

// Used the product once, and not lately. The largest first: that is whom to call.
Rows silent(const Rows& all, core::Day as_of) {
  // Where contracts are known, an account without one has left already; where none are, everybody counts.
  const bool has_contracts =
      std::any_of(all.begin(), all.end(), [](const AccountRow* row) { return row->arr_minor > 0; });
  Rows found;
  for (const auto* row : all) {
    const bool is_customer = !has_contracts || row->arr_minor > 0;
    if (is_customer && row->last_activity_day && as_of - *row->last_activity_day >= silent_after_days)
      found.push_back(row);
  }
  std::stable_sort(found.begin(), found.end(), [](const AccountRow* a, const AccountRow* b) {
    return a->arr_minor != b->arr_minor ? a->arr_minor > b->arr_minor : *a->last_activity_day < *b->last_activity_day;
  });
  return found;
}

json::array render_freshness(const BookTable& table) {
  json::array items;
  for (std::size_t i = 0; i < fact_source_count; ++i) {
    const auto source = static_cast<FactSource>(i);
    const auto& fresh = table.head().freshness[i];
    // Contracts, surveys and the like come when they come; only usage is expected every day.
    const bool is_late =
        source == FactSource::usage && fresh.rows > 0 && table.head().as_of - fresh.newest_day > late_after_days;
    items.push_back(json::object{{"source", word_of(source)},
                                 {"name", render(name_of(source))},
                                 {"last_at", render_day(fresh.newest_day)},
                                 {"received_day", render_day(fresh.newest_known_day)},
                                 {"status", fresh.rows == 0 ? "none"
                                            : is_late       ? "late"
                                                            : "ok"},
                                 {"rows", fresh.rows}});
  }
  return items;
}

BookSummary summarise(const BookTable& table, const Rows& rows) {
  BookSummary summary;
  summary.levels.resize(table.head().set->scorecard() ? table.head().set->scorecard()->levels.size() : 0);
  for (const auto* row : rows) {
    const auto level = row->scored.level;
    auto& totals = level == engine::no_level ? summary.without_score : summary.levels[static_cast<std::size_t>(level)];
    ++totals.accounts;
    totals.arr_minor += row->arr_minor;
    ++summary.accounts;
    summary.arr_minor += row->arr_minor;
  }
  return summary;
}

}  // namespace

json::object render_home(const BookTable& table, std::optional<core::UserId> owner) {
  Rows rows;
  for (const auto& row : table.rows()) {
    if (!owner || row->record.owner == *owner) rows.push_back(row.get());
  }
  const core::Day as_of = table.head().as_of;
  const auto up = movers(rows, 1), down = movers(rows, -1), due = renewals(rows, as_of), quiet = silent(rows, as_of);
  std::int64_t due_arr_minor = 0;
  for (const auto* row : due) due_arr_minor += row->arr_minor;
  return {{"as_of", json::from(as_of)},
          {"computed_at", json::from(table.head().computed_at)},
          {"mine", owner.has_value()},
          {"totals", render_summary(table, summarise(table, rows))},
          {"movers_up", top(table, up, home_list_length)},
          {"movers_up_total", up.size()},
          {"movers_down", top(table, down, home_list_length)},
          {"movers_down_total", down.size()},
          {"renewals", top(table, due, home_list_length)},
          {"renewals_total", due.size()},
          {"renewals_arr", render_money(due_arr_minor, table.head().currency)},
          {"renewal_horizon_days", renewal_horizon_days},
          {"silent", top(table, quiet, home_list_length)},
          {"silent_total", quiet.size()},
          {"silent_after_days", silent_after_days},
          {"freshness", render_freshness(table)}};
}

}  // namespace banso::health
