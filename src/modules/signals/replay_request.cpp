#include "replay_request.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace banso::signals {
namespace {

namespace json = platform::json;
namespace pure = engine::signals;
using core::Result;

constexpr std::int64_t shortest_horizon_days = 7, longest_horizon_days = 730, most_items = 1000;
constexpr std::int64_t fewest_decided = 10;

double rounded(double value, double per_unit) {
  return std::round(value * per_unit) / per_unit;
}

json::value render(const std::optional<pure::Share>& share) {
  if (!share) return nullptr;
  const auto of = [](double value) { return rounded(value, 10'000); };
  return json::object{{"value", of(share->value)}, {"low", of(share->low)}, {"high", of(share->high)}};
}

json::object render_load(const pure::Load& load, double per_call) {
  return {{"mean", rounded(load.mean * per_call, 1000)}, {"peak", rounded(load.peak * per_call, 100)}};
}

json::object render_result(const ReplayResult& result, std::span<const core::Day> days, double hours) {
  const auto& quality = result.quality;
  json::array weeks;
  for (std::size_t week = 0; week < days.size(); ++week) {
    weeks.push_back(json::object{
        {"day", json::from(days[week])}, {"fired", result.fired[week]}, {"in_condition", result.in_condition[week]}});
  }
  json::value lead = nullptr;
  if (quality.lead_days) {
    lead = json::object{{"lower_quartile", (*quality.lead_days)[0]},
                        {"median", (*quality.lead_days)[1]},
                        {"upper_quartile", (*quality.lead_days)[2]}};
  }
  return {{"firings", quality.alerts.size()},
          {"accounts", quality.accounts_alerted},
          {"weeks", std::move(weeks)},
          {"churns", quality.caught + quality.missed},
          {"caught", quality.caught},
          {"missed", quality.missed},
          {"right", quality.right},
          {"false_alarms", quality.false_alarms},
          {"undecided", quality.undecided},
          {"precision", render(quality.precision())},
          {"recall", render(quality.recall())},
          {"base_rate", render(quality.base_rate())},
          {"lead_days", std::move(lead)},
          {"people", result.people},
          {"calls_per_person_week", render_load(result.calls, 1)},
          {"hours_per_person_week", render_load(result.calls, hours)},
          {"in_condition_at_end", result.in_condition.empty() ? 0 : result.in_condition.back()}};
}

// One line of the list that was asked for.
struct Line {
  std::uint32_t account = 0;
  std::optional<std::uint32_t> week{}, left_week{};
  std::optional<core::Day> happened{};
  std::string_view outcome;
};

std::string_view word_of(pure::AlertOutcome outcome) {
  static constexpr std::string_view words[] = {"right", "false_alarm", "undecided"};
  return words[static_cast<std::size_t>(outcome)];
}

// Newest first.
std::vector<Line> lines_of(const pure::AlertQuality& quality, ReplayList list) {
  std::vector<Line> lines;
  if (list == ReplayList::missed) {
    for (const auto& happening : quality.happenings) {
      if (!happening.first_alert) lines.push_back({happening.account, {}, {}, happening.day, "missed"});
    }
  } else {
    for (const auto& alert : quality.alerts) {
      if (list == ReplayList::caught && alert.outcome != pure::AlertOutcome::right) continue;
      if (list == ReplayList::false_alarm && alert.outcome != pure::AlertOutcome::false_alarm) continue;
      lines.push_back(
          {alert.firing.account, alert.firing.week, alert.firing.left_week, alert.happened, word_of(alert.outcome)});
    }
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

class Lister {
 public:
  Lister(const health::PanelView& panel, const ReplayPeriod& period, const health::BookView* book)
      : panel_(panel), period_(period), days_(panel.days().subspan(period.first_week, period.weeks)), book_(book) {}

  json::object list(const std::vector<Line>& lines, core::PageRequest page) const {
    json::array items;
    const auto end = std::min(lines.size(), static_cast<std::size_t>(page.offset + page.limit));
    for (auto i = static_cast<std::size_t>(page.offset); i < end; ++i) items.push_back(item(lines[i]));
    return {{"items", std::move(items)}, {"total", lines.size()}};
  }

 private:
  json::object item(const Line& line) const {
    const auto id = panel_.id(line.account);
    const auto row = book_ ? book_->find(id) : std::nullopt;
    const auto day = line.week ? std::optional(days_[*line.week]) : std::nullopt;
    const auto left = line.left_week ? std::optional(days_[*line.left_week]) : std::nullopt;
    return {{"account_id", id.value},
            {"account_name", row ? json::value(book_->name(*row)) : json::value(nullptr)},
            {"owner_name", owner_name(line)},
            {"day", json::from(day)},
            {"left", json::from(left)},
            {"churned", json::from(line.happened)},
            {"days_before", day && line.happened ? json::value(*line.happened - *day) : json::value(nullptr)},
            {"outcome", line.outcome}};
  }
  json::value owner_name(const Line& line) const {
    const auto week = period_.first_week + line.week.value_or(static_cast<std::uint32_t>(period_.weeks - 1));
    const auto owner = panel_.owner(line.account, week);
    if (owner.empty()) return nullptr;
    return json::value(book_ ? book_->choice_name("owner", owner).en : owner);
  }

  const health::PanelView& panel_;
  const ReplayPeriod period_;
  const std::span<const core::Day> days_;
  const health::BookView* book_;
};

Result<ReplayPeriod> period_of(const ReplayRequest& request, std::span<const core::Day> days) {
  const auto from = request.from.value_or(days.front()), to = request.to.value_or(days.back());
  const auto first = std::lower_bound(days.begin(), days.end(), from);
  const auto end = std::upper_bound(days.begin(), days.end(), to);
  if (first >= end) {
    return core::Error::invalid_field(
        "from", {fmt::format("History reaches from {} to {}. Choose days within it.", core::to_string(days.front()),
                             core::to_string(days.back())),
                 fmt::format("検証できる期間は{}〜{}です。この範囲で指定してください。", core::to_string(days.front()),
                             core::to_string(days.back()))});
  }
  return ReplayPeriod{static_cast<std::size_t>(first - days.begin()), static_cast<std::size_t>(end - first)};
}

}  // namespace

Result<ReplayRequest> read_replay_request(std::string_view text, const engine::FieldCatalogue& catalogue) {
  BANSO_TRY_ASSIGN(const auto body, json::parse_object(text));
  json::Fields fields(body);
  ReplayRequest request;
  request.key = fields.text("key", {.max_length = 64});
  request.from = fields.day("from");
  request.to = fields.day("to");
  const auto horizon = fields.integer("horizon_days").value_or(request.horizon_days);
  if (horizon < shortest_horizon_days || horizon > longest_horizon_days) {
    fields.fail("horizon_days", {"Give 7 to 730 days.", "7〜730日で指定してください。"});
  }
  request.horizon_days = static_cast<int>(horizon);
  const auto list = fields.choice("list", {"fired", "caught", "missed", "false_alarm"}).value_or("fired");
  request.list = list == "caught"   ? ReplayList::caught
                 : list == "missed" ? ReplayList::missed
                 : list == "fired"  ? ReplayList::fired
                                    : ReplayList::false_alarm;
  request.page.offset = fields.integer("offset").value_or(0);
  request.page.limit = fields.integer("limit").value_or(request.page.limit);
  if (request.page.offset < 0) fields.fail("offset", {"Give 0 or more.", "0以上で指定してください。"});
  if (request.page.limit < 0 || request.page.limit > most_items) {
    fields.fail("limit", {"Give 0 to 1000.", "0〜1000で指定してください。"});
  }
  const auto* rule = fields.child("rule");
  if (!rule && fields.ok()) fields.fail("rule", {"Give the rule.", "ルールを指定してください。"});
  BANSO_TRY(fields.finish());
  auto checked = check_body(json::serialize(*rule), catalogue);
  if (!checked) {
    auto error = std::move(checked).error();
    for (auto& field : error.fields) field.field = "rule." + field.field;
    return error;
  }
  request.rule = std::move(checked->body);
  return request;
}

Result<ReplayAnswer> answer_replay(const ReplayRequest& request, const RuleBody* published,
                                   const health::PanelStatus& status, const health::BookView* book,
                                   const engine::FieldCatalogue& fields) {
  const auto started = std::chrono::steady_clock::now();
  const auto& panel = *status.panel;
  BANSO_TRY_ASSIGN(const auto period, period_of(request, panel.days()));
  BANSO_TRY_ASSIGN(const auto rule, past_rule(request.rule, panel, fields));
  const auto result = run_replay(panel, rule, request.rule, period, request.horizon_days);
  const auto days = panel.days().subspan(period.first_week, period.weeks);
  ReplayAnswer answer;
  json::value before = nullptr;
  if (published) {
    // What was published may speak of fields that are gone: then there is nothing to compare with.
    if (const auto past = past_rule(*published, panel, fields)) {
      const auto was = run_replay(panel, *past, *published, period, request.horizon_days);
      before = render_result(was, days, published->call.hours_estimate);
      const auto& quality = was.quality;
      if (past->left_out.empty() && quality.right + quality.false_alarms >= fewest_decided) {
        answer.published_precision = quality.precision()->value;
      }
    }
  }
  json::array left_out;
  for (const auto& each : rule.left_out) {
    left_out.push_back(
        json::object{{"field", each.field}, {"name", json::object{{"en", each.name.en}, {"ja", each.name.ja}}}});
  }
  const Lister lister(panel, period, book);
  const auto elapsed = std::chrono::steady_clock::now() - started;
  answer.body = json::object{{"from", json::from(days.front())},
                             {"to", json::from(days.back())},
                             {"horizon_days", request.horizon_days},
                             {"outcome", request.rule.kind == work::CallKind::opportunity ? "expanded" : "churned"},
                             {"accounts", panel.accounts()},
                             {"stale", status.is_stale},
                             {"without_history", std::move(left_out)},
                             {"result", render_result(result, days, request.rule.call.hours_estimate)},
                             {"published", std::move(before)},
                             {"list", lister.list(lines_of(result.quality, request.list), request.page)},
                             {"elapsed_ms", rounded(std::chrono::duration<double, std::milli>(elapsed).count(), 10)}};
  return answer;
}

}  // namespace banso::signals
