#include "starter_measures.hpp"

#include <array>
#include <utility>

namespace banso::signals {
namespace {

// Those that the starter definitions of health ship under the same key are the same.
constexpr std::array<std::pair<std::string_view, const char*>, 22> measures{{
    {"active_users_trend_28d",
     R"json({"name": {"en": "Trend of active users (28 days)", "ja": "利用者数の前期間比(28日)"}, "source": "usage",
         "aggregate": "people", "filter": {"active_only": true}, "window_days": 28, "compare": "previous_window",
         "unit": "percent", "better": "higher"})json"},
    {"licence_utilisation",
     R"json({"name": {"en": "Licence utilisation", "ja": "席の利用率"}, "source": "usage", "aggregate": "people",
         "filter": {"active_only": true}, "window_days": 28, "divide_by": "seats", "unit": "percent",
         "better": "higher"})json"},
    {"licence_utilisation_trend_28d",
     R"json({"name": {"en": "Trend of licence utilisation (28 days)", "ja": "席の利用率の前期間比(28日)"}, "source": "usage",
         "aggregate": "people", "filter": {"active_only": true}, "window_days": 28, "divide_by": "seats",
         "compare": "previous_window", "unit": "percent", "better": "higher"})json"},
    {"days_since_activity",
     R"json({"name": {"en": "Days since last activity", "ja": "最終利用からの日数"}, "source": "usage",
         "aggregate": "days_since_latest", "filter": {"active_only": true}, "unit": "days", "better": "lower"})json"},
    {"features_used_28d",
     R"json({"name": {"en": "Features used (28 days)", "ja": "直近28日に使われた機能数"}, "source": "usage",
         "aggregate": "features", "filter": {"active_only": true}, "window_days": 28, "unit": "features",
         "better": "higher"})json"},
    {"days_active_28d",
     R"json({"name": {"en": "Days active (28 days)", "ja": "直近28日の利用日数"}, "source": "usage",
         "aggregate": "days_active", "filter": {"active_only": true}, "window_days": 28, "unit": "days",
         "better": "higher"})json"},
    {"events_per_user_trend_28d",
     R"json({"name": {"en": "Trend of events per active user (28 days)", "ja": "利用者1人あたり操作回数の前期間比(28日)"},
         "source": "usage", "aggregate": "events", "filter": {"active_only": true}, "window_days": 28,
         "divide_by": "active_people", "compare": "previous_window", "unit": "percent", "better": "higher"})json"},
    {"feature_trend_$feature",
     R"json({"name": {"en": "Trend of $feature (28 days)", "ja": "「$feature」の前期間比(28日)"}, "source": "usage",
         "aggregate": "events", "filter": {"features": ["$feature"]}, "window_days": 28,
         "compare": "previous_window", "unit": "percent", "better": "higher"})json"},
    {"feature_uses_$feature",
     R"json({"name": {"en": "Uses of $feature (28 days)", "ja": "「$feature」の利用回数(28日)"}, "source": "usage",
         "aggregate": "events", "filter": {"features": ["$feature"]}, "window_days": 28, "unit": "events",
         "better": "higher"})json"},
    {"feature_users_$feature",
     R"json({"name": {"en": "Users of $feature over seats (28 days)", "ja": "「$feature」の利用者の席数比(28日)"},
         "source": "usage", "aggregate": "people", "filter": {"features": ["$feature"]}, "window_days": 28,
         "divide_by": "seats", "unit": "percent", "better": "higher"})json"},
    {"open_tickets",
     R"json({"name": {"en": "Open tickets", "ja": "未解決チケット数"}, "source": "tickets", "aggregate": "open",
         "unit": "count", "better": "lower"})json"},
    {"urgent_open_tickets",
     R"json({"name": {"en": "Open urgent tickets", "ja": "未解決の緊急チケット数"}, "source": "tickets", "aggregate": "open",
         "filter": {"urgent_only": true}, "unit": "count", "better": "lower"})json"},
    {"tickets_14d",
     R"json({"name": {"en": "Tickets (14 days)", "ja": "直近14日のチケット数"}, "source": "tickets", "aggregate": "count",
         "window_days": 14, "unit": "count", "better": "lower"})json"},
    {"tickets_90d",
     R"json({"name": {"en": "Tickets (90 days)", "ja": "直近90日のチケット数"}, "source": "tickets", "aggregate": "count",
         "window_days": 90, "unit": "count", "better": "neither", "no_facts": "zero"})json"},
    {"csat_latest_30d",
     R"json({"name": {"en": "Latest CSAT answer (30 days)", "ja": "直近30日の最新CSAT回答"}, "source": "surveys",
         "aggregate": "latest", "filter": {"kinds": ["csat"]}, "window_days": 30, "unit": "score",
         "better": "higher"})json"},
    {"nps_latest_30d",
     R"json({"name": {"en": "Latest NPS answer (30 days)", "ja": "直近30日の最新NPS回答"}, "source": "surveys",
         "aggregate": "latest", "filter": {"kinds": ["nps"]}, "window_days": 30, "unit": "score",
         "better": "higher"})json"},
    {"survey_answers_7d",
     R"json({"name": {"en": "Survey answers (7 days)", "ja": "直近7日のアンケート回答数"}, "source": "surveys",
         "aggregate": "count", "filter": {"kinds": ["csat"]}, "window_days": 7, "unit": "count",
         "better": "neither"})json"},
    {"days_since_meeting",
     R"json({"name": {"en": "Days since last meeting or call", "ja": "最終面談・通話からの日数"}, "source": "interactions",
         "aggregate": "days_since_latest", "filter": {"kinds": ["meeting", "call"]}, "unit": "days",
         "better": "lower"})json"},
    {"champions_left_90d",
     R"json({"name": {"en": "Champions who left (90 days)", "ja": "直近90日に離任した推進者"}, "source": "contacts",
         "aggregate": "left", "filter": {"roles": ["champion"]}, "window_days": 90, "unit": "people",
         "better": "lower"})json"},
    {"sponsors_left_90d",
     R"json({"name": {"en": "Sponsors and deciders who left (90 days)", "ja": "直近90日に離任したスポンサー・決裁者"},
         "source": "contacts", "aggregate": "left",
         "filter": {"roles": ["executive_sponsor", "decision_maker"]}, "window_days": 90, "unit": "people",
         "better": "lower"})json"},
    {"champions_present",
     R"json({"name": {"en": "Champions present", "ja": "在籍中の推進者"}, "source": "contacts", "aggregate": "present",
         "filter": {"roles": ["champion"]}, "unit": "people", "better": "higher"})json"},
    {"customer_age",
     R"json({"name": {"en": "Customer age", "ja": "契約開始からの日数"}, "source": "account", "aggregate": "age",
         "unit": "days", "better": "neither"})json"},
}};

}  // namespace

const char* starter_measure(std::string_view key) {
  for (const auto& [name, body] : measures) {
    if (name == key) return body;
  }
  return nullptr;
}

}  // namespace banso::signals
