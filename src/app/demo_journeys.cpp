#include "demo_journeys.hpp"

#include <array>
#include <map>
#include <string_view>

#include "core/hash.hpp"

namespace banso::app {
namespace {

constexpr std::string_view journey_key = "first_year";
constexpr std::uint64_t unconfirmed_one_in = 3;  // of those who see the value
constexpr std::uint64_t felt_one_in = 5;

// The first year, by what every book knows.
constexpr std::string_view journey_body = R"({
"name":{"en":"The first year","ja":"初年度のジャーニー"},"description":"","rank":100,"stages":[
{"key":"agree_goals","name":{"en":"We agree what we want","ja":"目的を決める"},
 "outcome":{"en":"The team agrees why it bought the product and how success is told","ja":"導入の目的と、達成とみなす基準が社内で合意されている"},
 "feeling":{"en":"In good hands","ja":"任せられそうだと感じている"},"expected_days":14,"our_role":"onboarding","their_role":"executive_sponsor",
 "moments_of_truth":[{"key":"kick_off","name":{"en":"Kick-off","ja":"キックオフ"},"what":{"en":"The first meeting, where expectations are set","ja":"期待と目的をすり合わせる最初の場"}}],
 "milestones":[{"key":"kick_off_held","name":{"en":"The kick-off was held","ja":"キックオフを実施した"},"required":true,"confirmed_by_customer":false,"grace_days":30,
  "condition":{"combinator":"and","rules":[{"field":"last_meeting_day","operator":"notNull","value":null}]}}]},
{"key":"first_use","name":{"en":"We start to use it","ja":"使い始める"},
 "outcome":{"en":"The first team uses it in its daily work","ja":"最初のチームが日々の業務で使っている"},
 "feeling":{"en":"Easier than we feared","ja":"思ったより簡単だと感じている"},"expected_days":45,"our_role":"onboarding","their_role":"champion",
 "milestones":[{"key":"in_use","name":{"en":"Used in the last two weeks","ja":"直近2週間に利用がある"},"required":true,"confirmed_by_customer":false,"grace_days":14,
  "condition":{"combinator":"and","rules":[{"field":"last_activity_day","operator":"withinDays","value":{"days":14,"direction":"last"}}]}}]},
{"key":"habit","name":{"en":"It becomes a habit","ja":"定着させる"},
 "outcome":{"en":"Every team it was bought for works with it","ja":"対象の部門全体に定着している"},
 "feeling":{"en":"We would miss it","ja":"手放せないと感じている"},"expected_days":120,"our_role":"csm","their_role":"champion",
 "milestones":[{"key":"healthy","name":{"en":"Health score of 60 or more","ja":"ヘルススコアが60以上"},"required":true,"confirmed_by_customer":false,"grace_days":21,
  "condition":{"combinator":"and","rules":[{"field":"score","operator":">=","value":60}]}}]},
{"key":"value","name":{"en":"We see what it gave us","ja":"成果を確かめる"},
 "outcome":{"en":"The goals we bought it for are met, and we can show it inside the company","ja":"導入時の目標が達成され、社内で説明できる"},
 "feeling":{"en":"Proud, and glad to recommend it","ja":"誇らしく、人に勧めたいと感じている"},"expected_days":120,"our_role":"csm","their_role":"executive_sponsor",
 "moments_of_truth":[{"key":"executive_review","name":{"en":"Executive review","ja":"役員レビュー"},"what":{"en":"Value is shown to executives, and the next year is decided","ja":"成果を経営層に報告し、次の一年を決める"}}],
 "milestones":[{"key":"value_confirmed","name":{"en":"The customer confirmed the value","ja":"成果を顧客が確認した"},"required":true,"confirmed_by_customer":true,"grace_days":7}]}]})";

struct Feeling {
  int feeling;  // 1 to 5
  core::Text words;
};
// Of those who are still on the way, and of those who have arrived where they see what it brings.
const std::array<Feeling, 4> on_the_way{
    {{3, {"It works, but only two of us really know how.", "使えてはいますが、詳しいのはまだ2名だけです。"}},
     {4,
      {"Easier than we expected. The import took one afternoon.",
       "思ったより簡単でした。データの移行も半日で終わりました。"}},
     {2,
      {"Our branches have not started yet, and nobody asks them to.",
       "各拠点ではまだ使い始めておらず、後押しする人もいません。"}},
     {4, {"We had quick answers whenever we were stuck.", "困ったときにすぐ回答をもらえて助かっています。"}}}};
const std::array<Feeling, 3> with_value{
    {{5,
      {"Our directors asked when the other division will follow.",
       "役員から、ほかの事業部への展開時期を聞かれました。"}},
     {4, {"The monthly report now takes a morning.", "月次レポートが午前中で終わるようになりました。"}},
     {5, {"We would not want to go back.", "以前のやり方にはもう戻れません。"}}}};

// Somebody who works there, champions first.
std::map<core::AccountId, core::ContactId> people_of(Application& application) {
  std::map<core::AccountId, core::ContactId> people;
  const auto champion = static_cast<customers::ContactRoles>(customers::ContactRole::champion);
  application.customers->each_contact(customers::Selection::all(), [&](const customers::ContactFact& fact) {
    if (fact.known.until != customers::KnownSpan::still || fact.left_day) return;
    const auto [place, is_first] = people.emplace(fact.account, fact.contact);
    if (!is_first && (fact.roles & champion)) place->second = fact.contact;
  });
  return people;
}

// What this account's person says, if anything.
core::Result<> tell(Application& application, const core::Caller& caller, core::AccountId account,
                    core::ContactId person, core::Language language) {
  const auto journey = application.journeys->shared(account, person);
  if (!journey) return {};
  const auto chance = core::mix_bits(static_cast<std::uint64_t>(account.value));
  const bool sees_value = journey->current + 1 == journey->stages.size();
  if (sees_value && chance % unconfirmed_one_in != 0) {
    const core::Text words{"Shown to the board, with our own figures.", "自社の数値とあわせて経営会議で報告しました。"};
    BANSO_TRY(application.journeys->confirm(caller, account, "value_confirmed", person, true, words.in(language)));
  }
  if (chance / 16 % felt_one_in != 0) return {};
  const auto& said =
      sees_value ? with_value[chance / 256 % with_value.size()] : on_the_way[chance / 256 % on_the_way.size()];
  return application.journeys->note_feeling(caller, account, person, said.feeling, said.words.in(language));
}

}  // namespace

core::Result<> add_demo_journeys(Application& application, core::Language language) {
  const auto caller = core::Caller::system("Demo");
  const definitions::Name name{std::string(journeys::journey_kind), std::string(journey_key)};
  BANSO_TRY(application.definitions->publish_all(caller, {{name, std::string(journey_body)}},
                                                 {"Journey of the demo", "デモのジャーニー"}));
  application.journeys->refresh();
  BANSO_TRY_ASSIGN(const auto panel, application.health->make_panel([](double, const core::Text&) { return true; }));
  BANSO_TRY(application.journeys->take_past(caller, std::string(journey_key), *panel));
  for (const auto& [account, person] : people_of(application)) {
    BANSO_TRY(tell(application, caller, account, person, language));
  }
  application.journeys->refresh();
  return {};
}

}  // namespace banso::app
