// A scorecard of product use, risk, outcomes, voice and engagement by touch model. Boundaries are explicit everywhere:
// where bands as usually told leave 50..51 open or give 5 and 15 to two colours, the lower band holds the boundary.
// Colours are the middles of their levels: red 25, yellow 62.5, green 87.5.
#include "template_touch_model.hpp"

namespace banso::engine {

// clang-format off
const std::string_view touch_model_json = R"json({
  "measures": [
    {
      "key": "tm_licence_utilisation",
      "name": {"en": "Licence utilisation", "ja": "席の利用率"},
      "source": "usage", "aggregate": "people",
      "filter": {"active_only": true},
      "window_days": 28,
      "divide_by": "seats",
      "unit": "percent",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_user_engagement",
      "name": {"en": "User engagement (28 days)", "ja": "利用者の割合(28日間)"},
      "source": "usage", "aggregate": "people",
      "filter": {"active_only": true},
      "window_days": 28,
      "divide_by": "seats",
      "unit": "percent",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_source_users",
      "name": {"en": "People using source control", "ja": "ソース管理の利用者の割合"},
      "source": "usage", "aggregate": "people",
      "filter": {"active_only": true, "modules": ["source"]},
      "window_days": 28,
      "divide_by": "seats",
      "unit": "percent",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_builds_per_user",
      "name": {"en": "Builds per seat (28 days)", "ja": "1席あたりのビルド数(28日間)"},
      "source": "usage", "aggregate": "events",
      "filter": {"modules": ["pipelines"]},
      "window_days": 28,
      "unit": "ratio",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "divide_by": "seats",
      "better": "higher"
    },
    {
      "key": "tm_security_users",
      "name": {"en": "People using security scans", "ja": "セキュリティ診断の利用者の割合"},
      "source": "usage", "aggregate": "people",
      "filter": {"active_only": true, "modules": ["security"]},
      "window_days": 28,
      "divide_by": "seats",
      "unit": "percent",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_scans",
      "name": {"en": "Security scans (28 days)", "ja": "セキュリティ診断の回数(28日間)"},
      "source": "usage", "aggregate": "events",
      "filter": {"modules": ["security"]},
      "window_days": 28,
      "unit": "events",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_builds",
      "name": {"en": "Builds (28 days)", "ja": "ビルドの回数(28日間)"},
      "source": "usage", "aggregate": "events",
      "filter": {"modules": ["pipelines"]},
      "window_days": 28,
      "unit": "events",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_scans_per_build",
      "name": {"en": "Security scans per build", "ja": "ビルド1回あたりのセキュリティ診断"},
      "source": "measures",
      "aggregate": "ratio",
      "of": ["tm_scans", "tm_builds"],
      "unit": "ratio",
      "better": "higher"
    },
    {
      "key": "tm_scanner_types",
      "name": {"en": "Kinds of security scans in use", "ja": "利用中のセキュリティ診断の種類"},
      "source": "usage", "aggregate": "features",
      "filter": {"modules": ["security"]},
      "window_days": 28,
      "unit": "features",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_deploying_users",
      "name": {"en": "People who deploy", "ja": "デプロイする利用者の割合"},
      "source": "usage", "aggregate": "people",
      "filter": {"active_only": true, "modules": ["delivery"]},
      "window_days": 28,
      "divide_by": "seats",
      "unit": "percent",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_deployments_per_user",
      "name": {"en": "Deployments per seat (28 days)", "ja": "1席あたりのデプロイ数(28日間)"},
      "source": "usage", "aggregate": "events",
      "filter": {"modules": ["delivery"]},
      "window_days": 28,
      "unit": "ratio",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "divide_by": "seats",
      "better": "higher"
    },
    {
      "key": "tm_deployments_succeeded",
      "name": {"en": "Successful deployments (28 days)", "ja": "成功したデプロイ(28日間)"},
      "source": "usage", "aggregate": "events",
      "filter": {"features": ["deployment_succeeded"]},
      "window_days": 28,
      "unit": "events",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_deployments_ended",
      "name": {"en": "Finished deployments (28 days)", "ja": "完了したデプロイ(28日間)"},
      "source": "usage", "aggregate": "events",
      "filter": {"features": ["deployment_succeeded", "deployment_failed"]},
      "window_days": 28,
      "unit": "events",
      "stale_after_days": 60,
      "minimum_age_days": 30,
      "better": "higher"
    },
    {
      "key": "tm_deployment_success",
      "name": {"en": "Deployment success rate", "ja": "デプロイの成功率"},
      "source": "measures",
      "aggregate": "ratio",
      "of": ["tm_deployments_succeeded", "tm_deployments_ended"],
      "unit": "percent",
      "better": "higher"
    },
    {
      "key": "tm_csm_sentiment",
      "name": {"en": "CSM sentiment", "ja": "担当者の見立て"},
      "source": "attribute",
      "aggregate": "value",
      "attribute": "csm_sentiment",
      "stale_after_days": 120,
      "description": {
        "en": "Set by the CSM with each logged activity: green, yellow or red. Look after it at 90 days; after 120 it counts no more.",
        "ja": "担当者が活動を記録するたびに green・yellow・red で入力します。90日たったら見直してください。120日を過ぎると評価に使いません。"
      },
      "better": "higher"
    },
    {
      "key": "tm_success_plan",
      "name": {"en": "Success plan", "ja": "サクセスプラン"},
      "source": "attribute",
      "aggregate": "value",
      "attribute": "success_plan",
      "minimum_age_days": 30,
      "description": {
        "en": "complete: active, with objectives and strategy. partial: a draft, or active with objectives only. none: no plan or no objectives.",
        "ja": "complete: 目標と戦略がそろった有効な計画。partial: 下書き、または目標だけの計画。none: 計画または目標がない。"
      },
      "better": "higher"
    },
    {
      "key": "tm_tickets_30d",
      "name": {"en": "Tickets in 30 days", "ja": "チケット(30日間)"},
      "source": "tickets",
      "aggregate": "count",
      "window_days": 30,
      "unit": "count",
      "better": "neither",
      "stale_after_days": 30,
      "minimum_age_days": 30
    },
    {
      "key": "tm_urgent_open",
      "name": {"en": "Open urgent tickets", "ja": "対応中の緊急チケット"},
      "source": "tickets",
      "aggregate": "open",
      "filter": {"urgent_only": true},
      "unit": "count",
      "better": "lower",
      "no_facts": "zero",
      "minimum_age_days": 30
    },
    {
      "key": "tm_urgent_closed_7d",
      "name": {"en": "Urgent tickets closed in 7 days", "ja": "7日以内に完了した緊急チケット"},
      "source": "tickets",
      "aggregate": "closed",
      "filter": {"urgent_only": true},
      "window_days": 7,
      "unit": "count",
      "better": "lower",
      "no_facts": "zero",
      "minimum_age_days": 30
    },
    {
      "key": "tm_urgent_tickets",
      "name": {"en": "Urgent tickets", "ja": "緊急チケットの状況"},
      "source": "measures",
      "aggregate": "expression",
      "expression": "min(tm_urgent_open, 1) * 2 + min(tm_urgent_closed_7d, 1)",
      "unit": "score",
      "better": "lower",
      "description": {
        "en": "2 or more: one is open. 1: one was closed within a week.",
        "ja": "2以上: 対応中のものがあります。1: 1週間以内に完了したものがあります。"
      }
    },
    {
      "key": "tm_meeting_priority_1",
      "name": {"en": "Days since the last meeting (priority 1)", "ja": "最終面談からの日数(優先度1)"},
      "source": "interactions",
      "aggregate": "days_since_latest",
      "filter": {"kinds": ["meeting", "call"]},
      "unit": "days",
      "better": "lower",
      "minimum_age_days": 30
    },
    {
      "key": "tm_meeting_priority_2",
      "name": {"en": "Days since the last meeting (priority 2)", "ja": "最終面談からの日数(優先度2)"},
      "source": "interactions",
      "aggregate": "days_since_latest",
      "filter": {"kinds": ["meeting", "call"]},
      "unit": "days",
      "better": "lower",
      "minimum_age_days": 30
    },
    {
      "key": "tm_personas_90d",
      "name": {"en": "Key roles met (90 days)", "ja": "面談した主要な役割(90日間)"},
      "source": "interactions",
      "aggregate": "roles",
      "filter": {"kinds": ["meeting", "call"], "roles": ["executive_sponsor", "decision_maker"]},
      "window_days": 90,
      "unit": "count",
      "minimum_age_days": 30,
      "better": "higher"
    }
  ],
  "scorecards": [
    {
      "key": "touch_model",
      "name": {"en": "Touch-model scorecard", "ja": "タッチモデル別スコアカード"},
      "description": {
        "en": "Nothing but the CSM's sentiment counts in the first 30 days. Product measures count up to 60 days, tickets up to 30 days and the sentiment up to 120 days after the newest data.",
        "ja": "最初の30日間は担当者の見立てだけで評価します。最新のデータから、製品の利用は60日、チケットは30日、担当者の見立ては120日を過ぎると評価に使いません。"
      },
      "groups": [
        {
          "key": "product",
          "name": {"en": "Product", "ja": "製品の利用"},
          "weight": 50,
          "measures": [
            {
              "measure": "tm_licence_utilisation",
              "weight": 30,
              "missing": "ignore",
              "curves": [
                {
                  "from_age_days": 0,
                  "curve": {
                    "bands": [
                      {"to": 10, "points": 25},
                      {"from": 10, "to": 50, "to_inclusive": true, "points": 62.5},
                      {"from": 50, "from_inclusive": false, "points": 87.5}
                    ]
                  }
                },
                {
                  "from_age_days": 183,
                  "curve": {
                    "bands": [
                      {"to": 50, "to_inclusive": true, "points": 25},
                      {"from": 50, "from_inclusive": false, "to": 75, "to_inclusive": true, "points": 62.5},
                      {"from": 75, "from_inclusive": false, "points": 87.5}
                    ]
                  }
                },
                {
                  "from_age_days": 274,
                  "curve": {
                    "bands": [
                      {"to": 75, "to_inclusive": true, "points": 25},
                      {"from": 75, "from_inclusive": false, "points": 87.5}
                    ]
                  }
                }
              ]
            },
            {
              "measure": "tm_user_engagement",
              "weight": 10,
              "missing": "ignore",
              "curve": {
                "bands": [{"to": 50, "points": 25}, {"from": 50, "to": 80, "points": 62.5}, {"from": 80, "points": 87.5}]
              }
            },
            {
              "measure": "tm_source_users",
              "weight": 15,
              "missing": "ignore",
              "curve": {
                "bands": [
                  {"to": 10, "to_inclusive": true, "points": 25},
                  {"from": 10, "from_inclusive": false, "to": 33, "to_inclusive": true, "points": 62.5},
                  {"from": 33, "from_inclusive": false, "points": 87.5}
                ]
              }
            },
            {
              "measure": "tm_builds_per_user",
              "weight": 15,
              "missing": "ignore",
              "curve": {
                "bands": [
                  {"to": 2, "to_inclusive": true, "points": 25},
                  {"from": 2, "from_inclusive": false, "to": 40, "to_inclusive": true, "points": 62.5},
                  {"from": 40, "from_inclusive": false, "points": 87.5}
                ]
              }
            }
          ],
          "groups": [
            {
              "key": "security",
              "name": {"en": "Security", "ja": "セキュリティ"},
              "description": {"en": "Applies to the plan \"ultimate\" only.", "ja": "プラン「ultimate」だけが対象です。"},
              "weight": 15,
              "measures": [
                {
                  "measure": "tm_security_users",
                  "weight": 1,
                  "missing": "ignore",
                  "applies_when": {"attribute": "plan", "in": ["ultimate"]},
                  "curve": {
                    "bands": [
                      {"to": 5, "to_inclusive": true, "points": 25},
                      {"from": 5, "from_inclusive": false, "to": 20, "points": 62.5},
                      {"from": 20, "points": 87.5}
                    ]
                  }
                },
                {
                  "measure": "tm_scans_per_build",
                  "weight": 1,
                  "missing": "ignore",
                  "applies_when": {"attribute": "plan", "in": ["ultimate"]},
                  "curve": {
                    "bands": [
                      {"to": 0.1, "points": 25},
                      {"from": 0.1, "to": 0.5, "to_inclusive": true, "points": 62.5},
                      {"from": 0.5, "from_inclusive": false, "points": 87.5}
                    ]
                  }
                },
                {
                  "measure": "tm_scanner_types",
                  "weight": 1,
                  "missing": "ignore",
                  "applies_when": {"attribute": "plan", "in": ["ultimate"]},
                  "curve": {
                    "bands": [
                      {"to": 1, "to_inclusive": true, "points": 25},
                      {"from": 1, "from_inclusive": false, "to": 3, "points": 62.5},
                      {"from": 3, "points": 87.5}
                    ]
                  }
                }
              ]
            },
            {
              "key": "delivery",
              "name": {"en": "Delivery", "ja": "デリバリー"},
              "weight": 15,
              "measures": [
                {
                  "measure": "tm_deploying_users",
                  "weight": 1,
                  "missing": "ignore",
                  "curve": {
                    "bands": [
                      {"to": 5, "points": 25},
                      {"from": 5, "to": 12, "to_inclusive": true, "points": 62.5},
                      {"from": 12, "from_inclusive": false, "points": 87.5}
                    ]
                  }
                },
                {
                  "measure": "tm_deployments_per_user",
                  "weight": 1,
                  "missing": "ignore",
                  "curve": {
                    "bands": [
                      {"to": 2, "points": 25},
                      {"from": 2, "to": 7, "to_inclusive": true, "points": 62.5},
                      {"from": 7, "from_inclusive": false, "points": 87.5}
                    ]
                  }
                },
                {
                  "measure": "tm_deployment_success",
                  "weight": 1,
                  "missing": "ignore",
                  "curve": {
                    "bands": [
                      {"to": 25, "points": 25},
                      {"from": 25, "to": 80, "to_inclusive": true, "points": 62.5},
                      {"from": 80, "from_inclusive": false, "points": 87.5}
                    ]
                  }
                }
              ]
            }
          ]
        },
        {
          "key": "risk",
          "name": {"en": "Risk", "ja": "リスク"},
          "weight": 25,
          "measures": [
            {
              "measure": "tm_csm_sentiment",
              "weight": 100,
              "missing": "ignore",
              "applies_when": {"attribute": "touch_model", "notIn": ["tech_touch"]},
              "curve": {"choices": {"green": 87.5, "yellow": 62.5, "red": 25}, "other_points": 62.5}
            }
          ]
        },
        {
          "key": "outcomes",
          "name": {"en": "Outcomes", "ja": "成果"},
          "weight": 10,
          "measures": [
            {
              "measure": "tm_success_plan",
              "weight": 100,
              "missing": "ignore",
              "applies_when": {"attribute": "touch_model", "notIn": ["scale", "tech_touch"]},
              "curve": {"choices": {"complete": 87.5, "partial": 62.5, "none": 25}, "other_points": 25}
            }
          ]
        },
        {
          "key": "voice",
          "name": {"en": "Voice of the customer", "ja": "顧客の声"},
          "weight": 5,
          "measures": [
            {
              "measure": "tm_tickets_30d",
              "weight": 100,
              "missing": "ignore",
              "curve": {
                "bands": [
                  {"to": 1, "points": 62.5},
                  {"from": 1, "to": 5, "to_inclusive": true, "points": 87.5},
                  {"from": 5, "from_inclusive": false, "to": 15, "to_inclusive": true, "points": 62.5},
                  {"from": 15, "from_inclusive": false, "points": 25}
                ]
              }
            },
            {
              "measure": "tm_urgent_tickets",
              "weight": 0,
              "missing": "ignore",
              "curve": {
                "bands": [{"to": 1, "points": 87.5}, {"from": 1, "to": 2, "points": 62.5}, {"from": 2, "points": 25}]
              }
            }
          ]
        },
        {
          "key": "engagement",
          "name": {"en": "Engagement", "ja": "関与"},
          "weight": 10,
          "groups": [
            {
              "key": "meetings",
              "name": {"en": "Meetings", "ja": "面談"},
              "description": {
                "en": "Customers of priority 1 are met more often than those of priority 2; without a priority this does not apply.",
                "ja": "優先度1の顧客には優先度2より頻繁な面談を求めます。優先度のない顧客は対象外です。"
              },
              "weight": 50,
              "measures": [
                {
                  "measure": "tm_meeting_priority_1",
                  "weight": 1,
                  "missing": "ignore",
                  "applies_when": {"attribute": "priority", "in": ["1"]},
                  "curve": {
                    "bands": [
                      {"to": 35, "to_inclusive": true, "points": 87.5},
                      {"from": 35, "from_inclusive": false, "to": 60, "to_inclusive": true, "points": 62.5},
                      {"from": 60, "from_inclusive": false, "points": 25}
                    ]
                  }
                },
                {
                  "measure": "tm_meeting_priority_2",
                  "weight": 1,
                  "missing": "ignore",
                  "applies_when": {"attribute": "priority", "in": ["2"]},
                  "curve": {
                    "bands": [
                      {"to": 65, "to_inclusive": true, "points": 87.5},
                      {"from": 65, "from_inclusive": false, "to": 90, "to_inclusive": true, "points": 62.5},
                      {"from": 90, "from_inclusive": false, "points": 25}
                    ]
                  }
                }
              ]
            },
            {
              "key": "personas",
              "name": {"en": "Key roles", "ja": "主要な役割"},
              "weight": 50,
              "measures": [
                {
                  "measure": "tm_personas_90d",
                  "weight": 1,
                  "missing": "ignore",
                  "applies_when": {"attribute": "touch_model", "notIn": ["growth", "scale", "tech_touch"]},
                  "curve": {
                    "bands": [{"to": 1, "points": 25}, {"from": 1, "to": 2, "points": 62.5}, {"from": 2, "points": 87.5}]
                  }
                }
              ]
            }
          ]
        }
      ],
      "levels": [
        {
          "key": "green",
          "name": {"en": "Green", "ja": "緑"},
          "meaning": {"en": "Renewal or growth is likely; no known risk.", "ja": "更新や拡大が見込まれ、既知のリスクはありません。"},
          "from": 75
        },
        {
          "key": "yellow",
          "name": {"en": "Yellow", "ja": "黄"},
          "meaning": {"en": "A possible risk, or something is not known.", "ja": "リスクの可能性、または不明な点があります。"},
          "from": 50
        },
        {
          "key": "red",
          "name": {"en": "Red", "ja": "赤"},
          "meaning": {"en": "A known risk, or far too little is known.", "ja": "既知のリスクがあるか、情報が大きく不足しています。"},
          "from": 0
        }
      ],
      "forced": [
        {"measure": "tm_csm_sentiment", "at_most_points": 25, "level": "red"}
      ]
    }
  ]
}
)json";
// clang-format on

}  // namespace banso::engine
