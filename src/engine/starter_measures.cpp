#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "starter_parts.hpp"

namespace banso::engine {

namespace {

constexpr std::size_t fewest_values = 20;

MeasureDefinition usage(std::string key, core::Text name, Aggregate aggregate, int window_days, Unit unit) {
  MeasureDefinition measure;
  measure.key = std::move(key);
  measure.name = std::move(name);
  measure.source = Source::usage;
  measure.aggregate = aggregate;
  measure.window_days = window_days;
  measure.unit = unit;
  measure.filter.active_only = true;
  return measure;
}

MeasureDefinition compared(MeasureDefinition measure, std::string key, core::Text name) {
  measure.key = std::move(key);
  measure.name = std::move(name);
  measure.compare = CompareWith::previous_window;
  measure.unit = Unit::percent;
  return measure;
}

MeasureDefinition facts(std::string key, core::Text name, Source source, Aggregate aggregate, int window_days,
                        Unit unit, Better better) {
  MeasureDefinition measure;
  measure.key = std::move(key);
  measure.name = std::move(name);
  measure.source = source;
  measure.aggregate = aggregate;
  measure.window_days = window_days;
  measure.unit = unit;
  measure.better = better;
  return measure;
}

template <class Change>
MeasureDefinition with(MeasureDefinition measure, Change change) {
  change(measure);
  return measure;
}

void add_usage(std::vector<MeasureDefinition>& all) {
  const auto people =
      usage("active_users_28d", {"Active users (28 days)", "直近28日の利用者数"}, Aggregate::people, 28, Unit::people);
  const auto events =
      usage("events_28d", {"Events (28 days)", "直近28日の操作回数"}, Aggregate::events, 28, Unit::events);
  all.push_back(people);
  all.push_back(
      usage("active_users_7d", {"Active users (7 days)", "直近7日の利用者数"}, Aggregate::people, 7, Unit::people));
  all.push_back(
      usage("active_users_1d", {"Active users (1 day)", "当日の利用者数"}, Aggregate::people, 1, Unit::people));
  all.push_back(events);
  all.push_back(usage("days_active_28d", {"Days active (28 days)", "直近28日の利用日数"}, Aggregate::days_active, 28,
                      Unit::days));
  all.push_back(usage("features_used_28d", {"Features used (28 days)", "直近28日に使われた機能数"}, Aggregate::features,
                      28, Unit::features));
  all.push_back(usage("modules_used_28d", {"Modules used (28 days)", "直近28日に使われたモジュール数"},
                      Aggregate::modules, 28, Unit::features));
  all.push_back(
      with(usage("events_per_user_28d", {"Events per active user (28 days)", "利用者1人あたりの操作回数(28日)"},
                 Aggregate::events, 28, Unit::ratio),
           [](auto& measure) { measure.divide_by = DivideBy::active_people; }));
  all.push_back(
      with(usage("licence_utilisation", {"Licence utilisation", "席の利用率"}, Aggregate::people, 28, Unit::percent),
           [](auto& measure) {
             measure.divide_by = DivideBy::seats;
             measure.description = {"People active in the last 28 days over seats under contract.",
                                    "直近28日に利用した人数を契約席数で割った値です。"};
           }));
  all.push_back(
      compared(people, "active_users_trend_28d", {"Trend of active users (28 days)", "利用者数の前期間比(28日)"}));
  all.push_back(compared(events, "events_trend_28d", {"Trend of events (28 days)", "操作回数の前期間比(28日)"}));
  all.push_back(with(usage("days_since_activity", {"Days since last activity", "最終利用からの日数"},
                           Aggregate::days_since_latest, 0, Unit::days),
                     [](auto& measure) { measure.better = Better::lower; }));
}

void add_service(std::vector<MeasureDefinition>& all) {
  using enum Aggregate;
  all.push_back(facts("open_tickets", {"Open tickets", "未解決チケット数"}, Source::tickets, open, 0, Unit::count,
                      Better::lower));
  all.push_back(with(facts("urgent_open_tickets", {"Open urgent tickets", "未解決の緊急チケット数"}, Source::tickets,
                           open, 0, Unit::count, Better::lower),
                     [](auto& measure) { measure.filter.urgent_only = true; }));
  all.push_back(facts("open_tickets_mean_age", {"Mean age of open tickets", "未解決チケットの平均経過日数"},
                      Source::tickets, open_mean_age, 0, Unit::days, Better::lower));
  all.push_back(facts("open_tickets_oldest_age", {"Age of the oldest open ticket", "最も古い未解決チケットの経過日数"},
                      Source::tickets, open_oldest_age, 0, Unit::days, Better::lower));
  all.push_back(with(facts("tickets_per_month", {"Tickets per month (90 days)", "月あたりのチケット数(90日)"},
                           Source::tickets, count, 90, Unit::ratio, Better::lower),
                     [](auto& measure) { measure.divide_by = DivideBy::thirty_days; }));
  const auto survey = [&](const char* key, core::Text name, const char* kind, Aggregate aggregate, int window_days) {
    all.push_back(
        with(facts(key, std::move(name), Source::surveys, aggregate, window_days, Unit::score, Better::higher),
             [&](auto& measure) {
               measure.filter.kinds = {kind};
               measure.stale_after_days = 365;
             }));
  };
  survey("latest_nps", {"Latest NPS answer", "最新のNPS回答"}, "nps", latest, 0);
  survey("mean_nps_365d", {"Mean NPS answer (1 year)", "NPS回答の平均(1年)"}, "nps", mean, 365);
  survey("latest_csat", {"Latest CSAT answer", "最新のCSAT回答"}, "csat", latest, 0);
  survey("mean_csat_365d", {"Mean CSAT answer (1 year)", "CSAT回答の平均(1年)"}, "csat", mean, 365);
  all.push_back(with(facts("survey_mean_365d", {"Mean survey score (1 year)", "アンケート評価の平均(1年)"},
                           Source::surveys, mean, 365, Unit::percent, Better::higher),
                     [](auto& measure) { measure.stale_after_days = 365; }));
}

void add_relationship(std::vector<MeasureDefinition>& all) {
  using enum Aggregate;
  all.push_back(with(facts("days_since_meeting", {"Days since last meeting or call", "最終面談・通話からの日数"},
                           Source::interactions, days_since_latest, 0, Unit::days, Better::lower),
                     [](auto& measure) {
                       measure.filter.kinds = {"meeting", "call"};
                     }));
  all.push_back(with(facts("meetings_90d", {"Meetings and calls (90 days)", "直近90日の面談・通話数"},
                           Source::interactions, count, 90, Unit::count, Better::higher),
                     [](auto& measure) {
                       measure.filter.kinds = {"meeting", "call"};
                     }));
  all.push_back(with(facts("content_90d", {"Content consumed (90 days)", "直近90日のコンテンツ閲覧数"},
                           Source::attendance, count, 90, Unit::count, Better::higher),
                     [](auto& measure) { measure.filter.kinds = {"content"}; }));
  all.push_back(with(facts("events_attended_180d", {"Events attended (180 days)", "直近180日のイベント参加数"},
                           Source::attendance, count, 180, Unit::count, Better::higher),
                     [](auto& measure) { measure.filter.kinds = {"event"}; }));
  const auto champions = [](auto& measure) { measure.filter.roles = {"champion"}; };
  all.push_back(with(facts("champions_present", {"Champions present", "在籍中の推進者"}, Source::contacts, present, 0,
                           Unit::people, Better::higher),
                     champions));
  all.push_back(with(facts("champions_active", {"Champions active (28 days)", "直近28日に利用した推進者"},
                           Source::contacts, active, 28, Unit::people, Better::higher),
                     champions));
}

void add_contract(std::vector<MeasureDefinition>& all) {
  using enum Aggregate;
  all.push_back(facts("seats", {"Seats under contract", "契約席数"}, Source::subscriptions, seats, 0, Unit::count,
                      Better::higher));
  all.push_back(facts("days_to_renewal", {"Days to renewal", "更新までの日数"}, Source::subscriptions, days_to_renewal,
                      0, Unit::days, Better::neither));
  all.push_back(facts("customer_age", {"Customer age", "契約開始からの日数"}, Source::account, age, 0, Unit::days,
                      Better::neither));
}

double rounded(double value) {
  if (value == 0) return 0;
  const double scale = std::pow(10, 2 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

}  // namespace

std::vector<MeasureDefinition> general_measures() {
  std::vector<MeasureDefinition> all;
  add_usage(all);
  add_service(all);
  add_relationship(all);
  add_contract(all);
  return all;
}

MeasureDefinition feature_measure(const Feature& feature) {
  const std::string& name = feature.name.empty() ? feature.key : feature.name;
  auto measure =
      usage(key_for("users_of_", feature.key),
            {fmt::format("Share of active users who use {}", name), fmt::format("「{}」を使う利用者の割合", name)},
            Aggregate::people, 28, Unit::percent);
  measure.filter.features = {feature.key};
  measure.filter.active_only = false;
  measure.divide_by = DivideBy::active_people;
  return measure;
}

std::string key_for(std::string_view prefix, std::string_view text) {
  std::string key(prefix);
  bool is_exact = true;
  std::uint32_t hash = 2166136261u;  // FNV-1a
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    is_exact = is_exact && is_plain;
    if (is_plain) key += c;
    if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
  }
  if (key.size() > 80) key.resize(80), is_exact = false;
  return is_exact ? key : fmt::format("{}_{:08x}", key, hash);
}

Curve linear_curve(std::vector<CurvePoint> points) {
  Curve curve;
  curve.kind = Curve::Kind::linear;
  curve.linear = std::move(points);
  return curve;
}

std::optional<Curve> curve_by_quantiles(std::vector<double> values, Better better) {
  if (values.size() < fewest_values) return std::nullopt;
  std::sort(values.begin(), values.end());
  constexpr std::pair<double, double> places[] = {{0.05, 10}, {0.25, 40}, {0.5, 60}, {0.75, 80}, {0.95, 100}};
  std::vector<CurvePoint> points;
  std::vector<int> merged;
  for (const auto& [place, share] : places) {
    const double value = rounded(values[static_cast<std::size_t>(place * static_cast<double>(values.size() - 1))]);
    const double given = better == Better::lower ? 110 - share : share;
    if (!points.empty() && points.back().value >= value) {  // many accounts share the value: the mean of its places
      points.back().points = std::round((points.back().points * merged.back() + given) / (merged.back() + 1));
      ++merged.back();
    } else {
      points.push_back({value, given});
      merged.push_back(1);
    }
  }
  if (points.size() < 2) return std::nullopt;
  return linear_curve(std::move(points));
}

}  // namespace banso::engine
