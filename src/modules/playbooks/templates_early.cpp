// Onboarding, adoption rescue, champion change.
#include "template_parts.hpp"

namespace banso::playbooks::parts {
namespace {

using workflow::Playbook;
using workflow::StartOn;

Template onboarding() {
  Playbook playbook;
  playbook.name = {"Onboarding", "オンボーディング"};
  playbook.description = {
      "From the contract to the first value: kick-off, set-up, training, and a review of whether it took hold.",
      "契約から最初の成果まで。キックオフ、初期設定、トレーニングを進め、定着を確認します。"};
  playbook.purpose = "lifecycle";
  playbook.start.on = StartOn::change;
  playbook.start.field = "phase";
  playbook.start.to = "onboarding";
  playbook.goal_json = rule("phase", "in", R"(["adoption","optimisation"])");
  playbook.exit_json = rule("phase", "in", R"(["offboarding","churned"])");
  playbook.longest_days = 180;
  playbook.holdout_days = 120;
  playbook.steps = {
      mail("welcome", {"Welcome mail", "ご挨拶メール"}, "onboarding_welcome", {"admin", "champion", "decision_maker"},
           2, "plan"),
      make_plan("plan", "kick_off"),
      waited(
          task(
              "kick_off",
              {{"Hold the kick-off", "キックオフを実施する"},
               {"Agree on the goals, who does what, and the day of going live. Write them into the success plan: the "
                "customer is asked to confirm it next.",
                "導入のゴール、役割分担、利用開始日を合意し、サクセスプランに記入してください。次のステップで、お客様に"
                "プランの確認を依頼します。"}},
              10, "confirm", "onboarding"),
          21, "escalate"),
      confirm_plan("confirm", "set_up"),
      task("escalate",
           {{"Kick-off is overdue: call the decision maker", "キックオフ遅延: 意思決定者に連絡する"},
            {"Three weeks after the contract nobody has met. Find out why and agree on a day.",
             "契約から3週間が経過しても面談が行われていません。理由を確認し、日程を決めてください。"}},
           2, "set_up"),
      waited(task("set_up",
                  {{"Finish the set-up", "初期設定を完了する"},
                   {"Accounts, permissions and data are in place, and the first people can work.",
                    "アカウント・権限・データを整え、最初の利用者が使い始められる状態にします。"}},
                  15, "training", "onboarding"),
             30),
      task("training",
           {{"Train the first users", "初期利用者向けトレーニングを行う"},
            {"Show the two or three tasks that matter most to them.",
             "業務で最もよく使う2〜3の操作に絞って説明します。"}},
           10, "settle", "onboarding"),
      wait_days("settle", 14, "check_in"),
      mail("check_in", {"How is it going?", "ご利用状況の確認メール"}, "onboarding_check_in", {"champion", "admin"}, 1,
           "first_value"),
      wait_until("first_value", {"Until a third of the seats are in use", "席の3分の1が使われるまで待つ"},
                 rule("utilisation", ">=", "33"), 45, "review", "stuck"),
      task("stuck",
           {{"Use is behind plan: find the obstacle", "利用が計画に届いていない: 原因を確認する"},
            {"Ask the champion who does not use it and why, and agree on one thing to change.",
             "推進担当者に、使われていない部署とその理由を確認し、改善点を1つ決めてください。"}},
           3, "review"),
      waited(task("review",
                  {{"Review the onboarding with the customer", "オンボーディングの振り返りを行う"},
                   {"Go through the goals of the success plan and hand over to everyday care.",
                    "サクセスプランのゴールを一緒に確認し、通常の支援体制へ引き継ぎます。"}},
                  10, "adopted")),
      set_phase("adopted", "adoption", "finished"),
      ending("finished", "success", {"Onboarded", "オンボーディング完了"})};
  return finish(
      "onboarding", playbook,
      {{"onboarding_welcome",
        {"Welcome", "ご契約後のご挨拶"},
        {"Welcome, {{account.name}}: your next steps", "【{{vendor.name}}】ご利用開始に向けたご案内"},
        {"Dear {{contact.addressee}},\n\nThank you for choosing us. I am {{sender.name}} and will look after "
         "you.\n\nIn "
         "the next days I will propose a time for a kick-off. To prepare, please think about what should be better in "
         "three months, and who should take part.\n\n{{sender.name}}\n{{vendor.name}}",
         "{{contact.addressee}}\n\nこのたびはご契約いただき、誠にありがとうございます。"
         "貴社を担当いたします{{sender.name}}と申します。\n\n"
         "近日中にキックオフミーティングの日程をご相談させてください。事前に、3か月後に実現したいことと、"
         "ご参加いただきたい方をお考えいただけますと幸いです。\n\n今後ともどうぞよろしくお願いいたします。\n\n"
         "{{vendor.name}}\n{{sender.name}}"}},
       {"onboarding_check_in",
        {"Two weeks after the training", "トレーニング後のご利用確認"},
        {"How is it going?", "【{{vendor.name}}】ご利用状況はいかがでしょうか"},
        {"Dear {{contact.addressee}},\n\nTwo weeks have passed since the training. Is there anything that keeps your "
         "colleagues from using it? A short reply to this mail is enough; I will see to it.\n\n{{sender.name}}",
         "{{contact.addressee}}\n\nいつもお世話になっております。{{sender.name}}です。\n\n"
         "トレーニングから2週間が経ちましたが、ご利用の中でお困りの点はございませんか。"
         "本メールにそのままご返信いただければ、すぐに対応いたします。\n\n{{vendor.name}}\n{{sender.name}}"}}});
}

Template adoption_rescue() {
  Playbook playbook;
  playbook.name = {"Adoption rescue", "定着の立て直し"};
  playbook.description = {
      "A customer uses much less than was bought, or suddenly less than before: find the reason, agree "
      "on one change, and see whether it helps.",
      "利用が契約に比べて少ない、または急に減った顧客に対し、原因を確認して改善策を1つ決め、効果を確かめます。"};
  playbook.purpose = "risk";
  playbook.start.on = StartOn::call;
  playbook.goal_json = rule("utilisation", ">=", "60");
  playbook.exit_json = rule("phase", "in", R"(["offboarding","churned"])");
  playbook.holdout_percent = 10;
  playbook.reentry_days = 120;
  playbook.longest_days = 120;
  playbook.steps = {
      branch("size", {"Large customer?", "大口の顧客か"},
             {{"ARR of 5 million or more", "ARRが500万以上"}, rule("arr", ">=", "5000000"), "talk"}, "tips"),
      mail("tips", {"Tips by mail", "活用のヒントのメール"}, "adoption_tips", {"champion", "admin", "user"}, 2,
           "pause"),
      wait_business_days("pause", 5, "talk"),
      waited(task("talk",
                  {{"Call the champion about the use", "推進担当者に利用状況を確認する"},
                   {"Ask what changed, who stopped, and what they need. Take the story of the score along.",
                    "何が変わったか、誰が使わなくなったか、何が必要かを確認します。スコアの要因を手元に置いて話してくだ"
                    "さい。"}},
                  3, "plan"),
             14, "escalate", "watch"),
      approval(
          "escalate",
          {{"No contact for two weeks: may we write to the sponsor?", "2週間連絡が取れない: 責任者への連絡を承認する"},
           {"The champion does not answer. Approve to involve the executive sponsor.",
            "推進担当者から返答がありません。先方の責任者へ連絡してよいか判断してください。"}},
          2, "sponsor", "watch"),
      mail("sponsor", {"Mail to the sponsor", "責任者へのメール"}, "adoption_sponsor",
           {"executive_sponsor", "decision_maker"}, 1, "plan"),
      waited(task("plan",
                  {{"Agree on one change and a day", "改善策と期日を1つ合意する"},
                   {"One group of users, one task, one day on which you both look at it.",
                    "対象の部署・業務・確認日をそれぞれ1つに絞って合意してください。"}},
                  5, "watch"),
             21),
      wait_until("watch", {"Until the score rises", "スコアが上がるまで待つ"}, rule("score_change_28d", ">=", "5"), 45,
                 "recovering", "still_low"),
      ending("recovering", "success", {"Recovering", "回復傾向"}),
      task("still_low",
           {{"No improvement: decide with your lead", "改善なし: 上長と方針を決める"},
            {"45 days without a rise. Decide together whether to go on, and how.",
             "45日間改善が見られません。継続の可否と進め方を上長と相談してください。"}},
           3, "no_effect"),
      ending("no_effect", "no_effect", {"No improvement", "改善なし"})};
  return finish(
      "adoption_rescue", playbook,
      {{"adoption_tips",
        {"Tips for more use", "活用のヒント"},
        {"Three things other teams find useful", "【{{vendor.name}}】活用のヒントを3つご紹介します"},
        {"Dear {{contact.addressee}},\n\nteams like yours save most time with three things: templates for what recurs, "
         "notifications instead of asking, and one weekly look at the overview.\n\nShall I show them to your "
         "colleagues "
         "in 20 minutes? Just answer this mail.\n\n{{sender.name}}",
         "{{contact.addressee}}\n\nいつもお世話になっております。{{sender.name}}です。\n\n"
         "同じような業務のチームでは、次の3つがよく活用されています。\n"
         "1. 繰り返し作業のテンプレート化\n2. 通知の活用による確認作業の削減\n3. 週1回の一覧画面での状況確認\n\n"
         "20分ほどのオンライン説明も可能です。本メールへのご返信でお気軽にお知らせください。\n\n"
         "{{vendor.name}}\n{{sender.name}}"}},
       {"adoption_sponsor",
        {"To the sponsor: use is low", "責任者への利用状況のご報告"},
        {"The use of our service at {{account.name}}", "【{{vendor.name}}】ご利用状況のご報告とご相談"},
        {"Dear {{contact.addressee}},\n\nthe use at {{account.name}} has stayed below what was planned. I would like "
         "to "
         "agree with you on how to reach the goals you had. Could we speak for 30 minutes next "
         "week?\n\n{{sender.name}}",
         "{{contact.addressee}}\n\nいつもお世話になっております。{{sender.name}}です。\n\n"
         "貴社でのご利用が当初のご計画を下回っております。導入の目的を達成いただくため、今後の進め方を"
         "ご相談させていただけますでしょうか。来週、30分ほどお時間を頂戴できますと幸いです。\n\n"
         "{{vendor.name}}\n{{sender.name}}"}}});
}

Template champion_change() {
  Playbook playbook;
  playbook.name = {"Champion change", "推進担当者の交代"};
  playbook.description = {"The person who drove the use has left: find the successor before the knowledge is gone.",
                          "利用を推進していた担当者が異動・退職した際に、後任を早期に見つけ、関係を築き直します。"};
  playbook.purpose = "risk";
  playbook.start.on = StartOn::call;
  playbook.exit_json = rule("phase", "in", R"(["offboarding","churned"])");
  playbook.reentry_days = 60;
  playbook.longest_days = 120;
  playbook.steps = {
      waited(task("successor",
                  {{"Find out who follows", "後任の担当者を確認する"},
                   {"Ask the administrator or the decision maker, and enter the new contact.",
                    "管理者または意思決定者に確認し、新しい担当者を登録してください。"}},
                  3, "introduce"),
             10, "ask_sponsor"),
      task("ask_sponsor",
           {{"Ask the sponsor for a new champion", "責任者に新しい推進担当者の選任を依頼する"},
            {"Without a champion use falls within a quarter. Say so.",
             "推進担当者が不在のままでは、3か月ほどで利用が落ち込む傾向があることをお伝えください。"}},
           3, "introduce"),
      mail("introduce", {"Introduce yourself", "ご挨拶メール"}, "champion_introduction", {"champion", "admin"}, 1,
           "meet"),
      waited(task("meet",
                  {{"Meet the new champion", "新しい推進担当者と面談する"},
                   {"Goals, what was reached, open points, and what success means to this person.",
                    "導入目的、これまでの成果、未解決の課題、ご本人にとっての成功を確認します。"}},
                  10, "settle"),
             30),
      wait_days("settle", 30, "check"),
      branch("check", {"Is the use stable?", "利用は安定しているか"},
             {{"Score did not fall", "スコアは下がっていない"}, rule("score_change_28d", ">=", "-5"), "kept"}, "care"),
      task("care",
           {{"Use falls after the change: plan with the new champion", "交代後に利用が低下: 新担当者と計画を立てる"},
            {"See what fell and agree on one change.", "低下した箇所を確認し、改善策を1つ合意してください。"}},
           5, "kept"),
      ending("kept", "success", {"New champion in place", "引き継ぎ完了"})};
  return finish(
      "champion_change", playbook,
      {{"champion_introduction",
        {"Introduction to a new champion", "新しいご担当者へのご挨拶"},
        {"Nice to meet you: {{sender.name}}, {{vendor.name}}", "【{{vendor.name}}】担当者よりご挨拶"},
        {"Dear {{contact.addressee}},\n\nI look after {{account.name}} at {{vendor.name}}. I would like to show you in "
         "30 minutes what your colleagues have reached so far and what comes next. Which day suits you?\n\n"
         "{{sender.name}}",
         "{{contact.addressee}}\n\nはじめてご連絡いたします。{{vendor.name}}で貴社を担当しております{{sender.name}}"
         "と申します。\n\n"
         "これまでの貴社でのご活用状況と今後の進め方について、30分ほどご説明の機会をいただけますと幸いです。"
         "ご都合のよい日時をお知らせください。\n\n{{vendor.name}}\n{{sender.name}}"}}});
}

}  // namespace

std::vector<Template> early_templates() {
  return {onboarding(), adoption_rescue(), champion_change()};
}

}  // namespace banso::playbooks::parts
