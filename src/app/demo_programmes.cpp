#include "demo_programmes.hpp"

#include <string_view>

namespace banso::app {
namespace {

using platform::http::Method;

constexpr std::string_view first_steps_body = R"({
"name":{"en":"First steps","ja":"はじめの3ステップ"},"form":"checklist","title":{"en":"Get started","ja":"ご利用開始の準備"},
"text":{"en":"Three steps and you are ready.","ja":"3つのステップで準備が整います。"},"rank":10,
"items":[{"key":"invite","label":{"en":"Invite your team","ja":"メンバーを招待する"},"url":"/members/invite"},
 {"key":"import","label":{"en":"Import your data","ja":"データを取り込む"},"url":"/import"},
 {"key":"report","label":{"en":"Look at your first report","ja":"最初のレポートを確認する"}}]})";

constexpr std::string_view training_body = R"({
"name":{"en":"Invitation to a training","ja":"活用研修のご案内"},"form":"banner","title":{"en":"Free training for your team","ja":"活用研修(無料)のご案内"},
"text":{"en":"In one hour we show what teams like yours do every day.","ja":"同じ業種のお客様の使い方を、1時間でご紹介します。"},"rank":50,
"link":{"label":{"en":"Choose a date","ja":"日程を選ぶ"},"url":"/training"},
"audience":{"combinator":"and","rules":[{"field":"score","operator":"<","value":65}]}})";

constexpr std::string_view needs_attention_body = R"({
"name":{"en":"Needs attention","ja":"要注意の顧客"},"description":"",
"condition":{"combinator":"and","rules":[{"field":"score","operator":"<","value":65}]}})";

constexpr std::string_view renewing_soon_body = R"({
"name":{"en":"Renewing within 90 days","ja":"90日以内に更新"},"description":"",
"condition":{"combinator":"and","rules":[{"field":"renewal_day","operator":"withinDays","value":{"days":90,"direction":"next"}}]}})";

constexpr std::string_view sharing_body = R"({
"name":{"en":"Every customer","ja":"すべてのお客様"},"rank":100,
"shows":{"journey":true,"plan":true,"adoption":true,"value":true,"people":true,"documents":true,"tickets":true,"surveys":true,"health":true,"paid":true},
"health_words":{
"thriving":{"en":"Use is broad, and it pays off.","ja":"幅広くご活用いただき、成果につながっています。"},
"healthy":{"en":"Things are on track.","ja":"順調にご活用いただいています。"},
"watch":{"en":"Some things could bring you more. Let us look at them together.","ja":"さらに効果を高められる点があります。ご一緒に見直しましょう。"},
"at_risk":{"en":"Some things do not work for you yet as planned. We would like to talk about them.","ja":"想定した効果がまだ出ていない点があります。一度ご相談の機会をいただければ幸いです。"},
"critical":{"en":"You do not get what you came for yet. We will be in touch soon.","ja":"期待された効果に届いていません。早めにご相談させてください。"}},
"health_needs_consent":true})";

core::Result<> add_outreach_starters(Application& application, const core::Caller& caller) {
  for (const auto& route : application.outreach->routes()) {
    if (route.method != Method::post || route.pattern != "/api/outreach/starters") continue;
    platform::http::Request request;
    request.method = route.method;
    request.path = route.pattern;
    request.caller = caller;
    BANSO_TRY(route.handler(request));
    return {};
  }
  return core::Error::not_found({"no such route", "no such route"});
}

}  // namespace

core::Result<> add_demo_programmes(Application& application) {
  const auto caller = core::Caller::system("Demo");
  definitions::Bodies bodies;
  const auto add = [&](std::string_view kind, const char* key, std::string_view body) {
    bodies[definitions::Name{std::string(kind), key}] = std::string(body);
  };
  add(in_app::message_kind, "first_steps", first_steps_body);
  add(in_app::message_kind, "training", training_body);
  add(segments::segment_kind, "needs_attention", needs_attention_body);
  add(segments::segment_kind, "renewing_soon", renewing_soon_body);
  add(portal::sharing_kind, "every_customer", sharing_body);
  BANSO_TRY(add_outreach_starters(application, caller));
  for (const auto kind : {outreach::template_kind, outreach::survey_kind}) {
    for (const auto& summary : application.definitions->list(std::string(kind))) {
      if (summary.version != 0) continue;
      BANSO_TRY_ASSIGN(const auto definition, application.definitions->get(summary.name));
      if (definition.draft) bodies[summary.name] = *definition.draft;
    }
  }
  BANSO_TRY(application.definitions->publish_all(caller, bodies, {"Programmes of the demo", "デモの施策"}));
  return {};
}

}  // namespace banso::app
