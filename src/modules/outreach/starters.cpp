#include "starters.hpp"

#include "platform/json/json.hpp"

namespace banso::outreach {
namespace {

namespace json = platform::json;

json::object both(const char* en, const char* ja) {
  return {{"en", en}, {"ja", ja}};
}

json::object mail(json::object name, const char* purpose, json::object subject, json::object body) {
  return {{"name", std::move(name)},
          {"description", ""},
          {"purpose", purpose},
          {"subject", std::move(subject)},
          {"body", std::move(body)}};
}

std::vector<std::pair<const char*, json::object>> templates() {
  return {
      {"onboarding_welcome",
       mail(both("Onboarding: welcome", "オンボーディング: ご案内"), "service",
            both("Welcome, and your first steps", "【ご案内】ご利用開始にあたって"),
            both("Hello {{contact.addressee}},\n\nThank you for choosing us. I am {{owner.name}}, and I look after "
                 "{{account.name}}.\n\n"
                 "These three steps come first:\n\n- invite your team\n- connect your data\n- agree with me on what "
                 "success looks like in three months\n\n"
                 "Just answer this mail with two or three times that suit you for a first call.\n\n{{owner.name}}",
                 "{{contact.addressee}}\n\nこのたびはご契約いただき、誠にありがとうございます。\n{{account.name}}"
                 "様を担当いたします{{owner.name}}です。\n\n"
                 "まずは、次の3点から始めていただくことをお勧めしております。\n\n- ご利用メンバーの招待\n- "
                 "データの連携\n- 3か月後に目指す姿のすり合わせ\n\n"
                 "初回のお打ち合わせについて、ご都合のよい日時を2~"
                 "3候補、本メールへのご返信にてお知らせください。\n\n今後ともよろしくお願いいたします。\n\n{{owner."
                 "name}}"))},
      {"onboarding_behind", mail(both("Onboarding: behind plan", "オンボーディング: 進捗のご確認"), "service",
                                 both("May we help you get started?", "導入の進み具合はいかがでしょうか"),
                                 both("Hello {{contact.addressee}},\n\nI saw that the set-up at {{account.name}} has "
                                      "paused. That happens, and it is usually one small thing.\n\n"
                                      "What holds you up at the moment? A one-line answer is enough, and I will "
                                      "prepare what is needed.\n\n{{owner.name}}",
                                      "{{contact.addressee}}\n\nいつもお世話になっております。{{owner.name}}"
                                      "です。\n\n導入作業が少し止まっているようでしたので、ご連絡いたしました。\n"
                                      "お困りの点がございましたら、一言で結構ですのでご返信ください。必要な準備をこちら"
                                      "で進めます。\n\n{{owner.name}}"))},
      {"adoption_rescue",
       mail(both("Adoption: usage fell", "利用促進: ご利用状況のご確認"), "service",
            both("How is it going with the service?", "ご利用状況についてのご確認"),
            both("Hello {{contact.addressee}},\n\nOver the last weeks your team has used the service less than before. "
                 "Has something changed in how you work, or is something in the way?\n\n"
                 "I would gladly show you what other teams in your situation do. May I call you this "
                 "week?\n\n{{owner.name}}",
                 "{{contact.addressee}}\n\nいつもご利用いただきありがとうございます。{{owner.name}}"
                 "です。\n\nここ数週間、ご利用が以前より少なくなっているようです。業務の変更や、使いにくい点などござい"
                 "ませんでしょうか。\n\n"
                 "同じような状況のお客様の活用例もご紹介できますので、今週15分ほどお時間をいただけますと幸いです。\n\n{"
                 "{owner.name}}"))},
      {"champion_change",
       mail(both("Change of champion: introduction", "担当者変更: ごあいさつ"), "service",
            both("Introducing myself: {{owner.name}}", "【ごあいさつ】担当の{{owner.name}}です"),
            both("Hello {{contact.addressee}},\n\nI understand that you are taking over the service at "
                 "{{account.name}}. I would like to make that easy for you.\n\n"
                 "May I show you in thirty minutes what was set up, why, and what is planned next?\n\n{{owner.name}}",
                 "{{contact.addressee}}\n\n{{account.name}}様を担当しております{{owner.name}}"
                 "と申します。\nこのたび当サービスのご担当になられたと伺い、ご連絡いたしました。\n\n"
                 "これまでの設定内容と背景、今後の計画を30分ほどでご説明いたします。ご都合のよい日時をお知らせいただけ"
                 "ますでしょうか。\n\n{{owner.name}}"))},
      {"renewal_notice",
       mail(both("Renewal: review together", "契約更新: ご確認のお願い"), "service",
            both("Your renewal: shall we look back together?", "【ご契約更新のご案内】振り返りのお願い"),
            both("Hello {{contact.addressee}},\n\nThe contract of {{account.name}} is coming up for renewal. Before "
                 "that I would like to look at the results with you and hear what you need next year.\n\n"
                 "Which of the coming days suits you?\n\n{{owner.name}}",
                 "{{contact.addressee}}\n\nいつもお世話になっております。{{owner.name}}です。\n\n{{account.name}}"
                 "様のご契約更新の時期が近づいてまいりました。これまでの成果を一緒に振り返り、来期のご要望をお聞かせい"
                 "ただければと存じます。\n\n"
                 "ご都合のよい日時をお知らせください。\n\n{{owner.name}}"))},
      {"executive_review",
       mail(both("Executive review: invitation", "エグゼクティブレビューのご案内"), "service",
            both("Invitation to our executive review", "【ご案内】エグゼクティブレビューの開催について"),
            both("Hello {{contact.addressee}},\n\nWe would like to invite you to an executive review: what "
                 "{{account.name}} has reached, what stands in the way, and where to go next. It takes 90 minutes.\n\n"
                 "Please tell me two or three dates that suit you.\n\n{{owner.name}}",
                 "{{contact.addressee}}\n\n平素より大変お世話になっております。\n\n{{account.name}}"
                 "様の成果と課題、今後の方向性を共有するエグゼクティブレビュー(90分)にご招待いたします。\n\n候補日を2、"
                 "3お知らせいただけますでしょうか。\n\n{{owner.name}}"))},
      {"seats_nearly_full",
       mail(both("Expansion: seats nearly used up", "拡大: ライセンス残数のお知らせ"), "service",
            both("Your seats are nearly used up", "ライセンスの残りが少なくなっています"),
            both("Hello {{contact.addressee}},\n\nNearly all seats of {{account.name}} are in use. So that nobody has "
                 "to wait, I can prepare a proposal for more.\n\n{{owner.name}}",
                 "{{contact.addressee}}\n\nいつもご利用いただきありがとうございます。{{owner.name}}です。\n\n{{account."
                 "name}}"
                 "様のライセンスがほぼ上限に達しています。追加をご検討の際は、お見積りをご用意いたしますのでご返信くだ"
                 "さい。\n\n{{owner.name}}"))},
      {"win_back", mail(both("Win-back", "再契約のご提案"), "promotion",
                        both("What has changed since you left", "その後の機能改善のご紹介"),
                        both("Hello {{contact.addressee}},\n\nA while ago {{account.name}} decided to leave us. We "
                             "have taken your reasons to heart, and much has changed since.\n\n"
                             "If you like, I will show you in twenty minutes what is new for you.\n\n{{sender.name}}",
                             "{{contact.addressee}}\n\nご無沙汰しております。{{sender.name}}"
                             "です。\n\n以前いただいたご意見をもとに、機能改善を重ねてまいりました。20分ほどで要点をご"
                             "紹介いたします。ご関心がございましたら、ご返信ください。\n\n{{sender.name}}"))},
  };
}

json::object survey(json::object name, const char* kind, json::object subject, json::object body, json::object question,
                    json::object low, json::object high) {
  return {
      {"name", std::move(name)},
      {"description", ""},
      {"kind", kind},
      {"subject", std::move(subject)},
      {"body", std::move(body)},
      {"question", std::move(question)},
      {"low", std::move(low)},
      {"high", std::move(high)},
      {"comment_question", both("What is the main reason for your score?", "その評価の主な理由をお聞かせください。")},
      {"thanks", both("Thank you. We read every answer.",
                      "ご回答ありがとうございました。いただいたご意見はすべて確認いたします。")},
      {"open_days", 30},
      {"reminder_days", json::array{3, 10}}};
}

std::vector<std::pair<const char*, json::object>> surveys() {
  return {
      {"csat_half_year",
       survey(both("Satisfaction, twice a year", "満足度アンケート(半期)"), "csat",
              both("One question about our service", "【1分アンケート】サービスのご満足度について"),
              both("Hello {{contact.addressee}},\n\nHow satisfied are you with our service? It is one question and "
                   "takes a minute.\n\n{{survey.link}}\n\n{{owner.name}}",
                   "{{contact.addressee}}"
                   "\n\nいつもご利用いただきありがとうございます。\nサービスのご満足度について、1分で終わるアンケートに"
                   "ご協力をお願いいたします。\n\n{{survey.link}}\n\n{{owner.name}}"),
              both("How satisfied are you with our service?", "当社サービスにどの程度ご満足いただいていますか。"),
              both("not at all", "まったく満足していない"), both("very", "とても満足している"))},
      {"ces_onboarding", survey(both("Effort after onboarding", "導入後の手間に関するアンケート"), "ces",
                                both("How easy was it to get started?", "【1分アンケート】導入のしやすさについて"),
                                both("Hello {{contact.addressee}},\n\nYou have finished your onboarding. How easy was "
                                     "it?\n\n{{survey.link}}\n\n{{owner.name}}",
                                     "{{contact.addressee}}"
                                     "\n\n導入作業、お疲れさまでした。導入のしやすさについて、1分で終わるアンケートにご"
                                     "協力ください。\n\n{{survey.link}}\n\n{{owner.name}}"),
                                both("It was easy to get started.", "導入は簡単でしたか。"),
                                both("I disagree", "そう思わない"), both("I agree", "とてもそう思う"))},
  };
}

}  // namespace

definitions::Bodies starter_bodies() {
  definitions::Bodies bodies;
  for (const auto& [key, body] : templates()) bodies[{std::string(template_kind), key}] = json::serialize(body);
  for (const auto& [key, body] : surveys()) bodies[{std::string(survey_kind), key}] = json::serialize(body);
  return bodies;
}

core::Result<std::int64_t> add_starter_drafts(definitions::Service& definitions, const core::Caller& caller) {
  std::int64_t added = 0;
  for (const auto& [name, body] : starter_bodies()) {
    if (definitions.get(name)) continue;
    BANSO_TRY(definitions.put_draft(caller, name, body));
    ++added;
  }
  return added;
}

}  // namespace banso::outreach
