// What requests say.
#include <cmath>

#include "figures.hpp"
#include "routes.hpp"

namespace banso::renewals {
namespace {

constexpr int days_back = 30;
constexpr int longest_window_days = 366 * 6;

// Absent: leave. null: take away. Else what `read` makes of it.
template <class T, class Read>
void read_patch(const json::object& body, json::Fields& fields, std::string_view name, core::Patch<T>& into,
                Read read) {
  if (!body.contains(name)) return;
  if (fields.is_null(name)) {
    into = core::Patch<T>::clear();
    return;
  }
  if (auto value = read()) into = core::Patch<T>(std::move(*value));
}

}  // namespace

core::Result<Change> read_change(const json::object& body) {
  json::Fields fields(body);
  Change change;
  const auto amount = [&](std::string_view name, core::Patch<std::int64_t>& into) {
    read_patch(body, fields, name, into, [&] { return fields.integer(name); });
  };
  const auto text = [&](std::string_view name, core::Patch<std::string>& into) {
    read_patch(body, fields, name, into, [&] { return fields.text(name, {.max_length = 4000, .allow_empty = true}); });
  };
  read_patch(body, fields, "category", change.category, [&]() -> std::optional<Category> {
    const auto word = fields.choice("category", {"open", "commit", "best_case", "at_risk", "lost"});
    return word ? category_from(*word) : std::nullopt;
  });
  amount("forecast_minor", change.forecast_minor);
  amount("target_minor", change.target_minor);
  amount("final_minor", change.final_minor);
  read_patch(body, fields, "owner_id", change.owner, [&]() -> std::optional<core::UserId> {
    const auto id = fields.integer("owner_id");
    return id ? std::optional(core::UserId{*id}) : std::nullopt;
  });
  text("next_step", change.next_step);
  text("notes", change.notes);
  read_patch(body, fields, "next_step_day", change.next_step_day, [&] { return fields.day("next_step_day"); });
  read_patch(body, fields, "rise_percent", change.rise_hundredths_percent, [&]() -> std::optional<std::int64_t> {
    const auto percent = fields.number("rise_percent");
    return percent && std::abs(*percent) < 1e6 ? std::optional<std::int64_t>(std::llround(*percent * 100))
                                               : std::nullopt;
  });
  amount("rise_minor", change.rise_minor);
  read_patch(body, fields, "rise_announced_day", change.rise_announced_day,
             [&] { return fields.day("rise_announced_day"); });
  read_patch(body, fields, "outcome", change.outcome, [&]() -> std::optional<Outcome> {
    const auto word = fields.choice("outcome", {"open", "renewed", "renewed_up", "renewed_down", "churned"});
    return word ? outcome_from(*word) : std::nullopt;
  });
  read_patch(body, fields, "reasons", change.reasons, [&]() -> std::optional<std::vector<std::string>> {
    const auto* list = fields.list("reasons");
    if (!list) return std::nullopt;
    std::vector<std::string> keys;
    for (const auto& item : *list) {
      if (item.is_string() && list->size() <= 20) {
        keys.emplace_back(item.get_string());
        continue;
      }
      fields.fail("reasons", {"List up to 20 keys of reasons.", "理由のキーを20件以内で指定してください。"});
      return std::nullopt;
    }
    return keys;
  });
  text("reason_note", change.reason_note);
  BANSO_TRY(fields.finish());
  return change;
}

core::Result<Window> window_in(const platform::http::Request& request, const Workbench& bench) {
  BANSO_TRY_ASSIGN(const auto from, request.query_day("from"));
  BANSO_TRY_ASSIGN(const auto to, request.query_day("to"));
  const auto today = bench.today();
  const auto quarter = quarter_of(today, bench.from().surroundings.fiscal_year_start_month());
  Window window{from.value_or(today - days_back), to.value_or(core::add_months(quarter.from, 9) - 1)};
  if (window.to < window.from || window.to - window.from > longest_window_days) {
    return core::Error::invalid_field(
        "to", {"Give a day after \"from\", within six years.", "「from」以降、6年以内の日付を指定してください。"});
  }
  return window;
}

}  // namespace banso::renewals
